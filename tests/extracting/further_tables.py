"""Further layouts of score tables: two numbers in a cell, scores in words, names that carry more than a name, rows broken off."""

from collections.abc import Callable
from decimal import Decimal

from tests.extracting.manners import Group, Leaf
from tests.extracting.tables import (
    Cell,
    Each,
    Rows,
    claim,
    empty,
    fact,
    group,
    level_of,
    lost,
    name,
    of_columns,
    points,
    raw,
    row_of,
    sum_of,
)

Groups = tuple[Group, ...]
_TITLE = "某某县服务中心2024年度部门整体支出绩效自评评分表"


def _leaves(groups: Groups) -> list[Leaf]:
    return [x for each in groups for x in each.leaves]


def _worth(groups: Groups) -> str:
    return sum_of(groups, lambda each: each.points)


def _got(groups: Groups) -> str:
    return sum_of(groups, lambda each: each.claim)


def _each(groups: Groups, *head: str, row: Callable[[Group, Leaf, int], list[Cell]]) -> Rows:
    """A header, and a row a leaf behind the merged cell of its group."""
    rows = [row_of(*head)] if head else []
    for each in groups:
        for n, x in enumerate(each.leaves):
            first = [Cell(each.name, len(each.leaves))] if n == 0 else []
            rows.append([*first, *row(each, x, n)])
    return rows


def _usual(groups: Groups) -> Rows:
    head = ("一级指标", "三级指标", "标准分值", "自评得分", "评分说明")
    return _each(groups, *head, row=lambda _, x, _n: row_of(x.name, x.points, x.claim, x.fact))


def _parts(groups: Groups, *, scored: bool) -> Rows:
    """A leaf over two rows of parts with points, and scores, of their own."""
    parts = ("评分要点", "要点分值", *(("要点得分",) if scored else ()))
    rows = [row_of("一级指标", "三级指标", "分值", *parts, "自评得分", "说明")]
    for each in groups:
        for n, x in enumerate(each.leaves):
            half = Decimal(x.points) / 2
            first = [Cell(each.name, 2 * len(each.leaves))] if n == 0 else []
            upper = row_of("资料齐全", f"{half}", *((f"{half}",) if scored else ()))
            lower = row_of("按期完成", f"{half}", *((f"{half - Decimal(x.lost)}",) if scored else ()))
            whole = [Cell(x.claim, 2), Cell(x.fact, 2)]
            rows.extend(([*first, Cell(x.name, 2), Cell(x.points, 2), *upper, *whole], lower))
    return rows


def _facts_go_on(groups: Groups) -> Rows:
    """At the foot of a page the last words of a leaf stand in a row of their own, under the header again."""
    head = row_of("一级指标", "三级指标", "分值", "得分", "自评说明")
    rows = [head]
    for each in groups:
        for n, x in enumerate(each.leaves):
            rows.append(row_of(each.name if n == 0 else "", x.name, x.points, x.claim, f"{x.fact}，"))
        rows.extend((head, row_of("", "", "", "", "相关资料见附件，由财务股存档。")))
    return [*rows, row_of("合计", "", _worth(groups), _got(groups), "")]


def _name_goes_on(groups: Groups) -> Rows:
    """A leaf whose name and facts a page breaks off."""
    rows = [row_of("三级指标", "分值", "得分", "自评说明")]
    for at, x in enumerate(_leaves(groups)):
        whole = row_of(x.name, x.points, x.claim, x.fact)
        halves = [row_of(x.name[:3], x.points, x.claim, x.fact[:6]), row_of(x.name[3:], "", "", x.fact[6:])]
        rows.extend(halves if at == 2 else [whole])
    return rows


