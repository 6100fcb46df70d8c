"""hengji import: what a report says as a workbook or filing, every value beside its quotation and place."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hengji.cli.screen import LibraryOption, YearOption, complain, console

if TYPE_CHECKING:
    from hengji.model.extraction import Extraction

_MOST = 10


def import_report(
    report: Annotated[
        Path, typer.Argument(help="别人写好的自评报告（Word、PDF、网页、表格、文本）。", show_default=False)
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", "-o", help="写到这个文件（xlsx、yaml、json），默认与报告同名的 xlsx。", show_default=False
        ),
    ] = None,
    system: Annotated[
        str | None, typer.Option("--system", help="按哪套指标体系归类，不写则自动识别。", show_default=False)
    ] = None,
    year: YearOption = None,
    library: LibraryOption = None,
) -> None:
    """Writes the filing that a report amounts to, for a person to correct; nothing that it does not say is filled in."""
    from hengji.auditing.recognise import leaf_ids_of, recognised
    from hengji.cli.check_reading import extracted
    from hengji.cli.filings import check_target, write_filing
    from hengji.extracting.filing import filing_of
    from hengji.library import load_system
    from hengji.model.extraction import KIND_CN, DocumentKind
    from hengji.model.problem import HengjiError, Problem
    from hengji.reading.guarded import read_many

    target = to or report.with_name(f"{report.stem}-读出.xlsx")
    check_target(target)
    [(_, found)] = read_many([report], partial(extracted, year=year))
    if isinstance(found, HengjiError):
        raise found
    if found.kind is not DocumentKind.OVERALL:
        raise HengjiError(f"{report.name} 是{KIND_CN[found.kind]}（{found.kind_reason}），不能作为部门整体支出自评导入")
    if not found.year:
        raise HengjiError(f"{report.name} 没有写评价年度，请用 --year 指定，例如 --year 2023")
    given = load_system(system, library) if system else None
    known = recognised(found, given, library)
    if known is None and given is None:
        raise HengjiError(
            f"{report.name} 的指标与规则库里的指标体系都对不上，{_nearest(found, library)}请用 --system 指定一套（hengji systems list 可查）"
        )
    chosen = known.system if known else given
    assert chosen is not None
    ids = leaf_ids_of(found, chosen)
    filing = filing_of(found, chosen, ids)
    write_filing(target, filing, chosen)
    screen = console()
    screen.print(f"已写出 {escape(str(target))}")
    screen.print(
        f"读出{len(filing.values)}个数据项、{len(filing.claims)}个自评得分、{len(filing.exemptions)}项不考核，每个数都附原文和位置，请逐项核对后再用。"
    )
    lost = [item.name for item in found.items if item.name not in ids]
    complain(tuple(Problem(report.name, text) for text in (*found.document.unread, *found.doubts)), "提示")
    if lost:
        complain(
            (
                Problem(
                    report.name,
                    f"这些指标没有对上“{chosen.name}”：{'、'.join(lost[:_MOST])}{'等' if len(lost) > _MOST else ''}",
                ),
            ),
            "提示",
        )


def _nearest(found: "Extraction", library: Path | None) -> str:
    """Names the system that comes nearest, for whoever has to choose one."""
    from hengji.auditing.recognise import nearest

    close = nearest(found, library)
    if close is None:
        return ""
    system, shared, leaves = close
    return (
        f"最接近的是“{system.name}”（{system.id}，报告{len(found.items)}项指标中{shared}项相同，该体系共{leaves}项），"
    )
