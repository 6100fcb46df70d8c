"""R18: all of a thing is done, and elsewhere some of it is not."""

import re
from collections.abc import Iterator
from functools import cache

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import FEW, RIGHT, Admission, clause_around, is_of_another_year
from hengji.auditing.problems.claiming import claim_of
from hengji.auditing.problems.contradicting import names_alone
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_acts
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_ALL = r"(?:均|全部|全数|悉数|都|100%|应\S尽\S)"
_NOT_DONE = pattern(r"未|没有")
_NOT = r"(?:未|没有|尚未|仍未|未能)(?!发现|发生|出现|提出|见)(?:按期|及时|全部|如期|按时|完成)?"


@cache
def _undone() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """The words for each act, where one of them stands, and how a text says that it was not done."""
    words = ["|".join(act) for act in load_acts()]
    return tuple((word, pattern(word), pattern(rf"{_NOT}[^,。;]{{0,6}}?(?:{word})")) for word in words)


def unfinished_things(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """An act that a leaf claims to be done throughout and the problems say was not, of the same thing."""
    for zone in zones:
        text = case.text(zone)
        for word, named, undone in _undone() if _NOT_DONE.search(text) else ():
            for match in undone.finditer(text) if named.search(text) else ():
                span = Span(*clause_around(case.flat, zone.start + match.start(), zone.start + match.end()))
                clause = case.text(span)
                if not RIGHT.search(clause) and not is_of_another_year(case, clause, clause):
                    yield from _throughout(case, word, span, full, lost)


def _throughout(
    case: Case, word: str, span: Span, full: list[ScoredItem], lost: list[ScoredItem]
) -> Iterator[Admission]:
    things = pairs_of(re.sub(word, " ", case.text(span)))
    counted = COUNTED.search(case.text(span))
    if any(len(things & pairs_of(f"{item.name} {case.text(item.body)}")) > FEW for item in lost):
        return  # points were taken off for it
    claimed = re.compile(rf"{_ALL}[^,。;]{{0,12}}(?:{word})|(?:{word})[^,。;]{{0,8}}(?:100%|应\S尽\S|全覆盖)")
    for item in full:
        told = f"{item.name} {case.text(item.body)} {item.actual} {item.remark}"
        match = claimed.search(told)
        alike = match is not None and (
            len(things & pairs_of(re.sub(word, " ", told))) > FEW
            or things & names_alone(case).get(item.name, frozenset())
            or any(each in item.name and each[:2] in names_alone(case).get(item.name, ()) for each in word.split("|"))
            or (counted is not None and re.search(rf"\d\s?个?{counted['noun']}$", told[: match.start()]) is not None)
        )
        if alike:
            claim = claim_of(case, item, claimed)
            if claim is not None:
                yield Admission(span, item, claim)
                return


COUNTED = pattern(r"\d\s?(?:个|家|所|处|份|户|批次?)(?P<noun>[\u4e00-\u9fff]{2})(?=没有|未|尚未|仍未)")