def _nested(groups: Groups) -> Rows:
    head = [
        [Cell("指标体系", 1, 3), Cell("评分情况", 1, 3), Cell("评分说明", 2)],
        row_of("一级指标", "二级指标", "三级指标", "标准分", "自评分", "复核分"),
    ]

    def row(each: Group, x: Leaf, n: int) -> list[Cell]:
        second = [Cell(f"{each.name}情况", len(each.leaves))] if n == 0 else []
        return [*second, *row_of(x.name, x.points, x.claim, "", x.fact)]

    return [*head, *_each(groups, row=row), [Cell("合计", 1, 3), *row_of(_worth(groups), _got(groups), "", "")]]


def _levels_over_columns(groups: Groups) -> Rows:
    """Each level reaches over its name, its weight and its score."""
    three = ("名称", "权重", "得分")
    head = [
        [Cell("一级指标", 1, 3), Cell("三级指标", 1, 3), Cell("备注", 2)],
        row_of(*three, *three),
    ]
    rows: Rows = []
    for each in groups:
        for n, x in enumerate(each.leaves):
            tall = len(each.leaves)
            first = [Cell(each.name, tall), Cell(each.points, tall), Cell(each.claim, tall)] if n == 0 else []
            rows.append([*first, *row_of(x.name, x.points, x.claim, x.fact)])
    return [*head, *rows, [Cell("总计", 1, 4), *row_of(_worth(groups), _got(groups), "")]]


def _in_two_rows(groups: Groups) -> Rows:
    """A leaf over two rows, its points above its score."""
    rows = [row_of("一级指标", "三级指标", "项目", "数值")]
    for each in groups:
        for n, x in enumerate(each.leaves):
            first = [Cell(each.name, 2 * len(each.leaves))] if n == 0 else []
            rows.append([*first, Cell(x.name, 2), *row_of("分值", x.points)])
            rows.append(row_of("自评得分", x.claim))
    return rows


def _by_grades(groups: Groups) -> Rows:
    """The score stands in the column of its grade."""
    rows = [row_of("一级指标", "三级指标", "分值", "优", "良", "中", "差", "说明")]
    for each in groups:
        for n, x in enumerate(each.leaves):
            place = 0 if x.full else 1 + n % 3
            first = [Cell(each.name, len(each.leaves))] if n == 0 else []
            scores = [x.claim if at == place else "" for at in range(4)]
            rows.append([*first, *row_of(x.name, x.points, *scores, x.fact)])
    return rows


def _of_two_depths(groups: Groups) -> Rows:
    """The leaves of the first group stand on the second level, all others on the third."""

    def row(each: Group, x: Leaf, n: int) -> list[Cell]:
        if each is groups[0]:
            return [Cell(x.name, 1, 2), *row_of(x.points, x.claim, x.fact)]
        second = [Cell(f"{each.name}质量", len(each.leaves))] if n == 0 else []
        return [*second, *row_of(x.name, x.points, x.claim, x.fact)]

    return _each(groups, "一级指标", "二级指标", "三级指标", "分值", "得分", "扣分说明", row=row)


def _total_first(groups: Groups) -> Rows:
    rows = [row_of("指标名称", "分值", "自评得分", "备注"), row_of("总分", _worth(groups), _got(groups), "")]
    for each in groups:
        rows.append(row_of(each.name, each.points, each.claim, ""))
        rows.extend(row_of(f"　　{x.name}", x.points, x.claim, x.fact) for x in each.leaves)
    return rows


def _of_which(groups: Groups) -> Rows:
    rows = [row_of("指标名称", "分值", "自评得分", "备注")]
    for at, each in enumerate(groups):
        rows.append(row_of(f"（{'一二三四'[at]}）{each.name}指标", each.points, each.claim, ""))
        told = [row_of(x.name, x.points, x.claim, x.fact) for x in each.leaves]
        told[0][0] = Cell(f"其中：{told[0][0].text}")
        rows.extend(told)
    return [*rows, row_of("合计", _worth(groups), _got(groups), "")]


