"""R35: the one leaf that a list of evidence leaves out, where every other leaf has its paper."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LIST = pattern(r"(?:佐证|证明|支撑)(?:材料|资料)?(?:清单|目录|一览)")
_CODE = r"\d{1,2}(?:\.\d{1,2}){1,3}"
# 「4.决算三公表（对应3.2.1）」, 「对应指标3.2.1、3.2.2」
_FOR = pattern(rf"(?:对应|佐证|证明|用于|支撑)(?:指标|条目)?\s?(?P<codes>{_CODE}(?:[、,和及至\-—]\s?{_CODE})*)")
_HEADING = pattern(rf"[ \t]*(?P<code>{_CODE})[.、\s]?")
_PROOF = pattern(r"佐证|附件\s?\d|证明材料|支撑材料|详?见附")
_SATISFIED = pattern("满意")  # what it needs is a survey, which R24 asks for
_FEWEST = 5  # leaves that have their paper


def leaf_left_out(case: Case) -> Iterator[Finding]:
    """A leaf with points whose code no entry of the list is for; a leaf that names no paper among leaves that all do."""
    leaves = [item for item in case.found.items if item.claimed and not item.table and not item.not_applicable]
    if len(leaves) <= _FEWEST or not ("佐证" in case.flat or "附件" in case.flat):
        return
    found = list(_not_listed(case, leaves)) or list(_without_paper(case, leaves))
    for item in found:
        message = f"“{item.name}”已经计分，其他指标都有佐证材料，这一项没有"
        yield case.finding("R35", Span(item.span.start, item.body.end), message, item=item.name)


def _not_listed(case: Case, leaves: list[ScoredItem]) -> Iterator[ScoredItem]:
    heading = _LIST.search(case.flat, len(case.flat) // 2)
    if heading is None:
        return
    told = list(_FOR.finditer(case.flat, heading.end()))
    if any(re.search("[至—-]", match["codes"]) for match in told):
        return  # a range names more than its ends
    listed = {code for match in told for code in re.findall(_CODE, match["codes"])}
    coded = {item: code for item in leaves if (code := _code(case, item))}
    missing = [item for item, code in coded.items() if code not in listed and not _above(code, listed)]
    if len(coded) - len(missing) >= _FEWEST and len(missing) == 1:
        yield missing[0]


def _above(code: str, listed: set[str]) -> bool:
    """Whether the list has a paper for the group that a leaf is in."""
    return any(code.startswith(f"{other}.") for other in listed)


def _code(case: Case, item: ScoredItem) -> str:
    """The number that a leaf's line begins with."""
    start = case.flat.rfind("\n", 0, item.span.start) + 1
    match = _HEADING.match(case.flat, start)
    return match["code"] if match is not None else ""


def _without_paper(case: Case, leaves: list[ScoredItem]) -> Iterator[ScoredItem]:
    bare = [item for item in leaves if not _PROOF.search(case.text(Span(item.span.start, item.body.end)))]
    if len(bare) == 1 and len(leaves) - len(bare) >= _FEWEST and not _LIST.search(case.flat):
        proved = [i for i in leaves if "佐证" in case.text(Span(i.span.start, i.body.end))]
        if len(proved) == len(leaves) - 1 and not _SATISFIED.search(bare[0].name):
            yield bare[0]
