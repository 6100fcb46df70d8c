"""The conclusion: how the total came about, what was lost, how many points rest on what; by section as table and chart."""

from fractions import Fraction

from hengji.model.numerals import percent, plain
from hengji.model.scorecard import BranchScore, ExtraScore, LeafScore, Standing, Totals
from hengji.model.system import Grade, Indicator
from hengji.writing.analysis import lost_points
from hengji.writing.blocks import (
    SHARE_WHOLE,
    Align,
    Bar,
    Block,
    Chart,
    ChartRow,
    Column,
    Ink,
    Run,
    Table,
    plain_runs,
    todo,
)
from hengji.writing.desk import Desk, sentence
from hengji.writing.figures import points, quoted, stated_score

_FIRM = (Standing.COMPUTED, Standing.JUDGED)
_NOTHING = Fraction(0)


def conclusion(desk: Desk) -> list[Block]:
    """The total step by step, with the grade and its scale."""
    totals = desk.scorecard.totals
    if totals is None:
        return [sentence(f"依据《{desk.system.name}》开展自评。该体系没有分值，只作记录，不计总分。")]
    head = f"依据《{desk.system.name}》开展自评，{_steps(totals)}。"
    blocks: list[Block] = [sentence(head, _grade(desk, totals))]
    claimed = totals.claimed
    if claimed is not None and claimed != totals.final:
        said = f"单位申报总分{points(claimed)}，与上述{points(totals.final)}不同。"
        blocks.append(sentence(said, todo("核对后统一总分，或写明不同的理由")))
    return blocks


def _steps(totals: Totals) -> str:
    """基础分98分，加减分项加3.5分，合计101.5分，超过100分上限，自评口径得分100分."""
    parts = [f"基础分{points(totals.base)}"]
    for extra, word in ((totals.bonus, "加"), (totals.deduction, "扣")):
        if extra is not None:
            parts.append(f"{extra.name}{word}{points(extra.score)}{_extra_note(extra)}")
    if len(parts) > 1:
        parts.append(f"合计{points(totals.raw)}")
    parts.extend(f"因{reason}一票否决" for reason in totals.vetoed)
    if totals.cap is not None and totals.raw > totals.cap:
        parts.append(f"超过{points(totals.cap)}上限，按上限计")
    return "，".join([*parts, f"{totals.title}{points(totals.final)}"])


def _extra_note(extra: ExtraScore) -> str:
    doubts = [f"原{points(extra.capped_from)}，按上限计"] if extra.capped_from is not None else []
    if extra.standing is Standing.CLAIMED:
        doubts.append("单位自评，未核实")
    return f"（{'；'.join(doubts)}）" if doubts else ""


def _grade(desk: Desk, totals: Totals) -> str | Run:
    """The grade with its scale; while leaves have no score, a mark instead."""
    if not totals.grade:
        return ""
    if desk.unscored:
        return todo("全部指标计分后的等次")
    on = "按基础分" if desk.system.grade_on == "base" else ""
    return f"{on}评定等次为“{totals.grade}”（{grade_scale(desk.system.grades)}）。"


def grade_scale(grades: tuple[Grade, ...]) -> str:
    """90分及以上为优，80分及以上、不满90分为良 …, from the best down."""
    said: list[str] = []
    above: Grade | None = None
    for grade in sorted(grades, key=lambda grade: grade.low, reverse=True):
        if above is None:
            said.append(f"{plain(grade.low)}分及以上为{grade.name}")
        elif grade.low <= 0:
            said.append(f"不满{plain(above.low)}分为{grade.name}")
        else:
            said.append(f"{plain(grade.low)}分及以上、不满{plain(above.low)}分为{grade.name}")
        above = grade
    return "，".join(said)


def losses(desk: Desk) -> list[Block]:
    """What was lost, leaf by leaf, and what has no score yet."""
    blocks: list[Block] = []
    if desk.lost:
        total = sum(((leaf.full or _NOTHING) - (leaf.score or _NOTHING) for leaf in desk.lost), _NOTHING)
        blocks.append(sentence(f"共失{plain(total)}分：{'；'.join(lost_points(leaf) for leaf in desk.lost)}。"))
    elif not desk.unscored and desk.scorecard.totals is not None:
        blocks.append(sentence("各项指标均未失分。"))
    if desk.unscored:
        names = "、".join(quoted(leaf.name) for leaf in desk.unscored)
        blocks.append(sentence(f"另有{len(desk.unscored)}项指标尚未计分，合计未计入总分。", todo(f"{names}的自评得分")))
    return blocks


def resting(desk: Desk) -> list[Block]:
    """How many points are computed, judged and claimed only."""
    totals = desk.scorecard.totals
    return [sentence(totals.sentence)] if totals is not None and totals.sentence else []


