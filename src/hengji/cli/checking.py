"""What `hengji check` does: gathers files, audits each on its own, writes the outcome."""

import json
import re
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from hengji.auditing import Audit, References, audit, graver
from hengji.auditing.documents import extracted
from hengji.auditing.masking import masked_audit
from hengji.auditing.waivers import load_waivers, without_waived
from hengji.cli.check import Format, Level, worst
from hengji.cli.screen import console
from hengji.files import written_whole
from hengji.library import load_system
from hengji.model.extraction import KIND_CN, Extraction
from hengji.model.finding import SEVERITY_CN, Finding, Severity
from hengji.model.problem import HengjiError
from hengji.reading.archive import Gathered, gather
from hengji.reading.guarded import read_many

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan", Severity.STYLE: "dim"}
_AROUND = 14
_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked for."""

    against: Path | None = None
    previous: Path | None = None
    system: str | None = None
    year: int | None = None
    codes: Collection[str] | None = None
    waive: Path | None = None
    mask: bool = False
    text: bool = False
    jobs: int = 1
    library: Path | None = None


def run(files: Sequence[Path], options: Options, form: Format, to: Path | None, level: Level) -> int:
    """Audits the files and writes the outcome; the exit code."""
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder:
        found = gather(files, Path(folder))
        failures = [(name, _said(error)) for name, error in found.failures]
        read = list(_read(found, options, failures))
        if options.text:
            for extraction in read:
                sys.stdout.write(extraction.document.text + "\n")
            return 2 if failures else 0
        audits = _audited(read, options)
        _write(audits, failures, form, to, found)
    return 2 if failures else 1 if worst(audits, level) else 0


def _said(error: HengjiError) -> str:
    return "；".join(problem.message for problem in error.problems)


def _read(found: Gathered, options: Options, failures: list[tuple[str, str]]) -> Iterator[Extraction]:
    """The files one by one; those that fail are listed and the rest goes on."""
    screen = Console(stderr=True, highlight=False)
    columns = (TextColumn("[progress.description]{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=screen, transient=True, disable=len(found.files) <= 1 or not screen.is_terminal
    ) as progress:
        task = progress.add_task("正在读", total=len(found.files))
        names = {each.path: each.name for each in found.files}
        for path, outcome in read_many(list(names), partial(extracted, year=options.year), jobs=options.jobs):
            progress.update(task, advance=1, description=escape(names[path][-30:]))
            if isinstance(outcome, HengjiError):
                failures.append((names[path], _said(outcome)))
            else:
                yield replace(outcome, document=replace(outcome.document, file=names[path]))


def _audited(read: list[Extraction], options: Options) -> list[Audit]:
    system = load_system(options.system, options.library) if options.system else None
    against = extracted(options.against, options.year) if options.against else None
    previous = extracted(options.previous, None) if options.previous else None
    waivers = load_waivers(options.waive) if options.waive else ()
    audits: list[Audit] = []
    for found in read:
        peers = tuple(other for other in read if other is not found)
        given = References(system, against, previous, peers, options.library)
        outcome = without_waived(audit(found, given, options.codes), waivers)
        audits.append(masked_audit(outcome) if options.mask else outcome)
    return audits


def _write(
    audits: list[Audit], failures: list[tuple[str, str]], form: Format, to: Path | None, found: Gathered
) -> None:
    writers: dict[Format, Callable[[], None]] = {
        Format.TEXT: lambda: _text(audits, failures, to),
        Format.JSON: lambda: _whole(_json(audits, failures), to),
        Format.HTML: lambda: _whole(_html(audits, failures), to or Path("核查.html")),
        Format.XLSX: lambda: _bytes(_xlsx(audits, failures), to or Path("核查底稿.xlsx")),
        Format.DOCX: lambda: _annotated(audits, failures, to, found, "docx"),
        Format.PDF: lambda: _annotated(audits, failures, to, found, "pdf"),
    }
    writers[form]()
    if form not in (Format.TEXT, Format.JSON):
        _failures(Console(stderr=True, highlight=False), failures)


def _json(audits: Sequence[Audit], failures: Sequence[tuple[str, str]]) -> str:
    from hengji.writing.audit_data import audits_data

    return json.dumps(audits_data(audits, failures), ensure_ascii=False, indent=2) + "\n"


def _html(audits: Sequence[Audit], failures: Sequence[tuple[str, str]]) -> str:
    from hengji.writing.audit_html import audits_page

    return audits_page(audits, failures)


def _xlsx(audits: Sequence[Audit], failures: Sequence[tuple[str, str]]) -> bytes:
    from hengji.writing.audit_xlsx import audits_workbook

    return audits_workbook(audits, failures)


def _whole(text: str, to: Path | None) -> None:
    if to is None:
        sys.stdout.write(text)
    else:
        _bytes(text.encode(), to)


def _bytes(data: bytes, to: Path) -> None:
    with written_whole(to) as draft:
        draft.write_bytes(data)
    console().print(f"已写出 {escape(str(to))}")


def _annotated(
    audits: Sequence[Audit], failures: list[tuple[str, str]], to: Path | None, found: Gathered, form: str
) -> None:
    """A copy of each original with the findings in it, named after it; other forms of file are said and left out."""
    from hengji.writing.annotated_docx import annotated_docx
    from hengji.writing.annotated_pdf import annotated_pdf

    paths = {each.name: each.path for each in found.files}
    folder = to or Path("批注稿")
    for outcome in audits:
        document = outcome.found.document
        if document.form != form:
            failures.append((document.file, f"不是 {form}，不能在原文上批注，请改用 --format html"))
            continue
        data = paths[document.file].read_bytes()
        annotate = annotated_docx if form == "docx" else annotated_pdf
        name = re.sub(r'[\\/:*?"<>|]', "_", Path(document.file).stem)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _bytes(annotate(data, document, outcome.findings), folder / f"{name}-批注.{form}")
        except HengjiError as error:
            failures.append((document.file, _said(error)))


def _text(audits: Sequence[Audit], failures: Sequence[tuple[str, str]], to: Path | None) -> None:
    if to is None:
        _print(console(), audits, failures)
        return
    with written_whole(to) as draft, draft.open("w", encoding="utf-8") as file:
        _print(Console(file=file, highlight=False, width=120), audits, failures)
    console().print(f"已写出 {escape(str(to))}")


def _print(screen: Console, audits: Sequence[Audit], failures: Sequence[tuple[str, str]]) -> None:
    for outcome in audits:
        _print_one(screen, outcome)
    if len(audits) + len(failures) > 1:
        screen.print(_summary(audits, failures))
    else:
        _failures(screen, failures)


def _print_one(screen: Console, outcome: Audit) -> None:
    found = outcome.found
    year = f"{found.year}年度" if found.year else "年度没有写"
    screen.print(
        f"\n[bold]{escape(found.document.file)}[/bold]　{escape(found.department or '单位没有读出')}　{year}　{KIND_CN[found.kind]}"
    )
    screen.print(f"  {escape(found.kind_reason)}", style="dim")
    for line in (*found.document.unread, *found.doubts):
        screen.print(f"  读出：{escape(line)}", style="yellow")
    if found.totals.claimed is not None:
        grade = f"，等次“{found.totals.grade.value}”" if found.totals.grade else ""
        screen.print(
            f"  自评得分 {found.totals.claimed.value}分{escape(grade)}；读出{len(found.items)}项指标、{len(found.quantities)}个数、{len(found.citations)}处引用"
        )
    if outcome.scorecard is not None and outcome.scorecard.totals is not None and outcome.system is not None:
        screen.print(f"  按“{escape(outcome.system.name)}”重算：{escape(outcome.scorecard.totals.sentence)}")
    severity: Severity | None = None
    for finding in graver(outcome.findings):
        if finding.severity is not severity:
            severity = finding.severity
            screen.print(f"\n  [{_COLOURS[severity]}]{SEVERITY_CN[severity]}（{outcome.counts()[severity]}）[/]")
        screen.print(f"  {finding.code} {escape(finding.message)}{_where(outcome, finding)}", soft_wrap=True)
    if not outcome.findings:
        screen.print("  没有发现问题。")
    skipped = [code for code, _ in outcome.not_checked]
    if skipped:
        screen.print(f"  没有核查{len(skipped)}条：{'、'.join(skipped)}（没有核查不等于通过）", style="dim")


def _where(outcome: Audit, finding: Finding) -> str:
    """The place, and the quotation marked within the words around it."""
    place = f"　[dim]{escape(finding.locator)}[/dim]" if finding.locator else ""
    if not finding.quote or finding.start is None or finding.end is None:
        return place
    text = outcome.found.document.text
    before = text[max(0, finding.start - _AROUND) : finding.start].rpartition("\n")[2]
    after = text[finding.end : finding.end + _AROUND].partition("\n")[0]
    quote = finding.quote if len(finding.quote) <= _QUOTE else finding.quote[:_QUOTE] + "…"
    shown = quote.replace("\n", "⏎").replace("\t", " ")
    return f"{place}\n      [dim]{escape(before)}[/dim][reverse]{escape(shown)}[/reverse][dim]{escape(after)}[/dim]"


def _summary(audits: Sequence[Audit], failures: Sequence[tuple[str, str]]) -> Table:
    table = Table(title="汇总", title_justify="left")
    table.add_column("文件", overflow="fold")
    table.add_column("部门", overflow="fold")
    table.add_column("材料")
    table.add_column("自评", justify="right")
    for severity in Severity:
        table.add_column(SEVERITY_CN[severity], justify="right")
    for outcome in audits:
        claimed = outcome.found.totals.claimed
        counts = outcome.counts()
        table.add_row(
            escape(outcome.found.document.file),
            escape(outcome.found.department),
            KIND_CN[outcome.found.kind],
            claimed.value if claimed else "—",
            *(str(counts[severity]) for severity in Severity),
        )
    for file, why in failures:
        table.add_row(escape(file), f"[red]{escape(why)}[/red]", "读不出", "", "", "", "", "")
    return table


def _failures(screen: Console, failures: Sequence[tuple[str, str]]) -> None:
    for file, why in failures:
        screen.print(f"[bold]错误[/bold] {escape(file)}：{escape(why)}", soft_wrap=True)
