"""What a report says of its groups and of the whole: points, score, how many leaves, the grade."""

from collections import Counter
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading.text import read_text
from tests.extracting import manners
from tests.extracting.manners import Group


def _read(groups: tuple[Group, ...], head: str) -> Extraction:
    lines: list[str] = []
    for n, g in enumerate(groups):
        said = head.format(group=g.name, points=g.points, claim=g.claim, count=len(g.leaves))
        leaves = (f"{x.name}　满分{x.points}分　自评{x.claim}分\n" for x in g.leaves)
        lines += [f"（{'一二三四'[n]}）{said}\n", *leaves, f"{g.leaves[0].fact}。\n"]
    return extract(read_text("自评报告.txt", manners.report(groups, "".join(lines)).encode()))


@pytest.mark.parametrize(
    "head",
    [
        "{group}\n【{group}】　满分{points}分　自评{claim}分",
        "{group}情况\n{group}：满分{points}分，得{claim}分。",
        "{group}\n{group}（分值{points}分）　自评得分{claim}分",
        "{group}方面\n{group}指标，标准分{points}分，实得{claim}分：",
    ],
)
def test_points_and_score_of_a_group_in_the_line_under_its_heading(head: str) -> None:
    for seed in (3, 40):
        groups = manners.tree(seed)
        found = _read(groups, head)
        told = [(g.points, g.claimed) for g in found.groups if g.points is not None]
        assert told == [(Decimal(g.points), Decimal(g.claim)) for g in groups]
        names = Counter(x.name.replace("“", "").replace("”", "") for g in groups for x in g.leaves)
        assert Counter(i.name.replace('"', "") for i in found.items) == names


@pytest.mark.parametrize(
    "head",
    [
        "{group}\n{group}部分共{points}分，由{count}项指标组成。",
        "{group}\n{group}类指标满分{points}分，由{count}个三级指标构成。",
        "{group}\n{group}合计{points}分，设{count}项指标。",
    ],
)
def test_points_and_number_of_leaves_of_a_group_in_its_first_sentence(head: str) -> None:
    groups = manners.tree(12)
    found = _read(groups, head)
    assert [(g.points, g.aspect_count) for g in found.groups] == [(Decimal(g.points), len(g.leaves)) for g in groups]


@pytest.mark.parametrize("sum_of", ["16分＋9分", "16分+9分", "10分＋6分＋9分"])
def test_points_of_a_heading_are_added_up(sum_of: str) -> None:
    body = (
        f"（一）效益与满意度（{sum_of}，得23.5分）\n1.游客满意度（16分）。问卷满意率90.50%，得15分。\n"
        "2.文化惠民覆盖（9分）。覆盖62个村，得8.5分。\n"
    )
    found = extract(read_text("自评报告.txt", manners.report(manners.tree(1), body).encode()))
    assert [(g.points, g.claimed) for g in found.groups] == [(Decimal(25), Decimal("23.5"))]


_LINES = "（一）预算管理\n预算编制　满分40分　自评38分\n预算执行率　满分60分　自评58.6分\n"


@pytest.mark.parametrize(
    "said",
    [
        "我馆自评合计96.6分，评为优（90—100分为优）",
        "得分96.6分，评为优（90分以上为优）",
        "自评共计96.6分，等级为优",
        "我馆自评总计得96.6分，属于“优”等次",
    ],
)
def test_the_total_and_its_grade(said: str) -> None:
    text = (
        f"某某县档案馆2023年度部门整体支出绩效自评报告\n一、自评结论\n按评价指标自评，{said}。\n二、评价分析\n{_LINES}"
    )
    totals = extract(read_text("报告.txt", text.encode())).totals
    assert totals.claimed is not None
    assert totals.grade is not None
    assert (totals.claimed.value, totals.grade.value) == ("96.6", "优")
