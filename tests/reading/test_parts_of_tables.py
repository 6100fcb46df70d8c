"""Tables of a text file whose parts have rows of fewer cells: a group and its weight, a name alone, a sum."""

import pytest

from hengji.extracting import extract
from hengji.reading.text import read_text

_TEXT = """青溪县第二中学2023年度部门整体支出绩效自评报告
一、评分情况
指标\t权重\t评分说明\t单项分\t加权得分
{first}
预算执行率\t40%\t按完成率计分，860.40/887.01=97.00%\t97\t38.80
资产管理\t20%\t12月盘点412件，账实相符\t100\t20.00
{second}
设备更新\t20%\t计划30台，更新30台\t100\t20.00
家长满意度\t20%\t12月问卷800份，满意736份，92.00%\t100\t20.00
合计\t98.80
二、结论
自评得分98.80分，等级为优。
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、过程\t60%", "二、产出和效益\t40%"),
        ("一、过程（60%）", "二、产出和效益（40%）"),
        ("过程", "产出和效益"),
    ],
)
def test_parts_do_not_break_a_table(first: str, second: str) -> None:
    found = extract(read_text("自评.txt", _TEXT.format(first=first, second=second).encode()))
    assert [item.name for item in found.items] == ["预算执行率", "资产管理", "设备更新", "家长满意度"]
    assert [str(item.claimed) for item in found.items] == ["38.80", "20.00", "20.00", "20.00"]


def test_a_heading_between_two_tables_is_none_of_their_rows() -> None:
    text = "项目\t预算\t支出\n图书\t10.00\t9.60\n（二）收入情况\n来源\t预算\t决算\n拨款\t90.00\t90.00\n"
    blocks = read_text("表.txt", text.encode()).blocks
    assert [block.kind.name for block in blocks] == ["TABLE", "PARAGRAPH", "TABLE"]
