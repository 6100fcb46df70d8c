"""hengji new: a workbook for a clerk, empty or prefilled from last year, the final accounts and the execution export."""

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengji.cli.screen import LibraryOption, complain, console
from hengji.model.evaluated_year import YEARS

if TYPE_CHECKING:
    from hengji.model.filing import Filing

_DEFAULT_SYSTEM = "national/2020-10-50-30-10"


def new(
    folder: Annotated[Path, typer.Argument(help="放在哪个文件夹。", show_default=False)],
    department: Annotated[str, typer.Option("--department", help="单位全称。")] = "",
    year: Annotated[int | None, typer.Option("--year", help="评价年度，默认为上一年。", show_default=False)] = None,
    system: Annotated[str, typer.Option("--system", help="指标体系编号，见 hengji systems list。")] = _DEFAULT_SYSTEM,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="去年的填报工作簿，带入上年数。", show_default=False)
    ] = None,
    accounts: Annotated[
        Path | None, typer.Option("--accounts", help="本年的部门决算公开表，带入决算数。", show_default=False)
    ] = None,
    execution: Annotated[
        Path | None,
        typer.Option("--execution", help="一体化系统导出的预算执行情况，带入预算明细台账。", show_default=False),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Writes the workbook into the folder; an existing one is never written over."""
    from hengji.library import load_system
    from hengji.model.filing import Filing
    from hengji.model.problem import HengjiError, Problem
    from hengji.workbook import last_years_values, write_workbook
    from hengji.workbook.importers import import_accounts, import_execution, merge

    year = year or date.today().year - 1
    if year not in YEARS:
        raise HengjiError(f"--year 写的是{year}，应是评价年度，例如 {date.today().year - 1}")
    indicator_system = load_system(system, library)
    if year not in indicator_system.years:
        raise HengjiError(f"“{indicator_system.name}”不适用于{year}年度，请换用该年度的指标体系或改正 --year")
    last = _previous(previous, department, year, library) if previous is not None else None
    department = department or (last.department if last else "")
    target = folder / f"{_file_name(department)}{year}.xlsx"
    if target.exists():
        raise HengjiError(f"{target} 已经有了，没有改动它；请换一个文件夹，或先把它移走")
    filing = Filing(
        department=department,
        year=year,
        system=system,
        system_version=indicator_system.version,
        system_hash=indicator_system.sha256,
        units=last.units if last else (),
        values=last_years_values(last, year) if last else {},
    )
    notes: tuple[Problem, ...] = ()
    if accounts is not None:
        filing, said = merge(filing, import_accounts(accounts, indicator_system.dictionary, year))
        notes += said
    if execution is not None:
        filing, said = merge(filing, import_execution(execution, year))
        notes += said
    write_workbook(filing, indicator_system, target)
    complain(notes, "提示")
    screen = console()
    screen.print(f"已新建 {target}")
    screen.print(f"下一步：打开填写，存盘后运行 hengji score {target}")


def _previous(path: Path, department: str, year: int, library: Path | None) -> "Filing":
    """Last year's filing of this very department; another's, or another year's, is refused."""
    from hengji.model.problem import HengjiError
    from hengji.workbook import open_filing

    last = open_filing(path, None, library).filing
    if department and _same_name(last.department) != _same_name(department):
        raise HengjiError(
            f"{path.name} 是“{last.department}”的填报数据，不是“{department}”的，没有带入；"
            "单位改过名称的，请先把它封面上的单位名称改成现在的"
        )
    if last.year != year - 1:
        raise HengjiError(f"{path.name} 是{last.year}年度的填报数据，{year}年度的上年数要取自{year - 1}年度，没有带入")
    return last


def _same_name(name: str) -> str:
    """A department's name without the blanks and full-width letters people type."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def _file_name(department: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]', "", department) or "填报工作簿"
