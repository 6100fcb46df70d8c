"""Points here and scores there are the same leaves, since the sums prove them; what no sum proves stays as it was."""

from collections import Counter
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading import read_data
from hengji.reading.text import read_text
from tests.extracting import grouped_manners, manners
from tests.extracting.manners import HEADS, Group
from tests.extracting.shared_manners import GROUPS, LEAVES, REPORTS


def _wanted(groups: tuple[Group, ...]) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    names = str.maketrans("", "", "“”")
    return Counter((x.name.translate(names), Decimal(x.points), Decimal(x.claim)) for g in groups for x in g.leaves)


def _read(text: str) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    found = extract(read_text("自评报告.txt", text.encode()))
    return Counter((item.name.replace('"', ""), item.points, item.claimed) for item in found.items)


@pytest.mark.parametrize("form", GROUPS)
def test_points_and_scores_of_a_group_apart(form: str) -> None:
    for seed, head in enumerate(HEADS, 100):
        groups = manners.tree(seed)
        body = "".join(f"（{'一二三四'[n]}）{HEADS[head](g)}{GROUPS[form](g)}\n" for n, g in enumerate(groups))
        assert _read(manners.report(groups, body)) == _wanted(groups), head


@pytest.mark.parametrize("form", REPORTS)
def test_scores_in_one_sentence_for_all_leaves(form: str) -> None:
    for seed in range(100, 106):
        groups = manners.tree(seed)
        assert _read(manners.report(groups, REPORTS[form](groups))) == _wanted(groups), seed


@pytest.mark.parametrize("form", grouped_manners.REPORTS)
def test_groups_without_headings_and_lists_of_losses(form: str) -> None:
    for seed in range(100, 106):
        groups = manners.tree(seed)
        assert _read(manners.report(groups, grouped_manners.REPORTS[form](groups))) == _wanted(groups), seed


def test_supplies_are_no_scores() -> None:
    groups = manners.tree(100)
    first = groups[0].leaves[0]
    body = "".join(f"{x.name}{x.points}分，得{x.claim}分：{x.fact}。\n" for g in groups for x in g.leaves)
    named = body.replace(first.name, "学位供给")
    assert ("学位供给", Decimal(first.points), Decimal(first.claim)) in _read(manners.report(groups, named))


@pytest.mark.parametrize("form", LEAVES)
def test_a_leaf_in_a_line_of_its_own(form: str) -> None:
    for seed, head in enumerate(HEADS, 100):
        groups = manners.tree(seed)
        mark = "（{}）" if seed % 2 else ""
        body = "".join(
            f"（{'一二三四'[n]}）{HEADS[head](g)}"
            + "".join(f"{mark.format(at)}{LEAVES[form](x)}\n" for at, x in enumerate(g.leaves, 1))
            for n, g in enumerate(groups)
        )
        assert _read(manners.report(groups, body)) == _wanted(groups), head


_SUMMED = """某某县民政局2024年度部门整体支出绩效自评报告
一、基本情况
民政局内设4个股室，编制20名，实有19名。
二、自评结论
自评得分93分，等级为“优”。
三、指标分析
（一）投入（30分）。目标设定、预算编制、经费控制分别得10分、9分、8分，对应的分值为10分、10分、10分。
（二）产出（40分）。救助人数、服务次数得满分，分值分别为20分、20分。
（三）效益（30分）。群众满意度（{points}分）得26分。
四、存在的问题
1.经费控制不严。
"""


def test_a_score_that_was_left_out_is_not_made_up() -> None:
    text = _SUMMED.replace("得26分", "，回访120人").format(points=30)
    assert ("群众满意度", Decimal(30), Decimal(30)) not in _read(text)


def test_a_table_of_points_takes_its_scores_from_the_text() -> None:
    names = ("目标设定", "目标分解落实", "预算编制", "预算执行率", "救助人数", "群众满意度")
    points = (10, 10, 20, 20, 20, 20)
    rows = "".join(f"<tr><td>决策</td><td>{n}</td><td>{p}</td></tr>" for n, p in zip(names, points, strict=True))
    page = (
        "<html><body><h1>某某县民政局2024年度部门整体支出绩效自评报告</h1><p>一、评价指标</p>"
        f"<table><tr><th>一级指标</th><th>三级指标</th><th>分值</th></tr>{rows}<tr><td>合计</td><td></td><td>100</td></tr></table>"
        "<p>二、得分情况</p><p>自评得分96.5分。目标分解落实得9.5分，1个股室没有签责任书；预算执行率扣1分，得19分，支出偏慢；"
        "群众满意度扣2分，回访偏少。除上述三项外，其余指标均按标准得满分。</p></body></html>"
    )
    found = extract(read_data("自评.html", page.encode()))
    assert [(item.name, item.claimed) for item in found.items] == list(
        zip(names, map(Decimal, ("10", "9.5", "20", "19", "20", "18")), strict=True)
    )
