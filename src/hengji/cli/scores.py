"""Prints a scorecard on the terminal: the table with a reason for each point, and how the total came about."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hengji.cli.screen import wrapped
from hengji.model.numerals import plain
from hengji.model.problem import HengjiError
from hengji.model.scorecard import STANDING_CN, LeafScore, Scorecard, Standing
from hengji.model.system import CONFIDENCE_CN, IndicatorSystem
from hengji.scoring import derivation

_OTHER_COLUMNS = 62  # what the other columns and the rules of the table take
_DOUBTFUL = (Standing.CLAIMED, Standing.MISSING)


def print_scorecard(screen: Console, card: Scorecard, system: IndicatorSystem) -> None:
    """The whole scorecard; what a reviewer wants to know first stands first."""
    screen.print(
        f"[bold]{escape(card.department)}[/bold] {card.year}年度  {escape(system.name)}（第{card.system_version}版）"
    )
    if card.totals is not None:
        screen.print(wrapped(card.totals.sentence, screen.width))
    screen.print(_table(card, max(24, screen.width - _OTHER_COLUMNS)))
    if card.totals is None:
        screen.print("本体系没有分值，只记录、不计总分。")
        return
    for name, arithmetic in derivation(system, card):
        screen.print(f"  {escape(name)}：{escape(arithmetic)}")
    claimed = card.totals.claimed
    if claimed is not None and claimed != card.totals.final:
        screen.print(f"  [bold]单位申报总分{plain(claimed)}分，与以上不同。[/bold]")
    for extra in (card.totals.bonus, card.totals.deduction):
        for note in extra.trace.notes if extra else ():
            screen.print(f"  {escape(extra.name if extra else '')}：{escape(note)}")


def _table(card: Scorecard, width: int) -> Table:
    table = Table(header_style="bold", show_lines=True)
    table.add_column("编号", no_wrap=True)
    table.add_column("指标", width=18, overflow="fold")
    table.add_column("分值", justify="right", no_wrap=True)
    table.add_column("得分", justify="right", no_wrap=True)
    table.add_column("状态", no_wrap=True)
    table.add_column("得分依据", width=width, overflow="fold")
    for leaf in card.leaves:
        notes = "".join(f"\n提示：{note}" for note in leaf.trace.notes)
        style = "bold" if leaf.standing in _DOUBTFUL or _lost(leaf) else ""
        table.add_row(
            leaf.id,
            escape(leaf.name),
            _points(leaf),
            "—" if leaf.score is None else plain(leaf.score),
            STANDING_CN[leaf.standing],
            escape(wrapped(leaf.trace.sentence, width) + notes),
            style=style if _lost(leaf) else "",
        )
    return table


def _lost(leaf: LeafScore) -> bool:
    return leaf.score is not None and leaf.full is not None and leaf.score < leaf.full


def _points(leaf: LeafScore) -> str:
    """3, or 3+3 where points were moved in."""
    if leaf.points is None or leaf.full is None:
        return "—"
    moved = leaf.full - leaf.points
    return plain(leaf.points) + (f"+{plain(moved)}" if leaf.moved_in and moved else "")


def print_leaf(screen: Console, card: Scorecard, system: IndicatorSystem, leaf_id: str) -> None:
    """One leaf with every step of its arithmetic, the inputs and where they come from."""
    indicator = system.indicator(leaf_id)
    try:
        leaf = card.leaf(leaf_id)
    except KeyError:
        raise HengjiError(f"“{system.name}”没有编号为“{leaf_id}”的计分指标") from None
    screen.print(f"[bold]{leaf.id} {escape(leaf.name)}[/bold]  分值{_points(leaf)}  {STANDING_CN[leaf.standing]}")
    screen.print(escape(leaf.trace.sentence))
    steps = Table(header_style="bold")
    for heading in ("步骤", "算式", "代入", "结果", "出处"):
        steps.add_column(heading, overflow="fold")
    for step in leaf.trace.steps:
        result = step.result if step.taken else "不再计算"
        steps.add_row(*map(escape, (step.name, step.formula, step.filled, result, step.source)))
    screen.print(steps)
    for item in leaf.trace.inputs:
        place = f"，{item.locator}" if item.locator else ""
        screen.print(
            f"  {item.year}年{escape(item.name)}：{escape(item.stated or '—')}{item.unit}（{escape(item.source or '未填')}{escape(place)}）"
        )
    for why in leaf.trace.missing:
        screen.print(f"  缺：{escape(why)}")
    if leaf.trace.low is not None and leaf.trace.high is not None and indicator is not None and indicator.points:
        screen.print(f"  已确定的部分可得{plain(leaf.trace.low)}分，最多{plain(leaf.trace.high)}分")
    if indicator is not None and indicator.standard:
        screen.print(f"  评分标准（{CONFIDENCE_CN[indicator.confidence]}）：{escape(indicator.standard)}")
