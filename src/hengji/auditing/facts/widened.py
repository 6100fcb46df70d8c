"""R17: a control rate or a share made small by a wider base: posts with quotas of hired people, or people that are no staff counted in."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, percent_fits, places
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「编制73名与公益性岗位控制数15名合计88名」, 「编制40名加编外控制数8名，共48名」
POSTS_WITH_HIRED = pattern(
    r"编制(?:人数|数)?(?:为|是)?\s?(?P<posts>\d{1,4})\s?[名个人][,、(]?(?:与|和|加上?|及|以及|连同|另加|[+])?[^,。;\d]{0,6}?"
    r"(?P<who>(?:公益性?岗位?|编外|聘用|临聘|劳务派遣|派遣|购买服务|合同制|辅警|协管)[^,。;\d]{0,8}?)(?:为|是)?\s?(?P<more>\d{1,3})\s?[名个人]"
    r"[,、)]?(?:两项|二者|一并)?(?:合计|共计|总计|相加|共|计)(?:为|是)?\s?(?P<all>\d{1,4})\s?[名个人]"
)
_RATE = pattern(r"(?:控制率|超编|编制)[^。;\d]{0,8}\d{1,3}(?:\.\d+)?\s?%|控制率|[未没不无][有]?超(?:出|过)?编")
_PEOPLE = pattern(r"(?<![\d.,])(?P<n>\d{1,5})\s?[人名](?!次|均|以)")
_NO_STAFF = pattern(
    r"(?P<who>志愿者|志愿人员|义工|实习生?|实习人员|见习生?|见习人员|离退休(?:人员)?|退休(?:人员|职工)?|遗属|村(?:组)?干部|村医|临时帮工|家属)(?:共|计)?\s?(?P<n>\d{1,4})\s?[人名]"
)
_WHOLE = pattern(r"(?:一共|总共|合计|共计|总计|(?<![公其])共|计)(?:为|是|有)?\s?(?P<n>\d{1,5})\s?[人名]")
_SHARE = pattern(r"(?:占比?|比例|比重|控制率)[^。;\d]{0,12}(?P<n>\d{1,3}(?:\.\d+)?)\s?%")


def widened_base(case: Case) -> Iterator[Finding]:
    """Posts and quotas of hired people as one base, volunteers and others among the people of a share."""
    yield from _posts(case)
    for match in _NO_STAFF.finditer(case.flat) if "%" in case.flat else ():
        sentence = case.sentence(match.start())
        told = _shared(case.text(sentence), int(match["n"]))
        if told is not None:
            whole, rate, people = told
            message = f"{match['who']}{match['n']}人不是本单位用工，不应计入{whole}人这个基数；不计入时是{number(people)}%，这里写{rate}%"
            end = sentence.start + case.text(sentence).index(f"{rate}") + len(rate) + 1
            span = Span(match.start(), max(match.end(), min(end, sentence.end)))
            yield case.finding("R17", span, message, stated=f"{rate}%", recomputed=f"{number(people)}%")
            return


def _posts(case: Case) -> Iterator[Finding]:
    match = POSTS_WITH_HIRED.search(case.flat) if "编制" in case.flat else None
    if match is None or int(match["posts"]) + int(match["more"]) != int(match["all"]):
        return
    if _RATE.search(case.flat, match.start(), case.sentence(match.start()).end) is None:
        return
    message = f"{match['who']}{match['more']}名不是编制，不能和编制{match['posts']}名相加；控制率应按编制{match['posts']}名计算"
    yield case.finding("R17", Span(*match.span()), message, stated=match["all"], recomputed=match["posts"])


def _shared(text: str, others: int) -> tuple[int, str, Fraction] | None:
    """The whole with the others in it, the rate told of it and the rate without them: 「编外5人，连同在编17人、常年志愿者8人共30人，占16.67%」."""
    wholes, rate = _WHOLE.findall(text), _SHARE.search(text)
    parts = _parts(text, wholes)
    if len(wholes) != 1 or rate is None or sum(parts) != int(wholes[0]) or others not in parts:
        return None
    whole, rest = int(wholes[0]), int(wholes[0]) - others
    told = Fraction(rate["n"])
    part = next((p for p in parts if p != others and percent_fits(told, places(rate["n"]), Fraction(p), whole)), None)
    return (whole, rate["n"], Fraction(part * 100, rest)) if part is not None and rest else None


def _parts(text: str, wholes: list[str]) -> list[int]:
    return [int(m["n"]) for m in _PEOPLE.finditer(text) if m["n"] not in wholes]


def posts_with_hired(case: Case) -> re.Match[str] | None:
    """Where a report adds quotas of hired people to its posts and reckons with the sum."""
    finding = next(_posts(case), None)
    return POSTS_WITH_HIRED.search(case.flat) if finding is not None else None