def _facts_of_a_group(groups: Groups) -> Rows:
    def row(each: Group, x: Leaf, n: int) -> list[Cell]:
        over = len(each.leaves)
        second = [Cell(f"{each.name}管理", over)] if n == 0 else []
        facts = [Cell("；".join(y.fact for y in each.leaves), over)] if n == 0 else []
        return [*second, *row_of(x.name, x.points, x.claim), *facts]

    return _each(groups, "一级指标", "二级指标", "三级指标", "分值", "自评得分", "评分依据", row=row)


def _moved(groups: Groups) -> Rows:
    """Points that went from one leaf to another; those after it count."""
    rows = [row_of("三级指标", "标准分值", "调整后分值", "自评得分", "备注")]
    for at, x in enumerate(_leaves(groups)):
        moved = {0: -1, 3: 1}.get(at, 0)
        note = {-1: "另一项的1分调整至此", 1: "调出1分"}.get(moved, x.fact)
        rows.append(row_of(x.name, f"{Decimal(x.points) + moved}", x.points, x.claim, note))
    return [*rows, row_of("合计", "100", "100", _got(groups), "")]


def _numbered_levels(groups: Groups) -> Rows:
    rows = [row_of("编号", "指标名称", "权重（分）", "评分细则", "自评得分")]
    for at, each in enumerate(groups, 1):
        rows.append(row_of(f"{at}", each.name, each.points, "", each.claim))
        rule = "完成得满分，每少1项扣0.5分"
        rows.extend(row_of(f"{at}.{n}", x.name, x.points, rule, x.claim) for n, x in enumerate(each.leaves, 1))
    return [*rows, row_of("", "合计", _worth(groups), "", _got(groups))]


def _coded_levels(groups: Groups) -> Rows:
    """Three levels in one column of names; only their sums tell which rows are leaves."""
    rows = [row_of("指标编码", "指标名称", "分值", "得分", "说明")]
    for at, each in enumerate(groups, 1):
        rows.append(row_of(f"{at:02d}", each.name, each.points, each.claim, ""))
        rows.append(row_of(f"{at:02d}01", f"{each.name}管理", each.points, each.claim, ""))
        told = enumerate(each.leaves, 1)
        rows.extend(row_of(f"{at:02d}01{n:02d}", x.name, x.points, x.claim, x.fact) for n, x in told)
    return rows


def _goes_on(groups: Groups) -> Rows:
    rows: Rows = []
    for each in groups:
        rows.extend([[Cell("续表", 1, 5)]] if rows else [])
        rows.extend(_usual((each,)))
        rows.append([Cell("本页小计", 1, 2), *row_of(each.points, each.claim, "")])
    return [*rows, [Cell("合计", 1, 2), *row_of(_worth(groups), _got(groups), "")]]


def _sentence_last(groups: Groups) -> Rows:
    rows = [row_of("三级指标", "分值", "自评得分"), *(row_of(x.name, x.points, x.claim) for x in _leaves(groups))]
    return [*rows, [Cell(f"自评总分：{_got(groups)}分　　自评等级：优", 1, 3)]]


def _form(groups: Groups) -> Rows:
    """The form of a department: its money above its goals."""
    rows: Rows = [
        [Cell("部门整体支出绩效自评表", 1, 7)],
        [Cell("部门名称"), Cell("某某县服务中心", 1, 6)],
        [Cell("年度预算执行（万元）", 3), *row_of("", "年初预算数", "全年预算数", "全年执行数"), Cell("执行率", 1, 2)],
        [*row_of("年度资金总额", "512.60", "512.60", "498.35"), Cell("97.22%", 1, 2)],
        [*row_of("其中：财政拨款", "512.60", "512.60", "498.35"), Cell("97.22%", 1, 2)],
        [Cell("年度总体目标"), Cell("完成全年各项工作任务。", 1, 6)],
    ]

    def row(each: Group, x: Leaf, n: int) -> list[Cell]:
        second = [Cell(f"{each.name}情况", len(each.leaves))] if n == 0 else []
        return [*second, *row_of(x.name, "≥95%", "96%", x.points, x.claim)]

    head = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    return [*rows, *_each(groups, *head, row=row), [Cell("总分", 1, 5), *row_of(_worth(groups), _got(groups))]]


