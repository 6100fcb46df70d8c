"""Full marks beside what the report admits of the same topic: half of these pairs contradict each other, half do not."""

import pytest

from hengji.auditing import audit
from hengji.extracting.extract import as_self_evaluation
from hengji.reading.text import read_text

_FAULTS = (
    ("资产管理（5分）", "11月盘点固定资产386件，账实相符。", "部分设备有账无物，2台投影机去向不明。"),
    ("资产管理规范性（5分）", "12月盘点412件，账物相符。", "购入的3台空调至年末仍未入账。"),
    ("资金使用合规性（6分）", "专款专用，未发现截留、挪用。", "县审计局指出6.80万元专项资金被用于购置办公电脑。"),
    ("财务管理合规性（6分）", "支出均有完整审批手续。", "2笔培训费没有附签到表，1笔劳务费未经审批。"),
    ("目标管理（8分）", "21个项目目标逐个审核，均达到要求。", "9个项目绩效指标模糊，申报时未作实质审核。"),
    ("采购规范性（5分）", "全部按规定方式采购。", "礼堂维修29.80万元直接委托施工单位实施，未履行采购程序。"),
    ("林区租金收缴（4分）", "门面租金全部及时上缴国库。", "3间门面房租金4.20万元未上缴国库。"),
    ("食材抽检合格率（6分）", "抽检食堂食材96批次，合格96批次，合格率100%。", "食堂食材6月抽检1批次不合格。"),
    ("法律顾问覆盖（7分）", "152个村法律顾问协议全部签约。", "9个村尚未签订法律顾问服务协议。"),
    ("困难职工帮扶（6分）", "在档困难职工158户，帮扶158户，覆盖率100%。", "在档困难职工有9户没有得到帮扶。"),
)
_NO_FAULTS = (
    ("资产管理（5分）", "11月盘点固定资产386件，账实相符。", "2022年自评指出的账实不符已于2023年3月整改完毕。"),
    ("资产管理（5分）", "11月盘点固定资产386件，账实相符。", "专业技术人员短缺，人员老化。"),
    ("资金使用合规性（6分）", "专款专用，未发现截留、挪用。", "宣传方式单一，群众知晓面窄。"),
    ("资金使用合规性（6分）", "抽查凭证86份，手续齐全。", "检查未发现挤占、挪用资金，但支付集中在年末。"),
    ("资金使用合规性（6分）", "专款专用，没有截留、滞留、挪用现象。", "宣传方式单一。"),
    ("目标管理（8分）", "21个项目目标逐个审核，均达到要求。", "基层网点距离较远，往返耗时。"),
    ("采购规范性（5分）", "全部按规定方式采购。", "夜间巡查频次偏低。"),
    ("林区租金收缴（4分）", "门面租金全部及时上缴国库。", "林区道路破损，巡护车辆通行难。"),
    ("食材抽检合格率（6分）", "抽检食堂食材96批次，合格96批次，合格率100%。", "食堂菜品单一。"),
    ("法律顾问覆盖（7分）", "152个村法律顾问协议全部签约。", "普法读物库存偏多。"),
    ("困难职工帮扶（6分）", "在档困难职工158户，帮扶158户，覆盖率100%。", "疗养基地距离远，报名人数少。"),
)


def _quotes(leaf: str, claim: str, problem: str, code: str = "R18") -> list[str]:
    points = leaf[leaf.index("（") + 1 : leaf.index("分")]
    text = f"三、绩效分析\n1.{leaf}。自评得分{points}分，{claim}\n五、存在问题\n（一）{problem}\n六、改进措施\n（一）办公室于2024年6月底前逐项落实。\n"
    found = audit(as_self_evaluation(read_text("报告.txt", text.encode()), 2023)).findings
    return [finding.quote for finding in found if finding.code == code]


@pytest.mark.parametrize(("leaf", "claim", "problem"), _FAULTS)
def test_an_admission_stands_against_full_marks(leaf: str, claim: str, problem: str) -> None:
    """The claim that nothing is amiss is pointed at, once."""
    quotes = _quotes(leaf, claim, problem)
    assert len(quotes) == 1
    assert claim.rstrip("。") in quotes[0]


@pytest.mark.parametrize(("leaf", "claim", "problem"), _NO_FAULTS)
def test_other_topics_and_years_excuse(leaf: str, claim: str, problem: str) -> None:
    assert not _quotes(leaf, claim, problem)
