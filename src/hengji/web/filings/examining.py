"""Examining (核查) what a filing says as a report: the checks of hengji.auditing over the text that would be signed.

The text is composed, read back and checked without any file. That takes longer than a save may, so the outcome is kept
by revision: pages examine what has changed, the answer to a save shows what was found last.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hengji import __version__
from hengji.auditing import examine
from hengji.auditing.case import Accounts, Case
from hengji.auditing.recognise import Recognised, leaf_ids_of
from hengji.auditing.registry import OF_FILINGS, RULES
from hengji.extracting.extract import as_self_evaluation
from hengji.model.extraction import Extraction
from hengji.model.filing import Filing, State, Value
from hengji.model.finding import Finding, Place, Severity
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem, in_year
from hengji.scoring import score
from hengji.web.filings import books
from hengji.web.filings.models import Examined, FilingRow
from hengji.web.filings.systems import system_of
from hengji.web.filings.tables import TABLES, VALUE
from hengji.web.trail.models import Entry
from hengji.workbook import layout
from hengji.writing import compose_report
from hengji.writing.blocks import Block, Cover, Emphasis, Paragraph, Report, Runs
from hengji.writing.plain import document_of

# True of every report that we compose ourselves, or known better from the data: said by findings.py, or nothing to say.
_BY_CONSTRUCTION = ("R01", "R02", "R03", "R04", "R05", "R20", "R31", "R43")
# About words: asked only of those a person wrote, never of our own sentences.
_OF_WORDS = ("R13", "R14", "R22", "R26", "R27", "R28", "R32", "R38", "R39", "R41")
_OF_ALL = ("R35", "R40")  # about the report as a whole
_OF_THE_TEXT = tuple(table.name for table in TABLES)
_LATELY = timedelta(seconds=20)
_WHY = {
    "R37": "没有导入过部门决算公开表，只看了文字里写明与决算相符的数",
    "peers": "没有与其他单位的报告比较",
    "previous": "没有去年的填报，没有与去年的文字比较",
}


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in the text as of a revision, and (code, why) for what was not checked."""

    revision: int
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[tuple[str, str], ...] = ()

    @property
    def checked(self) -> int:
        """How many codes were checked."""
        return len(RULES) + len(OF_FILINGS) - len({code for code, _ in self.not_checked if code in RULES})


def examination(
    row: FilingRow, system: IndicatorSystem, filing: Filing, card: Scorecard, *, lately: bool = False
) -> Examination:
    """What the text of this revision holds; examined now where it was not yet.

    ``lately``: what was found a moment ago will do, so that pages of a filing which many people edit need not wait.
    """
    kept = _kept(row)
    if kept is not None and kept.stamp == _stamp(row) and ((lately and _new(kept)) or _unchanged(row, kept)):
        return _read(kept)
    found = _examined(row, system, filing, card)
    said = {
        "revision": row.revision,
        "stamp": _stamp(row),
        "findings": [asdict(finding) for finding in found.findings],
        "not_checked": [list(each) for each in found.not_checked],
    }
    Examined.objects.update_or_create(filing=row, defaults=said)
    return found


def _unchanged(row: FilingRow, kept: Examined) -> bool:
    """Whether the text is still what it was: what the bureau enters beside a filing changes none of it."""
    if kept.revision == row.revision:
        return True
    since = Entry.objects.filter(filing=row, number__gt=kept.revision, number__lte=row.revision)
    if kept.revision > row.revision or since.filter(table__in=_OF_THE_TEXT).exists():
        return False
    Examined.objects.filter(filing=row, revision=kept.revision).update(revision=row.revision)
    return True


def _new(kept: Examined) -> bool:
    return kept.at > timezone.now() - _LATELY


def last(row: FilingRow) -> Examination:
    """What was found when the text was examined last, whatever has changed since."""
    kept = _kept(row)
    return _read(kept) if kept is not None else Examination(0)


def _kept(row: FilingRow) -> Examined | None:
    return Examined.objects.filter(filing=row).first()


def _stamp(row: FilingRow) -> str:
    """What else than the filing decides what is found."""
    return f"{__version__} {row.system.sha256}"


def _read(kept: Examined) -> Examination:
    findings = tuple(_finding(data) for data in kept.findings)
    return Examination(kept.revision, findings, tuple((code, why) for code, why in kept.not_checked))


def _finding(data: dict[str, Any]) -> Finding:
    also = tuple(Place(*place) for place in data.get("also", ()))
    return Finding(**{**data, "severity": Severity(data["severity"]), "also": also})


def _examined(row: FilingRow, system: IndicatorSystem, filing: Filing, card: Scorecard) -> Examination:
    try:
        report = compose_report(filing, system, card)
    except HengjiError as error:
        findings = tuple(_unreadable(problem.where, problem.message) for problem in error.problems)
        return Examination(
            row.revision, findings, tuple((code, "报告文字里的引用有误，改正后再核查") for code in RULES)
        )
    document, blocks = document_of(report)
    read = as_self_evaluation(document, row.year)
    previous = _last_year(row)
    accounts = official(row)
    known = Recognised(read, system, leaf_ids_of(read, system), scored=card)
    case = Case(read, known, accounts, previous)
    found, skipped = examine(case)
    placed = (_Placer(case, system, blocks).placed(finding) for finding in found)
    told = [(code, _WHY.get(code, why)) for code, why in skipped]
    told.append(("R33", _WHY["peers"]))
    if previous is None:
        told.append(("R32", _WHY["previous"]))
    kept = (finding for finding in placed if finding is not None)
    return Examination(row.revision, (*_unwritten(report, system), *kept), tuple(told))


