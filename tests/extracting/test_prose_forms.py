"""Leaves told in prose: the name is without the verb that gives its points; prices of pieces, differences and moved points are no claims."""

from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text

_GROUPS = {
    "预算管理": (
        ("年度目标设定", "6", "6", "0", "7项目标均来自《县林业局2023年工作要点》（县林〔2023〕2号）"),
        ("预算执行率", "10", "9.7", "0.3", "支出1,461.62万元，预算1,506.47万元，执行率97.02%"),
        ("“三公”经费控制率", "5", "5", "0", "预算6.80万元，支出6.15万元，控制率90.44%"),
        ("设施设备管护", "9", "8", "1", "抽查护林站12座，设施完好11座"),
    ),
    "履职效能": (
        ("造林任务完成率", "20", "20", "0", "计划造林1,200亩，完成1,236亩，完成率103.00%"),
        ("森林火灾受害率", "10", "10", "0", "受害面积0.6公顷，受害率0.02‰，低于0.9‰的上限"),
        ("信息公开", "8", "6.4", "1.6", "应公开25项，实际20项，公开率80.00%"),
        ("公众满意度", "32", "29.8", "2.2", "发放问卷500份，收回486份，满意452份，满意度93.00%"),
    ),
}
_FORMS = (
    ("{n}设{p}分，计{c}分。{e}。", "{n}设{p}分，计{c}分。{e}，扣{l}分。"),
    ("{n}定为{p}分，我局得{c}分。{e}。", "{n}定为{p}分，我局得{c}分，{e}。"),
    ("{n}赋{p}分，实得{c}分。{e}。", "{n}赋{p}分，实得{c}分。{e}，扣{l}分。"),
    ("{n}本来有{p}分，{e}，一分未失，得{c}分。", "{n}本来有{p}分，{e}，失去{l}分，剩{c}分。"),
    ("{n}这一项{p}分，{e}，{p}分全得。", "{n}这一项{p}分，{e}，折得{c}分。"),
    ("{n}该项{p}分，{e}，全部得到。", "{n}该项{p}分，{e}，拿到{c}分。"),
    ("{n}的{p}分全部得到，{e}。", "{n}的{p}分得到{c}分，{e}。"),
    ("{n}值{p}分，得{c}分，{e}。", "{n}值{p}分，得{c}分，{e}。"),
    ("{i}.{n}（{p}分）\n{c}分。{e}。", "{i}.{n}（{p}分）\n{c}分。{e}，扣{l}分。"),
    ("{i}.{n}（{p}分）\n{e}。（{c}分）", "{i}.{n}（{p}分）\n{e}。（{c}分）"),
    ("{n}，满分{p}分，得满{c}分。{e}。", "{n}，满分{p}分，得{c}分。{e}，失{l}分。"),
    ("{n}配{p}分，打{c}分。{e}。", "{n}配{p}分，打{c}分。{e}，少{l}分。"),
    ("{n}安排{p}分，自评{c}分。{e}。", "{n}安排{p}分，自评{c}分。{e}。"),
    ("{n}额定{p}分，认定{c}分。{e}。", "{n}额定{p}分，认定{c}分。{e}。"),
    ("{n}按{p}分计，得{c}分。{e}。", "{n}按{p}分计，得{c}分。{e}。"),
    ("{n}原定{p}分，得{c}分。{e}。", "{n}原定{p}分，得{c}分。{e}。"),
    ("{n}有{p}分，得{c}分。{e}。", "{n}有{p}分，得{c}分。{e}。"),
    ("{n}（{p}分）。{e}，得{c}分。", "{n}（{p}分）。{e}，得{c}分。差额{l}分为扣分。"),
    ("{n}（{p}分）。自评{c}分。{e}。", "{n}（{p}分）。自评{c}分。5处每处1.6分，1.6分×25%=0.4分，{e}。"),
    ("{n}（{p}分）。{e}，得{c}分。", "{n}（{p}分）。{e}。评分标准为每低1个百分点扣0.5分，扣{l}分，得{c}分。"),
    ("{n}原为{p}分，得{c}分。{e}。", "{n}原为{p}分，得{c}分。{e}。"),
)
_HEADS = ("（{g}）{name}（{p}分）", "（{g}）{name}部分4项，满分{p}分，得{c}分。")


