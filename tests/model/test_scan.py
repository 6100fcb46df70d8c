"""The scan of long texts: the same matches as those of re, on every text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from hengji.extracting.flat import flat_whole
from hengji.model import places, scan
from hengji.model.clauses import clauses_of
from hengji.model.scan import Scan
from hengji.reading import read_data
from tests.model.made_patterns import FORMS, TEXTS
from tests.model.project_patterns import project_patterns

_MADE = Path("tests/corpus/made")


@pytest.fixture(scope="module", autouse=True)
def _always() -> Iterator[None]:
    """Texts of any length are scanned from the first time on, and however many starts there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "LONG", 0)
        patch.setattr(scan, "_DENSE", 1 / 1000)
        patch.setattr(places, "_SCANS_FIRST", 0)
        yield


def _spans(matches: Iterator[re.Match[str]]) -> list[tuple[tuple[int, int], ...]]:
    return [match.regs for match in matches]


@settings(max_examples=400)
@given(FORMS, TEXTS)
def test_made_patterns_match_the_same(form: str, text: str) -> None:
    compiled = re.compile(form)
    _same(Scan(compiled, clauses_of(form)), compiled, text)


def _same(ours: Scan, theirs: re.Pattern[str], text: str) -> None:
    first, expected = ours.search(text), theirs.search(text)
    assert (first and first.regs) == (expected and expected.regs)
    assert _spans(ours.finditer(text)) == _spans(theirs.finditer(text))


def test_a_part_of_a_text_is_scanned_plainly() -> None:
    compiled = re.compile("完成")
    ours = Scan(compiled, clauses_of("完成"))
    found = ours.search("完成完成", 1)
    assert found is not None
    assert found.span() == (2, 4)
    assert _spans(ours.finditer("完成完成", 0, 3)) == [((0, 2),)]


def test_digits_of_another_script_are_found() -> None:
    form, text = r"\d+元", "共٣元，计3元"
    compiled = re.compile(form)
    _same(Scan(compiled, clauses_of(form)), compiled, text)


@pytest.mark.parametrize(
    "name", ["a05_huijing_minzheng_2023.html", "a16_dianze_shenji_2023.txt", "b03_transport_hunan.xlsx"]
)
def test_the_patterns_of_the_project_match_the_same_in_reports(name: str) -> None:
    text = flat_whole(read_data(name, (_MADE / name).read_bytes()).text)
    for each in project_patterns():
        if isinstance(each.pattern, str) and (clauses := clauses_of(each.pattern, each.flags)):
            compiled = re.compile(each.pattern, each.flags)
            _same(Scan(compiled, clauses), compiled, text)
