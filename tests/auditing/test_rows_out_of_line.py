"""Single rows and sentences: who is counted in a control rate, a rate of a change, of a target, of a rest, a unit, a bound, an honour."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """青溪县水务局2023年度部门整体支出绩效自评报告
一、基本情况
青溪县水务局核定编制22名，2023年末在编20人，另有劳务派遣1人。
二、自评结论
自评得分{total}分，等级为“优”。
三、指标得分情况
三级指标\t分值\t指标值\t实际完成值\t评分标准\t得分
{row}
重点工作\t{rest}\t8项\t8项\t酌情评定\t{rest}
合计\t100\t\t\t\t{total}
{more}
四、工作情况
{said}
"""


def _codes(row: str, said: str = "重点工作8项，已完成8项。", more: str = "") -> set[str]:
    points = int(row.split("|")[1])
    cells = "\t".join(cell.strip() for cell in row.split("|"))
    text = _REPORT.format(row=cells, rest=100 - points, total=100, said=said, more=more)
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


_PLAIN = "供水户数 | 10 | 3260户 | 3260户 | 完成得满分 | 10"


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("R17", "在职人员控制率 | 10 | ≤100% | （20+1）÷22=95.45% | 不超编得满分 | 10"),
        ("R17", "在职人员控制率 | 10 | ≤100% | 20名在编加1名劳务派遣，21/22=95.45% | 不超编得满分 | 10"),
        ("R17", "在职人员控制率 | 10 | ≤100% | 21人（含劳务派遣1人）÷22人=95.45% | 不超编得满分 | 10"),
        ("R17", "在职人员控制率 | 10 | ≤100% | 22÷20=110.00% | 不超编得满分 | 10"),
        ("R11", "结转变动率 | 10 | ≤0 | 由88.00万元降至66.00万元，变动率-33.33% | ≤0得满分 | 10"),
        ("R11", "违建拆除 | 10 | 2000平方米 | 拆除2300平方米，完成率125.00% | 完成得满分 | 10"),
        ("R12", "门诊次均费用 | 10 | ≤210元 | 198.45万元 | 不超过得满分 | 10"),
        ("R15", "“三公”经费控制 | 10 | ≤62.00万元 | 支出66.40万元，未超过预算 | 不超预算得满分 | 10"),
    ],
)
def test_a_row_out_of_line_is_found(code: str, row: str) -> None:
    assert code in _codes(row)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("R17", "在职人员控制率 | 10 | ≤100% | 20÷22=90.91%，劳务派遣1人不占编制 | 不超编得满分 | 10"),
        ("R11", "结转变动率 | 10 | ≤0 | 由88.00万元降至66.00万元，变动率-25.00% | ≤0得满分 | 10"),
        ("R11", "违建拆除 | 10 | 2000平方米 | 拆除2300平方米，完成率115.00% | 完成得满分 | 10"),
        ("R12", "门诊次均费用 | 10 | ≤210元 | 198.45元 | 不超过得满分 | 10"),
        ("R12", "设备购置 | 10 | ≤500元 | 1.20万元 | 不超过得满分 | 10"),
        ("R15", "“三公”经费控制 | 10 | ≤62.00万元 | 支出61.40万元，未超过预算 | 不超预算得满分 | 10"),
    ],
)
def test_a_row_in_line_stays_quiet(code: str, row: str) -> None:
    assert code not in _codes(row)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("完成抽检1000批次，不合格24批次，合格率98.60%。", True),
        ("完成抽检1000批次，不合格24批次，合格率97.60%。", False),
        ("完成抽检1000批次，不合格24批次，不合格率2.40%。", False),
    ],
)
def test_the_rate_of_the_rest(said: str, found: bool) -> None:
    assert ("R11" in _codes(_PLAIN, said)) is found


@pytest.mark.parametrize(
    ("honours", "found"),
    [
        ("2023年度全市水利工作先进单位（2023年12月通报）；2021年度全市文明单位", True),
        ("2023年度全市水利工作先进单位（2023年12月通报）；2023年度全市文明单位", False),
        ("2023年度全市水利工作先进单位；2022年度全市文明单位（2023年3月命名）", False),
    ],
)
def test_honours_of_earlier_years_in_a_row(honours: str, found: bool) -> None:
    assert ("R33" in _codes(_PLAIN, more=f"加分\t2\t\t{honours}\t每项加1分\t2")) is found


def test_what_is_counted_off_after_a_comma_is_counted() -> None:
    said = "下一步一是巡查排水，二是维修泵站，三是检修网格、四是12座水闸逐一调试，五是汛前演练。"
    assert "R31" not in _codes(_PLAIN, said)
