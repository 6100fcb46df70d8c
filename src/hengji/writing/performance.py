"""主要绩效, 存在问题 and 相关建议: from registers and lost points, beside what the department wrote itself."""

from dataclasses import replace

from hengji.model.filing import Row
from hengji.writing.analysis import lost_points
from hengji.writing.blocks import Align, Block, Column, Heading, Table, plain_runs, todo
from hengji.writing.desk import Desk, sentence
from hengji.writing.figures import quoted

WORK, AUDITS, LAST_YEARS = "工作开展", "审计问题", "上年问题"
_NO = "否"


def achievements(desk: Desk, level: int) -> list[Block]:
    """The work of the year by aspect, counted from its register, then the department's own words."""
    aspects: dict[str, list[Row]] = {}
    for row in desk.rows(WORK):
        aspects.setdefault(row.cells.get("方面", "").strip(), []).append(row)
    blocks: list[Block] = []
    for aspect, rows in aspects.items():
        if aspect:
            blocks.append(Heading(level, aspect))
        blocks.append(sentence("，".join(_work(row) for row in rows) + "。", *(_effect(row) for row in rows)))
    own = desk.narrative("主要绩效")
    if own and aspects:
        blocks.append(Heading(level, "其他绩效"))
    blocks.extend(own)
    return blocks or [replace(sentence(todo("主要绩效：当年做成了什么，多少、效果如何")), source=("主要绩效", 0))]


def _work(row: Row) -> str:
    return "".join(row.cells.get(name, "").strip() for name in ("事项", "数量", "单位"))


def _effect(row: Row) -> str:
    effect = row.cells.get("成效", "").strip().rstrip("。")
    return f"{effect}。" if effect else ""


def problems(desk: Desk) -> list[Block]:
    """The problems the department names; points lost and open audit findings it does not name follow as facts."""
    own = desk.narrative("存在问题")
    said = "".join(desk.filing.narrative.get("存在问题", ()))
    blocks: list[Block] = list(own)
    for leaf in desk.lost:
        if leaf.name not in said:
            fact = sentence(f"{lost_points(leaf)}。", todo(f"{quoted(leaf.name)}失分的原因"))
            blocks.append(replace(fact, source=("存在问题", 0)))
    blocks += [sentence(_audit(row)) for row in desk.rows(AUDITS)]
    blocks += [sentence(_open_problem(row)) for row in desk.rows(LAST_YEARS) if row.cells.get("是否完成") == _NO]
    return blocks or [replace(sentence(todo("存在问题")), source=("存在问题", 0))]


def _audit(row: Row) -> str:
    source, done = row.cells.get("来源", ""), row.cells.get("整改情况", "").rstrip("。")
    state = done or {"是": "已经整改", _NO: "尚未整改"}.get(row.cells.get("是否整改", ""), "")
    return f"{source}指出：{row.cells.get('问题', '').rstrip('。')}" + (f"；{state}。" if state else "。")


def _open_problem(row: Row) -> str:
    reason = row.cells.get("未完成原因", "").rstrip("。")
    return f"上年问题{quoted(row.cells.get('问题', '').rstrip('。'))}尚未整改完成" + (
        f"，原因是{reason}。" if reason else "。"
    )


def suggestions(desk: Desk) -> list[Block]:
    """相关建议 and 改进措施 as the department wrote them; without any a mark that names the lost points."""
    own = [*desk.narrative("改进措施"), *desk.narrative("相关建议")]
    if own:
        return list(own)
    names = "、".join(quoted(leaf.name) for leaf in desk.lost)
    mark = sentence(todo(f"改进措施和建议（应对应{names}的失分）" if names else "改进措施和建议"))
    return [replace(mark, source=("相关建议", 0))]


def evidence(desk: Desk) -> list[Block]:
    """The list of evidence with what each file proves; nothing where none is listed."""
    names = {leaf.id: f"{leaf.id} {leaf.name}" for leaf in desk.scorecard.leaves}
    rows = tuple(
        tuple(
            map(plain_runs, (str(number), proof.title, "；".join(names.get(p, p) for p in proof.proves), proof.locator))
        )
        for number, proof in enumerate(desk.filing.evidence, start=1)
    )
    columns = (
        Column("序号", 4),
        Column("材料名称", 14, Align.LEFT),
        Column("证明事项", 14, Align.LEFT),
        Column("位置", 10, Align.LEFT),
    )
    return [Table("佐证材料清单", columns, rows)] if rows else []
