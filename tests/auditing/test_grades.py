"""A scale of grades is read however it is printed."""

import pytest

from hengji.auditing.scores.grades import read_scale
from hengji.extracting.flat import flat
from hengji.model.numerals import read_chinese

_USUAL = {"优": 90, "良": 80, "中": 60, "差": 0}


@pytest.mark.parametrize(
    "text",
    [
        "90（含）—100分为优，80（含）—90分为良，60（含）—80分为中，60分以下为差",
        "得分≥90为优，80≤得分<90为良，60≤得分<80为中，得分<60为差",
        "优（90-100分，含90）、良（80-90分，含80）、中（60-80分，含60）、差（60分以下）",
        "优\t90（含）-100\n良\t80（含）-90\n中\t60（含）-80\n差\t60以下",
        "优：90分及以上；良：80—90分；中：60—80分；差：60分以下",
        "等级标准为90分及以上优、80分及以上90分以下良、60分及以上80分以下中、60分以下差。",
        "九十分以上为优，八十至九十分为良，六十至八十分为中，六十分以下为差",
        "综合得分90分（含）以上的，评为“优”；80分（含）至90分的，评为“良”；60分（含）至80分的，评为“中”；60分以下的，评为“差”",
        "100-90分为优，89-80分为良，79-60分为中，60分以下为差",
        "90分及以上为优秀，80分及以上不足90分为良好，60分及以上不足80分为中等，60分以下为较差",
    ],
)
def test_scales_in_every_print(text: str) -> None:
    assert read_scale(flat(text)) == _USUAL


@pytest.mark.parametrize("text", ["满意度90%以上得8分，良好率80%", "分优、良、中、差四个等级", "优良中等路率达到88%"])
def test_what_is_no_scale(text: str) -> None:
    assert read_scale(flat(text)) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("九十五点七", "95.7"), ("一百", "100"), ("十五", "15"), ("两", "2"), ("96.5", "96.5"), ("百", None)],
)
def test_chinese_numerals(text: str, value: str | None) -> None:
    read = read_chinese(text)
    assert (None if read is None else str(read)) == value


def test_blanks_for_thousands() -> None:
    assert flat("支出6 332.40万元") == "支出6,332.40万元"
    assert flat("预算执行率 10 100%") == "预算执行率 10 100%"
