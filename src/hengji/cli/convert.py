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
    from hengji.files import written_whole
    from hengji.model.problem import HengjiError
    from hengji.workbook import dump_filing, open_filing, write_workbook

    form = target.suffix.lower()
    if form not in (".xlsx", ".yaml", ".yml", ".json"):
        raise HengjiError(f"不能写成“{target.name}”，文件名应以 .xlsx、.yaml 或 .json 结尾")
    if target.exists():
        raise HengjiError(f"{target} 已经有了，没有改动它；请换一个文件名")
    opened = open_filing(file, system, library)
    if form == ".xlsx":
        write_workbook(opened.filing, opened.system, target)
    else:
        with written_whole(target) as temporary:
            temporary.write_text(dump_filing(opened.filing, as_json=form == ".json"), encoding="utf-8")
    console().print(f"已写出 {target}")
    complain(opened.notices, "提示")
