"""Score tables and prose scorings as published reports of other provinces lay them out, with targets, units, codes, bonus and notes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.extracting.tables import Cell, Rows, row_of


@dataclass(frozen=True)
class Leaf:
    """A leaf with its target over columns; ``score`` is empty where it is not assessed."""

    top: str
    second: str
    code: str
    name: str
    sign: str
    target: str
    unit: str
    actual: str
    points: str
    score: str
    why: str

    @property
    def lost(self) -> str:
        """The points taken off."""
        return f"{Decimal(self.points) - Decimal(self.score or self.points):f}"


LEAVES = (
    Leaf("产出指标", "数量指标", "A11", "新增林地面积", "≥", "1200", "亩", "1236", "10", "10", ""),
    Leaf("产出指标", "数量指标", "A12", "举办技术培训班", "=", "12", "期", "11", "10", "9.17", "1期因防汛改期"),
    Leaf("产出指标", "质量指标", "A21", "造林成活率", "≥", "90", "%", "93.5", "8", "8", ""),
    Leaf("产出指标", "时效指标", "A31", "10月底前完工率", "＝", "100", "%", "95", "12", "11.4", "2个标段推迟到11月"),
    Leaf("产出指标", "成本指标", "A41", "亩均补助标准", "≤", "500", "元/亩", "498", "10", "10", ""),
    Leaf("效益指标", "社会效益", "B11", "带动务工人数", "≥", "300", "人次", "315", "10", "10", ""),
    Leaf("效益指标", "生态效益", "B21", "森林覆盖率提高", "≥", "0.5", "百分点", "0.5", "15", "15", ""),
    Leaf("效益指标", "可持续影响", "B31", "管护制度健全", "定性", "健全", "/", "健全", "5", "4", "新造林地管护合同未全部签订"),
    Leaf("满意度指标", "服务对象满意度", "C11", "林农满意度", "≥", "92", "%", "94.17", "20", "20", ""),
)  # fmt: skip
Leaves = tuple[Leaf, ...]
TOTAL = f"{sum((Decimal(x.score or 0) for x in LEAVES), Decimal(0)):f}"


# A code that is glued to a name may not run into the digits that the name begins with.
PLAIN = tuple(replace(x, name=x.name.removeprefix("10月底前")) for x in LEAVES)


def _firsts(leaves: Leaves, of: Callable[[Leaf], str]) -> dict[int, int]:
    """Over how many rows each cell that begins a run of equal ones reaches, by its row."""
    starts: dict[int, int] = {}
    at = 0
    for n, leaf in enumerate(leaves):
        if n == 0 or of(leaf) != of(leaves[at]):
            at = n
        starts[at] = starts.get(at, 0) + 1
    return starts


def _levels(leaves: Leaves, n: int, *, top: Callable[[Leaf], str] = lambda x: x.top, second: bool = True) -> list[Cell]:
    """The merged cells of the two upper levels in front of row n."""
    row = [Cell(top(leaves[n]), over)] if (over := _firsts(leaves, lambda x: x.top).get(n)) else []
    if second and (over := _firsts(leaves, lambda x: x.top + x.second).get(n)):
        row.append(Cell(leaves[n].second, over))
    return row


def _group(leaves: Leaves, top: str, of: Callable[[Leaf], str]) -> str:
    return f"{sum((Decimal(of(x) or 0) for x in leaves if x.top == top), Decimal(0)):f}"


def _tops(leaves: Leaves) -> list[str]:
    return list(dict.fromkeys(x.top for x in leaves))


def _split_target(leaves: Leaves) -> Rows:
    """Two header rows: the target over sign, value and unit; the actual value bare."""
    rows: Rows = [
        [Cell("一级指标", 2), Cell("二级指标", 2), Cell("三级指标", 2), Cell("年度指标值", 1, 3), Cell("全年实际完成值", 2), Cell("分值", 2), Cell("自评得分", 2), Cell("偏差原因分析及改进措施", 2)],
        row_of("性质", "指标值", "单位"),
    ]  # fmt: skip
    for n, x in enumerate(leaves):
        rows.append(
            [*_levels(leaves, n), *row_of(x.name, x.sign, x.target, x.unit, x.actual, x.points, x.score, x.why)]
        )
    return [*rows, [Cell("总分", 1, 7), *row_of("100", TOTAL, "")]]


def _points_first(leaves: Leaves) -> Rows:
    """Sichuan: 分值 in front of the target; sign glued to the value; unit behind."""
    rows = [
        row_of(
            "一级指标", "二级指标", "三级指标", "权重", "指标性质", "指标值", "度量单位", "完成值", "得分", "未完成原因"
        )
    ]
    for n, x in enumerate(leaves):
        rows.append(
            [*_levels(leaves, n), *row_of(x.name, x.points, x.sign, x.target, x.unit, x.actual, x.score, x.why)]
        )
    return [*rows, [Cell("合计", 1, 3), *row_of("100", "", "", "", "", TOTAL, "")]]


def _three_header_rows(leaves: Leaves) -> Rows:
    rows: Rows = [
        [Cell("绩效指标完成情况", 1, 9)],
        [Cell("绩效指标", 1, 3), Cell("目标与完成", 1, 3), Cell("评分", 1, 2), Cell("说明", 3)],
        [*row_of("一级指标", "二级指标", "三级指标"), *row_of("目标值", "完成值", "完成率"), Cell("分值", 2), Cell("得分", 2)],
        row_of("（A）", "（B）", "（C）", "①", "②", "③=②/①"),
    ]  # fmt: skip
    for n, x in enumerate(leaves):
        rate = "—" if x.target == "健全" else f"{Decimal(x.actual) * 100 / Decimal(x.target):.2f}%"
        target = x.target if x.target == "健全" else f"{x.target}{x.unit}"
        actual = x.actual if x.target == "健全" else f"{x.actual}{x.unit}"
        rows.append([*_levels(leaves, n), *row_of(x.name, target, actual, rate, x.points, x.score, x.why)])
    return rows


def _codes_apart(leaves: Leaves) -> Rows:
    """A code column in front of every level."""
    rows = [row_of("代码", "一级指标", "代码", "三级指标", "标准分", "计算过程", "自评分")]
    for n, x in enumerate(leaves):
        first = [Cell(x.code[0], over), Cell(x.top, over)] if (over := _firsts(leaves, lambda y: y.top).get(n)) else []
        rows.append([*first, *row_of(x.code, x.name, x.points, f"{x.actual}{x.unit}÷{x.target}{x.unit}", x.score)])
    return [*rows, row_of("", "合计", "", "", "100", "", TOTAL)]


def _codes_glued(leaves: Leaves) -> Rows:
    """Codes and points glued to the names of every level: A11造林面积10分."""
    rows = [row_of("一级指标及权重", "二级指标及权重", "三级指标及权重", "目标值", "实际值", "得分")]
    for n, x in enumerate(leaves):
        first = (
            [Cell(f"{x.code[0]}{x.top}（{_group(leaves, x.top, lambda y: y.points)}%）", over)]
            if (over := _firsts(leaves, lambda y: y.top).get(n))
            else []
        )
        if over := _firsts(leaves, lambda y: y.top + y.second).get(n):
            worth = sum(Decimal(y.points) for y in leaves if (y.top, y.second) == (x.top, x.second))
            first.append(Cell(f"{x.code[:2]}{x.second}（{worth}%）", over))
        rows.append(
            [
                *first,
                *row_of(
                    f"{x.code}{x.name}（{x.points}%）", f"{x.sign}{x.target}{x.unit}", f"{x.actual}{x.unit}", x.score
                ),
            ]
        )
    return rows


def _group_scores_merged(leaves: Leaves) -> Rows:
    """Groups with their own points and score in merged cells, the score of the group behind the leaf's."""
    rows = [row_of("一级指标", "分值", "三级指标", "分值", "年初目标", "完成情况", "得分", "一级指标得分")]
    for n, x in enumerate(leaves):
        over = _firsts(leaves, lambda y: y.top).get(n)
        front = [Cell(x.top, over), Cell(_group(leaves, x.top, lambda y: y.points), over)] if over else []
        back = [Cell(_group(leaves, x.top, lambda y: y.score), over)] if over else []
        rows.append(
            [*front, *row_of(x.name, x.points, f"{x.sign}{x.target}{x.unit}", f"{x.actual}{x.unit}", x.score), *back]
        )
    return [*rows, row_of("总计", "100", "", "100", "", "", TOTAL, TOTAL)]


