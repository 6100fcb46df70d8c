"""R07: a whole and, right behind it, all the kinds it can be of, far from making it.

「政府采购计划318.00万元，货物208.00万元、服务112.00万元」: the kinds are those that are all there is (基本 and 项目, 货物 and 服务), so no
slip of the pen need explain how far off they are.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.equations.figure import Figure, by_sentence, figures
from hengji.auditing.equations.near_sums import is_for_one, sum_finding
from hengji.auditing.facts.backing import NO_COUNT
from hengji.library.ties import load_ties
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FEW, _MOST = 2, 4  # kinds of a whole
_FAR = 4  # a whole is off by less than one in so many
_FEWEST = 10  # of smaller counts the half is told as often as the whole
_NAME = pattern(r"(?:[^,、;。:()\d\n]|\([^()\d]{1,6}\)){0,16}")
_OPENED = pattern(r"[^,;。\d\n]{0,4}[,:(][^,;。:()\d\n]{0,14}")
_LINK = pattern(r"[^,;。:()\d\n]{0,4}[,、和及][^,;。:()\d\n]{0,14}")
_NOT_ALL = pattern(
    r"上年|去年|同期|增|减|降|少|节约|调整|追加|结余|结转|剩|主要|部分|其他|空|缺|欠|超|每|人均|预计|目标|女|党"
)
_BEHIND = pattern(
    r"[^,;。:()\d\n]{0,4}[,、和及](?!其中|共|合计|比|较|年末|[^,;。\d]{0,8}(?:结[转余]|剩余))[^,;。:()\d\n]{0,14}"
)


def kinds_make_whole(case: Case) -> Iterator[Finding]:
    """R07: the wholes that all their kinds, told right behind them, do not make, where the text tells no reason."""
    for told in by_sentence(case).values():
        if case.in_table(told[0].span.start):
            continue
        listed = [each for each in told if each.unit not in NO_COUNT and each.number and not is_for_one(case, each)]
        for at, whole in enumerate(listed):
            parts = _kinds(case, whole, listed[at + 1 :])
            if parts and _is_off(whole, parts) and not _is_told(case, whole, parts, told):
                yield sum_finding(case, whole, parts)


def _kinds(case: Case, whole: Figure, behind: Sequence[Figure]) -> Sequence[Figure]:
    """The kinds right behind a whole, none of them opening another list, or nothing where they are not all there are."""
    parts: list[Figure] = []
    names: list[str] = []
    before = whole
    for figure in behind[:_MOST]:
        between = case.flat[before.span.end + len(before.unit) : figure.span.start]
        if figure.unit != whole.unit or not (_LINK if parts else _OPENED).fullmatch(between):
            break
        if parts and (not _is_kind(between) or _OUTSIDE.search(between)):
            break
        parts.append(figure)
        names.append(between)
        before = figure
    lead = case.flat[max(whole.sentence.start, whole.span.start - _LEAD) : whole.span.start]
    own = _NAME.search(lead[::-1])
    name = own[0][::-1] if own is not None else ""
    if len(parts) < _FEW or any(_NOT_ALL.search(text) for text in (name, *names)):
        return ()
    if not _complete(names, name):
        return ()
    of_plan = ["预算" in text or "编制" in text for text in names]
    if any(of_plan) and not ("预算" in name or "编制" in name or "编制" in lead):
        return ()
    return parts


_LEAD = 24
_OF_ALL = {"在编", "在职"}  # kinds beside others outside the posts, and wholes of their own
_OUTSIDE = pattern(r"另|编外|合计|共|内含|其中")


def _complete(names: Sequence[str], whole: str) -> bool:
    """Whether parts of these names are all there are of something, and its own name is none of them."""
    listed = "".join(names)
    held = [words for words in load_ties().wholes if all(word in listed for word in words)]
    kin = {word for words in load_ties().wholes if any(word in listed for word in words) for word in words}
    return bool(held) and not any(word in whole for word in kin - _OF_ALL)


def _is_kind(text: str) -> bool:
    """Whether words name a kind of those that are all there is."""
    return any(word in text for words in load_ties().wholes for word in words)


def _is_off(whole: Figure, parts: Sequence[Figure]) -> bool:
    total = sum((part.number for part in parts), Decimal(0))
    gap = abs(total - whole.number)
    return whole.number >= _FEWEST and 0 < gap * _FAR < whole.number


def _is_told(case: Case, whole: Figure, parts: Sequence[Figure], told: Sequence[Figure]) -> bool:
    """Whether the gap stands near as a figure of its own, or another figure of the sentence is what the parts make."""
    total = sum((part.number for part in parts), Decimal(0))
    start, end = case.paragraph(whole.span.start)
    near = [f.number for f in figures(case) if start <= f.span.start < end and f not in (whole, *parts)]
    return abs(total - whole.number) in near or total in [f.number for f in told] or _goes_on(case, parts[-1])


def _goes_on(case: Case, last: Figure) -> bool:
    """Whether another part of the list stands behind the last kind."""
    end = last.span.end + len(last.unit)
    match = _BEHIND.match(case.flat, end)
    follows = next((f for f in by_sentence(case)[last.sentence] if f.span > last.span), None)
    return match is not None and follows is not None and follows.unit == last.unit and match.end() >= follows.span.start