def official(row: FilingRow) -> Accounts | None:
    """The final accounts as they were imported, whatever was typed over them since: the trail keeps every figure."""
    entries = Entry.objects.filter(filing=row, act="import", table=VALUE.name, why=books.WHY_ACCOUNTS).order_by(
        "number"
    )
    figures: dict[str, Value] = {}
    for entry in entries:
        item, year, unit = json.loads(entry.place)
        said = json.loads(entry.after) if entry.after else None
        if year == row.year and not unit and said and said["state"] == State.GIVEN and said["locator"]:
            figures[item] = Value(said["stated"], said["measure"], locator=said["locator"])
    return Accounts(figures) if figures else None


def _last_year(row: FilingRow) -> Extraction | None:
    """The report of the year before, where there is one that can be composed."""
    earlier = FilingRow.objects.select_related("department", "system").filter(
        department_id=row.department_id, year=row.year - 1
    )
    before = earlier.first()
    if before is None:
        return None
    from hengji.web.filings.bridge import compose, load_rows  # noqa: PLC0415 - the bridge knows the models only

    filing = compose(load_rows(before.pk, before))
    try:
        system = in_year(system_of(before.system), before.year)
        report = compose_report(filing, system, score(system, filing))
    except HengjiError:
        return None
    return as_self_evaluation(document_of(report)[0], before.year)


def _unreadable(where: str, message: str) -> Finding:
    """A reference in the text that leads nowhere; ``where`` is 「文字 存在问题 第1段」."""
    parts = where.split()
    chapter, place = (parts[1], " ".join(parts[2:])) if len(parts) > 1 else ("", where)
    return Finding(
        code="R45",
        severity=Severity.ERROR,
        message=f"{message}。",
        item=chapter,
        locator=place,
        advice="改正引用，或改成文字。",
    )


@dataclass(frozen=True)
class _Placer:
    """Says where in the form a finding in the text is mended."""

    case: Case
    system: IndicatorSystem
    blocks: tuple[Block, ...]

    def placed(self, finding: Finding) -> Finding | None:
        """The finding with leaf, item and place of the form; None for what is nobody's to mend there."""
        if finding.code in _BY_CONSTRUCTION:
            return None
        if finding.code in _OF_ALL:
            return replace(finding, leaf="", item="", locator="", quote="", start=None, end=None, file="", also=())
        start = finding.start or 0
        block = self._block(start) if finding.start is not None else None
        source = block.source if isinstance(block, Paragraph) else None
        own = isinstance(block, Cover) or (source is not None and source[1] > 0)
        if finding.code in _OF_WORDS and not own:
            return None
        leaf, item, place = finding.leaf, "", ""
        if isinstance(block, Cover):
            item = self._text(start).partition("：")[0]
        elif source is not None:
            item, number = source
            place = f"第{number}段" if number else ""
            if not number:
                leaf, item = leaf or item.removeprefix(layout.LEAF_CHAPTER), ""
        else:
            leaf = leaf or self._leaf(start)
            item = "" if leaf else self._item(finding) or self._chapter(start)
        also = tuple(
            other._replace(locator="") for other in finding.also
        )  # the report's own lines are no place of the form
        return replace(
            finding, leaf=self._known(leaf), item=item, locator=place, start=None, end=None, file="", also=also
        )

    def _block(self, position: int) -> Block | None:
        found = self.case.found.document.block_at(position)
        return None if found is None else self.blocks[self.case.found.document.blocks.index(found)]

    def _text(self, position: int) -> str:
        found = self.case.found.document.block_at(position)
        return "" if found is None else found.text

    def _leaf(self, position: int) -> str:
        item = self.case.item_at(position)
        return self.case.leaf_ids.get(item.name, "") if item is not None else ""

    def _known(self, leaf: str) -> str:
        return leaf if any(each.id == leaf for each in self.system.leaves()) else ""

    def _item(self, finding: Finding) -> str:
        """The data item whose figure the finding quotes."""
        start, end = finding.start or 0, finding.end or 0
        over = (q.item for q in self.case.found.quantities if q.item and q.span.start < end and q.span.end > start)
        return next((item for item in over if item in self.system.dictionary.items), "")

    def _chapter(self, position: int) -> str:
        key = self.case.chapter_key(position)
        return key if key in layout.CHAPTERS else ""


def _unwritten(report: Report, system: IndicatorSystem) -> Iterator[Finding]:
    """What the report still marks as to be written, where no finding about data says it already."""
    for block in report.blocks:
        match block:
            case Cover():
                for label, runs in block.rows:
                    if _todo(runs):
                        yield _mark(f"封面的“{label}”还没有填，报告里会印成待填写。", label)
            case Paragraph():
                wanted = _todo(block.runs)
                chapter = block.source[0] if block.source else ""
                if wanted and not chapter.startswith(layout.LEAF_CHAPTER) and chapter not in ("存在问题", "相关建议"):
                    item = chapter or next((name for name in system.dictionary.items if name in wanted), "")
                    yield _mark(f"还没有写：{wanted}。", item)


def _todo(runs: Runs) -> str:
    words = (run.text.strip("【】").removeprefix("待填写：") for run in runs if run.emphasis is Emphasis.TODO)
    return "；".join(words)


def _mark(message: str, item: str) -> Finding:
    return Finding(code="R41", severity=Severity.WARNING, message=message, item=item, advice="填上实际内容。")
