"""R35: what a report lists as evidence (佐证材料): a list at all, for every leaf, of the evaluated year."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding, Severity

_EVIDENCE = re.compile(
    r"附件\s?\d?\s?[:：、.]|佐证|附表|见附件|附后|详见附|证明材料|支撑材料|评分表|自评表|(?:收集|整理|归集|调阅|查阅)[^。;]{0,24}(?:资料|材料|凭证|台账)"
)
_SHOWS = re.compile(r"《|〔|\d+(?:\.\d+)?\s?(?:万元|元|个|项|人|名|份|件|次|条|户|场|篇|亩|公里|台)")
_UNPROVED = 8  # leaves without number or document, from which a list of evidence is missed
_COUNTED = re.compile(
    r"(?:佐证|支撑|证明)(?:材料|资料)(?:清单|目录)?\s?\([^()]{0,8}?(?P<n>\d{1,3})\s?项(?:末级|三级|具体|评价)?指标[^()]{0,16}\)"
)
_WANTING = re.compile(
    r"(?:材料|资料|佐证)[^,。;\t\n]{0,4}(?:暂缺|待补|后补|缺失|未提供)|暂无佐证|尚未(?:收集|提供)[^,。;\t\n]{0,4}(?:材料|佐证)"
)
_COLUMN = re.compile(r"佐证(?:资料|材料)?.{0,4}|支撑材料|证明材料")
_DATED = re.compile(r"(20\d\d)年")
_STANDING = re.compile(r"规划|办法|制度|方案|合同|标准|批复|决定|规定|[〔\[【]")  # what holds for years


def evidence_complete(case: Case) -> Iterator[Finding]:
    """R35: a list of evidence for another number of leaves, a leaf with points and no evidence, evidence of an earlier year."""
    yield from _counted_otherwise(case)
    yield from _wanting(case)
    yield from old_evidence(case)


def _counted_otherwise(case: Case) -> Iterator[Finding]:
    leaves = len(case.found.items)
    match = _COUNTED.search(case.flat) if case.certainty.tree and leaves else None
    if match is not None and int(match["n"]) != leaves:
        message = f"佐证材料清单写按{match['n']}项指标列示，报告里的末级指标是{leaves}项"
        yield case.finding("R35", Span(match.start(), match.end()), message, stated=match["n"], recomputed=str(leaves))


def _wanting(case: Case) -> Iterator[Finding]:
    """A row of the list of evidence that names a leaf with points and says that its evidence is not there."""
    for match in _WANTING.finditer(case.flat):
        if not case.in_table(match.start()):
            continue
        low, high = case.flat.rfind("\n", 0, match.start()) + 1, case.flat.find("\n", match.end())
        line = case.flat[low : high if high >= 0 else len(case.flat)]
        item = next((i for i in case.found.items if i.claimed and len(i.name) > 1 and i.name in line), None)
        if item is not None:
            span = Span(match.start(), match.end())
            yield case.finding("R35", span, f"“{item.name}”已经计分，佐证材料却没有", item=item.name)


def old_evidence(case: Case) -> Iterator[Finding]:
    """Evidence of an earlier year in a table's column of evidence."""
    for grid in case.grids:
        columns: set[int] = set()
        for row in range(grid.rows):
            columns |= {c for c, text in enumerate(grid.row(row)) if _COLUMN.fullmatch(text)}
            for column in columns:
                text = grid.text(row, column)
                match = _DATED.search(text)
                if match and int(match[1]) < case.year - 1 and not _STANDING.search(text):
                    yield case.finding(
                        "R35",
                        grid.span(row, column),
                        f"评价的是{case.year}年度，佐证却是{match[1]}年的材料",
                        stated=match[1],
                        recomputed=str(case.year),
                    )


def evidence_listed(case: Case) -> Iterator[Finding]:
    """R35: no scorecard, no list of evidence, no attachment behind a narrative of scores."""
    told = [item for item in case.found.items if not item.table]
    if case.found.kind is not DocumentKind.OVERALL or len(told) < 2 or len(told) < len(case.found.items) / 2:
        return
    body = re.sub(r"^\s*附件\s?\d*", "", case.flat)
    unproved = sum(1 for item in told if not _SHOWS.search(case.text(Span(item.span.end, item.body.end))))
    if _EVIDENCE.search(body) or unproved < _UNPROVED:
        return
    yield case.finding(
        "R35",
        case.anchor("绩效分析", "自评结论"),
        "没有佐证材料清单，各项得分没有指向任何附件",
        absent=True,
        severity=Severity.INFO,
    )
