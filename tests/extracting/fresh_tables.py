"""Layouts whose header, scores or rows only the sums tell: unknown words, scores in brackets, parts under leaves, lists of a/b."""

from collections.abc import Callable
from decimal import Decimal

from tests.extracting.manners import Group, Leaf
from tests.extracting.tables import Cell, Each, Rows, claim, fact, group, name, of_columns, points, row_of, sum_of

Groups = tuple[Group, ...]


def leaves(groups: Groups) -> list[Leaf]:
    """All leaves in order."""
    return [x for each in groups for x in each.leaves]


def _cell(text: Callable[[Leaf], str]) -> Each:
    return lambda _g, x, *_: text(x)


def _of_words(worth: str, score: str) -> Callable[[Groups], Rows]:
    """A table whose header tells points and scores in words of its own."""
    columns = (("一级指标", group), ("三级指标", name), (worth, points), (score, claim), ("说明", fact))
    return of_columns(*columns, total=lambda p, s: [["合计", "", p, s, ""]])


def _in_parts(groups: Groups) -> Rows:
    """Every leaf with the same two parts below it."""
    rows = [row_of("指标", "分值", "得分", "说明")]
    for x in leaves(groups):
        worth, got = Decimal(x.points), Decimal(x.claim)
        half = min(worth / 2, got)
        rows.append(row_of(x.name, x.points, x.claim, ""))
        rows.append(row_of("其中：制度", f"{worth / 2}", f"{half}", ""))
        rows.append(row_of("执行", f"{worth / 2}", f"{got - half}", x.fact))
    return rows


def _groups_over_bare_rows(groups: Groups) -> Rows:
    rows: Rows = []
    for each in groups:
        rows.append([Cell(f"{each.name}（{each.points}分，自评{each.claim}分）", 1, 4)])
        rows.extend(row_of(x.name, x.points, x.claim, x.fact) for x in each.leaves)
    return [*rows, row_of("合计", "100", sum_of(groups, lambda each: each.claim), "")]


LAYOUTS: dict[str, Callable[[Groups], Rows]] = {
    "评定分": _of_words("分值", "评定分"),
    "自评数": _of_words("分值", "自评数"),
    "额定分": _of_words("额定分", "得分"),
    "占分、计分": _of_words("占分", "计分"),
    "赋分标准": _of_words("赋分标准", "得分"),
    "良（4.5分）": of_columns(("指标", name), ("分值", points), ("自评", _cell(lambda x: f"{'优' if x.full else '良'}（{x.claim}分）")), ("说明", fact)),
    "【4.5】事实": of_columns(("指标", name), ("分值", points), ("自评情况", _cell(lambda x: f"【{x.claim}】{x.fact}"))),
    "事实\n得分：4.5": of_columns(("指标", name), ("分值", points), ("自评", _cell(lambda x: f"完成情况：{x.fact}\n得分：{x.claim}"))),
    "5%、4.5%": of_columns(("指标", name), ("权重", _cell(lambda x: f"{x.points}%")), ("得分", _cell(lambda x: f"{x.claim}%"))),
    "每项两小点": _in_parts,
    "组头含得分，无表头": _groups_over_bare_rows,
}  # fmt: skip

LINES: dict[str, Callable[[Groups], list[str]]] = {
    "点线": lambda gs: [f"{x.name}…………{x.points}分…………{x.claim}分" for x in leaves(gs)],
    "半角点线": lambda gs: [f"{x.name}......{x.points}......{x.claim}" for x in leaves(gs)],
    "填写的横线": lambda gs: [f"{x.name}（满分{x.points}分）____{x.claim}____分" for x in leaves(gs)],
    "等号": lambda gs: [f"{x.name}：满分={x.points}，自评={x.claim}（{x.fact}）" for x in leaves(gs)],
    "组内4.5/5": lambda gs: [
        f"{g.name}（{g.points}分，自评{g.claim}分）：{'、'.join(f'{x.name}{x.claim}/{x.points}' for x in g.leaves)}。"
        for g in gs
    ],
}


def drawn(groups: Groups, table: str, row: str, cell: str) -> str:
    """A table of a web page that other elements draw; the attributes of each are given."""
    rows = [("指标名称", "分值", "得分"), *((x.name, x.points, x.claim) for x in leaves(groups))]
    told = "".join(f"<div {row}>{''.join(f'<span {cell}>{text}</span>' for text in each)}</div>" for each in rows)
    return f"<div {table}>{told}</div>"
