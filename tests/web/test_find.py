"""Finding by a part of a name, and by the letters with which it begins in pinyin."""

import pytest

from hengji.web.filings.views.find import meant


@pytest.mark.parametrize(
    ("words", "name", "found"),
    [
        ("采购", "政府采购执行率", True),
        ("zfcg", "政府采购执行率", True),
        ("CGZX", "政府采购执行率", True),
        ("sg", "“三公”经费", True),
        ("zcg", "政府采购执行率", False),
        ("2.1", "2.1.4 政府采购执行率", True),
        ("cx", "重点工作", False),
        ("zdgz", "重点工作", True),
    ],
)
def test_letters_find_what_they_begin(words: str, name: str, found: bool) -> None:
    assert meant(words, name) is found
