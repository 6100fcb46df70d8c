"""Characters that a page can carry."""

from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
import pytest

from hengji.writing.characters import coverage, printable, settable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("普通 text 100%", "普通 text 100%"),
        ("甲\n乙\t丙", "甲 乙 丙"),
        ("甲\x00\x1b\u200b\u202e乙", "甲乙"),
        ("甲\ud800\ufffe乙", "甲乙"),
        ("全角　空格", "全角　空格"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_rare_names_are_in_the_fonts_and_pictures_are_not() -> None:
    serif = coverage(Path(fonts.serif_path()))
    assert set("镕喆堃昇玥翀犇䶮〓【】〔〕①②≥÷×−—“”‘’") <= serif
    change = settable((Path(fonts.serif_path()), Path(fonts.sans_path())))
    assert change("甲😀한") == "甲〓〓"