def _score_of_groups(groups: Groups) -> Rows:
    def row(each: Group, x: Leaf, n: int) -> list[Cell]:
        own = [Cell(each.claim, len(each.leaves))] if n == 0 else []
        return [*own, *row_of(x.name, x.points, x.claim, x.fact)]

    return _each(groups, "一级指标", "一级得分", "三级指标", "分值", "得分", "说明", row=row)


def _score_of_levels(groups: Groups) -> Rows:
    def row(each: Group, x: Leaf, n: int) -> list[Cell]:
        told = (each.points, each.claim, f"{each.name}管理", each.points, each.claim) if n == 0 else ()
        return [*(Cell(text, len(each.leaves)) for text in told), *row_of(x.name, x.points, x.claim)]

    head = [text for level in ("一级指标", "二级指标", "三级指标") for text in (level, "分值", "得分")]
    return _each(groups, *head, row=row)


def _blank_between(groups: Groups) -> Rows:
    head, *_ = _usual(groups)
    return [head, *(row for each in groups for row in (*_usual((each,))[1:], [Cell("", 1, 5)]))]


def _titled(groups: Groups) -> Rows:
    return [
        [Cell("附件2", 1, 5)],
        [Cell(_TITLE, 1, 5)],
        [Cell("填报单位（盖章）：某某县服务中心", 1, 3), Cell("填报日期：2025年3月20日", 1, 2)],
        *_usual(groups),
        [Cell("合计", 1, 2), *row_of(_worth(groups), _got(groups), "优")],
        [Cell("单位负责人：　　　　　　填表人：　　　　　　联系电话：", 1, 5)],
    ]


def _with_bonus(groups: Groups) -> Rows:
    return [
        *_usual(groups),
        [Cell("小计", 1, 2), *row_of(_worth(groups), _got(groups), "")],
        [Cell("加分项", 1, 2), *row_of("2", "1", "获市级表彰1次，加1分")],
        [Cell("合计", 1, 2), *row_of("102", f"{Decimal(_got(groups)) + 1}", "")],
    ]


def _reviewed(groups: Groups) -> Rows:
    whole = [Cell(text, 2) for text in ("一级指标", "三级指标", "分值")]
    rows: Rows = [[*whole, Cell("自评", 1, 2), Cell("复核", 1, 2)], row_of("得分", "扣分原因", "得分", "扣分原因")]
    told = _each(groups, row=lambda _, x, _n: row_of(x.name, x.points, x.claim, "" if x.full else x.fact, "", ""))
    return [*rows, *told]


def _rules(groups: Groups) -> Rows:
    rows = [row_of("指标", "分值", "评分标准", "自评情况", "得分")]
    for x in _leaves(groups):
        whole = [Cell(x.name, 2), Cell(x.points, 2), Cell("1.完成率≥95%得满分"), Cell(x.fact, 2), Cell(x.claim, 2)]
        rows.extend((whole, row_of("2.每低1个百分点扣0.5分")))
    return rows


def _columns_counted(groups: Groups) -> Rows:
    head, *rows = _usual(groups)
    return [head, row_of("甲", "乙", "1", "2", "3"), *rows]


def _tail(x: Leaf) -> str:
    return f"{x.fact}。对照评分标准，{'本项得满分' if x.full else f'本项扣{x.lost}分'}。"


def _cell(words: Callable[[Leaf], str]) -> Each:
    return lambda _g, x, *_: words(x)


_order: Each = lambda _g, _x, i, n: f"{i * 10 + n + 1}"  # noqa: E731
_one: Each = lambda _g, _x, _i, n: f"{3 + n}"  # noqa: E731
_kept = ("三级指标", name)
_worths = ("分值", points)

