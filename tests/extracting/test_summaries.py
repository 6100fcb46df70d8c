"""A table that sums up by group what the text scores leaf by leaf is one of groups, whatever its rows, names and place."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data, read_document
from hengji.reading.text import read_text

Rows = list[list[str]]
_Leaves = list[tuple[str, int, int]]  # name, points, score

_TREE: list[tuple[str, list[tuple[str, _Leaves]]]] = [
    (
        "预算编制情况",
        [
            ("预算编制", [("预算编制合理性", 5, 5), ("预算编制规范性", 5, 4)]),
            ("目标设置", [("绩效目标覆盖率", 6, 6), ("绩效目标合理性", 4, 4)]),
        ],
    ),
    (
        "预算执行情况",
        [
            ("资金管理", [("部门预算资金支出率", 20, 19), ("结转结余率", 10, 10)]),
            ("人员管理", [("财政供养人员控制率", 4, 4)]),
            ("制度管理", [("管理制度健全性", 6, 6)]),
        ],
    ),
    (
        "资金使用效益",
        [
            ("经济性", [("公用经费控制率", 10, 10), ("项目成本控制率", 10, 10)]),
            ("效果性", [("社会经济环境效益", 10, 10)]),
            ("公平性", [("公众满意度", 10, 9)]),
        ],
    ),
]
_LEAVES = Counter((x, Decimal(p), Decimal(c)) for _, groups in _TREE for _, leaves in groups for x, p, c in leaves)
_SINGLES = (
    "{n}.{group}。{leaf}（{points}分）。",
    "{n}.{group}：{leaf}（满分{points}分）",
    "{n}.{group}。{leaf}，分值{points}分。",
)


def _points(leaves: _Leaves) -> int:
    return sum(points for _, points, _ in leaves)


def _got(leaves: _Leaves) -> int:
    return sum(got for _, _, got in leaves)


def _prose(single: str) -> list[str]:
    """The leaves one by one, under their groups; a group of one leaf has it in its heading."""
    lines: list[str] = []
    for first, (name, groups) in enumerate(_TREE):
        lines.append(f"（{'一二三'[first]}）{name}（{sum(_points(leaves) for _, leaves in groups)}分）")
        for n, (group, leaves) in enumerate(groups, 1):
            if len(leaves) == 1:
                lines.append(single.format(n=n, group=group, leaf=leaves[0][0], points=leaves[0][1]))
                lines.append(f"自评得分{leaves[0][2]}分。按台账逐项核对，资料齐全。")
                continue
            lines.append(f"{n}.{group}。指标分值{_points(leaves)}分。")
            for k, (leaf, points, got) in enumerate(leaves, 1):
                lines += [f"（{k}）{leaf}（{points}分）。", f"自评得分{got}分。按台账逐项核对，资料齐全。"]
    return lines


def _by_first(*, shortened: bool) -> Rows:
    rows = [["一级指标", "分值", "自评得分"]]
    for name, groups in _TREE:
        every = [leaf for _, leaves in groups for leaf in leaves]
        rows.append([name.removesuffix("情况") if shortened else name, str(_points(every)), str(_got(every))])
    return rows


def _by_second(*, shortened: bool) -> Rows:
    rows = [["一级指标", "二级指标", "分值", "自评得分"]]
    for name, groups in _TREE:
        first = name.removesuffix("情况") if shortened else name
        for group, leaves in groups:
            second = group.removesuffix("管理") if shortened else group
            rows.append([first, second, str(_points(leaves)), str(_got(leaves))])
    return rows


def _read(prose: list[str], rows: Rows, folder: Path, *, before: bool = False) -> Extraction:
    made = docx.Document()

    def table() -> None:
        made.add_paragraph("自评评分汇总表")
        grid = made.add_table(len(rows), len(rows[0]), style="Table Grid")
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                grid.cell(r, c).text = words

    for line in (
        "某某县水务局2023年度部门整体支出绩效自评报告",
        "一、部门基本情况",
        "局机关内设3个股室，编制45名，年末实有42名。",
        "二、自评结论",
        "2023年度部门整体支出绩效自评得分97分，等级为“优”。",
    ):
        made.add_paragraph(line)
    if before:
        table()
    for line in ("三、绩效分析", *prose, "四、存在问题", "（一）项目支出进度偏慢。"):
        made.add_paragraph(line)
    if not before:
        table()
    path = folder / "自评报告.docx"
    made.save(str(path))
    return extract(read_document(path))


def _leaves(found: Extraction) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    return Counter((item.name, item.points, item.claimed) for item in found.items)


def _codes(found: Extraction) -> set[str]:
    return {finding.code for finding in audit(found).findings} & {"R01", "R02", "R03", "R04", "R05"}


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("shortened", [True, False])
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("by", [_by_first, _by_second])
def test_a_summary_by_group_takes_no_leaf_away(
    by: Callable[..., Rows], total: bool, shortened: bool, before: bool, tmp_path: Path
) -> None:
    rows = by(shortened=shortened)
    if total:
        rows.append(["合计", *([""] * (len(rows[0]) - 3)), "100", "97"])
    found = _read(_prose(_SINGLES[0]), rows, tmp_path, before=before)
    assert _leaves(found) == _LEAVES
    assert not _codes(found)


@pytest.mark.parametrize("single", _SINGLES)
def test_a_leaf_in_the_heading_of_its_group(single: str, tmp_path: Path) -> None:
    assert _leaves(_read(_prose(single), _by_second(shortened=False), tmp_path)) == _LEAVES


@pytest.mark.parametrize("by", [_by_first, _by_second])
def test_a_wrong_sum_of_such_a_table_is_found(by: Callable[..., Rows], tmp_path: Path) -> None:
    rows = by(shortened=False)
    rows[2][-1] = str(int(rows[2][-1]) - 1)
    found = _read(_prose(_SINGLES[0]), rows, tmp_path)
    assert _leaves(found) == _LEAVES
    assert [
        f.message
        for f in audit(found).findings
        if f.code == "R03" and f"“{rows[2][-3]}”自评{rows[2][-1]}分" in f.message
    ]


def test_leaves_of_a_table_beside_a_leaf_in_its_groups_heading_break_no_sum(tmp_path: Path) -> None:
    rows = [["一级指标", "二级指标", "三级指标", "分值", "自评得分"]]
    rows += [[a, b, x, str(p), str(c)] for a, groups in _TREE for b, leaves in groups for x, p, c in leaves]
    found = _read(_prose(_SINGLES[0]), rows, tmp_path)
    assert _leaves(found) == _LEAVES
    assert not _codes(found)


def test_a_fact_with_the_points_of_its_heading_is_no_leaf(tmp_path: Path) -> None:
    prose = _prose(_SINGLES[0])
    at = prose.index("（2）结转结余率（10分）。") + 1
    prose[at] = "我局无一般性转移支付和专项转移支付，本项指标不考核，10分按满分计入，自评得分10分。"
    assert _leaves(_read(prose, _by_second(shortened=False), tmp_path)) == _LEAVES


_GROUPS: list[tuple[str, _Leaves]] = [
    ("预算执行", [("部门预算执行率", 10, 9)]),
    ("产出", [("档案接收数量", 20, 20), ("数字化画幅数", 20, 18), ("抽检合格率", 10, 10)]),
    ("效益", [("查档利用人次", 15, 15), ("开放鉴定件数", 15, 15)]),
    ("满意度", [("查档群众满意度", 10, 10)]),
]
_UNNAMED = (
    "（{n}）{group}（{points}分）\n全年支出按进度拨付，台账齐全，按比例计分，得{got}分。",
    "（{n}）{group}情况。分值{points}分，资料齐全，数据与决算一致，自评得{got}分。",
    "（{n}）{group}指标（{points}分，得{got}分）\n资料齐全，数据与决算一致。",
    "（{n}）{group}方面（满分{points}分）。资料齐全，数据与决算一致。自评{got}分。",
)


@pytest.mark.parametrize("single", _UNNAMED)
def test_a_leaf_that_its_groups_chapter_does_not_name_is_named_by_the_table(single: str, tmp_path: Path) -> None:
    prose: list[str] = []
    for n, (group, leaves) in enumerate(_GROUPS):
        mark = "一二三四"[n]
        if len(leaves) == 1:
            _, points, got = leaves[0]
            prose += single.format(n=mark, group=group, points=points, got=got).split("\n")
            continue
        prose.append(f"（{mark}）{group}（{_points(leaves)}分）")
        prose += [f"{k}.{x}（{points}分）。资料齐全，得{got}分。" for k, (x, points, got) in enumerate(leaves, 1)]
    rows = [["一级指标", "三级指标", "目标值", "完成值", "分值", "得分"]]
    rows += [[group, x, "100%", "98%", str(p), str(c)] for group, leaves in _GROUPS for x, p, c in leaves]
    found = _read(prose, rows, tmp_path)
    assert _leaves(found) == Counter((x, Decimal(p), Decimal(c)) for _, leaves in _GROUPS for x, p, c in leaves)


@pytest.mark.parametrize(
    "said", ["（基础分100分，无加减分）", "，其中基础分100分、没有加分和减分", "（基本分100分，不涉及加分项）"]
)
def test_a_base_of_all_points_without_a_bonus_is_no_score(said: str) -> None:
    text = f"某某县水务局2023年度部门整体支出绩效自评报告\n一、自评结论\n经自评，得97.76分{said}，等级为优。\n二、存在问题\n（一）进度偏慢。\n"
    totals = extract(read_data("报告.txt", text.encode())).totals
    assert (totals.base, totals.claimed and totals.claimed.value) == (None, "97.76")


def test_a_total_told_out_of_a_hundred_behind_its_groups_is_the_total() -> None:
    text = "云岭县水务局2023年度部门整体支出绩效自评报告\n二、自评结论\n逐项打分，投入15分、过程44.78分、产出24.42分、效果15分，总分99.20分（满分100分，无加减分），等级为“优”。\n"
    claimed = extract(read_text("报告.txt", text.encode())).totals.claimed
    assert claimed is not None
    assert claimed.value == "99.20"


def test_the_name_of_a_unit_below_the_title_of_its_report() -> None:
    text = (
        "2024年度部门整体支出绩效自评报告\n察山县剧团\n（单位公章）\n2025年3月26日\n一、基本情况\n本团现有演员28人。\n"
    )
    assert extract(read_text("报告.txt", text.encode())).department == "察山县剧团"
