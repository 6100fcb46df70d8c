"""R17: people in post at the year's beginning, those who came and went, and those at its end."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import whole_of_staff
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
        held = _moved(case, opening) or _moved_in_sentence(case, opening)
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
    steps: list[int] = []
    for people in _PEOPLE.finditer(case.flat, last, case.paragraph(opening.start()).end):
        lead = case.flat[last : people.start()]
        clause = re.split(r"[,;。、:]", lead)[-1]
        number = int(people[1])
        close = _CLOSE.match(clause)
        if close is not None:
            own = not close["y"] or int(close["y"]) == case.year
            moves = _moves(steps)
            shown = " ".join([opening["n"], *(f"{'+' if move > 0 else '−'} {abs(move)}" for move in moves)])
            return (people, number, shown, int(opening["n"]) + sum(moves)) if own and len(moves) >= _LEAST else None
        came, went = words.came.search(lead), words.went.search(lead)
        if bool(came) == bool(went) or _NOT_A_STEP.search(lead):
            return None
        steps.append(number if came else -number)
        last = people.end()
    return None


def _moves(steps: list[int]) -> list[int]:
    """The moves without those that are told once more in parts right behind: 「增加10人，为招录4人、划入6人」."""
    return [
        step
        for k, step in enumerate(steps)
        if step not in itertools.islice(itertools.accumulate(steps[k + 1 :]), 1, None)
    ]


def _moved_in_sentence(case: Case, opening: re.Match[str]) -> tuple[re.Match[str], int, str, int] | None:
    """Those who came and went in the opening's own sentence, on either side of it, whose end is told as all people in post elsewhere."""
    words, whole, place = load_staff_words(), whole_of_staff(case), case.sentence(opening.start())
    if not whole or abs(int(opening["n"]) - whole[0][1]) > whole[0][1] / _NEAR or _UNIT.search(case.text(place)):
        return None
    made, shown, steps, last = int(opening["n"]), opening["n"], 0, place.start
    for people in _PEOPLE.finditer(case.flat, place.start, place.end):
        lead, number = re.split(r"[,;。、:]", case.flat[last : people.start()])[-1], int(people[1])
        last = people.end()
        if people.start() == opening.start("n") or number == whole[0][1]:
            continue
        came, went = words.came.search(lead), words.went.search(lead)
        if bool(came) == bool(went):
            return None
        made, shown, steps = made + (number if came else -number), f"{shown} {'+' if came else '−'} {number}", steps + 1
    near = abs(made - whole[0][1]) <= whole[0][1] / _SLIP
    return (opening, int(whole[0][1]), shown, made) if steps >= _LEAST and near else None


_NEAR = 3  # the part of the people by which those at the year's beginning may be off
_SLIP = 8  # the part of the people by which those that the moves make may be off
_UNIT = pattern("编外|聘用|中心|大队|中队|支队|[站馆院校]|派遣|辅警|学员|学生|离退休|其中")