def section_table(desk: Desk) -> list[Block]:
    """Points and scores by section, then the total's derivation; the points after moves only where a section's changed."""
    totals = desk.scorecard.totals
    if totals is None:
        return []
    leaves = desk.scorecard.leaves
    full = sum((leaf.full or _NOTHING for leaf in leaves), _NOTHING)
    rows = [_section_row(desk, section) for section in desk.system.indicators]
    moved = any(row[1] != row[2] for row in rows)
    rows.append(_row("基础分合计", _points_of(leaves), full, _stated(leaves), totals.base))
    for extra, sign in ((totals.bonus, "+"), (totals.deduction, "−")):
        if extra is not None:
            rows.append((extra.name, "", "", f"{sign}{plain(extra.score)}", f"{sign}{plain(extra.score)}", ""))
    grade = f"等次：{totals.grade}" if totals.grade and not desk.unscored else ""
    rows.append((totals.title, "", "", "", plain(totals.final), grade))
    kept = [n for n in range(len(_SECTION_COLUMNS)) if moved or n != _MOVED_COLUMN]
    columns = tuple(_SECTION_COLUMNS[n] for n in kept)
    cells = tuple(tuple(plain_runs(row[n]) for n in kept) for row in rows)
    return [Table("各部分得分情况", columns, cells, unit="分", total=True)]


_Row = tuple[str, str, str, str, str, str]
_SECTION_COLUMNS = (
    Column("一级指标", 4, Align.LEFT),
    Column("分值", 2),
    Column("调整后分值", 3),
    Column("自评得分", 2),
    Column("计入得分", 2),
    Column("得分率", 2),
)
_MOVED_COLUMN = 2


def _section_row(desk: Desk, section: Indicator) -> _Row:
    branch, below = desk.scorecard.branch(section.id), leaves_below(desk, section)
    return _row(section.name, branch.points, branch.full, _stated(below), branch.score)


def _row(
    name: str, own: Fraction | None, full: Fraction | None, stated: Fraction | None, score: Fraction | None
) -> _Row:
    rate = percent(score / full) if score is not None and full else ""
    return name, _plain(own), _plain(full), _plain(stated), _plain(score), rate


def _plain(number: Fraction | None) -> str:
    return "—" if number is None else plain(number)


def leaves_below(desk: Desk, section: Indicator) -> tuple[LeafScore, ...]:
    """The scored leaves of a section, in the order of the table."""
    if section.is_leaf:
        return (desk.scorecard.leaf(section.id),)
    return tuple(leaf for part in section.parts for leaf in leaves_below(desk, part))


def _points_of(leaves: tuple[LeafScore, ...]) -> Fraction:
    """The points of leaves before any moved."""
    return sum((leaf.points or _NOTHING for leaf in leaves), _NOTHING)


def _stated(leaves: tuple[LeafScore, ...]) -> Fraction | None:
    found = [score for leaf in leaves if (score := stated_score(leaf)) is not None]
    return sum(found, _NOTHING) if found else None


def section_chart(desk: Desk) -> list[Block]:
    """A bar a section: dashed to its points, hollow to its score, solid as far as figures or judgements carry it."""
    found = [(desk.scorecard.branch(section.id), _firm(desk, section)) for section in desk.system.indicators]
    scored = [(branch, firm) for branch, firm in found if branch.full]
    if desk.scorecard.totals is None or not scored:
        return []
    longest = max(branch.full or _NOTHING for branch, _ in scored)
    rows = tuple(_chart_row(branch, firm, longest) for branch, firm in scored)
    legend = ((Ink.SOLID, "据数计算和逐条判定"), (Ink.HOLLOW, "计入得分"), (Ink.DASHED, "分值"))
    return [Chart("各部分得分", rows, legend, overlaid=True, unit="分")]


def _firm(desk: Desk, section: Indicator) -> Fraction:
    below = leaves_below(desk, section)
    return sum((leaf.score or _NOTHING for leaf in below if leaf.standing in _FIRM), _NOTHING)


def _chart_row(branch: BranchScore, firm: Fraction, longest: Fraction) -> ChartRow:
    full, score = branch.full or _NOTHING, branch.score or _NOTHING
    lost = (Bar(Ink.DASHED, share(full, longest)),) if score < full else ()
    bars = (*lost, Bar(Ink.HOLLOW, share(score, longest)), Bar(Ink.SOLID, share(firm, longest)))
    return ChartRow(branch.name, bars, f"{plain(score)}/{plain(full)}，据数和判定{plain(firm)}")


def share(number: Fraction, longest: Fraction) -> int:
    """A bar's length among ``SHARE_WHOLE``; nothing for a negative number."""
    return max(0, round(number * SHARE_WHOLE / longest)) if longest > 0 else 0
