"""hengji new: an empty workbook for a clerk."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hengji.cli.screen import LibraryOption, console


def new(
    folder: Annotated[Path, typer.Argument(help="放在哪个文件夹。", show_default=False)],
    department: Annotated[str, typer.Option("--department", help="单位全称。")] = "",
    year: Annotated[int, typer.Option("--year", help="评价年度，默认为上一年。")] = date.today().year - 1,
    system: Annotated[str, typer.Option("--system", help="指标体系编号。")] = "national/2020-10-50-30-10",
    previous: Annotated[
        Path | None, typer.Option("--previous", help="去年的工作簿，带入上年数。", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Writes 填报工作簿 into the folder; an existing one is never written over."""
    from hengji.library import load_system
    from hengji.model.filing import Filing
    from hengji.model.problem import HengjiError
    from hengji.workbook import last_years_values, open_filing, write_workbook

    target = folder / f"{department or '填报工作簿'}{year}.xlsx"
    if target.exists():
        raise HengjiError(f"{target} 已经有了，没有改动它；请换一个文件夹，或先把它移走")
    indicator_system = load_system(system, library)
    filing = Filing(department=department, year=year, system=system)
    if previous is not None:
        filing = filing.with_values(last_years_values(open_filing(previous, None, library).filing, year))
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(filing, indicator_system, target)
    screen = console()
    screen.print(f"已新建 {target}")
    screen.print(f"下一步：填好后运行 hengji score {target}")
