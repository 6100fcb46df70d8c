"""The content of a report, before any file format."""

import os
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hengji.library import load_system, system_ids
from hengji.model.filing import Filing, Register, Row
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.scoring.trials import trial_filing
from hengji.writing.blocks import Chart, Emphasis, Heading, Mark, Paragraph, Report, Run, Table, text_of
from hengji.writing.report import compose_report

from .printed import printed

GOLDEN = Path(__file__).parent / "golden"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def text(report: Report) -> str:
    return printed(report)


def paragraphs(report: Report) -> list[str]:
    return [text_of(block.runs) for block in report.blocks if isinstance(block, Paragraph)]


def headings(report: Report, level: int = 0) -> list[str]:
    return [b.number + b.text for b in report.blocks if isinstance(b, Heading) and level in (0, b.level)]


def runs(report: Report) -> list[Run]:
    return [run for block in report.blocks if isinstance(block, Paragraph) for run in block.runs]


def test_the_report_of_a_small_department_word_by_word(report: Report) -> None:
    """After a meant change: UPDATE_GOLDEN=1 pytest tests/writing, then read the difference."""
    golden = GOLDEN / "small.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(printed(report), encoding="utf-8")
    assert printed(report) == golden.read_text(encoding="utf-8")


def test_the_chapters_are_those_of_the_outline(report: Report) -> None:
    assert headings(report, 1) == [
        "一、部门的基本情况", "二、自评结论", "三、绩效分析", "四、主要绩效", "五、存在问题", "六、相关建议",
    ]  # fmt: skip


def test_headings_have_no_full_stop_and_numbers_ascend_by_one(report: Report) -> None:
    counts = [0] * 6
    for block in report.blocks:
        if isinstance(block, Heading):
            assert not block.text.endswith(("。", "：", "."))
            counts[block.level] += 1
            counts[block.level + 1 :] = [0] * (5 - block.level)
            digits = re.sub(r"\D", "", block.number)
            assert not digits or int(digits) == counts[block.level]


def test_every_leaf_stands_once_with_its_points(report: Report, system: IndicatorSystem) -> None:
    found = headings(report)
    for leaf in system.leaves():
        assert len([heading for heading in found if leaf.name in heading]) == 1, leaf.name


@pytest.mark.parametrize("system_id", system_ids())
def test_every_leaf_of_every_system_stands_once(system_id: str) -> None:
    found = load_system(system_id)
    given = trial_filing(found, found.tests[0]) if found.tests else Filing(department="测试局", year=2023)
    card = score(found, given)
    report = compose_report(given, found, card)
    titles = [b.text for b in report.blocks if isinstance(b, Heading)]
    for leaf in card.leaves:
        alone = [t for t in titles if t == leaf.name or t.startswith(f"{leaf.name}（")]
        twins = [other for other in card.leaves if other.name == leaf.name]
        assert len(alone) == len(twins), leaf.name


def test_every_figure_comes_from_the_filing_or_the_scorecard(
    report: Report, filing: Filing, scorecard: Scorecard
) -> None:
    """Each number in running text is a stated figure, a score, a share the outline asks for, or a count of leaves."""
    cells = [cell for r in filing.registers.values() for row in r.rows for cell in row.cells.values()]
    stated = [*(value.stated for value in filing.values.values()), *cells, *filing.cover.values()]
    known = {Fraction(number) for text in stated for number in _NUMBER.findall(text)}
    known |= {Fraction(claim.score) for claim in filing.claims.values()}
    known |= _scores(scorecard) | {Fraction(count) for count in range(len(scorecard.leaves) + 1)}
    known |= {Fraction(2023), Fraction(12), Fraction(31)}  # the year and its last day
    known |= {Fraction("66.96"), Fraction("33.04"), Fraction("122.6"), Fraction(90), Fraction(100)}  # shares and rates
    for paragraph in paragraphs(report):
        for number in _NUMBER.findall(paragraph):
            assert Fraction(number) in known, (number, paragraph)


