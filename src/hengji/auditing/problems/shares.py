"""R18: so many of a whole are amiss, against the leaf with full marks that says that all of it is well: 「24套里有5套蓝屏」, 「24套全部合格」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    RULE,
    Admission,
    clause_around,
    is_inside,
    is_of_another_year,
    is_right_again,
)
from hengji.auditing.problems.answering import is_of_the_overseen
from hengji.auditing.problems.claiming import NOT_ADMITTED, place_of
from hengji.auditing.problems.contradicting import special_of, spoken_of
from hengji.auditing.problems.counts import tells_shortfall
from hengji.auditing.problems.passing import told_of_others
from hengji.auditing.problems.settled import tolerates
from hengji.auditing.problems.zones import measure_zones
from hengji.library.amiss import load_amiss
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

# 「46个供水村里有19个全年没配水管员」, 「200份档案中,有7份缺页」
_PART_OF = pattern(
    r"(?<![\d.,])(?P<whole>\d{1,5})\s?(?P<c>[个台套件份户处所间座辆条家张栋名盏块支])(?P<noun>[\u4e00-\u9fff]{0,8}?)(?:里头?|当?中|之中|内),?(?:仍|还|尚|就|却|竟)?有?\s?(?P<part>\d{1,5}|[一两三四五六七八九])\s?(?P=c)(?P<what>[^。;\n]{2,40})"
)
_BAD = pattern(
    r"(?<![淹沉埋出])没(?!收)|未(?!来)|缺|漏|蓝屏|黑屏|花屏|卡顿|故障|失灵|失效|坏|裂|脱落|空鼓|锈|霉|不(?!再|仅|属)|停用|闲置|过期|逾期|超期|返工|退回|弄错|填错|错[填登报录]|代签|补填|雷同|造假|无人|只剩|丢|死亡?[^亡]|枯"
)
_WELL = pattern(
    r"100(?:\.0+)?%|全部|全数|悉数|均|都(?=[已合通按达正])|健全|完好|应[^,。;]尽|无一|全覆盖|正常|到位|逐[个台套件份户]"
)
_KINDS = pattern(r"(?:问题|隐患|意见|建议|线索|投诉|诉求|事项)$")  # parted by their kinds: 「7个问题中有3个属制度缺失」
_COUNT_ONLY = pattern(r"(?:数量?|人次|人数|面积|长度|场次|规模|投入|购置|成本|[户村]数)$|满意")


def shares_amiss(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The clauses that count how many of a whole are amiss, each against the one leaf with full marks that speaks of that whole and says that all is well."""
    for match in _PART_OF.finditer(case.flat):
        at = match.start()
        if _KINDS.search(match["noun"]) or not (_BAD.search(match["what"]) or load_amiss().search(match["what"])):
            continue
        span = _told(case, at, match.end(), zones)
        if span is None:
            continue
        weighed = [
            (weight, item) for item in full if (weight := _weight(case, span, match["whole"] + match["c"], item))
        ]
        best = max((weight for weight, _ in weighed), default=0)
        meant = [item for weight, item in weighed if weight == best]
        if len(meant) != 1 or any(_shared(case, span, other) >= best for other in lost):
            continue
        yield Admission(span, meant[0], place_of(case, meant[0]), sure=True)


def _told(case: Case, at: int, stop: int, zones: list[Span]) -> Span | None:
    """The clause at a place where it tells what is amiss with the unit's own, of this year, and that still stands."""
    if case.item_at(at) is not None or case.in_table(at) or case.aimed_at(at):
        return None
    if not is_inside(zones, at) and (case.chapter_key(at) in NOT_ADMITTED or is_inside(measure_zones(case), at)):
        return None
    start, end = clause_around(case.flat, at, stop)
    text = case.flat[start:end]
    if RULE.search(text) or ALLOWED.search(text) or is_right_again(case, text) or is_of_another_year(case, text, text):
        return None
    others = not is_inside(zones, at) and told_of_others(_OF_ALL.sub("", text), _OF_ALL.sub("", case.flat[start:at]))
    return None if others else Span(start, end)


_OF_ALL = pattern(r"全(?:[县市区省州镇乡]|系统)|\d+\s?[家个所](?=[^,。;]{0,8}(?:里|中))")


def _weight(case: Case, span: Span, whole: str, item: ScoredItem) -> int:
    """How much a clause is of a leaf that says that all is well: its whole, counted as there, and words of its own."""
    text = f"{item.target} {item.actual} {item.remark}" if item.table else case.text(item.body)
    if _COUNT_ONLY.search(item.name) or not _WELL.search(text) or tells_shortfall(case, item) or tolerates(case, item):
        return 0
    if is_of_the_overseen(item.name, case.text(span)):
        return 0
    counted = _COUNTED if whole in text.replace(" ", "") else 0
    shared = _shared(case, span, item)
    return counted + shared if shared and counted + shared >= _ENOUGH else 0


_COUNTED, _ENOUGH = 2, 3


def _shared(case: Case, span: Span, item: ScoredItem) -> int:
    text = f"{item.name} {item.actual} {item.remark} {'' if item.table else case.text(item.body)}"
    pairs = spoken_of(_around(case, span)) & spoken_of(text)
    special = special_of(pairs)
    return len(special) + sum(pair in item.name for pair in pairs)


def _around(case: Case, span: Span) -> str:
    """A clause with the one before it in the same line, which may name what it is about."""
    paragraph = case.paragraph(span.start)
    return case.text(Span(max(paragraph.start, span.start - _NEAR), span.end))


_NEAR = 24  # characters
