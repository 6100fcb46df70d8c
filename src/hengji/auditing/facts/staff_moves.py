"""R17: people in post at the year's beginning, those who came and went, and those at its end."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_OPENING = pattern(
    r"(?:年初|期初|上年(?:末|底)|(?P<y>20\d\d)年(?:12月31日|末|底))(?:时|共|我[局委办院])*(?:实?有|在编|在职|在岗|在册|聘用|编外|人员|职工|干部|总?人数|为)*\s?(?P<n>\d+)\s?[人名]"
)
_CLOSE = pattern(
    r"^(?:年末|年底|期末|(?P<y>20\d\d)年(?:12月31日|末|底)|本年末)(?:时|共|我[局委办院])*(?:实?有|在编|在职|在岗|在册|聘用|编外|人员|职工|干部|总?人数|为)*$"
)
_PEOPLE = pattern(r"(?<![\d.,])(\d+)\s?[人名]")
_NOT_A_STEP = pattern("[()]|其中")
_LEAST = 2  # who came and who went


def staff_moves_hold(case: Case) -> Iterator[Finding]:
    """「2022年末在职84人；招聘3人、调入3人，退休3人、调出1人；2023年末在职85人」: 86 are left."""
    if not case.year or not any(
        word in case.flat for word in ("年初", "期初", "上年末", "上年底", f"{case.year - 1}年")
    ):
        return
    for opening in _OPENING.finditer(case.flat):
        if (opening["y"] and int(opening["y"]) != case.year - 1) or case.in_table(opening.start()):
            continue
        held = _moved(case, opening)
        if held is None:
            continue
        close, told, sum_told, made = held
        if told != made:
            message = f"这里写年末{told}人，{sum_told} = {made}人，相差{abs(told - made)}人"
            yield case.finding(
                "R17", Span(opening.start(), close.end()), message, stated=str(told), recomputed=str(made)
            )
            return


def _moved(case: Case, opening: re.Match[str]) -> tuple[re.Match[str], int, str, int] | None:
    """The end of a balance of people that an opening begins, told and made; None where a number in between says not which way it goes."""
    words, last = load_staff_words(), opening.end()
    made, shown, steps = int(opening["n"]), opening["n"], 0
    for people in _PEOPLE.finditer(case.flat, last, case.paragraph(opening.start()).end):
        lead = case.flat[last : people.start()]
        clause = re.split(r"[,;。、:]", lead)[-1]
        number = int(people[1])
        close = _CLOSE.match(clause)
        if close is not None:
            own = not close["y"] or int(close["y"]) == case.year
            return (people, number, shown, made) if own and steps >= _LEAST else None
        came, went = words.came.search(lead), words.went.search(lead)
        if bool(came) == bool(went) or _NOT_A_STEP.search(lead):
            return None
        made, shown, steps = made + (number if came else -number), f"{shown} {'+' if came else '−'} {number}", steps + 1
        last = people.end()
    return None
