"""Writes a filing in the form a file's ending names; what several commands share."""

from pathlib import Path

from hengji.cli.outputs import refuse_ending
from hengji.files import written_whole
from hengji.model.filing import Filing
from hengji.model.problem import HengjiError
from hengji.model.system import IndicatorSystem
from hengji.workbook import dump_filing, write_workbook

FORMS = (".xlsx", ".yaml", ".yml", ".json")


def check_target(target: Path) -> None:
    """Raises HengjiError for a form that is not written, or a file that is there already."""
    refuse_ending(target, FORMS, (".xlsx", ".yaml", ".json"))
    if target.exists():
        raise HengjiError(f"{target} 已经有了，没有改动它；请换一个文件名")


def write_filing(target: Path, filing: Filing, system: IndicatorSystem) -> None:
    """Writes the filing to a new file."""
    check_target(target)
    if target.suffix.lower() == ".xlsx":
        write_workbook(filing, system, target)
        return
    with written_whole(target) as draft:
        draft.write_text(dump_filing(filing, as_json=target.suffix.lower() == ".json"), encoding="utf-8")