def _sub_points(leaves: Leaves) -> Rows:
    """Every leaf with the points of two rules below it, its score merged."""
    rows = [row_of("一级指标", "三级指标", "分值", "评分要点", "要点分值", "要点得分", "自评得分")]
    for n, x in enumerate(leaves):
        over = _firsts(leaves, lambda y: y.top).get(n)
        half = Decimal(x.points) / 2
        first = min(half, Decimal(x.score))
        front = [Cell(x.top, over * 2)] if over else []
        rows.append(
            [
                *front,
                Cell(x.name, 2),
                Cell(x.points, 2),
                *row_of("①目标明确、可衡量", f"{half}", f"{first}"),
                Cell(x.score, 2),
            ]
        )
        rows.append(row_of(f"②实际完成{x.actual}{x.unit}", f"{half}", f"{Decimal(x.score) - first}"))
    return rows


def funds_above(leaves: Leaves) -> Rows:
    """The form of projects: funds with points of their own, the goals, then indicators; leaves make 90."""
    rows: Rows = [
        [Cell("主管部门"), Cell("某某县林业局", 1, 3), Cell("实施单位"), Cell("某某县林场", 1, 3)],
        [Cell("项目资金（万元）", 3), *row_of("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")],
        row_of("年度资金总额", "120.00", "118.00", "112.10", "10", "95.00%", "9.5"),
        row_of("其中：财政拨款", "120.00", "118.00", "112.10", "—", "95.00%", "—"),
        [Cell("年度总体目标"), Cell("完成造林1200亩，举办培训12期。", 1, 7)],
        row_of("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注"),
    ]
    for n, x in enumerate(leaves):
        rows.append(
            [
                *_levels(leaves, n),
                *row_of(x.name, f"{x.sign}{x.target}{x.unit}", f"{x.actual}{x.unit}", x.points, x.score, x.why),
            ]
        )
    told = sum(Decimal(x.score) for x in leaves) + Decimal("9.5")
    return [*rows, [Cell("总分", 1, 5), *row_of("100", f"{told}", "")]]


