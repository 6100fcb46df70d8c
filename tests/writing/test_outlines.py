"""Report outlines: the built-in ones fit every system, and mistakes in one are told all at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from hengji.library import load_system, system_ids
from hengji.model.problem import HengjiError
from hengji.model.system import IndicatorSystem
from hengji.writing.outline import Builder, BuiltPart, Chapter
from hengji.writing.outlines import load_outline, outline_ids

GOOD = """
id: mine
name: 本单位提纲
title: ["{年度}年自评报告"]
chapters:
  - title: 情况
    parts:
      - paragraph: ["收入{本年收入合计}。"]
        todo: 收入
"""


def write(folder: Path, text: str) -> Path:
    (folder / "outlines").mkdir(exist_ok=True)
    (folder / "outlines" / "mine.yaml").write_text(text, encoding="utf-8")
    return folder


def chapters(outline_chapters: tuple[Chapter, ...]) -> list[Chapter]:
    return [c for chapter in outline_chapters for c in (chapter, *chapters(chapter.chapters))]


@pytest.mark.parametrize("system_id", system_ids())
def test_every_outline_fits_every_system(system_id: str) -> None:
    system = load_system(system_id)
    for outline_id in outline_ids():
        outline = load_outline(outline_id, system)
        builders = [p.builder for c in chapters(outline.chapters) for p in c.parts if isinstance(p, BuiltPart)]
        assert {Builder.CONCLUSION, Builder.ANALYSIS, Builder.PROBLEMS, Builder.SUGGESTIONS} <= set(builders)


def test_the_shipped_outlines() -> None:
    assert outline_ids() == ("general", "guangdong-2019", "guangdong-2021")


def test_the_newer_outline_of_guangdong_splits_the_analysis() -> None:
    outline = load_outline("guangdong-2021", load_system("guangdong/2022-50-50"))
    assert outline.named_sections == {"履职效能", "管理效率"}


def test_the_users_own_outline_is_found_beside_the_built_in_ones(system: IndicatorSystem, tmp_path: Path) -> None:
    own = write(tmp_path, GOOD)
    assert outline_ids(own) == ("general", "guangdong-2019", "guangdong-2021", "mine")
    assert load_outline("mine", system, own).name == "本单位提纲"


def test_an_unknown_outline_names_the_known_ones(system: IndicatorSystem) -> None:
    with pytest.raises(HengjiError) as error:
        load_outline("nowhere", replace(system, place="x.yaml:3"))
    assert "guangdong-2019" in str(error.value)
    assert error.value.problems[0].where == "x.yaml:3"


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("{本年收入合计}", "{收到的钱}", "mine.yaml:8", "不是已声明的数据项"),
        ("todo: 收入", "", "mine.yaml:8", "todo"),
        ("title: 情况", "titel: 情况", "mine.yaml:6", "titel"),
        ('paragraph: ["收入{本年收入合计}。"]', "narrative: 随便", "mine.yaml:8", "没有“随便”这一章"),
        ('paragraph: ["收入{本年收入合计}。"]', "use: nothing", "mine.yaml:8", "conclusion"),
        ('paragraph: ["收入{本年收入合计}。"]', "picture: x", "mine.yaml:8", "只写其中一种"),
        ('paragraph: ["收入{本年收入合计}。"]', "table: {title: 表, columns: [{head: 甲}], rows: [[甲, 乙]]}", "mine.yaml:8", "1格"),
        ('paragraph: ["收入{本年收入合计}。"]', "bars: {title: 图, series: [{name: 甲}], rows: [{name: 行, values: [文字]}]}", "mine.yaml:8", "1个引用"),
        ("id: mine", "name: 重名", "mine.yaml:3", "两次"),
        ('["{年度}年自评报告"]', "[]", "mine.yaml:", "缺少 title"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_what_was_expected(
    system: IndicatorSystem, tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    own = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(HengjiError) as error:
        load_outline("mine", system, own)
    assert any(place in problem.where and words in problem.message for problem in error.value.problems), str(
        error.value
    )


def test_all_mistakes_are_told_together(system: IndicatorSystem, tmp_path: Path) -> None:
    text = GOOD.replace("{本年收入合计}", "{甲}和{乙}").replace("{年度}", "{丙}")
    with pytest.raises(HengjiError) as error:
        load_outline("mine", system, write(tmp_path, text))
    assert len(error.value.problems) == 3
