"""Layouts that nobody described: names, points and scores as a clerk may lay them out, read because the report repeats itself and its sums hold."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data

Leaf = tuple[str, str, str, str, str]  # name, points, score, rule, fact
_GROUPS: tuple[tuple[str, str, str, tuple[Leaf, ...]], ...] = (
    (
        "预算管理",
        "25",
        "22.4",
        (
            ("预算调剂规范", "5", "5", "擅自调剂一次扣2分", "全年调剂3次，均经财政同意"),
            ("“三公”经费压减", "5", "4.5", "压减5%给5分，少1个百分点扣1分", "比上年减少4.50%"),
            ("国库集中支付", "10", "9.9", "10×支付率", "支付率99.00%"),
            ("固定资产清查", "5", "3", "盘亏一件扣1分", "清查1860件，盘亏2件"),
        ),
    ),
    (
        "业务完成",
        "55",
        "50.55",
        (
            ("12345热线办结率", "15", "14.55", "按办结率计分", "受理1320件，办结1280件，办结率96.97%"),
            ("违建拆除面积", "15", "15", "不足部分每1000平方米扣1分", "拆除2.60万平方米"),
            ("绿地管护", "10", "8", "黄土裸露一处扣2分", "裸露1处"),
            ("垃圾分类覆盖率", "15", "13", "5个小区扣1分", "覆盖小区86个，应覆盖96个"),
        ),
    ),
    (
        "满意程度",
        "20",
        "18.64",
        (
            ("市民满意度", "12", "11.04", "满意度乘以12分", "问卷收回400份，满意368份"),
            ("商户投诉回访", "8", "7.6", "按回访满意比例", "回访200户，190户满意"),
        ),
    ),
)
_LEAVES = [leaf for *_, leaves in _GROUPS for leaf in leaves]
_TOTAL = "91.59"


def _read(body: str) -> Extraction:
    text = (
        "临湖县综合管理局2024年度部门整体支出绩效自评报告\n一、基本情况\n本局编制38名，实有36人，2024年预算1650.00万元，支出1603.80万元。\n"
        f"二、自评情况\n{body}\n三、存在问题\n1.2件资产盘亏。\n四、改进措施\n1.办公室2025年3月底前查清盘亏资产。\n"
    )
    return extract(read_data("自评.txt", text.encode()))


def _told(found: Extraction) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(item.name.replace('"', "“", 1).replace('"', "”"), item.points, item.claimed) for item in found.items]


def _each(leaf: str, leaves: Sequence[Leaf] = _LEAVES) -> str:
    return "\n".join(leaf.format(n=n, p=p, s=s, r=r, f=f) for n, p, s, r, f in leaves)


def _grouped(head: str, leaf: str) -> str:
    return "\n".join(
        f"{head.format(g=name, p=worth, s=got)}\n{_each(leaf, leaves)}" for name, worth, got, leaves in _GROUPS
    )


# By what is told: a leaf, and the line that sums up.
_ALONE = {
    "facts first, the score at the end": ("{n}，满分{p}分。{f}。{r}，本项记{s}分。", "总计{t}分。"),
    "a title line, then rule and facts": (
        "指标　{n}　标准分{p}\n办法：{r}。\n{f}。得{s}分。",
        "总得分\n标准分100分，实得{t}分。",
    ),
    "one cell a line without a header": ("{n}\n{p}\n评分细则：{r}\n{f}\n{s}", "合计\n100\n{t}"),
    "signs for words": ("▲ {n} <{p}>\n  {f}。\n  {r}。\n  => {s}", "=> 总分 {t}"),
    "rows with bars": ("{n}｜应得{p}｜实得{s}｜{f}", "合计｜应得100｜实得{t}"),
    "score and points before the name": ("{s}分｜{p}分｜{n}｜{f}", "{t}分｜100分｜合计"),
    "points in a bracket before the name": ("（{p}分）{n}：{f}。{r}。自评{s}分。", "自评合计{t}分。"),
    "score before the points": ("{n}：{s}分（{p}分）。{f}。{r}。", "总分：{t}分（100分）。"),
    "points in a sentence of their own": (
        "考核点：{n}。该点{p}分。{f}。{r}。该点得分为{s}分。",
        "以上各点得分共计{t}分。",
    ),
    "a title around the name": ("《{n}》 上限{p}，拿到{s}。{f}。{r}。", "上限共100，拿到{t}。"),
    "a rule in the bracket of the heading": ("{n}，{p}分（{r}）\n{f}。本项得{s}分。", "自评总分{t}分"),
}
# The same with the line of a group above.
_UNDER_GROUPS = {
    "any bracket": ("〖{g}·{p}分·{s}分〗", "{n}·{p}分：{r}。{f}。{s}分。", "〖总计·100分·{t}分〗"),
    "points glued to the name": ("【{g}{p}分，得{s}分】", "{n}（{p}分）：{f}。计分办法为{r}，得{s}分。", "总分{t}分"),
    "a letter": ("C类 {g}（{p}分，自评{s}分）", "C1 {n}（{p}分）。细则：{r}。{f}。自评{s}分。", "自评总分{t}分"),
    "a count": ("第一组　{g}　{p}分中得{s}分", "（1）{n}：{p}分中得{s}分。{f}，{r}。", "100分中共得{t}分"),
}
_BODIES = {name: f"{_each(leaf)}\n{end.format(t=_TOTAL)}" for name, (leaf, end) in _ALONE.items()}
_BODIES |= {
    name: f"{_grouped(head, leaf)}\n{end.format(t=_TOTAL)}" for name, (head, leaf, end) in _UNDER_GROUPS.items()
}


@pytest.mark.parametrize("body", _BODIES.values(), ids=_BODIES.keys())
def test_leaves_come_back_from_a_layout_that_the_report_repeats(body: str) -> None:
    wanted = [(name, Decimal(points), Decimal(score)) for name, points, score, *_ in _LEAVES]
    assert _told(_read(body)) == wanted


@pytest.mark.parametrize("layout", ["any bracket", "points glued to the name"])
def test_groups_are_no_leaves(layout: str) -> None:
    groups = _read(_BODIES[layout]).groups
    assert [(g.name, g.points, g.claimed) for g in groups if g.points] == [
        (name, Decimal(worth), Decimal(got)) for name, worth, got, _ in _GROUPS
    ]


def test_a_leaf_that_is_not_assessed_gives_its_points_to_another() -> None:
    heads = {
        "绿地管护": "10，不考核】\n10分移至固定资产清查，本年没有任务。",
        "固定资产清查": "5，移入10分后按15分计，自评13】\n盘亏2件。",
    }
    told = ((n, heads.get(n) or f"{p}，自评{s}】\n{f}。{r}。") for n, p, s, r, f in _LEAVES)
    body = "\n".join(f"{name}【满分{rest}" for name, rest in told)
    found = {item.name: item for item in _read(f"{body}\n\n合计93.59分。").items}
    assert found["绿地管护"].not_applicable
    assert found["绿地管护"].receiver == "固定资产清查"
    assert found["固定资产清查"].claimed == Decimal(13)


def test_scores_that_no_sum_proves_are_not_learnt() -> None:
    """Points that make no hundred and scores that make no total: nothing says that the numbers are points."""
    body = "\n".join(f"{n}　{p}处\n{f}。共{s}处。" for n, p, s, _, f in _LEAVES[:-1])
    assert not [item for item in _read(body).items if item.claimed is not None]


def test_a_part_of_the_report_ends_a_table_of_lines() -> None:
    rows = "\n".join(f"{n}\n{p}\n{s}\n{f}" for n, p, s, _, f in _LEAVES)
    found = _read(f"指标\n分值\n自评\n说明\n{rows}\n第三部分 总评\n自评总分{_TOTAL}分。")
    assert found.items[-1].name == "商户投诉回访"