def _not_assessed(leaves: Leaves) -> Rows:
    """Leaves with N/A in many words, the points of those moved in a column of adjusted points."""
    rows = [row_of("一级指标", "三级指标", "原分值", "调整后分值", "完成值", "得分", "说明")]
    for n, x in enumerate(leaves):
        told = [x.name, x.points, x.points, f"{x.actual}{x.unit}", x.score, x.why]
        rows.append([*_levels(leaves, n, second=False), *row_of(*told)])
    rows.append(row_of("合计", "", "100", "100", "", TOTAL, ""))
    return rows


def _bonus_below(leaves: Leaves) -> Rows:
    """Bonus and deductions below the hundred, each with its limit in the column of points, then notes."""
    rows = [row_of("序号", "指标", "目标值", "完成值", "满分", "自评得分", "得分依据")]
    for n, x in enumerate(leaves, 1):
        rows.append(
            row_of(
                str(n),
                x.name,
                f"{x.sign}{x.target}{x.unit}",
                f"{x.actual}{x.unit}",
                x.points,
                x.score,
                x.why or "达到目标",
            )
        )
    rows.append(row_of("", "小计", "", "", "100", TOTAL, ""))
    rows.append(row_of("", "加分项：市级以上表彰", "", "1项", "≤3", "+1", "市委表彰"))
    rows.append(row_of("", "扣分项：巡察问题未整改", "", "0个", "≤5", "0", "无"))
    rows.append(row_of("", "总得分", "", "", "", f"{Decimal(TOTAL) + 1:f}", ""))
    rows.append([Cell("注：1.满分100分，90分（含）以上为优。2.加分项最高3分，扣分项最高5分。", 1, 7)])
    return rows


