"""Case -> audit: every check whose needs are met, the findings in the order of the text, and what was not checked."""

import logging
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from hengji.auditing.case import Accounts, Case, Check
from hengji.auditing.denials.at_their_words import at_their_words
from hengji.auditing.rates.following import follows_from, scored_by_right_rate
from hengji.auditing.recognise import Recognised, recognised
from hengji.auditing.registry import BY_DIGITS, OF_FILINGS, RULES
from hengji.extracting import extract
from hengji.model.document import Document
from hengji.model.extraction import DocumentKind, Extraction, ScoredItem, Span
from hengji.model.finding import Finding, Place, Severity
from hengji.model.scorecard import LeafScore, Scorecard, Standing
from hengji.model.system import IndicatorSystem

_log = logging.getLogger(__name__)
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2, Severity.STYLE: 3}
# What may be asked of a document that is no self-evaluation: figures and language, not scores and chapters.
_OF_ACCOUNTS = ("R07", "R08", "R11", "R12", "R13", "R14", "R15", "R16", "R24", "R26", "R27", "R36", "R38", "R39", "R41")


FAILED = "查到一半程序出错，这一条的结果不全，其余各条照常；请把文件和日志交给开发者"
# What text alone decides, in a notice or another paper that speaks of performance.
_OF_OTHERS = ("R13", "R26", "R27", "R31", "R38", "R39")


@dataclass(frozen=True, slots=True)
class References:
    """What a document is held against, where it was given."""

    system: IndicatorSystem | None = None
    against: Extraction | None = None
    previous: Extraction | None = None
    peers: tuple[Extraction, ...] = ()
    library: Path | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """The outcome for one document. ``not_checked`` is (code, why): not checked is not passed.

    ``selected`` holds the codes that were asked for (None: all), ``waived`` what a person has judged, with the reason.
    """

    found: Extraction
    findings: tuple[Finding, ...]
    not_checked: tuple[tuple[str, str], ...] = ()
    known: Recognised | None = None
    waived: tuple[tuple[Finding, str], ...] = ()
    selected: frozenset[str] | None = None

    @property
    def system(self) -> IndicatorSystem | None:
        """The indicator system that was given or recognised."""
        return self.known.system if self.known is not None else None

    @property
    def scorecard(self) -> Scorecard | None:
        """The report's own figures scored by that system."""
        return self.known.scorecard if self.known is not None else None

    def leaf_score(self, item: ScoredItem) -> LeafScore | None:
        """What the recognised system makes of an item from the report's own figures; None where no system is known."""
        leaf = self.known.leaf_ids.get(item.name) if self.known is not None else None
        if self.scorecard is None or leaf is None:
            return None
        return next((score for score in self.scorecard.leaves if score.id == leaf), None)

    def computed(self, item: ScoredItem) -> Fraction | None:
        """An item's computed score; None where its figures are not given."""
        score = self.leaf_score(item)
        return score.score if score is not None and score.standing in (Standing.COMPUTED, Standing.JUDGED) else None

    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity."""
        return {severity: sum(1 for f in self.findings if f.severity is severity) for severity in Severity}


def audit(found: Extraction, references: References | None = None, codes: Collection[str] | None = None) -> Audit:
    """Runs the checks (all, or the codes given) over what was read from one document."""
    case = _case(found, references or References())
    findings, skipped = examine(case)
    skipped = (*skipped, *((code, "只用于填报数据") for code in OF_FILINGS))
    kept = [f for f in findings if codes is None or f.code in codes]
    return Audit(
        found,
        tuple(kept),
        tuple((c, w) for c, w in skipped if codes is None or c in codes),
        case.known,
        selected=None if codes is None else frozenset(codes),
    )


def examine(case: Case) -> tuple[tuple[Finding, ...], tuple[tuple[str, str], ...]]:
    """Every check over one case: the findings in the order of the text, and (code, why) for what was not checked."""
    findings: list[Finding] = []
    skipped: list[tuple[str, str]] = []
    seen: set[int] = set()
    for code, rule in RULES.items():
        why = _barred(code, case) or _unmet(case, rule.needs)
        if why:
            skipped.append((code, why))
        findings += _found(code, _run(code, case), case, seen, skipped)
        if rule.otherwise and not why and all(finding.code != code for finding in findings):
            findings += _found(code, rule.otherwise, case, seen, skipped)
    kept = _once(
        _without_refuted(case, list(at_their_words(case, _without_twice_told(case, findings)))),
        case.found.document.text,
    )
    for code, check in BY_DIGITS:
        if not _barred(code, case):
            kept += [f for f in _found(code, (check,), case, seen, skipped) if not _is_told(f, kept)]
    return tuple(sorted(kept, key=_place)), tuple(skipped)


def _found(
    code: str, checks: Iterable[Check], case: Case, seen: set[int], skipped: list[tuple[str, str]]
) -> Iterator[Finding]:
    """What those of the checks find that were not run yet; a check that fails is told and costs nothing else."""
    for check in checks:
        if id(check) not in seen:
            seen.add(id(check))
            try:
                yield from check(case)
            except Exception:  # noqa: BLE001 - a fault of one check must not cost the reader what the others found
                _log.exception("%s: %s", case.found.document.file, code)
                skipped.append((code, FAILED))


def _without_twice_told(case: Case, findings: list[Finding]) -> list[Finding]:
    """The findings without those that tell again, or follow from, what another tells.

    The R08 of two values one of which is said to agree with the accounts is R37's; a sum told at its parts is told at its whole; the R07 of a
    sum that R08 tells; the R28 of a rule that R41 says to be another body's; the R11 that follows from an amount an R07 or R12 tells, and the
    R06 of a score that is right by the rate that an R11 recomputes.
    """
    agreed = {(f.start, f.end) for f in findings if f.code == "R37" and f.also}
    twice = [f for f in findings if f.code == "R08"]
    by_code = {code: [f for f in findings if f.code == code] for code in ("R11", "R41")}
    return [
        f
        for f in _without_sums_again(findings)
        if (f.code != "R08" or agreed.isdisjoint(_places(f)))
        and (f.code != "R07" or not any(_tells_the_same(f, other) for other in twice))
        and (f.code != "R11" or not any(follows_from(f, other) for other in findings))
        and (f.code != "R06" or not any(scored_by_right_rate(case, f, other) for other in by_code["R11"]))
        and (f.code != "R28" or not any(_overlap(f, other) for other in by_code["R41"]))
    ]


def _without_sums_again(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without the R07 and R17 that state what an R07 before them recomputed, and the other way round."""
    summed: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.code in ("R07", "R17") and (finding.stated, finding.recomputed) in summed:
            continue
        if finding.code == "R07" and finding.recomputed:
            summed.add((finding.recomputed, finding.stated))
        yield finding


