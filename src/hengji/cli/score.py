"""hengji score: scores a filing and says why."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hengji.cli.screen import LibraryOption, complain, console
from hengji.model.finding import SEVERITY_CN

if TYPE_CHECKING:
    from hengji.model.filing import Filing
    from hengji.model.problem import Problem
    from hengji.workbook import Opened

_FILING_ENDINGS = (".xlsx", ".xls", ".ods", ".yaml", ".yml", ".json")

FileArgument = Annotated[
    Path, typer.Argument(help="填报工作簿（xlsx、xls、ods）或填报数据（yaml、json）。", show_default=False)
]
PeersOption = Annotated[
    Path | None,
    typer.Option("--peers", help="同类部门的填报文件所在文件夹，按位次计分的指标才用得到。", show_default=False),
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
    peers: PeersOption = None,
    library: LibraryOption = None,
) -> None:
    """The scorecard on the terminal; exit code 2 where the filing cannot be read."""
    from hengji.cli.scores import print_leaf, print_scorecard
    from hengji.scoring import differences
    from hengji.scoring import score as score_filing
    from hengji.workbook import open_filing

    opened = open_filing(file, system, library)
    others, unread = peer_filings(peers, opened, file, library)
    card = score_filing(opened.system, opened.filing, others)
    screen = console()
    if leaf is not None:
        print_leaf(screen, card, opened.system, leaf)
    else:
        print_scorecard(screen, card, opened.system)
        for finding in differences(opened.system, opened.filing):
            screen.print(f"[bold]{SEVERITY_CN[finding.severity]}[/bold] {finding.code} {escape(finding.message)}")
    complain((*opened.notices, *unread), "提示")


def peer_filings(
    folder: Path | None, opened: "Opened", file: Path, library: Path | None
) -> tuple[list["Filing"], tuple["Problem", ...]]:
    """The other departments' filings in a folder, and the files that could not be read (they stop nothing)."""
    from hengji.model.problem import HengjiError
    from hengji.workbook import open_filing

    if folder is None:
        return [], ()
    if not folder.is_dir():
        raise HengjiError(f"同类部门文件夹 {folder} 不存在")
    found, unread = [], []
    for path in sorted(folder.iterdir()):
        if (
            path.suffix.lower() in _FILING_ENDINGS
            and path.resolve() != file.resolve()
            and not path.name.startswith(("~", "."))
        ):
            try:
                found.append(open_filing(path, opened.system.id, library).filing)
            except HengjiError as error:
                unread.append(error.problems[0])
    return found, tuple(unread)
