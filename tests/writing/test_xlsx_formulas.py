"""The rule language and the rule kinds as spreadsheet formulas."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from hengji.language import Vocabulary, parse
from hengji.library import load_dictionary
from hengji.model import rules
from hengji.model.expression import Aggregate
from hengji.writing.xlsx_formulas import Translator, Untranslatable, number
from hengji.writing.xlsx_rules import weighed


@dataclass(frozen=True)
class Named:
    """Cells that are called by their items."""

    def item(self, name: str, back: int = 0) -> str:
        if name == "满意人数":
            raise Untranslatable("满意人数未填")
        return name + "′" * back

    def aggregate(self, node: Aggregate) -> str:
        return f"[{node.register}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实际采购金额 / 采购预算金额", "(实际采购金额/采购预算金额)"),
        ("采购预算金额 - 实际采购金额 - 本年支出合计", "((采购预算金额-实际采购金额)-本年支出合计)"),
        ("-(采购预算金额) * 50%", "((-采购预算金额)*0.5)"),
        ("实际采购金额 > 采购预算金额", "(ROUND(实际采购金额-采购预算金额,9)>0)"),
        ("编制数 ≠ 20", "(ROUND(编制数-20,9)<>0)"),
        ("截留挤占挪用 或 超标准支出 = 是", 'OR((截留挤占挪用="是"),((超标准支出="是")=TRUE))'),
        ("非(截留挤占挪用) 且 编制数 >= 1", 'AND(NOT((截留挤占挪用="是")),(ROUND(编制数-1,9)>=0))'),
        ("如果(编制数 = 0, 1, 在编人数 / 编制数)", "IF((ROUND(编制数-0,9)=0),1,(在编人数/编制数))"),
        ("最小(编制数, 最大(在编人数, 3), 绝对值(编外人数))", "MIN(编制数,MAX(在编人数,3),ABS(编外人数))"),
        ("上年(三公经费预算数)", "三公经费预算数′"),
        ("计数(转移支付) + 1", "([转移支付]+1)"),
    ],
)
def test_expressions(text: str, expected: str) -> None:
    dictionary = load_dictionary()
    translator = Translator(Named(), dictionary)
    assert translator.excel(parse(text, Vocabulary(dictionary)).tree) == expected


def test_an_unknown_figure_cannot_be_stated() -> None:
    dictionary = load_dictionary()
    with pytest.raises(Untranslatable, match="满意人数未填"):
        Translator(Named(), dictionary).excel(parse("满意人数 / 编制数", Vocabulary(dictionary)).tree)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("95/100", "0.95"), ("22/19", "(22/19)"), ("5", "5"), ("-1/2", "(-0.5)"), ("1/1000", "0.001"), ("0", "0")],
)
def test_numbers_are_exact(value: str, expected: str) -> None:
    assert number(Fraction(value)) == expected


PERCENT = Fraction(1, 100)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (rules.Proportional(), "P*MAX(0,MIN(1,x/1))"),
        (rules.Proportional(to=45 * PERCENT, lower_is_better=True), "IF((ROUND(x-0.45,9)<=0),P,P*0.45/x)"),
        (
            rules.Proportional(overshoot=rules.Overshoot(130 * PERCENT, 80 * PERCENT)),
            "IF((ROUND(x-1.3,9)>0),P*0.8,P*MAX(0,MIN(1,x/1)))",
        ),
        (
            rules.Steps((
                rules.Step(rules.Interval(low=90 * PERCENT), rules.Award(share=Fraction(1))),
                rules.Step(rules.Interval(low=75 * PERCENT, high=90 * PERCENT), rules.Award(share=70 * PERCENT)),
                rules.Step(rules.Interval(), rules.Award(score=Fraction(0))),
            )),
            "IF((ROUND(x-0.9,9)>=0),P,IF(AND((ROUND(x-0.75,9)>=0),(ROUND(x-0.9,9)<0)),P*0.7,0))",
        ),
        (
            rules.Excess(Fraction(1), PERCENT, Fraction(1, 2), whole_steps="up"),
            "IF((ROUND((x-1)-0,9)<=0),P,MAX(0,P-0.5*ROUNDUP(ROUND((x-1)/0.01,9),0)))",
        ),
        (rules.PassMark(60 * PERCENT), "IF((ROUND(x-0.6,9)<0),0,P*MIN(1,(x-0.6)/(1-0.6)))"),
    ],
)  # fmt: skip
def test_rules_that_weigh_a_number(rule: rules.Rule, expected: str) -> None:
    assert weighed(rule, "x", "P") == expected


def test_a_rank_needs_other_departments() -> None:
    with pytest.raises(Untranslatable):
        weighed(rules.Rank(()), "x", "P")
