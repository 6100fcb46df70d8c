"""What `hengji check` does: gathers files, reads each in a child process, audits each on its own, writes the outcome."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from hengji.cli.check import Format, Level, worst
from hengji.cli.check_reading import extracted
from hengji.cli.outputs import refuse_other_ending
from hengji.cli.screen import complain
from hengji.model.problem import HengjiError, Problem
from hengji.reading.archive import Gathered, gather
from hengji.reading.guarded import read_many

if TYPE_CHECKING:
    from hengji.auditing import Audit
    from hengji.auditing.masking import Persons
    from hengji.auditing.waivers import Waiver
    from hengji.cli.check_files import Audited
    from hengji.model.extraction import Extraction

Outcomes = Iterator[tuple[Path, "Extraction | HengjiError"]]


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
    jobs: int | None = None
    library: Path | None = None


def run(files: Sequence[Path], options: Options, form: Format, to: Path | None, level: Level) -> int:
    """Audits the files and writes the outcome; the exit code. Raises HengjiError where that would take an original's place."""
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder:
        found = gather(files, Path(folder))
        originals = (*files, *(each.path for each in found.files), options.against, options.previous)
        if to is not None and not to.is_dir() and to.resolve() in {each.resolve() for each in originals if each}:
            raise HengjiError(f"{to} 是原文，没有动它；请换一个文件名")
        if to is not None and not to.is_dir():
            refuse_other_ending(to, form, text=options.text)
        # The child processes start, and this one loads meanwhile what it needs itself.
        outcomes = read_many(
            [each.path for each in found.files], partial(extracted, year=options.year), jobs=options.jobs
        )
        references = [
            read_many([path], partial(extracted, year=year)) if path is not None else iter(())
            for path, year in ((options.against, options.year), (options.previous, None))
        ]
        from hengji.auditing.recognise import prepare

        if not options.text:
            prepare(options.library)
        failures = [(name, _said(error)) for name, error in found.failures]
        read = list(_read(found, outcomes, failures))
        against, previous = (_reference(each) for each in references)
        if options.text:
            return _write_texts(read, options, to, failures)
        audited = _audited(read, options, (against, previous), failures)
        if options.mask:
            failures = _covered(failures, audited)
        _write(audited, failures, form, to)
    return 2 if failures else 1 if worst([each.audit for each in audited], level) else 0


def _said(error: HengjiError) -> str:
    return "；".join(problem.message for problem in error.problems)


def _read(found: Gathered, outcomes: Outcomes, failures: list[tuple[str, str]]) -> Iterator[tuple[Path, "Extraction"]]:
    """The files one by one; those that fail are listed and the rest goes on."""
    screen = Console(stderr=True, highlight=False)
    columns = (TextColumn("[progress.description]{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=screen, transient=True, disable=len(found.files) <= 1 or not screen.is_terminal
    ) as progress:
        task = progress.add_task("正在读", total=len(found.files))
        for each, (path, outcome) in zip(found.files, outcomes, strict=True):
            progress.update(task, advance=1, description=escape(each.name[-30:]))
            if isinstance(outcome, HengjiError):
                failures.append((each.name, _said(outcome)))
            else:
                yield path, replace(outcome, document=replace(outcome.document, file=each.name))


def _reference(outcomes: Outcomes) -> "Extraction | None":
    """What the accounts or last year's report say. Raises HengjiError where they cannot be read."""
    for _, outcome in outcomes:
        if isinstance(outcome, HengjiError):
            raise outcome
        return outcome
    return None


def _audited(
    read: list[tuple[Path, "Extraction"]],
    options: Options,
    references: tuple["Extraction | None", "Extraction | None"],
    failures: list[tuple[str, str]],
) -> list["Audited"]:
    """The audits; a document that a check breaks on is listed with those that could not be read."""
    from hengji.auditing import References, audit
    from hengji.auditing.masking import masked_audit, persons_of
    from hengji.auditing.waivers import load_waivers, unused, without_waived
    from hengji.cli.check_files import Audited
    from hengji.library import load_system

    system = load_system(options.system, options.library) if options.system else None
    waivers = load_waivers(options.waive) if options.waive else ()
    against, previous = references
    audited: list[Audited] = []
    outcomes: list[Audit] = []
    used: set[Waiver] = set()
    for path, found in read:
        peers = tuple(other for _, other in read if other is not found)
        given = References(system, against, previous, peers, options.library)
        try:
            outcome, hit = without_waived(audit(found, given, options.codes), waivers)
        except HengjiError:
            raise
        except Exception as error:  # noqa: BLE001 - one document must not stop the others
            said = f"没有核查成（{type(error).__name__}：{error}），请把这句话告诉维护者"
            failures.append((found.document.file, said))
            continue
        outcomes.append(outcome)
        used |= hit
        persons = persons_of(found) if options.mask else None
        audited.append(Audited(path, masked_audit(outcome, persons) if persons is not None else outcome, persons))
    if options.waive is not None:
        name = options.waive.name
        complain(tuple(Problem(name, said) for said in unused(waivers, used, outcomes)), "提示")
    return audited


def _covered(failures: list[tuple[str, str]], audited: Sequence["Audited"]) -> list[tuple[str, str]]:
    """The failures with everybody covered whom any of the documents names."""
    everybody = _everybody(each.persons for each in audited if each.persons is not None)
    return [(everybody.cover(file), everybody.cover(why)) for file, why in failures]


def _everybody(persons: Iterator["Persons"]) -> "Persons":
    from hengji.auditing.masking import Persons

    found = Persons()
    for each in persons:
        found |= each
    return found


def _write_texts(
    read: list[tuple[Path, "Extraction"]], options: Options, to: Path | None, failures: list[tuple[str, str]]
) -> int:
    """Writes what was read, character by character as the findings count it."""
    from hengji.auditing.masking import persons_of
    from hengji.cli.check_files import named, write_text
    from hengji.cli.check_screen import show_failures

    texts = [persons_of(found).cover(found.document.text) if options.mask else found.document.text for _, found in read]
    write_text("".join(text + "\n" for text in texts), to and named(to, "文字.txt"))
    show_failures(Console(stderr=True, highlight=False), failures)
    return 2 if failures else 0


def _write(audited: Sequence["Audited"], failures: list[tuple[str, str]], form: Format, to: Path | None) -> None:
    from hengji.cli import check_files
    from hengji.cli.check_screen import show, show_failures

    audits: list[Audit] = [each.audit for each in audited]
    match form:
        case Format.TEXT:
            show(audits, failures, to and check_files.named(to, "核查.txt"))
        case Format.JSON:
            check_files.write_json(audits, failures, to)
        case Format.HTML:
            check_files.write_page(audits, failures, to)
        case Format.XLSX:
            check_files.write_workbook(audits, failures, to)
        case Format.DOCX | Format.PDF:
            check_files.write_annotated(audited, failures, to, form.value)
    if form not in (Format.TEXT, Format.JSON):
        show_failures(Console(stderr=True, highlight=False), failures)
