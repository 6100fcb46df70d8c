"""Sentences as the field writes them: those that look wrong and are right stay quiet, those that are wrong are found."""

from pathlib import Path

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.auditing.test_properties import CLEAN

_PLACES = {
    "概况": "内设6个股室。",
    "收支": "其中基本支出612.30万元，项目支出248.10万元。\n",
    "目标": "群众满意度达到90%以上。",
    "主要绩效": "新增供水人口3260人。",
    "问题": "5.00万元采购计划未执行。下一步由办公室在2024年6月底前制定采购需求论证办法。",
    "结论": "逐项核对账簿和台账后，",
    "建议": "由水务局计财股于2024年5月底前提出需求清单。",
}
_LEAF = ("重点工作完成率", "县政府交办重点工作8项，完成8项，完成率100%，详见附件3。")
_CASES = [
    (code, cases)
    for file in sorted(Path(__file__).parent.glob("hostile*.yaml"))
    for code, cases in yaml.safe_load(file.read_text(encoding="utf-8")).items()
]


def _listed(kind: str) -> list[tuple[str, str, object, str]]:
    return [
        (code, place, words, (cases[kind] or {}).get("with", ""))
        for code, cases in _CASES
        for place, sentences in (cases.get(kind) or {}).items()
        if place != "with"
        for words in sentences
    ]


def _report(place: str, words: object, beside: str) -> str:
    text = CLEAN
    if place == "swap":
        assert isinstance(words, list)
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
    elif isinstance(words, list):
        for old, new in zip(_LEAF, words[:2], strict=True):
            assert text.count(old) == 1
            text = text.replace(old, new)
        for problem in words[2:]:
            text = _put(text, "问题", problem)
    else:
        text = _put(text, place, str(words))
    other, _, sentence = beside.partition("：")
    return _put(text, other, sentence) if beside else text


def _put(text: str, place: str, sentence: str) -> str:
    before = _PLACES[place]
    assert text.count(before) == 1
    return text.replace(before, before.rstrip("\n") + sentence + before[len(before.rstrip("\n")) :])


def _codes(text: str) -> dict[str, str]:
    return {finding.code: finding.message for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


@pytest.mark.parametrize(("code", "place", "words", "beside"), _listed("quiet"))
def test_what_is_right_stays_quiet(code: str, place: str, words: object, beside: str) -> None:
    assert not _codes(_report(place, words, beside)), code


@pytest.mark.parametrize(("code", "place", "words", "beside"), _listed("fires"))
def test_what_is_wrong_is_found(code: str, place: str, words: object, beside: str) -> None:
    assert code in _codes(_report(place, words, beside))
