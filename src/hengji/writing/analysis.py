"""The analysis chapter: the indicator tree walked branch by branch, with a score and a reason for every leaf."""

from dataclasses import replace
from fractions import Fraction

from hengji.model.numerals import plain
from hengji.model.rules import FreeLeaves
from hengji.model.scorecard import BranchScore, LeafScore, Standing
from hengji.model.system import Extra, Indicator
from hengji.writing.blocks import Align, Block, Column, Heading, Paragraph, Run, Table, plain_runs, todo
from hengji.writing.desk import LEAF_TEXT, Desk, sentence
from hengji.writing.figures import points, quoted, stated_score
from hengji.writing.outline import BuiltPart

AWARDS = "表彰奖励"
_AWARD_COLUMNS = (
    ("荣誉名称", 12, Align.LEFT),
    ("级别", 5, Align.CENTRE),
    ("颁发单位", 12, Align.LEFT),
    ("文号", 9, Align.CENTRE),
)
_MOST_REASONS = 3
_GOAL_NAME, _GOAL_REASON = "三级指标", "偏差原因"


def analysis(desk: Desk, part: BuiltPart, level: int) -> list[Block]:
    """The sections a part asks for. One section named alone has the chapter's own heading and none of its own."""
    alone = len(part.sections) == 1
    blocks: list[Block] = []
    for section in desk.sections(part.sections):
        blocks += _indicator(desk, section, level - 1 if alone else level, heading=not alone)
    return blocks


def _indicator(desk: Desk, indicator: Indicator, level: int, *, heading: bool = True) -> list[Block]:
    if indicator.is_leaf:
        leaf = desk.scorecard.leaf(indicator.id)
        title: list[Block] = [Heading(level, _leaf_title(leaf))] if heading else []
        return [*title, *_leaf(desk, indicator, leaf)]
    branch = desk.scorecard.branch(indicator.id)
    blocks: list[Block] = [Heading(level, _branch_title(branch))] if heading else []
    blocks.append(_branch_text(branch, indicator))
    for inner in indicator.parts:
        blocks += _indicator(desk, inner, level + 1)
    return blocks


def _leaf_title(leaf: LeafScore) -> str:
    return leaf.name + _bracket(leaf.points, leaf.full if leaf.moved_in else leaf.points)


def _branch_title(branch: BranchScore) -> str:
    return branch.name + _bracket(branch.points, branch.full)


def _bracket(own: Fraction | None, full: Fraction | None) -> str:
    """（3分）, or （3分，调整后6分） where points were moved."""
    if own is None:
        return ""
    return f"（{points(own)}）" if full is None or full == own else f"（{points(own)}，调整后{points(full)}）"


def _branch_text(branch: BranchScore, indicator: Indicator) -> Paragraph:
    names = "、".join(part.name for part in indicator.parts)
    count = len(indicator.parts)
    content = f"包括{names}{_counted(count)}" if count > 1 else f"考核{names}"
    if branch.full is None:
        return sentence(f"本部分{content}，不计分。")
    if branch.score is None:
        return sentence(
            f"本部分分值{points(branch.full)}，{content}。", todo(f"{quoted(branch.name)}各项指标的自评得分")
        )
    open_leaves = f"，另有{branch.missing}项尚未计分" if branch.missing else ""
    return sentence(f"本部分分值{points(branch.full)}，得{points(branch.score)}{open_leaves}，{content}。")


def _counted(count: int) -> str:
    return f"{'两' if count == 2 else count}项" if count < 10 else f"等{count}项"  # noqa: PLR2004 - as it is said


def _leaf(desk: Desk, indicator: Indicator, leaf: LeafScore) -> list[Block]:
    first = replace(sentence(*_score_pieces(desk, leaf), _evidence(desk, leaf)), source=(LEAF_TEXT + leaf.id, 0))
    own = desk.narrative(LEAF_TEXT + leaf.id)
    blocks: list[Block] = [first, *own]
    if isinstance(indicator.rule, FreeLeaves) and leaf.trace.steps:
        blocks.append(_goals_table(desk, leaf, indicator.rule))
    return blocks


def _score_pieces(desk: Desk, leaf: LeafScore) -> tuple[str | Run, ...]:
    """The score the report prints and why it is what it is."""
    shown = stated_score(leaf)
    match leaf.standing:
        case Standing.NOT_APPLICABLE | Standing.RECORDED:
            return (leaf.trace.sentence,)
        case Standing.MISSING:
            why = "；".join(leaf.trace.missing[:_MOST_REASONS])
            return (todo(f"{quoted(leaf.name)}的自评得分和理由" + (f"（{why}）" if why else "")),)
        case Standing.CLAIMED:
            return (f"自评得分{points(shown or Fraction(0))}。{_unverified(leaf)}", *_unsaid(desk, leaf))
        case _:
            return (f"自评得分{points(shown or Fraction(0))}。{leaf.trace.sentence}", *_difference(desk, leaf))


