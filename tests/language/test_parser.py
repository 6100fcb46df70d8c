"""The rule language: what it reads, how it prints back, and what it refuses in one sentence."""

import pytest

from hengji.language import ExpressionError, Vocabulary, formula, parse, unit_of
from hengji.model.item import Dictionary, Item, ItemType, RegisterColumn, RegisterKind

_MONEY = ("采购预算金额", "实际采购金额", "三公经费", "三公经费预算数", "预决算信息,绩效评价结果")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    items = {name: Item(name=name, unit="万元") for name in _MONEY}
    items["贴息"] = Item(name="贴息", unit="元")
    items["在编人数"] = Item(name="在编人数", unit="人", aliases=("在职人数",))
    items["无形资产"] = Item(name="无形资产", unit="万元")
    items["涉密单位"] = Item(name="涉密单位", type=ItemType.FLAG)
    columns = (
        RegisterColumn(name="类别"),
        RegisterColumn(name="金额", type=ItemType.NUMBER, unit="万元"),
        RegisterColumn(name="批准日期", type=ItemType.DATE),
        RegisterColumn(name="下达日期", type=ItemType.DATE),
        RegisterColumn(name="期限", type=ItemType.NUMBER, unit="天"),
    )
    return Vocabulary(Dictionary(items, {"转移支付": RegisterKind(name="转移支付", columns=columns)}))


@pytest.mark.parametrize(
    ("text", "printed", "unit"),
    [
        ("实际采购金额 / 采购预算金额", "实际采购金额 ÷ 采购预算金额", "%"),
        ("三公经费预算数-三公经费", "三公经费预算数 - 三公经费", "万元"),
        ("采购预算金额 - (三公经费 - 实际采购金额)", "采购预算金额 - （三公经费 - 实际采购金额）", "万元"),
        ("采购预算金额 − 三公经费 − 实际采购金额", "采购预算金额 - 三公经费 - 实际采购金额", "万元"),
        ("在职人数 >= 5", "在编人数 ≥ 5", ""),
        ("采购预算金额 = 0 且 实际采购金额 = 0", "采购预算金额 = 0 且 实际采购金额 = 0", ""),
        ("(在编人数>1)或(在编人数<5)", "在编人数 > 1 或 在编人数 < 5", ""),
        ("无(转移支付)", "无（转移支付）", ""),
        ("无形资产 + 1", "无形资产 + 1", "万元"),
        ("「预决算信息,绩效评价结果」 × 9５%", "预决算信息,绩效评价结果 × 95%", "万元"),
        (
            "合计(转移支付, 金额, 天数(批准日期, 下达日期) <= 期限) / 合计(转移支付, 金额)",
            "合计（转移支付，金额，天数（批准日期，下达日期） ≤ 期限） ÷ 合计（转移支付，金额）",
            "%",
        ),
        ("计数（转移支付，类别 = “专项”）", "计数（转移支付，类别 = “专项”）", None),
        ("如果(涉密单位 = 是, 30, 60)", "如果（涉密单位 = 是，30，60）", None),
        ("上年(三公经费)", "上年（三公经费）", "万元"),
        ("-三公经费 + 5", "-三公经费 + 5", "万元"),
    ],
)
def test_reads_and_prints_back(vocabulary: Vocabulary, text: str, printed: str, unit: str | None) -> None:
    tree = parse(text, vocabulary).tree
    assert formula(tree) == printed
    assert unit_of(tree, vocabulary.dictionary) == unit
    assert parse(printed, vocabulary).tree == tree


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("实际采购金额 / 采购预算", "采购预算"),
        ("采购预算金额 >", "没有写完"),
        ("采购预算金额)", "第7字"),
        ("转移支付 + 1", "台账"),
        ("合计(采购预算金额, 金额)", "不是台账"),
        ("合计(转移支付)", "合计(台账, 列, 条件)"),
        ("金额 + 1", "不是已声明的数据项"),
        ("上年(1)", "只能写一个数据项"),
        ("非(1, 2)", "这里有2项"),
        ("采购预算金额且实际采购金额", "且"),
        ("__import__('os')", "__import__"),
        ("1; DROP TABLE", ";"),
        ("(" * 500 + "1" + ")" * 500, "嵌套"),
        ("1" * 3000, "2000字"),
    ],
)
def test_says_in_one_sentence_what_is_wrong(vocabulary: Vocabulary, text: str, said: str) -> None:
    with pytest.raises(ExpressionError, match=r".") as caught:
        parse(text, vocabulary)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text", ["采购预算金额 + 贴息", "贴息 / 采购预算金额", "采购预算金额 > 在编人数", "最大(在编人数, 三公经费)"]
)
def test_units_that_differ_do_not_meet(vocabulary: Vocabulary, text: str) -> None:
    with pytest.raises(ExpressionError):
        unit_of(parse(text, vocabulary).tree, vocabulary.dictionary)