def _again_on_pages(leaves: Leaves) -> Rows:
    """Title and header again on every page, a cell cut by the break."""
    head = row_of("一级指标", "二级指标", "三级指标", "目标值", "完成值", "分值", "得分")
    rows: Rows = []
    for at in range(0, len(leaves), 4):
        rows.extend([[Cell("部门整体支出绩效自评表（续表）" if at else "部门整体支出绩效自评表", 1, 7)], head])
        for x in leaves[at : at + 4]:
            rows.append(
                row_of(x.top, x.second, x.name, f"{x.sign}{x.target}{x.unit}", f"{x.actual}{x.unit}", x.points, x.score)
            )
    return [*rows, row_of("合计", "", "", "", "", "100", TOTAL)]


def _weights_of_groups(leaves: Leaves) -> Rows:
    """Weights in percent of every level; the leaf's weight is of its group, points stand in their own column."""
    rows = [row_of("一级指标", "一级权重", "三级指标", "组内权重", "分值", "完成率", "得分")]
    for n, x in enumerate(leaves):
        over = _firsts(leaves, lambda y: y.top).get(n)
        whole = _group(leaves, x.top, lambda y: y.points)
        front = [Cell(x.top, over), Cell(f"{whole}%", over)] if over else []
        share = Decimal(x.points) * 100 / Decimal(whole)
        rate = Decimal(x.score) * 100 / Decimal(x.points)
        rows.append([*front, *row_of(x.name, f"{share:.0f}%", x.points, f"{rate:.1f}%", x.score)])
    return [*rows, row_of("合计", "100%", "", "", "100", "", TOTAL)]


def _score_beside_points(leaves: Leaves) -> Rows:
    """Score beside points in one cell, name and target in another."""
    rows = [row_of("类别", "指标名称及目标值", "完成情况", "分值（自评分）")]
    for n, x in enumerate(leaves):
        told = f"{x.name}：{x.sign}{x.target}{x.unit}" if x.sign != "定性" else f"{x.name}：{x.target}"
        rows.append(
            [
                *_levels(leaves, n, second=False),
                *row_of(told, f"{x.actual}{x.unit}".rstrip("/"), f"{x.points}（{x.score}）"),
            ]
        )
    return [*rows, row_of("合计", "", "", f"100（{TOTAL}）")]


def _bands_with_scores(leaves: Leaves) -> Rows:
    """Groups as lines over the whole table that tell points, score and rate."""
    rows: Rows = [row_of("指标", "目标", "完成", "满分", "得分", "扣分")]
    for number, top in zip("一二三", _tops(leaves), strict=True):
        worth, got = _group(leaves, top, lambda y: y.points), _group(leaves, top, lambda y: y.score)
        rows.append(
            [
                Cell(
                    f"{number}、{top}：满分{worth}分，得分{got}分，得分率{Decimal(got) * 100 / Decimal(worth):.2f}%",
                    1,
                    6,
                )
            ]
        )
        for n, x in enumerate((y for y in leaves if y.top == top), 1):
            rows.append(
                row_of(
                    f"{n}.{x.name}",
                    f"{x.sign}{x.target}{x.unit}",
                    f"{x.actual}{x.unit}",
                    x.points,
                    x.score,
                    x.lost if x.lost != "0" else "",
                )
            )
    return [*rows, row_of("总计", "", "", "100", TOTAL, f"{100 - Decimal(TOTAL)}")]


def _targets_by_quarter(leaves: Leaves) -> Rows:
    """The actual value in four columns of quarters, all bare numbers."""
    rows: Rows = [
        [
            Cell("三级指标", 2),
            Cell("计量单位", 2),
            Cell("年度目标", 2),
            Cell("完成情况", 1, 3),
            Cell("分值", 2),
            Cell("得分", 2),
        ],
        row_of("上半年", "下半年", "全年"),
    ]
    for x in leaves:
        rows.append(row_of(x.name, x.unit, x.target, "5", "6", x.actual, x.points, x.score))
    return [*rows, row_of("合计", "", "", "", "", "", "100", TOTAL)]