def _text(full: str, short: str, head: str) -> str:
    lines = [
        "云岭县林业局2023年度部门整体支出绩效自评报告",
        "一、基本情况",
        "县林业局内设4个股室，核定编制42名。",
        "二、自评结论",
        "按照县财政局印发的评分办法逐项打分，我局2023年度部门整体支出绩效自评得分94.9分，等级为优。",
        "三、指标分析",
    ]
    for mark, (name, leaves) in zip("一二", _GROUPS.items(), strict=True):
        points, claim = (sum((Decimal(leaf[at]) for leaf in leaves), Decimal(0)) for at in (1, 2))
        lines.append(head.format(g=mark, name=name, p=points, c=claim))
        for number, (leaf, worth, got, lost, fact) in enumerate(leaves, 1):
            form = full if worth == got else short
            lines.append(form.format(i=number, n=leaf, p=worth, c=got, l=lost, e=fact))
    return "\n".join([*lines, "四、存在问题", "支付进度偏慢。", "五、改进措施", "由财务股按月通报支付进度。"])


@pytest.mark.parametrize(("full", "short"), _FORMS)
def test_leaves_told_in_prose(full: str, short: str) -> None:
    wanted = {
        (leaf.strip("“"), Decimal(worth), Decimal(got))
        for leaves in _GROUPS.values()
        for leaf, worth, got, *_ in leaves
    }
    found = extract(read_text("自评报告.txt", _text(full, short, _HEADS[0]).encode()))
    assert {(i.name.replace('"三公"', "三公”"), i.points, i.claimed) for i in found.items} == wanted


def test_leaves_below_the_sentence_of_their_group() -> None:
    found = extract(read_text("自评报告.txt", _text(*_FORMS[2], _HEADS[1]).encode()))
    assert [(i.name, i.points) for i in found.items][:2] == [("年度目标设定", Decimal(6)), ("预算执行率", Decimal(10))]
    assert sum((i.claimed or Decimal(0) for i in found.items), Decimal(0)) == Decimal("94.9")


@pytest.mark.parametrize(
    ("text", "points", "claim"),
    [
        ("监管，5分，并入政府采购5分后按10分计。每月比对数据，不扣分，记10分。", 5, 10),
        ("监管这一项原为5分，加上第（九）项移入的3分为8分，得8分。制度有3项。", 5, 8),
        ("监管（5分）。自评得分7.73分。指标原5分，承接不考核指标3分后满分8分，8分×96.59%=7.73分。", 5, "7.73"),
    ],
)
def test_points_moved_to_a_leaf_are_no_points_of_its_own(text: str, points: int, claim: str) -> None:
    body = _text(*_FORMS[7], _HEADS[0]).replace("四、存在", f"（三）补充\n1.资金{text}\n四、存在")
    found = extract(read_text("自评报告.txt", body.encode()))
    assert [(i.points, i.claimed) for i in found.items if i.name == "资金监管"] == [(Decimal(points), Decimal(claim))]


def test_chapters_may_bear_the_numerals_of_bank_notes() -> None:
    body = _text(*_FORMS[4], _HEADS[0])
    for plain, formal in zip("一二三四五", "壹贰叁肆伍", strict=True):
        body = body.replace(f"\n{plain}、", f"\n{formal}、")
    found = extract(read_text("自评报告.txt", body.replace("（一）", "一、").replace("（二）", "二、").encode()))
    assert [s.key for s in found.sections if s.rank < 10 and s.key] == [
        "基本情况",
        "自评结论",
        "绩效分析",
        "存在问题",
        "相关建议",
    ]
    assert len(found.items) == 8
