"""hengji verify: recomputes the hash chains of the filings on this machine, or that of a dossier."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from hengji.cli.screen import console
from hengji.cli.serve import DataOption


def verify(
    what: Annotated[
        str | None,
        typer.Argument(help="档案文件（.zip），或填报编号（网址里的数字）；不写则本机全部填报。", show_default=False),
    ] = None,
    data: DataOption = None,
) -> None:
    """One line a filing; exit code 1 where anything was altered. A dossier needs no database."""
    if what is not None and not what.isdecimal():
        _dossier(Path(what))
    else:
        _filings(int(what) if what else None, data)


def _dossier(path: Path) -> None:
    from hengji.dossier.verify import verify as checked

    result = checked(path)
    _tell(bool(result.faults), f"{result.title or path.name}：{result.sentence}", result.faults)
    if result.seal:
        console().print(f"  末条记录 {result.head}\n  全档 {result.seal}")
    if result.faults:
        raise typer.Exit(1)


def _tell(altered: bool, line: str, faults: tuple[str, ...]) -> None:  # noqa: FBT001 - one of two marks
    screen = console()
    screen.print(f"{'✕' if altered else '✓'} {escape(line)}")
    for fault in faults[1:]:
        screen.print(f"    {escape(fault)}")


def _filings(filing: int | None, data: Path | None) -> None:
    from hengji.web import start

    start.set_up(data)
    from hengji.model.problem import HengjiError
    from hengji.web.filings.models import FilingRow
    from hengji.web.trail.verify import verify as verified

    rows = FilingRow.objects.select_related("department").order_by("pk")
    if filing is not None:
        rows = rows.filter(pk=filing)
        if not rows:
            raise HengjiError(f"没有编号为{filing}的填报")
    altered = 0
    for row in rows:
        result = verified(row)
        altered += bool(result.faults)
        _tell(bool(result.faults), f"{row.pk} {row}：{result.sentence}", result.faults)
    if altered:
        raise typer.Exit(1)
