"""hengji check: reads documents that others wrote and says where they do not hold together."""

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengji.cli.screen import LibraryOption, YearOption

if TYPE_CHECKING:
    from hengji.auditing import Audit


class Format(StrEnum):
    """What the findings are written as."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"


class Level(StrEnum):
    """From which severity on the exit code is 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    STYLE = "style"
    NEVER = "never"


FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        help="报告（docx、doc、wps、PDF、网页、表格、文本、图片），或装着它们的文件夹、zip。", show_default=False
    ),
]
CodesOption = Annotated[
    str | None, typer.Option("--select", help="只查这些规则，用逗号分开，例如 R03,R11。", show_default=False)
]
IgnoreOption = Annotated[str | None, typer.Option("--ignore", help="不查这些规则。", show_default=False)]


def check(
    files: FilesArgument,
    against: Annotated[
        Path | None, typer.Option("--against", help="部门决算（PDF、Word 或表格），逐数核对。", show_default=False)
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="去年的报告，查沿用的段落和没有整改的问题。", show_default=False)
    ] = None,
    system: Annotated[
        str | None, typer.Option("--system", help="按这套指标体系重算，不写则自动识别。", show_default=False)
    ] = None,
    year: YearOption = None,
    select: CodesOption = None,
    ignore: IgnoreOption = None,
    waive: Annotated[
        Path | None, typer.Option("--waive", help="不再提示的发现及理由（yaml）。", show_default=False)
    ] = None,
    mask: Annotated[bool, typer.Option("--mask", help="遮盖人名、电话和身份证号。")] = False,  # noqa: FBT002 - a switch of the command
    format_: Annotated[Format, typer.Option("--format", help="输出的形式。")] = Format.TEXT,
    to: Annotated[
        Path | None, typer.Option("--to", "-o", help="写到这个文件或文件夹，不写则显示在屏幕上。", show_default=False)
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="只输出读出的文字，位置按它计。")] = False,  # noqa: FBT002 - the same
    fail_on: Annotated[Level, typer.Option("--fail-on", help="有这一级及以上的发现时退出码为1。")] = Level.WARNING,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, max=64, help="同时处理几份，不写则按处理器个数。", show_default=False),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Exit 0: nothing at or above --fail-on; 1: findings; 2: a file could not be read (the others still are)."""
    from hengji.cli.checking import Options, run

    options = Options(
        against=against,
        previous=previous,
        system=system,
        year=year,
        codes=codes_of(select, ignore),
        waive=waive,
        mask=mask,
        text=text,
        jobs=jobs,
        library=library,
    )
    raise typer.Exit(run(files, options, format_, to, fail_on))


def codes_of(select: str | None, ignore: str | None) -> Collection[str] | None:
    """The codes to check; None for all. Raises HengjiError for a code that is none."""
    from hengji.library.check_texts import load_checks
    from hengji.model.problem import HengjiError

    known = load_checks()

    def listed(text: str | None) -> set[str]:
        codes = {part.strip().upper() for part in (text or "").replace("，", ",").split(",") if part.strip()}
        wrong = sorted(codes - known.keys())
        if wrong:
            raise HengjiError(f"没有“{'、'.join(wrong)}”这条规则，规则编号是 R01 到 {max(known)}，用 hengji rule 查看")
        return codes

    chosen, left = listed(select), listed(ignore)
    return None if not chosen and not left else (chosen or set(known)) - left


def worst(audits: "list[Audit]", level: Level) -> bool:
    """Whether any finding is at or above a level."""
    from hengji.model.finding import Severity

    if level is Level.NEVER:
        return False
    order = list(Severity)
    limit = order.index(Severity(level.value))
    return any(order.index(finding.severity) <= limit for audit in audits for finding in audit.findings)