LAYOUTS: dict[str, Callable[[Groups], Rows]] = {
    "分值 得分，一格": of_columns(("一级指标", group), _kept, ("分值\n得分", _cell(lambda x: f"{x.points}\n{x.claim}")), ("说明", fact)),
    "分值（得分）": of_columns(("一级指标", group), _kept, ("分值（得分）", _cell(lambda x: f"{x.points}（{x.claim}）")), ("说明", fact)),
    "满分/自评": of_columns(("序号", _order), ("指标", name), ("满分/自评", _cell(lambda x: f"{x.points} / {x.claim}")), ("情况", fact)),
    "满分5分，自评4.5分": of_columns(("指标名称", name), ("评分", _cell(lambda x: f"满分{x.points}分，自评{x.claim}分")), ("情况说明", fact)),
    "分值：5分 得分：4.5分": of_columns(("指标名称", name), ("情况说明", fact), ("分值及得分", _cell(lambda x: f"分值：{x.points}分\n得分：{x.claim}分"))),
    "扣分/得分": of_columns(("指标名称", name), _worths, ("扣分/得分", _cell(lambda x: f"{x.lost}/{x.claim}")), ("扣分原因", fact)),
    "4.5/5分": of_columns(_kept, ("完成情况", fact), ("自评得分", _cell(lambda x: f"{x.claim}/{x.points}分"))),
    "4.5（扣0.5分）": of_columns(_kept, _worths, ("得分", _cell(lambda x: x.claim if x.full else f"{x.claim}\n（扣{x.lost}分）")), ("备注", fact)),
    "4.5（90%）": of_columns(("指标", name), _worths, ("自评分", _cell(lambda x: f"{x.claim}（{raw(x)}%）")), ("说明", fact)),
    "得4.5分": of_columns(("指标", name), ("分值", _cell(lambda x: f"满分{x.points}分")), ("得分", _cell(lambda x: f"得{x.claim}分")), ("说明", fact)),
    "扣0.5": of_columns(("指标", name), ("分值", _cell(lambda x: f"{x.points}分")), ("评分", _cell(lambda x: "满分" if x.full else f"扣{x.lost}")), ("说明", fact)),
    "扣分值，无则横线": of_columns(("一级指标", group), _kept, ("标准分", points), ("扣分值", _cell(lambda x: "—" if x.full else x.lost)), ("扣分原因", _cell(lambda x: "无" if x.full else x.fact))),
    "扣分说明：扣0.5分": of_columns(("一级指标", group), _kept, _worths, ("扣分说明", _cell(lambda x: "未扣分" if x.full else f"{x.fact}，扣{x.lost}分"))),
    "满分、减分": of_columns(("指标", name), ("满分", points), ("减分", _cell(lambda x: "" if x.full else x.lost)), ("减分原因", _cell(lambda x: "" if x.full else x.fact)), ("佐证", empty)),
    "加减分、最后得分": of_columns(("指标", name), ("基准分", points), ("加减分", _cell(lambda x: "0" if x.full else f"-{x.lost}")), ("最后得分", claim), ("理由", fact)),
    "末句得分": of_columns(("一级指标", group), _kept, _worths, ("自评说明", _cell(lambda x: f"{x.fact}。资料已归档。本项自评得{x.claim}分。"))),
    "末句扣分": of_columns(("一级指标", group), _kept, _worths, ("自评说明", _cell(_tail))),
    "分值在名后，末句得分": of_columns(("三级指标", _cell(lambda x: f"{x.name}（{x.points}分）")), ("自评情况", _cell(lambda x: f"{x.fact}。自评{x.claim}分。"))),
    "自评得分及说明": of_columns(_kept, _worths, ("自评得分及说明", _cell(lambda x: f"{x.claim}分。{x.fact}。"))),
    "完成情况及自评打分": of_columns(("一级", group), ("三级", name), ("权重（分）", points), ("完成情况及自评打分", _cell(lambda x: f"{x.fact}，自评打{x.claim}分"))),
    "完成情况（含得分）": of_columns(_kept, ("标准分", points), ("完成情况（含得分）", _cell(lambda x: f"{x.fact}（得{x.claim}分）"))),
    "评分过程": of_columns(_kept, _worths, ("评分过程", _cell(lambda x: f"{x.fact}，{x.points}-{x.lost}={x.claim}分"))),
    "自评结果": of_columns(("指标名称", name), ("应得分", points), ("自评结果", _cell(lambda x: f"{x.claim}分")), ("情况", fact)),
    "甲 分值：5，得分：4.5 事实": of_columns(("指标", _cell(lambda x: f"{x.name}\n分值：{x.points}")), ("自评", _cell(lambda x: f"得分：{x.claim}\n{x.fact}"))),
    "甲5": of_columns(("指标名称及分值", _cell(lambda x: f"{x.name}{x.points}")), ("完成情况", fact), ("自评得分", claim)),
    "甲，5分": of_columns(("评价指标及标准分", _cell(lambda x: f"{x.name}，{x.points}分")), ("自评情况", fact), ("自评分", claim)),
    "1甲": of_columns(("一级指标", group), ("三级指标", lambda _g, x, _i, n: f"{n + 1}{x.name}"), _worths, ("得分", claim), ("完成情况", fact)),
    "1.1甲5分": of_columns(("指标及分值", lambda _g, x, i, n: f"{i + 1}.{n + 1}{x.name}{x.points}分"), ("完成情况", fact), ("自评得分", claim)),
    "甲5%": of_columns(("一级指标及权重", level_of(lambda g, *_: f"{g.name}{g.points}%")), ("二级指标及权重", _cell(lambda x: f"{x.name}{x.points}%")), ("完成情况", fact), ("得分", claim)),
    "投入—甲（5）": of_columns(("指标（满分）", lambda g, x, *_: f"{g.name}—{x.name}（{x.points}）"), ("自评", claim), ("说明", fact)),
    "甲：反映": of_columns(("三级指标", _cell(lambda x: f"{x.name}：反映部门{x.name[:2]}工作的情况")), _worths, ("得分", claim), ("说明", fact)),
    "甲（反映）": of_columns(("三级指标", _cell(lambda x: f"{x.name}（反映部门工作情况）")), _worths, ("得分", claim), ("说明", fact)),
    "★甲": of_columns(("考核指标", _cell(lambda x: f"★{x.name}")), ("标准分值（分）", points), ("自评得分（分）", claim), ("备注", fact)),
    "【甲】": of_columns(("指标", _cell(lambda x: f"【{x.name}】")), _worths, ("得分", claim), ("说明", fact)),
    "甲：": of_columns(("指标", _cell(lambda x: f"{x.name}：")), _worths, ("得分", claim), ("说明", fact)),
    "指标代码": of_columns(("一级指标", group), ("指标代码", lambda _g, _x, i, n: f"C{i + 1}0{n + 1}"), ("指标名称", name), _worths, ("自评得分", claim), ("备注", fact)),
    "代码在后": of_columns(_kept, ("代码", lambda _g, _x, i, n: f"{i + 1}{n + 1}"), _worths, ("自评得分", claim), ("备注", fact)),
    "目标和完成都是数": of_columns(("一级指标", group), _kept, ("年度指标值", _one), ("实际完成值", _one), _worths, ("得分", claim), ("偏差原因分析及改进措施", _cell(lambda x: "" if x.full else x.fact))),
    "权重、分值、加权得分": of_columns(("指标名称", name), ("权重", _cell(lambda x: f"{x.points}%")), ("分值", lambda *_: "100"), ("评分", _cell(raw)), ("加权得分", claim)),
    "得分在最前": of_columns(("得分", claim), _worths, ("指标", name), ("说明", fact)),
    "得分在级次前": of_columns(("得分", claim), ("一级指标", group), _kept, _worths, ("说明", fact)),
    "分值在最后": of_columns(("一级指标", group), _kept, ("得分说明", fact), ("得分", claim), _worths),
    "评价项目、评价指标": of_columns(("评价项目", group), ("评价指标", name), ("指标分值", points), ("评价得分", claim), ("得分率（%）", _cell(raw)), ("主要扣分点", _cell(lambda x: "" if x.full else x.fact))),
    "考核内容、考核标准": of_columns(("考核项目", group), ("考核内容", name), ("考核标准", _cell(lambda x: f"按完成情况计分，满分{x.points}分")), ("标准分", points), ("自查情况", fact), ("自评得分", claim)),
    "类别、评价点": of_columns(("类别", group), ("评价点", name), ("满分", points), ("得分", claim), ("失分说明", fact)),
    "二级为末级": of_columns(("一级指标", group), ("二级指标", name), _worths, ("评价标准", lambda *_: "完成得满分，每少1项扣0.5分"), ("自评得分", claim)),
    "完成率在旁": of_columns(("一级指标", group), _kept, ("目标值", lambda *_: "100%"), ("完成值", lambda *_: "98%"), ("完成率", lambda *_: "98.00%"), ("权重", points), ("得分", claim)),
    "上年得分": of_columns(_kept, _worths, ("2023年得分", points), ("2024年得分", claim), ("变动说明", fact)),
    "责任股室": of_columns(("序号", _order), ("考核指标", name), ("责任股室", lambda *_: "财务股"), _worths, ("自评分", claim), ("佐证材料", lambda *_: "附件3")),
    "单位打分": of_columns(("指标名称", name), ("指标分值", points), ("单位打分", claim), ("核定得分", empty), ("备注", fact)),
    "扣分在得分后（分）": of_columns(("序号", lambda _g, _x, i, n: f"{i + 1}.{n + 1}"), ("指标名称", name), ("满分（分）", points), ("自评得分（分）", claim), ("扣分（分）", lost)),
    "5.00": of_columns(("指标名称", name), ("分值", _cell(lambda x: f"{Decimal(x.points):.2f}")), ("得分", _cell(lambda x: f"{Decimal(x.claim):.2f}")), ("说明", fact)),
    "一级在右": lambda gs: [row_of("三级指标", "分值", "得分", "所属一级指标"), *(row_of(x.name, x.points, x.claim, g.name) for g in gs for x in g.leaves)],
    "要点": lambda gs: _parts(gs, scored=False),
    "要点各得分": lambda gs: _parts(gs, scored=True),
    "调整后分值": _moved,
    "说明续行": _facts_go_on,
    "名称断开": _name_goes_on,
    "说明合并": _facts_of_a_group,
    "两层表头三栏": _nested,
    "深浅不一": _of_two_depths,
    "每级名称权重得分": _levels_over_columns,
    "分值得分两行": _in_two_rows,
    "优良中差": _by_grades,
    "编号1.1": _numbered_levels,
    "编码010101": _coded_levels,
    "总分在首行": _total_first,
    "其中：甲": _of_which,
    "续表": _goes_on,
    "末行一句": _sentence_last,
    "整表": _form,
    "一级得分合并": _score_of_groups,
    "每级都有得分": _score_of_levels,
    "空行隔开": _blank_between,
    "表题在内": _titled,
    "加分行": _with_bonus,
    "自评复核各带原因": _reviewed,
    "标准两行": _rules,
    "甲乙123": _columns_counted,
}  # fmt: skip

# What lines of text lose: lines within a cell, cells over several rows, empty cells behind the last full one.
NOT_AS_TEXT = (
    "分值 得分，一格",
    "分值：5分 得分：4.5分",
    "满分、减分",
    "甲 分值：5，得分：4.5 事实",
    "得分在级次前",
    "要点",
    "要点各得分",
    "目标和完成都是数",
    "分值得分两行",
    "优良中差",
)
