"""Opens a filing in whatever form it is kept: workbook, YAML or JSON, told by content."""

from dataclasses import dataclass, replace
from pathlib import Path

from hengji.files import reason
from hengji.library import load_system
from hengji.model.filing import Filing, Source, State, Value, ValueKey
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.workbook.check import check_filing, plain_filing
from hengji.workbook.read import read_workbook
from hengji.workbook.text import read_filing

_MAX_TEXT = 20_000_000
_TEXT_HEAD = pattern(r"\s*(\{|---|#|[\"']?(hengji|department|year|system|cover|units|values)[\"']?\s*:)")
_TEXT_SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Opened:
    """A filing, the indicator system it is scored with, and notices for the reader's eye."""

    filing: Filing
    system: IndicatorSystem
    notices: tuple[Problem, ...] = ()


def open_filing(path: Path | str, system_id: str | None = None, library: Path | None = None) -> Opened:
    """The filing in a workbook, a YAML or a JSON file (told by content), and its indicator system.

    ``system_id`` overrides the system the filing names, ``library`` is the user's own rule folder. Raises HengjiError with
    every problem found, one Chinese sentence each.
    """
    path = Path(path)
    text = _text(path)
    if text is None:
        filing, system, notices = read_workbook(path, lambda each: load_system(each, library), system_id)
        return Opened(filing, system, (*notices, *_moved_on(filing, system, path.name)))
    filing = read_filing(text, path.name)
    wanted = system_id or filing.system
    if not wanted:
        raise HengjiError(f"{path.name} 没有写指标体系（system），请填上，或用 --system 指定")
    system = load_system(wanted, library)
    problems = check_filing(filing, system, path.name)
    if problems:
        raise HengjiError(*problems)
    filing = replace(plain_filing(filing, system), system=wanted)
    return Opened(filing, system, _moved_on(filing, system, path.name))


def _text(path: Path) -> str | None:
    """The text of a YAML or JSON file, or None for anything else, which the workbook reader then speaks of."""
    if path.is_dir():
        raise HengjiError(f"{path} 是文件夹，请写填报文件的名字")
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_TEXT + 1)
    except FileNotFoundError:
        raise HengjiError(f"没有找到 {path}，请检查文件名和位置") from None
    except OSError as error:
        raise HengjiError(f"{path} 打不开（{reason(error)}）") from error
    named = path.suffix.lower() in _TEXT_SUFFIXES
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or not data:
        return None
    if named and len(data) > _MAX_TEXT:
        raise HengjiError(f"{path.name} 超过{_MAX_TEXT // 1_000_000}MB，不像是一份填报数据")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if named:
            raise HengjiError(f"{path.name} 不是UTF-8编码，请另存为UTF-8") from None
        return None
    return text if named or _TEXT_HEAD.match(text) else None


def _moved_on(filing: Filing, system: IndicatorSystem, file: str) -> tuple[Problem, ...]:
    """Says that the system is no longer the one the filing was filled for."""
    if filing.system_hash and filing.system_hash != system.sha256:
        return (Problem(file, f"“{system.name}”在填报之后改动过，现按现在的规则计分"),)
    return ()


def last_years_values(filing: Filing, year: int) -> dict[ValueKey, Value]:
    """What a previous filing states for the year before ``year``, as imported values for the new one."""
    return {
        ValueKey(key.item, year - 1, key.unit): Value(
            value.stated, value.unit, value.state, Source.IMPORTED, f"{filing.year}年度填报数据"
        )
        for key, value in filing.values.items()
        if key.year == year - 1 and value.state is not State.UNREADABLE
    }
