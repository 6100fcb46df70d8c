"""Leaves of which only the lost points are told: the points and the score of their group prove the others; and what stands beside them."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading import read_data

_Leaf = tuple[str, str, str, str]
_GROUPS: tuple[tuple[str, tuple[_Leaf, ...]], ...] = (
    (
        "投入",
        (
            ("绩效目标合理性", "4", "4", "目标与三定规定对应"),
            ("绩效指标明确性", "4", "4", "26项指标中24项量化"),
            ("在职人员控制率", "7", "7", "42÷45＝93.33%"),
        ),
    ),
    (
        "过程",
        (
            ("预算完成率", "10", "9.6", "480.00÷500.00＝96.00%，按比例计分"),
            ("预算调整率", "10", "10", "全年没有自行调整"),
            ("公用经费控制率", "10", "10", "决算18.20万元，预算20.00万元"),
            ("资金使用合规性", "15", "14", "审计抽查凭证208份，1份附件不全"),
        ),
    ),
    (
        "绩效",
        (
            ("抽检完成率", "15", "15", "计划200批次，完成206批次"),
            ("办结率", "15", "15", "受理315件，按时办结315件"),
            ("挽损成效", "5", "5", "为消费者挽回损失18.40万元"),
            ("群众满意度", "5", "4.8", "有效问卷500份，满意440份，满意率88.00%"),
        ),
    ),
)
_HEAD = "某某县服务中心2024年度部门整体支出绩效自评报告\n"
_ABOUT = "一、部门基本情况\n中心内设3个股室，编制45名，年末实有42名。\n二、自评结论\n2024年度自评总分98.4分，等级为“优”。\n三、评分情况\n"
_END = "四、存在的问题\n1.上半年支出进度偏慢。\n五、改进措施\n1.财务股按月通报支出进度，2025年6月底前完成。\n"
_RULE = "，按“每低1个百分点（不足按1个计）扣0.1分，余数四舍五入到0.1分”"


def _sum(leaves: tuple[_Leaf, ...], at: int) -> str:
    return str(sum(Decimal(leaf[at]) for leaf in leaves))


def _lost(leaf: _Leaf, rule: str = "") -> str:
    return "" if leaf[1] == leaf[2] else f"{rule}，扣{Decimal(leaf[1]) - Decimal(leaf[2])}分"


def _body(write: Callable[[int, _Leaf], str], between: str = "", head: str = "（{p}分，得{c}分）") -> str:
    parts = []
    for place, (name, leaves) in enumerate(_GROUPS):
        told = between.join(write(number, leaf) for number, leaf in enumerate(leaves, 1))
        parts.append(f"（{'一二三'[place]}）{name}{head.format(p=_sum(leaves, 1), c=_sum(leaves, 2))}\n{told}\n")
    return "".join(parts)


def _read(text: str) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    form = "html" if text.startswith("<") else "txt"
    found = extract(read_data(f"自评.{form}", text.encode()), 2024)
    return Counter((item.name, item.points, item.claimed) for item in found.items)


_WANTED = Counter((x[0], Decimal(x[1]), Decimal(x[2])) for _, leaves in _GROUPS for x in leaves)
_SILENT = {
    "run on": _body(lambda _, x: f"{x[0]}{x[1]}分：{x[3]}{_lost(x)}。"),
    "bracketed": _body(lambda _, x: f"{x[0]}（{x[1]}分）：{x[3]}{_lost(x)}。"),
    "paragraphs": _body(lambda _, x: f"{x[0]}，{x[1]}分。{x[3]}{_lost(x)}。", "\n"),
    "numbered": _body(lambda n, x: f"{n}.{x[0]}（{x[1]}分）：{x[3]}{_lost(x)}。"),
    "head without bracket": _body(lambda _, x: f"{x[0]}{x[1]}分：{x[3]}{_lost(x)}。", head="{p}分，得{c}分。"),
    "head in words": _body(lambda _, x: f"{x[0]}（分值{x[1]}分）：{x[3]}{_lost(x)}。", head="（满分{p}分，自评{c}分）"),
    "quoted rules": _body(lambda _, x: f"{x[0]}{x[1]}分：{x[3]}{_lost(x, _RULE)}。"),
}


@pytest.mark.parametrize("form", _SILENT)
def test_what_lost_nothing_has_all_its_points_where_its_group_proves_it(form: str) -> None:
    assert _read(_HEAD + _ABOUT + _SILENT[form] + _END) == _WANTED


def test_groups_told_on_the_cover_are_no_leaves() -> None:
    cover = "".join(f"{name}（{_sum(x, 1)}分） | {_sum(x, 2)}分\n" for name, x in _GROUPS)
    assert _read(_HEAD + cover + _ABOUT + _SILENT["run on"] + _END) == _WANTED


def test_what_no_group_proves_stays_without_a_score() -> None:
    body = _SILENT["run on"].replace("得43.6分", "得42.6分")
    assert ("预算调整率", Decimal(10), None) in _read(_HEAD + _ABOUT.replace("98.4", "97.4") + body + _END)


@pytest.mark.parametrize(
    "told",
    ["{n}{c}分（满分{p}分）、", "{n}（{p}分）得{c}分、", "{n}满分{p}分，得{c}分；", "\n{i}.{n}满分{p}分，自评{c}分。"],
)
def test_groups_summed_up_above_leaves_in_prose_and_in_a_table(told: str) -> None:
    lead = "".join(told.format(i=i, n=n, p=_sum(x, 1), c=_sum(x, 2)) for i, (n, x) in enumerate(_GROUPS, 1))
    prose = _body(lambda _, x: f"{x[0]}（{x[1]}分，得{x[2]}分）：{x[3]}{_lost(x)}。", head="").split("（三）")[0]
    rows = "".join(f"<tr><td>绩效</td><td>{x[0]}</td><td>{x[1]}</td><td>{x[2]}</td></tr>" for x in _GROUPS[2][1])
    table = f"<table><tr><td>一级指标</td><td>三级指标</td><td>分值</td><td>得分</td></tr>{rows}</table>"
    lines = f"{_HEAD}{_ABOUT}其中：{lead}\n{prose}@\n{_END}".split("\n")
    assert _read("".join(table if line == "@" else f"<p>{line}</p>" for line in lines)) == _WANTED


@pytest.mark.parametrize(
    "fact",
    [
        "挽回18.40万元，不低于10万元得满分5分，另计3分。",
        "挽回18.40万元，达到目标，得满分5分，加3分。",
        "按办法第4条，本项满分5分。",
    ],
)
def test_a_score_above_its_points_in_their_bracket_stays_beside_a_rule_of_full_points(fact: str) -> None:
    body = _body(
        lambda n, x: (
            f"{n}.{x[0]}（{x[1]}分，得{'8' if x[0] == '挽损成效' else x[2]}分）。{fact if x[0] == '挽损成效' else x[3]}"
        ),
        "\n",
    )
    assert ("挽损成效", Decimal(5), Decimal(8)) in _read(_HEAD + _ABOUT + body + _END)


@pytest.mark.parametrize(
    "told",
    ["得20分×97.15%＝19.43分，扣0.57分", "按20分×97.15%计19.43分", "按20分的97.15%计，得19.43分", "20×97.15%＝19.43分"],
)
def test_budget_execution_scored_by_a_product_in_a_chapter_of_its_own(told: str) -> None:
    text = (
        f"{_HEAD}一、当年预算执行情况\n全年预算500.00万元，全年支出485.75万元，支出进度97.15%，{told}。\n二、评分情况\n"
        "（一）投入（30分，得29分）\n1.绩效目标合理性（15分，自评15分）。\n2.绩效指标明确性（15分，自评14分）。\n"
        "（二）产出（50分，得49分）\n1.抽检完成率（30分，自评29分）。\n2.群众满意度（20分，自评20分）。\n"
        f"三、总体结论\n自评总分97.43分，等级为“优”。\n{_END}"
    )
    assert ("预算执行率", Decimal(20), Decimal("19.43")) in _read(text)
