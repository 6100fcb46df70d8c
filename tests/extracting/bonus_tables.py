"""Score tables with a row of a bonus or of a deduction whose parts stand in rows of their own below it."""

from collections.abc import Callable
from decimal import Decimal

from tests.extracting.manners import Group
from tests.extracting.tables import Cell, Rows, row_of, sum_of

Groups = tuple[Group, ...]
_HEAD = ("指标名称", "满分", "自评得分", "评分说明")


def _with(*ends: tuple[str, str, str, str], by: str, numbered: bool = True) -> Callable[[Groups], Rows]:
    """The leaves under rows of their groups, then rows of a bonus, then the total, which is higher by ``by``."""

    def lay(groups: Groups) -> Rows:
        rows = [row_of(*_HEAD)]
        for at, each in enumerate(groups):
            mark = f"{'一二三四'[at]}、" if numbered else ""
            rows.append(row_of(f"{mark}{each.name}", each.points, each.claim, ""))
            marked = (f"{n}." if numbered else "" for n in range(1, len(each.leaves) + 1))
            rows.extend(
                row_of(f"{m}{x.name}", x.points, x.claim, x.fact) for m, x in zip(marked, each.leaves, strict=True)
            )
        worth, got = sum_of(groups, lambda g: g.points), sum_of(groups, lambda g: g.claim)
        rows.append(row_of("基础得分", worth, got, ""))
        rows.extend(row_of(*end) for end in ends)
        return [*rows, row_of("总分", "", f"{Decimal(got) + Decimal(by)}", ""), row_of("等级", "", "优", "")]

    return lay


def _levels(groups: Groups) -> Rows:
    rows = [row_of("一级指标", "三级指标", "分值", "得分", "备注")]
    for each in groups:
        first = [Cell(each.name, len(each.leaves))]
        for x in each.leaves:
            rows.append([*first, *row_of(x.name, x.points, x.claim, x.fact)])
            first = []
    rows += [
        [Cell("附加分（最高3分）", 1, 2), *row_of("", "1.5", "")],
        row_of("", "承办现场会", "", "1", "市级现场会1次"),
    ]
    rows.append(row_of("", "经验推广", "", "0.5", "县级简报刊发"))
    return [*rows, row_of("合计", "", "", f"{Decimal(sum_of(groups, lambda g: g.claim)) + Decimal('1.5')}", "")]


LAYOUTS: dict[str, Callable[[Groups], Rows]] = {
    "加分项有小计": _with(
        ("四、加分项（最高5分）", "", "2", ""),
        ("获省级表彰", "", "2", "2024年获“省级示范班组”，每项加2分"),
        ("五、扣分项", "", "0", "审计、巡察未提出问题"),
        by="2",
    ),
    "加分项无小计": _with(
        ("四、加分项", "", "", ""),
        ("（1）获市级表彰", "", "1", "市防汛指挥部通报表扬"),
        ("（2）创新做法", "", "0.5", "县改革办推广"),
        by="1.5",
    ),
    "减分项": _with(("减分项", "", "1", ""), ("信息报送逾期", "", "1", "被县政府办通报1次"), by="-1", numbered=False),
    "附加分在级次列": _levels,
}
