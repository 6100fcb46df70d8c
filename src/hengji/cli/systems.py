"""hengji systems: list, show, test and diff the indicator systems."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from hengji.cli.screen import LibraryOption, complain, console
from hengji.cli.usage import Command, Group
from hengji.model.numerals import plain
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import CONFIDENCE_CN, Indicator, IndicatorSystem, Years

app = typer.Typer(cls=Group, help="查看、测试、比较指标体系。", no_args_is_help=True)
SystemArgument = Annotated[str, typer.Argument(help="指标体系编号，见 hengji systems list。", show_default=False)]


@app.command("list", cls=Command, help="列出全部指标体系。")
def list_systems(library: LibraryOption = None) -> None:
    """All systems, the broken ones said so."""
    from hengji.library import load_system, system_ids

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("编号", "名称", "年度", "指标", "可信度"):
        table.add_column(heading, overflow="fold")
    broken: list[Problem] = []
    for system_id in system_ids(library):
        try:
            system = load_system(system_id, library)
        except HengjiError as error:
            broken.extend(error.problems)
            table.add_row(system_id, "（读不出来，见下）", "", "", "")
            continue
        leaves = system.leaves()
        table.add_row(
            system_id, escape(system.name), years_text(system.years), str(len(leaves)), CONFIDENCE_CN[system.confidence]
        )
    console().print(table)
    complain(tuple(broken))
    if broken:
        raise typer.Exit(2)


@app.command("show", cls=Command, help="画出一套指标体系的树和规则。")
def show(system_id: SystemArgument, library: LibraryOption = None) -> None:
    """The tree with points and rules in Chinese."""
    from hengji.library import load_system
    from hengji.scoring.describe import describe_extra, describe_veto

    system = load_system(system_id, library)
    screen = console()
    screen.print(f"[bold]{escape(system.name)}[/bold]  {system.id} 第{system.version}版  {years_text(system.years)}")
    screen.print(f"可信度：{CONFIDENCE_CN[system.confidence]}  校验：{system.sha256[:16]}")
    for basis in system.basis:
        screen.print(f"依据：{escape(str(basis))}")
    if system.about:
        screen.print(escape(system.about))
    tree = Tree(_total_text(system), guide_style="dim")
    for indicator in system.indicators:
        _grow(tree, indicator)
    screen.print(tree)
    for extra in (system.bonus, system.deduction):
        if extra is not None:
            screen.print(f"{escape(extra.name)}：{escape(describe_extra(extra))}")
    for veto in system.vetoes:
        screen.print(escape(describe_veto(veto)))
    if system.grades:
        by = "（按基础分）" if system.grade_on == "base" else ""
        screen.print(f"等次{by}：" + "、".join(f"{grade.name}≥{plain(grade.low)}" for grade in system.grades))


def _grow(tree: Tree, indicator: Indicator) -> None:
    from hengji.scoring.describe import describe_leaf

    points = f"（{plain(indicator.points)}分）" if indicator.points is not None else ""
    label = f"[bold]{escape(indicator.id)}[/bold] {escape(indicator.name)}{points}"
    branch = tree.add(f"{label}  [dim]{CONFIDENCE_CN[indicator.confidence]}[/dim]" if indicator.is_leaf else label)
    if indicator.is_leaf:
        for line in describe_leaf(indicator):
            branch.add(escape(line))
        if indicator.note:
            branch.add(f"[dim]注：{escape(indicator.note)}[/dim]")
    for part in indicator.parts:
        _grow(branch, part)


def _total_text(system: IndicatorSystem) -> str:
    if system.total_points is None:
        return "不计总分"
    cap = f"，{plain(system.cap)}分封顶" if system.cap is not None else "，不封顶"
    return f"总分{plain(system.total_points)}分{cap}"


def years_text(years: Years) -> str:
    """The years of validity in words."""
    if years.first is None and years.last is None:
        return "不限年度"
    if years.first == years.last:
        return f"{years.first}年度"
    return f"{years.first or ''}—{years.last or ''}年度"


@app.command("test", cls=Command, help="运行指标体系自带的测试，不写编号则全部运行。")
def test(
    system_id: Annotated[str | None, typer.Argument(help="指标体系编号。", show_default=False)] = None,
    library: LibraryOption = None,
) -> None:
    """The built-in tests; exit code 1 where an expectation fails, 2 where a file cannot be read."""
    from hengji.library import load_system, system_ids
    from hengji.scoring.trials import run_tests
    from hengji.writing.outlines import load_outline

    screen = console()
    failed, unread = 0, False
    for each in (system_id,) if system_id else system_ids(library):
        try:
            system = load_system(each, library)
            load_outline(system.outline, system, library)
        except HengjiError as error:
            complain(error.problems)
            unread = True
            continue
        deviations = run_tests(system)
        failed += len(deviations)
        screen.print(
            f"{each}：{len(system.tests)}个测试，" + ("全部通过" if not deviations else f"{len(deviations)}处不符")
        )
        for deviation in deviations:
            screen.print(f"  {escape(str(deviation))}")
    if unread or failed:
        raise typer.Exit(2 if unread else 1)


@app.command("diff", cls=Command, help="比较两套指标体系有什么不同。")
def diff(old: SystemArgument, new: SystemArgument, library: LibraryOption = None) -> None:
    """What changed from one system to another."""
    from hengji.library import load_system
    from hengji.scoring.compare import compare

    changes = compare(load_system(old, library), load_system(new, library))
    screen = console()
    if not changes:
        screen.print("两套指标体系没有不同。")
        return
    table = Table(header_style="bold")
    for heading in ("编号", "指标", "变化", "原来", "现在"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        table.add_row(
            change.id, *(escape(text) for text in (change.name, change.what, change.before or "—", change.after or "—"))
        )
    screen.print(table)
    screen.print(f"共{len(changes)}处变化。")
