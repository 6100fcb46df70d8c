"""Findings beside the fields (核查发现): the one place where checks come in.

What the data say is found here at every save; what the text says comes from examining.py.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.model.filing import Filing, Total
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import plain
from hengji.model.problem import Problem
from hengji.model.scorecard import LeafScore, Scorecard, Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring import differences
from hengji.scoring.facts import Facts

LEAST_REASON = 10
_CHAPTERS = ("存在问题", "相关建议")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the name it keeps from page to page, and why it was set aside, if it was."""

    key: str
    finding: Finding
    waived: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the filing cannot be sent on with it."""
        return self.finding.severity is Severity.ERROR and not self.waived


def key_of(finding: Finding) -> str:
    """A name from what the finding says, so that a reason does not outlive the figures it was given for."""
    said = "\n".join((finding.code, finding.leaf, finding.item, finding.message))
    return f"{finding.code}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def findings(
    system: IndicatorSystem,
    filing: Filing,
    card: Scorecard,
    in_text: Sequence[Finding],
    facts: Facts,
    faults: Sequence[Problem],
) -> tuple[Finding, ...]:
    """All findings, the gravest first: what the data say, then what the text says beyond it."""
    order = list(Severity)
    of_data = (
        *_faults(faults),
        *differences(system, filing, facts),
        *_leaves(filing, card),
        *_total(card),
        *_chapters(filing),
    )
    said = {(finding.code, finding.leaf) for finding in of_data if finding.leaf}
    beyond = (finding for finding in in_text if not finding.leaf or (finding.code, finding.leaf) not in said)
    return tuple(sorted((*of_data, *beyond), key=lambda finding: order.index(finding.severity)))


_OF_ITEM, _OF_LEAF = ("values", "registers"), ("claims", "judgements", "exemptions")


def _faults(problems: Sequence[Problem]) -> Iterator[Finding]:
    for problem in problems:
        kind, _, rest = problem.where.strip().partition(" ")
        name, _, place = rest.partition(" ")
        yield Finding(
            code="R45",
            severity=Severity.ERROR,
            message=problem.message,
            item=name if kind in _OF_ITEM else "",
            leaf=name if kind in _OF_LEAF else "",
            locator=place,
            advice="改正这一处的填写。",
        )


def _total(card: Scorecard) -> Iterator[Finding]:
    """A total that the department states and its own figures do not give."""
    totals = card.totals
    if totals is None or totals.claimed is None or totals.claimed == totals.final:
        return
    stated, found = plain(totals.claimed), plain(totals.final)
    yield Finding(
        code="R03",
        severity=Severity.ERROR,
        message=f"申报总分{stated}分，按各项得分合计是{found}分。",
        item=Total.TOTAL.value,
        stated=stated,
        recomputed=found,
        advice="核对后统一总分。",
    )


def _leaves(filing: Filing, card: Scorecard) -> Iterator[Finding]:
    proved = {proof for evidence in filing.evidence for proof in evidence.proves}
    for leaf in card.leaves:
        if leaf.standing is Standing.MISSING:
            yield _finding(
                "R04", Severity.WARNING, leaf, "既没有得分，也没有写明不考核", "填齐所需数据，或写自评得分和理由。"
            )
        claim = filing.claims.get(leaf.id)
        if claim is not None and not _claimable(leaf):
            stated, most = plain(leaf.claimed or 0), plain(leaf.full or leaf.points or 0)  # type: ignore[arg-type]
            yield _finding("R02", Severity.ERROR, leaf, f"自评{stated}分，超过分值{most}分", "改正自评得分。")
        if claim is not None and leaf.computed is not None and leaf.claimed != leaf.computed:
            severity = Severity.WARNING if claim.reason else Severity.ERROR
            words = f"自评{plain(leaf.claimed or leaf.computed)}分，系统算得{plain(leaf.computed)}分"
            yield _finding("R06", severity, leaf, words, "按系统得分填，或写明不同的理由。")
        full = leaf.score is not None and leaf.full is not None and leaf.score >= leaf.full > 0
        if full and leaf.standing in (Standing.CLAIMED, Standing.JUDGED) and leaf.id not in proved:
            yield _finding("R21", Severity.WARNING, leaf, "满分而没有佐证", "上传佐证并写明用于本项。")


def _claimable(leaf: LeafScore) -> bool:
    most = leaf.full if leaf.full is not None else leaf.points
    return leaf.claimed is None or most is None or leaf.standing is Standing.NOT_APPLICABLE or leaf.claimed <= most


def _finding(code: str, severity: Severity, leaf: LeafScore, words: str, advice: str) -> Finding:
    return Finding(
        code=code, severity=severity, message=f"{leaf.id} {leaf.name}：{words}。", leaf=leaf.id, advice=advice
    )


def _chapters(filing: Filing) -> Iterator[Finding]:
    for chapter in _CHAPTERS:
        if not filing.narrative.get(chapter):
            message = f"“{chapter}”还没有写。"
            yield Finding(code="R20", severity=Severity.WARNING, message=message, item=chapter, advice="写明具体内容。")