def _two_years(leaves: Leaves) -> Rows:
    """Last year's points and score in front of this year's."""
    rows: Rows = [
        [Cell("指标名称", 2), Cell("2023年度", 1, 2), Cell("2024年度", 1, 2), Cell("变动原因", 2)],
        row_of("分值", "得分", "分值", "得分"),
    ]
    for x in leaves:
        rows.append(row_of(x.name, x.points, f"{Decimal(x.points) - Decimal('0.3'):f}", x.points, x.score, x.why))
    return [*rows, row_of("合计", "100", "97.3", "100", TOTAL, "")]


def _self_review_bureau(leaves: Leaves) -> Rows:
    """Three scores, two of them of others and filled in."""
    rows: Rows = [
        [Cell("一级指标", 2), Cell("三级指标", 2), Cell("分值", 2), Cell("评分情况", 1, 3), Cell("差异说明", 2)],
        row_of("单位自评", "主管部门复评", "财政再评"),
    ]
    for n, x in enumerate(leaves):
        less = f"{Decimal(x.score) - Decimal('0.2'):f}"
        rows.append([*_levels(leaves, n, second=False), *row_of(x.name, x.points, x.score, less, less, x.why)])
    return [*rows, row_of("合计", "", "100", TOTAL, "96", "96", "")]


def _method_column(leaves: Leaves) -> Rows:
    """A column of scoring rules full of figures, points in the head of the name column, notes below."""
    rows = [row_of("指标名称", "评分标准", "数据来源", "标准值", "实绩", "分数", "自评")]
    for x in leaves:
        rows.append(
            row_of(
                x.name,
                f"达到{x.target}{x.unit}得{x.points}分，每低1{x.unit}扣0.5分，低于60%不得分",
                "业务股室台账",
                f"{x.target}{x.unit}",
                f"{x.actual}{x.unit}",
                x.points,
                x.score,
            )
        )
    return [*rows, row_of("合计", "", "", "", "", "100", TOTAL)]


def _wide_order(leaves: Leaves) -> Rows:
    """Score in the second column, levels behind it."""
    rows = [row_of("编号", "自评得分", "满分值", "指标内容", "所属类别", "完成情况")]
    for x in leaves:
        rows.append(row_of(x.code, x.score, x.points, x.name, x.top, f"目标{x.target}{x.unit}，完成{x.actual}{x.unit}"))
    return [*rows, row_of("", TOTAL, "100", "合计", "", "")]


def _grade_words(leaves: Leaves) -> Rows:
    """Attainment in words and percent besides the score."""
    rows = [row_of("绩效指标", "指标类型", "指标值", "完成值", "是否完成", "完成程度", "分值", "得分", "备注")]
    for x in leaves:
        rate = Decimal(x.score) * 100 / Decimal(x.points)
        done = "是" if rate == 100 else "否"
        rows.append(
            row_of(
                x.name,
                x.second,
                f"{x.sign}{x.target}{x.unit}",
                f"{x.actual}{x.unit}",
                done,
                f"{rate:.2f}%",
                x.points,
                x.score,
                x.why,
            )
        )
    return [*rows, row_of("得分合计", "", "", "", "", "", "100", TOTAL, "自评等级：优")]


TABLES: dict[str, Callable[[Leaves], Rows]] = {
    "目标分三列": _split_target,
    "权重在目标前": _points_first,
    "三行表头加编号行": _three_header_rows,
    "代码列": _codes_apart,
    "代码与权重相连": lambda _: _codes_glued(PLAIN),
    "组得分在后": _group_scores_merged,
    "要点得分": _sub_points,
    "原分值与调整后分值": _not_assessed,
    "加扣分在下": _bonus_below,
    "每页重复题名表头": _again_on_pages,
    "组内权重": _weights_of_groups,
    "分值（自评分）": _score_beside_points,
    "横条有得分率": _bands_with_scores,
    "完成情况分半年": _targets_by_quarter,
    "两年并列": _two_years,
    "三家评分": _self_review_bureau,
    "评分标准列": _method_column,
    "得分在第二列": _wide_order,
    "是否完成": _grade_words,
}

