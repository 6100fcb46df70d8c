"""R18: no accident for which anybody answers, and elsewhere one for which somebody does: 「责任事故0起」, 「学校负主要责任」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import Admission, is_of_another_year
from hengji.auditing.problems.claiming import scored_in_prose
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_NONE = pattern(
    r"责任(?:安全)?事[故件][^,。;\d]{0,8}?(?:\d+起以内)?\D{0,6}(?<![\d.])[0零]\s?[起次件]|(?:未|没有|无)(?:发生)?[^,。;\n]{0,10}责任(?:安全)?事[故件]"
)
_BLAMED = pattern(
    r"(?:负|承担)(?:有|事故)?(?:主要|全部|同等|次要|直接|管理|监管|相应)责任|(?:认定|定性)[为是][^,。;]{0,8}责任(?:安全)?事[故件]"
)
_HAPPENED = pattern(r"[\d一两二三四五六七八九]\s?[人名起例户位]|\d\s?月(?!底|末|前)")


def blamed_events(case: Case, full: list[ScoredItem]) -> Iterator[Admission]:
    """An event of the year told with its number or day, and with whose fault it was, against a leaf that knows of none."""
    told = [match for match in _BLAMED.finditer(case.flat) if _HAPPENED.search(case.text(case.sentence(match.start())))]
    for item in full if told else ():
        own = scored_in_prose(case, item) if item.table else item.body
        claim = _NONE.search(case.flat, own.start, own.end) if own is not None else None
        row = item.table and _NONE.search(f"{item.name}{item.actual}起") is not None
        for match in told if claim is not None or row else ():
            span = case.sentence(match.start())
            text = case.text(span)
            inside = item.body.start <= match.start() < item.body.end
            if not inside and not is_of_another_year(case, text, text):
                at = item.quote if claim is None else Span(claim.start(), claim.end())
                yield Admission(span, item, at)
                return