def _unverified(leaf: LeafScore) -> str:
    why = "；".join(leaf.trace.missing[:_MOST_REASONS]) + ("等" if len(leaf.trace.missing) > _MOST_REASONS else "")
    return f"{why or '缺少计分所需的数据'}，未能据以核算，按单位自评计，未核实。"


def _unsaid(desk: Desk, leaf: LeafScore) -> tuple[Run, ...]:
    """A score without figures stands on words alone: where there are none either, a person must write them."""
    written = any(text.strip() for text in desk.filing.narrative.get(LEAF_TEXT + leaf.id, ()))
    return () if written else (todo(f"{quoted(leaf.name)}得分的事实和依据，或补填数据"),)


def _difference(desk: Desk, leaf: LeafScore) -> tuple[str | Run, ...]:
    """A claim that is not what the figures give needs a reason."""
    if leaf.claimed is None or leaf.computed is None or leaf.claimed == leaf.computed:
        return ()
    said = f"单位自评{points(leaf.claimed)}，据数核算{points(leaf.computed)}，计入总分的是{points(leaf.score or leaf.computed)}"
    reason = desk.filing.claims[leaf.id].reason if leaf.id in desk.filing.claims else ""
    if reason:
        return (f"{said}；单位说明：{reason.rstrip('。')}。",)
    return (f"{said}。", todo(f"{quoted(leaf.name)}自评与核算不同的理由，或改正自评得分"))


def _evidence(desk: Desk, leaf: LeafScore) -> str:
    facts = {item.name for item in leaf.trace.inputs}
    found = [e for e in desk.filing.evidence if leaf.id in e.proves or facts & set(e.proves)]
    if not found or leaf.standing is Standing.NOT_APPLICABLE:
        return ""
    return "佐证材料：" + "、".join(f"《{e.title}》" + (f"（{e.locator}）" if e.locator else "") for e in found) + "。"


def _goals_table(desk: Desk, leaf: LeafScore, rule: FreeLeaves) -> Table:
    reasons = {row.cells.get(_GOAL_NAME, ""): row.cells.get(_GOAL_REASON, "") for row in desk.rows(rule.register)}
    rows = tuple(
        tuple(
            plain_runs(text) for text in (step.name, step.formula, step.filled, step.result, reasons.get(step.name, ""))
        )
        for step in leaf.trace.steps
    )
    columns = (
        Column("绩效指标", 9, Align.LEFT),
        Column("目标值", 6),
        Column("完成值", 5),
        Column("得分/分值", 6),
        Column("偏差原因", 9, Align.LEFT),
    )
    return Table(f"{leaf.name.removesuffix('完成情况')}完成情况", columns, rows)


def extras(desk: Desk, part: BuiltPart, level: int) -> list[Block]:
    """加减分项: what it came to, on what, and the awards behind it; nothing where the system knows none."""
    system, totals = desk.system, desk.scorecard.totals
    declared = [extra for extra in (system.bonus, system.deduction) if extra is not None]
    if not declared or totals is None:
        return []
    title = "、".join(extra.name for extra in declared)
    blocks: list[Block] = [Heading(part.level or level, title)]
    for extra, found in ((system.bonus, totals.bonus), (system.deduction, totals.deduction)):
        if extra is None:
            continue
        if found is None:
            blocks.append(sentence(f"本年度没有申报{extra.name}。"))
            continue
        word = "加分" if extra is system.bonus else "扣分"
        where = "单独计入总分，不占各部分的分值" if extra.scope == "total" else "计入所属部分"
        blocks.append(sentence(f"{word}得分{points(found.score)}，{where}。{found.trace.sentence}"))
        blocks += _awards(desk, extra) if word == "加分" else []
    return blocks


def _awards(desk: Desk, extra: Extra) -> list[Block]:
    register = extra.tariff.register if extra.tariff else AWARDS
    rows = desk.rows(register)
    if not rows or register != AWARDS:
        return []
    columns = (Column("序号", 4), *(Column(*column) for column in _AWARD_COLUMNS))
    cells = tuple(
        (plain_runs(str(number)), *(plain_runs(row.cells.get(name, "") or "—") for name, _, _ in _AWARD_COLUMNS))
        for number, row in enumerate(rows, start=1)
    )
    return [Table("表彰奖励情况", columns, cells)]


def lost_points(leaf: LeafScore) -> str:
    """“政府采购执行率”失2分（可得2分，得0分）."""
    full, score = leaf.full or Fraction(0), leaf.score or Fraction(0)
    return f"{quoted(leaf.name)}失{plain(full - score)}分（可得{plain(full)}分，得{plain(score)}分）"
