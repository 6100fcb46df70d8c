"""hengji score: scores a filing and says why."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from hengji.cli.screen import LibraryOption, complain, console
from hengji.model.finding import SEVERITY_CN

FileArgument = Annotated[
    Path, typer.Argument(help="填报工作簿（xlsx、xls、ods）或填报数据（yaml、json）。", show_default=False)
]
SystemOption = Annotated[
    str | None, typer.Option("--system", help="改用另一套指标体系的编号，默认用填报数据里写的。", show_default=False)
]


def score(
    file: FileArgument,
    system: SystemOption = None,
    leaf: Annotated[
        str | None, typer.Option("--leaf", help="只看一项指标的计分步骤，写指标编号。", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """The scorecard on the terminal; exit code 2 where the filing cannot be read."""
    from hengji.cli.scores import print_leaf, print_scorecard
    from hengji.scoring import differences
    from hengji.scoring import score as score_filing
    from hengji.workbook import open_filing

    opened = open_filing(file, system, library)
    card = score_filing(opened.system, opened.filing)
    screen = console()
    if leaf is not None:
        print_leaf(screen, card, opened.system, leaf)
    else:
        print_scorecard(screen, card, opened.system)
        for finding in differences(opened.system, opened.filing):
            screen.print(f"[bold]{SEVERITY_CN[finding.severity]}[/bold] {finding.code} {escape(finding.message)}")
    complain(opened.notices, "提示")
