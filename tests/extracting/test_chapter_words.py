"""Which chapter a heading opens that is put together of the usual words in its own way."""

import pytest

from hengji.extracting import extract
from hengji.extracting.wording import chapter_key
from hengji.reading.text import read_text


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("失分情况和改进措施", "问题与建议"),
        ("主要失分原因和整改安排", "问题与建议"),
        ("扣分项分析与整改", "问题与建议"),
        ("还差在哪里", "存在问题"),
        ("接下来怎么办", "相关建议"),
        ("改进措施", "相关建议"),
        ("失分原因", ""),
        ("扣分情况说明", ""),
    ],
)
def test_a_heading_opens_its_chapter(title: str, key: str) -> None:
    assert chapter_key(title) == key


def test_the_last_remark_before_the_total_is_kept() -> None:
    cells = "三级指标 分值 得分 扣分说明 预算执行率 50 48.50 尾款未付 职工满意度 50 49 12月书面问卷436份 总分 100 97.50"
    text = f"青溪县人民医院2023年度部门整体支出绩效自评报告\n自评得分97.50分。\n{chr(10).join(cells.split())}\n"
    items = extract(read_text("自评.txt", text.encode())).items
    assert [(item.name, item.remark) for item in items] == [
        ("预算执行率", "尾款未付"),
        ("职工满意度", "12月书面问卷436份"),
    ]
