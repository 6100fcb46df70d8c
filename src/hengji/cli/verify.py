"""hengji verify: recomputes the hash chains of the filings on this machine."""

from typing import Annotated

import typer
from rich.markup import escape

from hengji.cli.screen import console
from hengji.cli.serve import DataOption


def verify(
    filing: Annotated[
        int | None, typer.Argument(help="填报编号（网址里的数字），不写则全部。", show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """One line a filing; exit code 1 where anything was altered."""
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
    screen = console()
    altered = 0
    for row in rows:
        result = verified(row)
        altered += bool(result.faults)
        screen.print(f"{'✕' if result.faults else '✓'} {row.pk} {escape(str(row))}：{escape(result.sentence)}")
        for fault in result.faults[1:]:
            screen.print(f"    {escape(fault)}")
    if altered:
        raise typer.Exit(1)
