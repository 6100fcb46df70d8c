"""The forms in which clerks tell an indicator's points and score: each reads to the same leaves."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text

_LEAVES = (
    ("绩效目标合理性", "5", "5", "目标6项，均来自年度工作要点"),
    ("预算执行率", "20", "19.2", "预算500.00万元，支出480.00万元，执行率96.00%"),
    ("资产管理规范性", "10", "9", "12月盘点资产150件，1件没有贴标签"),
    ("培训场次", "20", "19", "计划20场，举办19场"),
    ("服务企业数量", "15", "15", "计划60家，服务63家，高于计划"),
)
_HEAD = """某某县服务中心2024年度部门整体支出绩效自评报告
一、部门基本情况
中心内设3个股室，全年预算500.00万元，支出480.00万元。
二、自评结论
自评得分67.2分。
三、指标完成情况
"""
_TAIL = "\n四、存在问题\n1.培训少举办1场。\n五、改进措施\n1.培训股2025年5月底前补办。\n"


def _lost(points: str, claim: str) -> str:
    return f"{Decimal(points) - Decimal(claim):f}"


_FORMS: dict[str, Callable[[int, str, str, str, str], str]] = {
    "bars": lambda _, n, p, c, t: f"{n}┃满分{p}分┃得{c}分┃{t}\n",
    "tabs": lambda _, n, p, c, t: f"{n}\t满分{p}分\t得{c}分\t{t}\n",
    "cells without words": lambda _, n, p, c, t: f"{n}｜{p}分｜{c}分｜{t}\n",
    "slash in brackets": lambda i, n, p, c, t: f"{i}.{n}（{c}/{p}分）。{t}。\n",
    "colon": lambda i, n, p, c, t: f"{i}.{n}（{p}分）：{c}分。{t}。\n",
    "dash": lambda i, n, p, c, t: f"{i}.{n}（{p}分）——{c}分\n{t}。\n",
    "arrow": lambda _, n, p, c, t: f"· {n}：{p}分→{c}分。{t}。\n",
    "score first": lambda i, n, p, c, t: f"{i}.{n}得{c}分（满分{p}分）。{t}。\n",
    "weight": lambda i, n, p, c, t: f"{i}、{n}（权重{p}）得分：{c}\n{t}。\n",
    "labelled brackets": lambda i, n, p, c, t: f"{i}.{n}（分值：{p}；得分：{c}）。{t}。\n",
    "square brackets": lambda i, n, p, c, t: f"{i}.{n}【{p}分】【得{c}分】{t}。\n",
    "points lost": lambda i, n, p, c, t: f"{i}.{n}（满分{p}分，自评扣{_lost(p, c)}分）。{t}。\n",
    "facts between": lambda i, n, p, c, t: f"{i}.{n}{p}分。{t}，得{c}分。\n",
    "facts first": lambda i, n, p, c, t: f"{i}.{n}：{t}。该指标满分{p}分，自评得分{c}分。\n",
    "points behind the facts": lambda _, n, p, c, t: f"{n}，{t}，{p}分得{c}分；",
    "one paragraph": lambda _, n, p, c, t: f"{n}满分{p}分，{t}，计{c}分。",
    "name again": lambda _, n, p, c, t: f"{t}，{n}满分{p}分，{n}计{c}分。",
    "quoted": lambda _, n, p, c, t: f"“{n}”满分{p}分，自评{c}分，理由是：{t}。\n",
    "about": lambda _, n, p, c, t: f"关于{n}（共{p}分），{t}。实得{c}分。\n",
    "own lines": lambda i, n, p, c, t: f"{i}、{n}\n分值：{p}分\n得分：{c}分\n得分理由：{t}。\n",
    "due and got": lambda i, n, p, c, t: f"{i}.{n}：应得{p}分，{t}，实得{c}分。\n",
}


@pytest.mark.parametrize("form", _FORMS)
def test_every_form_reads_to_the_same_leaves(form: str) -> None:
    body = "".join(_FORMS[form](index, *leaf) for index, leaf in enumerate(_LEAVES, 1))
    found = extract(read_text("自评报告.txt", (_HEAD + body + _TAIL).encode()))
    assert Counter((item.name, item.points, item.claimed) for item in found.items) == Counter(
        (name, Decimal(points), Decimal(claim)) for name, points, claim, _ in _LEAVES
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "投入方面满分20分，每少完成1项扣2分，扣完为止。",
        "评分办法规定：执行率满分10分，达到95%以上的得10分，低于95%的按比例得分。",
        "加分事项最多加3分，每获得1项市级表彰加1分。",
    ],
)
def test_rules_are_no_leaves(sentence: str) -> None:
    found = extract(read_text("自评报告.txt", (_HEAD + sentence + _TAIL).encode()))
    assert [item.name for item in found.items if item.claimed is not None] == []


def test_a_pair_is_read_in_the_order_of_the_others() -> None:
    names = ("预算编制科学性", "资金使用合规性", "信访积案化解", "走访慰问户数")
    pairs = ("4分/5分", "9.6分/10分", "4分/6分", "5.5分/5分")
    lines = "".join(
        f"{n}.{name}（{pair}）。全年办理12件。\n" for n, (name, pair) in enumerate(zip(names, pairs, strict=True), 1)
    )
    found = extract(read_text("报告.txt", f"2023年度部门整体支出绩效自评报告\n一、绩效分析\n{lines}".encode()))
    assert {(i.name, i.points, i.claimed) for i in found.items} >= {("走访慰问户数", Decimal(5), Decimal("5.5"))}


def test_the_points_of_the_whole_make_no_leaf_of_the_chapter_that_tells_them() -> None:
    told = "二、评价方法\n自评由办公室牵头，评分标准由县财政局统一制定，满分100分。\n三、指标分析\n"
    leaves = "".join(
        f"{n}.{name}（25分）。自评得分24分，完成12件。\n"
        for n, name in enumerate(("预算执行率", "资产管理", "任务完成率", "群众满意度"), 1)
    )
    found = extract(read_text("报告.txt", f"2023年度部门整体支出绩效自评报告\n{told}{leaves}".encode()))
    assert [item.points for item in found.items] == [Decimal(25)] * 4
