"""Documents cited in running text: which number is whose."""

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("按照《关于河湖管护的通知》（永水发〔2023〕4号）执行。", ["永水发〔2023〕4号"]),
        ("依据《关于规划调整的请示》的批复和普发改投【2017】89号文办理。", ["", "普发改投【2017】89号"]),
        ("按县政府的通知及永财绩【2023】7号文开展自评。", ["永财绩【2023】7号"]),
        ("根据永财绩〔2023〕7号文开展自评。", ["永财绩〔2023〕7号"]),
    ],
)
def test_a_number_is_that_of_its_own_paper(words: str, numbers: list[str]) -> None:
    found = extract(read_text("报告.txt", f"某局2023年度部门整体支出绩效自评报告\n一、基本情况\n{words}\n".encode()))
    assert [citation.number for citation in found.citations] == numbers
