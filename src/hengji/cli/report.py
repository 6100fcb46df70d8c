"""hengji report: writes the report and the scorecard workbook."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from hengji.cli.score import FileArgument, PeersOption, SystemOption, peer_filings
from hengji.cli.screen import LibraryOption, complain, console

_FILES = {"xlsx": "评分表.xlsx", "docx": "自评报告.docx", "pdf": "自评报告.pdf"}


def report(
    file: FileArgument,
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件夹。")] = Path("out"),
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="只写其中几种：docx、pdf、xlsx，可多次。", show_default=False)
    ] = None,
    system: SystemOption = None,
    peers: PeersOption = None,
    library: LibraryOption = None,
) -> None:
    """Writes 评分表.xlsx, 自评报告.docx and 自评报告.pdf; exit code 2 where something stops it, nothing half written.

    A file that somebody edited since it was written is left alone, and the new one stands beside it.
    """
    from hengji.cli.outputs import Outputs
    from hengji.files import folder_at
    from hengji.model.problem import HengjiError
    from hengji.scoring import score
    from hengji.workbook import open_filing
    from hengji.writing import write_report_docx, write_report_pdf, write_scorecard_xlsx

    wanted = formats or list(_FILES)
    for unknown in set(wanted) - set(_FILES):
        raise HengjiError(f"不能写“{unknown}”格式，可以写：{'、'.join(_FILES)}")
    opened = open_filing(file, system, library)
    others, unread = peer_filings(peers, opened, file, library)
    card = score(opened.system, opened.filing, others)
    folder_at(to)
    writers: dict[str, Callable[..., None]] = {
        "xlsx": write_scorecard_xlsx,
        "docx": partial(write_report_docx, library=library),
        "pdf": partial(write_report_pdf, library=library),
    }
    screen = console()
    outputs = Outputs.of(to)
    for name, file_name in _FILES.items():
        if name in wanted:
            target = outputs.place(file_name)
            writers[name](opened.filing, opened.system, card, target)
            outputs.record(target)
            if target.name != file_name:
                screen.print(f"{to / file_name} 有人改过，或不是这里写出的，没有动它；这次另写一份")
            screen.print(f"已写出 {target}")
    complain((*opened.notices, *unread), "提示")
