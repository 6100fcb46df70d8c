"""R17: those in post and those hired, told side by side with the whole that they do not make."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import full_sentences
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PEOPLE = pattern(r"(?<![\d.,])(?P<n>\d{1,5})\s?[人名](?!次|均|以)")
_CLAUSE = pattern(r"[,;、:()]")
_PIECE = pattern(r"[^;]+")
_INSIDE = pattern(r"在编(?!外)|编内|编制内|正式(?:在编)?(?:职工|员工|人员|干部|教职工)")
_ALL = pattern(
    r"(?<!公)共|合计|总计|总数|总人数|用工|从业|在册|全[院馆校站局所中系]|职工|工作人员$|教职工$|实有$|现有$"
)
_PART = pattern("新|增|减|招|调|拟|计划|上年|年初|平均|培训|参加|党员|女|其中[^,]{0,4}中|岁|学历|职称")
_APART = pattern(
    r"(?:编制|员额|职数|控制)(?:数|总数)?(?:为|共|是)?$|退休|离休|遗属"
)  # posts, and people that nobody adds
_THREE = 3
_NEAR = 5  # the part of the whole by which the sum may be off


@dataclass(frozen=True, slots=True)
class _Told:
    number: int
    name: str
    span: Span


def inside_and_hired(case: Case) -> Iterator[Finding]:
    """R17: 「在册职工41人，其中编内28人、派遣12人」; 「在编教职工139人，另有编外聘用22人，教职工共171人」."""
    words = load_staff_words().hired
    if words.search(case.flat) is None:
        return
    for start, text in full_sentences(case):
        for piece in _PIECE.finditer(text):
            if _INSIDE.search(piece[0]) and words.search(piece[0]):
                told = _told(start + piece.start(), piece[0])
                yield from _of_piece(case, [each for each in told if not _APART.search(each.name)])


def _told(start: int, text: str) -> Sequence[_Told]:
    """The numbers of people of a piece of a sentence, each with the words of its own clause before it."""
    ends = itertools.chain((0,), (match.end() for match in _PEOPLE.finditer(text)))
    return [
        _Told(
            int(match["n"]),
            _CLAUSE.split(text[end : match.start()])[-1].strip(),
            Span(start + match.start(), start + match.end()),
        )
        for end, match in zip(ends, _PEOPLE.finditer(text), strict=False)
    ]


def _of_piece(case: Case, told: Sequence[_Told]) -> Iterator[Finding]:
    """The finding of one whole, one number of those in post and one of those hired, that stand alone together."""
    hired = [each for each in told if load_staff_words().hired.search(each.name)]
    inside = [each for each in told if each not in hired and _INSIDE.search(each.name)]
    wholes = [each for each in told if each not in (*hired, *inside) and _ALL.search(each.name)]
    alone = len(told) == len(hired) + _THREE - 1 and len(inside) == len(wholes) == 1 and hired
    if not alone or any(_PART.search(each.name) for each in told) or "编制" in "".join(each.name for each in wholes):
        return
    whole, total = wholes[0], sum(each.number for each in (*inside, *hired))
    if total == whole.number or abs(total - whole.number) * _NEAR > whole.number or whole.number <= inside[0].number:
        return
    listed = " + ".join(str(each.number) for each in (*inside, *hired))
    message = f"编内与编外之和是{listed} = {total}人，合计写{whole.number}人，相差{abs(total - whole.number)}人"
    span = Span(min(each.span.start for each in told), max(each.span.end for each in told))
    yield case.finding("R17", span, message, stated=str(whole.number), recomputed=str(total))
