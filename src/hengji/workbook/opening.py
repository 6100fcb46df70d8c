"""Opens a filing in whatever form it is kept: workbook, YAML or JSON, told by content."""

from dataclasses import dataclass
from pathlib import Path

from hengji.library import load_system
from hengji.model.filing import Filing, Source, State, Value, ValueKey
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.workbook.read import read_workbook
from hengji.workbook.text import read_filing

_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")
_MAX_TEXT = 20_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A filing, the indicator system it is scored with, and notices for the reader's eye."""

    filing: Filing
    system: IndicatorSystem
    notices: tuple[Problem, ...] = ()


def open_filing(path: Path | str, system_id: str | None = None, library: Path | None = None) -> Opened:
    """The filing in a file and its indicator system.

    ``system_id`` overrides the system the filing names, ``library`` is the user's own rule folder. Raises HengjiError with
    every problem found, one Chinese sentence each.
    """
    path = Path(path)
    if path.is_dir():
        raise HengjiError(f"{path} 是文件夹，请写填报文件的名字")
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except FileNotFoundError:
        raise HengjiError(f"没有找到 {path}，请检查文件名和位置") from None
    except OSError as error:
        raise HengjiError(f"{path} 打不开（{error.strerror}）") from error
    if not head or head.startswith(_BINARY) or path.suffix.lower() not in (".yaml", ".yml", ".json"):
        filing, system, notices = read_workbook(path, lambda each: load_system(each, library), system_id)
        return Opened(filing, system, (*notices, *_changed(filing, system, path.name)))
    filing = read_filing(_text(path), path.name)
    wanted = system_id or filing.system
    if not wanted:
        raise HengjiError(f"{path.name} 没有写指标体系（system），请填上，或用 --system 指定")
    system = load_system(wanted, library)
    _check(filing, system, path.name)
    return Opened(filing, system, _changed(filing, system, path.name))


def _changed(filing: Filing, system: IndicatorSystem, file: str) -> tuple[Problem, ...]:
    """A notice where the filing was made under another text of the system than the one that scores it now."""
    if not filing.system_hash or filing.system != system.id or filing.system_hash == system.sha256:
        return ()
    return (Problem(file, f"填报时用的指标体系是第{filing.system_version}版，与现在的不同，得分按现在的计算"),)


def _text(path: Path) -> str:
    if path.stat().st_size > _MAX_TEXT:
        raise HengjiError(f"{path.name} 超过{_MAX_TEXT // 1_000_000}MB，不像是一份填报数据")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise HengjiError(f"{path.name} 不是UTF-8编码，请另存为UTF-8") from None


def _check(filing: Filing, system: IndicatorSystem, file: str) -> None:
    """What a filing names must be there: items, registers and their columns, leaves, a year the system is valid for."""
    problems: list[Problem] = []
    if filing.year not in system.years:
        problems.append(
            Problem(file, f"评价年度{filing.year}不在“{system.name}”的适用年度内，请核对年度或换用指标体系")
        )
    for key in filing.values:
        if key.item not in system.dictionary.items:
            problems.append(
                Problem(f"{file} values", f"“{key.item}”不是已声明的数据项，请核对名称；可用 hengji items 查找")
            )
    for name, register in filing.registers.items():
        kind = system.dictionary.registers.get(name)
        if kind is None:
            problems.append(Problem(f"{file} registers", f"“{name}”不是已声明的台账"))
            continue
        unknown = {column for row in register.rows for column in row.cells} - {c.name for c in kind.columns}
        problems.extend(Problem(f"{file} registers {name}", f"没有“{column}”这一列") for column in sorted(unknown))
    known = {indicator.id for indicator, _ in system.walk()}
    for leaf in (*filing.judgements, *filing.exemptions):
        if leaf not in known:
            problems.append(Problem(file, f"“{leaf}”不是“{system.name}”的指标编号"))
    if problems:
        raise HengjiError(*problems)


def last_years_values(filing: Filing, year: int) -> dict[ValueKey, Value]:
    """What a previous filing states for the year before ``year``, as imported values for the new one."""
    return {
        ValueKey(key.item, year - 1, key.unit): Value(
            value.stated, value.unit, value.state, Source.IMPORTED, f"{filing.year}年度填报数据"
        )
        for key, value in filing.values.items()
        if key.year == year - 1 and value.state is not State.UNREADABLE
    }
