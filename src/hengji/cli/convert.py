"""hengji convert: a filing from one form into another, without loss."""

from pathlib import Path
from typing import Annotated

import typer

from hengji.cli.score import FileArgument, SystemOption
from hengji.cli.screen import LibraryOption, complain, console


def convert(
    file: FileArgument,
    target: Annotated[Path, typer.Argument(help="写成哪个文件：.xlsx、.yaml 或 .json。", show_default=False)],
    system: SystemOption = None,
    library: LibraryOption = None,
) -> None:
    """Writes the filing in the form the target's ending names; an existing file is never written over."""
    from hengji.cli.filings import check_target, write_filing
    from hengji.workbook import open_filing

    check_target(target)
    opened = open_filing(file, system, library)
    write_filing(target, opened.filing, opened.system)
    console().print(f"已写出 {target}")
    complain(opened.notices, "提示")