def _scores(card: Scorecard) -> set[Fraction]:
    totals = card.totals
    assert totals is not None
    assert totals.bonus is not None
    leaves = [n for leaf in card.leaves for n in (leaf.points, leaf.full, leaf.score, leaf.claimed, leaf.computed)]
    lost = [leaf.full - leaf.score for leaf in card.leaves if leaf.full is not None and leaf.score is not None]
    branches = [n for branch in card.branches for n in (branch.points, branch.full, branch.score)]
    resting = [n for rest in totals.resting for n in (rest.score, rest.full)]
    ends = [totals.base, totals.raw, totals.final, totals.bonus.score, sum(lost, Fraction(0))]
    return {number for number in (*leaves, *lost, *branches, *resting, *ends) if number is not None}


def test_what_is_missing_is_marked_and_never_half_printed(filing: Filing, system: IndicatorSystem) -> None:
    empty = replace(filing, values={}, registers={}, narrative={}, cover={}, claims={}, judgements={})
    report = compose_report(empty, system, score(system, empty))
    marked = [run.text for run in runs(report) if run.emphasis is Emphasis.TODO]
    assert "【待填写：本年收入合计和构成（缺本年收入合计）】" in marked
    assert "【待填写：部门主要职责（按“三定”规定）】" in marked
    assert not any("收入合计" in run.text for run in runs(report) if run.emphasis is not Emphasis.TODO)
    assert "None" not in text(report)


def test_marks_are_runs_of_their_own(report: Report) -> None:
    for run in runs(report):
        assert ("【待填写：" in run.text) == (run.emphasis is Emphasis.TODO)


def test_a_leaf_not_assessed_says_why_and_where_its_points_went(report: Report) -> None:
    assert "没有转移支付，本项不考核，分值10分调整至“预算支出率”。" in paragraphs(report)
    assert "（1）预算支出率（20分，调整后30分）" in headings(report)


def test_a_claim_that_differs_is_explained_or_marked(filing: Filing, system: IndicatorSystem) -> None:
    silent = replace(filing, claims={k: replace(c, reason="") for k, c in filing.claims.items()})
    said = text(compose_report(filing, system, score(system, filing)))
    marked = text(compose_report(silent, system, score(system, silent)))
    assert "单位自评30分，据数核算27分，计入总分的是27分；单位说明：按调整前的预算计算。" in said
    assert "【待填写：“预算支出率”自评与核算不同的理由，或改正自评得分】" in marked


def test_the_total_is_derived_and_a_missing_score_withholds_the_grade(report: Report) -> None:
    (derived,) = [p for p in paragraphs(report) if p.startswith("依据《")]
    assert derived.endswith("【待填写：全部指标计分后的等次】")
    assert "基础分60分，加减分项加1.5分（单位自评，未核实），合计61.5分，自评口径得分61.5分" in derived


def test_quotes_inside_names_become_single(report: Report) -> None:
    assert "““" not in text(report)


def test_claimed_points_without_words_are_marked(filing: Filing, system: IndicatorSystem) -> None:
    wordless = replace(filing, narrative={})
    assert "“‘三公’经费控制”得分的事实和依据，或补填数据" in text(
        compose_report(wordless, system, score(system, wordless))
    )


def test_a_lost_leaf_that_no_problem_names_is_listed(report: Report, filing: Filing, system: IndicatorSystem) -> None:
    assert "“政府采购执行率”失分的原因" in text(report)
    named = replace(filing, narrative={"存在问题": ("政府采购执行率、预算支出率、制度管理、“三公”经费控制失分。",)})
    assert "失分的原因" not in text(compose_report(named, system, score(system, named)))