# Lines of text keep no header of several rows and no merged cell in the middle of a row.
NOT_AS_TEXT = ("目标分三列", "三行表头加编号行", "要点得分", "分值（自评分）", "横条有得分率", "三家评分")


def _lines(
    leaf: Callable[[int, Leaf], str], top: Callable[[str, str, str], str] | None = None
) -> Callable[[Leaves], str]:
    def tell(leaves: Leaves) -> str:
        told: list[str] = []
        for number, name in zip("一二三", _tops(leaves), strict=True):
            worth, got = _group(leaves, name, lambda y: y.points), _group(leaves, name, lambda y: y.score)
            if top is not None:
                told.append(top(f"（{number}）{name}", worth, got))
            told += [leaf(n, x) for n, x in enumerate((y for y in leaves if y.top == name), 1)]
        return "\n".join(told)

    return tell


def _done(x: Leaf) -> str:
    return f"目标值{x.target}{x.unit}，完成{x.actual}{x.unit}".replace("/", "")


PROSE: dict[str, Callable[[Leaves], str]] = {
    "组先述：其中产出50分得48.57分": lambda ls: (
        "，".join(f"{t}{_group(ls, t, lambda y: y.points)}分得{_group(ls, t, lambda y: y.score)}分" for t in _tops(ls))
        + "。\n"
        + _lines(lambda n, x: f"{n}.{x.name}（{x.points}分，得{x.score}分）：{_done(x)}。")(ls)
    ),
    "代码 名称（分值）": _lines(
        lambda _n, x: (
            f"{x.code} {x.name}（{x.points}分）\n指标目标{x.target}{x.unit}，实际{x.actual}{x.unit}。自评得分：{x.score}分。"
        ),
        lambda t, w, g: f"{t}（{w}分，得分{g}分）",
    ),
    "[A11]名称": _lines(lambda _n, x: f"[{x.code}]{x.name}：权重{x.points}%，{_done(x)}，评价得分{x.score}分。"),
    "满分值/得分值分行": _lines(
        lambda n, x: (
            f"（{n}）{x.name}\n指标分值：{x.points}\n目标值：{x.target}{x.unit}\n实际值：{x.actual}{x.unit}\n自评得分：{x.score}"
        ),
        lambda t, *_: f"{t}",
    ),
    "分值调整": _lines(
        lambda n, x: f"{n}.{x.name}（原{x.points}分，调整后{Decimal(x.points) + 1}分）：自评{x.score}分。{_done(x)}。"
    ),
    "调整后括号": _lines(
        lambda n, x: f"（{n}）{x.name}（{x.points}分，调整后{Decimal(x.points) + 1}分），{_done(x)}，自评{x.score}分。"
    ),
    "由x分调整为y分": _lines(
        lambda n, x: f"{n}.{x.name}（由{x.points}分调整为{Decimal(x.points) + 1}分），得{x.score}分。{_done(x)}。"
    ),
    "分值列在后": _lines(lambda n, x: f"{n}.{_done(x)}，{x.name}得{x.score}分（标准分{x.points}分，扣{x.lost}分）。"),
    "星号得分": _lines(
        lambda n, x: f"{n}）{x.name}｜目标{x.target}{x.unit}｜完成{x.actual}{x.unit}｜满分{x.points}｜自评{x.score}"
    ),
    "等于号": _lines(
        lambda n, x: (
            f"{n}.{x.name}。{_done(x)}，得分={x.points}×{Decimal(x.score) / Decimal(x.points):.4f}={x.score}分（满分{x.points}分）。"
        )
    ),
    "得分率在末": _lines(
        lambda n, x: (
            f"{n}.{x.name}，{_done(x)}，分值{x.points}分，自评{x.score}分，得分率{Decimal(x.score) * 100 / Decimal(x.points):.2f}%。"
        ),
        lambda t, w, g: f"{t}，分值{w}分，自评{g}分，得分率{Decimal(g) * 100 / Decimal(w):.2f}%。",
    ),
    "组名在句中": _lines(lambda _, x: f"{x.second}中“{x.name}”一项{x.points}分，{_done(x)}，自评得{x.score}分；"),
}
