"""Score lists as a clerk types or pastes them: column by column, with leader dots, filled in brackets, asked and answered."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.extracting.manners import Group, Leaf, report, tree

Leaves = list[Leaf]


def _sum(figures: list[str]) -> str:
    return f"{sum(map(Decimal, figures)):f}"


def _columns(xs: Leaves) -> str:
    points, claims = [x.points for x in xs], [x.claim for x in xs]
    return "\n".join(("三级指标", *(x.name for x in xs), "分值", *points, "自评得分", *claims, ""))


def _leader_dots(xs: Leaves) -> str:
    rows = [(x.name, x.points, x.claim) for x in xs]
    rows.append(("合计", "100", _sum([x.claim for x in xs])))
    return "".join(f"{name}……………………　{points}　　{claim}\n" for name, points, claim in rows)


FORMS: dict[str, Callable[[Leaves], str]] = {
    "columns one under another": _columns,
    "leader dots": _leader_dots,
    "甲（10）：〔9〕": lambda xs: "".join(f"{x.name}（{x.points}）：〔{x.claim}〕\n" for x in xs),
    "甲【10】——9": lambda xs: "".join(f"{x.name}【{x.points}】——{x.claim}\n" for x in xs),
    "问：甲占多少分？得多少分？": lambda xs: "".join(
        f"问：{x.name}占多少分？得多少分？答：占{x.points}分，得{x.claim}分。\n" for x in xs
    ),
    "甲评、乙评、平均": lambda xs: (
        "三级指标｜分值｜甲评｜乙评｜平均\n"
        + "".join(f"{x.name}｜{x.points}｜{x.claim}｜{x.claim}｜{x.claim}\n" for x in xs)
    ),
}


def _plain(groups: tuple[Group, ...]) -> Leaves:
    return [x for g in groups for x in g.leaves]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", [100, 103, 105])
def test_typed_lists_of_scores(form: str, seed: int) -> None:
    groups = tree(seed)
    xs = _plain(groups)
    found = extract(read_text("自评报告.txt", report(groups, FORMS[form](xs)).encode()))
    names = str.maketrans("", "", '“”"')
    told = Counter((item.name.translate(names), item.points, item.claimed) for item in found.items)
    assert told == Counter((x.name.translate(names), Decimal(x.points), Decimal(x.claim)) for x in xs)


def test_a_chapter_right_behind_a_table_without_lines_is_none_of_its_cells() -> None:
    xs = _plain(tree(100))
    rows = "".join(f"{x.name}  {x.points}  {x.claim}\n" for x in xs)
    text = (
        "青田镇水利站2023年度部门整体支出绩效自评报告\n一、部门概况\n负责全镇水利设施管护。\n二、自评结果\n各指标得分见下表：\n"
        f"三级指标  分值  得分\n{rows}三、存在的问题和原因\n    1、管护记录不够完整。\n    2、泵站检修推迟。\n"
        "四、下一步改进措施\n    1、由办公室按月检查管护记录。\n    2、由工程组在汛前完成检修。\n"
    )
    found = extract(read_text("自评报告.txt", text.encode()))
    assert [s.title for s in found.sections if s.rank == found.sections[0].rank][2:] == [
        "存在的问题和原因",
        "下一步改进措施",
    ]
    assert len(found.items) == len(xs)
