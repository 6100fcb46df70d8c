"""A notice is no report: what its text alone decides is checked, and nothing else."""

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.extraction import DocumentKind
from hengji.reading.text import read_text

_NOTICE = """青溪县水务局文件
青溪县水务局关于开展2024年度部门整体支出绩效自评工作的通知
各股室、各所属单位：
现将2024年度部门整体支出绩效自评有关事项通知如下：
一、自评范围
局机关和3个所属单位，{basis}，与2024年度决算核对一致。
二、自评内容
预算执行、履职产出、效益和满意度，满意度不低于90%，完成率100%。
{third}、有关要求
请各单位于2025年3月14日前报送，建立{word}工作台账。{call}
青溪县水务局
2025年2月20日
"""
_RIGHT = {
    "basis": "数据以2024年12月31日的时点数为准",
    "third": "三",
    "word": "健全",
    "call": "2023年度自评为“良”的单位说明整改情况。",
}


def _codes(**words: str) -> set[str]:
    found = extract(read_text("通知.txt", _NOTICE.format_map({**_RIGHT, **words}).encode()))
    assert found.kind is DocumentKind.OTHER
    return {finding.code for finding in audit(found).findings}


def test_a_right_notice_is_quiet() -> None:
    assert not _codes()


def test_what_its_text_decides_is_found() -> None:
    assert _codes(basis="数据一律以2023年12月31日的时点数为准") == {"R13"}
    assert _codes(third="四") == {"R31"}
    assert _codes(word="建全") == {"R38"}
    assert _codes(call="联系电话：13800000000") == {"R39"}