def _tells_the_same(summed: Finding, told: Finding) -> bool:
    """Whether two values told of one thing are the sum that the one misses and the other is: 「4826件」 of parts that make 4862, and 「4862件」."""
    at = (summed.start, summed.end) == (told.start, told.end)
    return at and summed.recomputed in re.findall(r"\d+(?:\.\d+)?", told.message)


def _without_refuted(case: Case, findings: list[Finding]) -> list[Finding]:
    """The findings without the R18 told where R06 says already that the full marks there are not earned."""
    refuted = {(f.item, case.sentence(f.start)) for f in findings if f.code == "R06" and f.item and f.start is not None}
    return [
        f for f in findings if f.code != "R18" or f.start is None or (f.item, case.sentence(f.start)) not in refuted
    ]


def _is_told(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether any other finding of figures points at those of this one."""
    return any(_overlap(finding, other) for other in others if other.code in _OF_FIGURES)


def _overlap(finding: Finding, other: Finding) -> bool:
    """Whether two findings point at words that they share, with whichever of their ends."""
    return any(
        start is not None and end is not None and a is not None and b is not None and a < end and start < b
        for start, end in _places(other)
        for a, b in _places(finding)
    )


_OF_FIGURES = ("R06", "R07", "R08", "R11", "R12", "R15", "R16", "R17", "R37")


def _places(finding: Finding) -> set[tuple[int | None, int | None]]:
    """Where a finding and what it contradicts stand."""
    return {(finding.start, finding.end), *((place.start, place.end) for place in finding.also)}


def against_accounts(found: Extraction, accounts: Extraction | Accounts) -> tuple[tuple[Finding, ...], str]:
    """R37 alone, for accounts that came after the audit: its findings, or why it cannot be checked against these."""
    case = Case(found, against=accounts)
    why = _barred("R37", case) or _unmet(case, RULES["R37"].needs)
    return tuple(_once((f for check in _run("R37", case) for f in check(case)), case.found.document.text)), why


def audit_document(
    document: Document, references: References | None = None, codes: Collection[str] | None = None
) -> Audit:
    """Reads out and audits one document."""
    return audit(extract(document), references, codes)


def _case(found: Extraction, given: References) -> Case:
    return Case(
        with_arguments(found),
        known=recognised(found, given.system, given.library),
        against=given.against,
        previous=given.previous,
        peers=given.peers,
    )


_LONGEST = 800  # characters that may stand between a leaf's score and the next heading


def with_arguments(found: Extraction) -> Extraction:
    """Leaves of running text whose text ends with their score are given the paragraphs that follow, up to the next leaf or heading."""
    told = [item for item in found.items if not item.table]
    starts = sorted(
        {i.span.start for i in told}
        | {s.span.start for s in found.sections if s.heading}
        | {g.span.start for g in found.groups}
    )
    ends: dict[int, int] = {}
    for item in told:
        after = max(item.body.end, item.quote.end)
        if item.body.end - item.quote.end > _BARE:
            continue
        behind = bisect_right(starts, item.span.start)
        following = starts[behind] if behind < len(starts) else len(found.document.text)
        rest = found.document.text[after:following].strip(" 。，；）)\n")
        if len(rest) > _BARE and following - after <= _LONGEST:
            ends[item.span.start] = following
    if not ends:
        return found
    items = tuple(
        replace(i, body=Span(i.body.start, ends[i.span.start])) if not i.table and i.span.start in ends else i
        for i in found.items
    )
    return replace(found, items=items)


_BARE = 3  # characters behind a score that say nothing


def _run(code: str, case: Case) -> tuple[Check, ...]:
    """The checks of a code that can be run over a case: all, those that need nothing, or none."""
    rule = RULES[code]
    if _barred(code, case):
        return ()
    return rule.alone if _unmet(case, rule.needs) else rule.checks


def _barred(code: str, case: Case) -> str:
    """Why a code is not checked in a document of this kind, or nothing."""
    kind = case.found.kind
    if kind is DocumentKind.OTHER and (code not in _OF_OTHERS or "绩效" not in case.flat):
        return "不是自评材料"
    if kind is DocumentKind.ACCOUNTS and code not in _OF_ACCOUNTS:
        return "决算材料不查这一条"
    return ""


def _unmet(case: Case, needs: Iterable[str]) -> str:
    """Why the checks that need something to hold a report against are not run, or nothing."""
    return _no_accounts(case) if "against" in needs else ""


def _no_accounts(case: Case) -> str:
    """Why what was given to hold a report against cannot serve, or nothing."""
    given = case.against
    if given is None:
        return "没有给出决算（--against），只看了正文写明与决算相符的数"
    if isinstance(given, Accounts):
        return ""
    if given.kind is not DocumentKind.ACCOUNTS and not _tables_of_accounts(given):
        return f"给出的“{given.document.file}”不是部门决算：{given.kind_reason}"
    if given.year_stated and case.found.year_stated and given.year != case.year:
        return f"给出的决算是{given.year}年度的，报告是{case.year}年度的"
    return ""


def _tables_of_accounts(given: Extraction) -> bool:
    """Whether a document that was not told as accounts holds their tables all the same (a sheet without a title)."""
    evaluation = given.kind in (DocumentKind.OVERALL, DocumentKind.PROJECT)
    return not evaluation and "决算" in given.document.text and "预算" not in given.kind_reason


def _place(finding: Finding) -> tuple[int, str]:
    return (finding.start if finding.start is not None else -1, finding.code)


def _once(findings: Iterable[Finding], text: str) -> list[Finding]:
    """One finding of a code at one place; one of a sum or of two values that several checks tell, the first of them."""
    kept: dict[tuple[str, int | None, str], Finding] = {}
    results: dict[tuple[str, frozenset[str]], tuple[str, int | None, str]] = {}
    for finding in findings:
        key = (finding.code, finding.start, finding.item if finding.start is None else "")
        values = frozenset((finding.stated.replace(",", ""), finding.recomputed.replace(",", "")))
        if finding.code in _TOLD_OFTEN and "" not in values and finding.start is not None:
            first = results.setdefault((finding.code, values), key)
            if first != key and first in kept:
                kept[first] = _joined(kept[first], finding, text)
                continue
        kept.setdefault(key, finding)
    years = [f for f in kept.values() if f.code == "R13"]
    return [f for f in kept.values() if f.code != "R13" or not any(_within(f, other) for other in years)]


def _within(finding: Finding, other: Finding) -> bool:
    """Whether a finding points at some of the words that another points at: 「2023年」 of 「截至2023年12月31日」."""
    if None in (finding.start, finding.end, other.start, other.end):
        return False
    (start, end), (low, high) = ((f.start or 0, f.end or 0) for f in (finding, other))
    return low <= start and end <= high and end - start < high - low


_TOLD_OFTEN = ("R07", "R08")  # codes whose faults more than one check can see
_TOGETHER = 200  # characters over which two places of one sum are one


def _joined(finding: Finding, other: Finding, text: str) -> Finding:
    """A sum over all that two checks point at; what lies far apart, or another value, is named beside the first."""
    start = min(finding.start or 0, other.start or 0)
    end = max(finding.end or 0, other.end or 0)
    if finding.code == "R07" and end - start <= _TOGETHER:
        return replace(finding, start=start, end=end, quote=text[start:end])
    place = Place(other.quote, other.start or 0, other.end or 0, other.locator)
    return finding if place in finding.also else replace(finding, also=(*finding.also, place))


def graver(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, gravest first, within a severity in the order of the text."""
    return sorted(findings, key=lambda f: (_ORDER[f.severity], *_place(f)))