def test_registers_speak_in_the_problems(filing: Filing, system: IndicatorSystem) -> None:
    registers = {
        "审计问题": Register((Row({"问题": "附件不全。", "来源": "审计", "是否整改": "否"}),)),
        "上年问题": Register(
            (Row({"问题": "资产未盘点", "是否完成": "否", "未完成原因": "人手不足"}), Row({"是否完成": "是"}))
        ),
    }
    found = paragraphs(compose_report(replace(filing, registers=registers), system, score(system, filing)))
    assert "审计指出：附件不全；尚未整改。" in found
    assert "上年问题“资产未盘点”尚未整改完成，原因是人手不足。" in found


def test_the_appendix_mark_takes_its_number_from_the_cover(
    report: Report, filing: Filing, system: IndicatorSystem
) -> None:
    assert report.blocks[0] == Mark("附件4")
    plain = compose_report(replace(filing, cover={}), system, score(system, filing))
    assert plain.blocks[0] == Mark("附件")
    assert str(plain.dated) == "2023-12-31"


def test_tables_say_what_is_not_filled_and_leave_out_empty_rows(report: Report) -> None:
    tables = {b.title: b for b in report.blocks if isinstance(b, Table)}
    budget = tables["预算和支出情况"]
    assert [text_of(row[0]) for row in budget.rows] == ["基本支出", "项目支出", "合计"]
    assert [text_of(cell) for cell in tables["政府采购情况"].rows[0]] == ["合计", "50.00", "61.30"]
    staff = tables["人员编制情况"].rows[-1]
    assert [text_of(cell) for cell in staff] == ["合计", "20", "未填"]
    assert staff[-1][0].emphasis is Emphasis.TODO


def test_tables_and_charts_are_numbered_through(report: Report) -> None:
    assert [b.number for b in report.blocks if isinstance(b, Table)] == [f"表{n}" for n in range(1, 6)]
    assert [b.number for b in report.blocks if isinstance(b, Chart)] == ["图1", "图2"]


def test_the_chart_of_sections_shows_what_rests_on_figures(report: Report) -> None:
    chart = [b for b in report.blocks if isinstance(b, Chart)][-1]
    assert [row.label for row in chart.rows] == ["42/60，据数和判定42", "18/40，据数和判定0"]
    assert [bar.share for bar in chart.rows[0].bars] == [10000, 7000, 7000]


@pytest.mark.parametrize(
    ("key", "words", "where"),
    [
        ("主要职责", "花了{没有这项}", "文字 主要职责 第1段"),
        ("主要职责", "得{得分:9.9}", "文字 主要职责 第1段"),
        ("存在问题", "括号{没有配对", "文字 存在问题 第1段"),
        ("指标:9.9", "文字", "文字 指标:9.9"),
    ],
)
def test_text_that_refers_to_nothing_is_an_error(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard, key: str, words: str, where: str
) -> None:
    with pytest.raises(HengjiError) as error:
        compose_report(replace(filing, narrative={key: (words,)}), system, scorecard)
    assert error.value.problems[0].where == where


def test_all_such_mistakes_are_told_together(filing: Filing, system: IndicatorSystem, scorecard: Scorecard) -> None:
    wrong = replace(filing, narrative={"主要职责": ("{甲}和{乙}", "{上年:丙}"), "指标:9": ("文字",)})
    with pytest.raises(HengjiError) as error:
        compose_report(wrong, system, scorecard)
    assert len(error.value.problems) == 4


def test_control_characters_do_not_reach_the_page(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard
) -> None:
    odd = replace(filing, narrative={"主要职责": ("甲\x00乙\n丙\u202e丁\ud800",)})
    assert "甲乙 丙丁" in paragraphs(compose_report(odd, system, scorecard))


def test_a_system_without_points_writes_a_report_without_total() -> None:
    found = load_system("national/2013-53-framework")
    given = Filing(department="测试局", year=2023)
    said = text(compose_report(given, found, score(found, given)))
    assert "该体系没有分值" in said
    assert "评定等次" not in said
