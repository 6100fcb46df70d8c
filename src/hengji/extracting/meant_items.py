"""Which data item a figure means: by its words, by the figures listed before it, by what it is split into."""

from hengji.extracting.figure_words import bare_of, clean_name
from hengji.extracting.phrases import Phrases
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_CONTRACTED = pattern(r".{0,4}(?:合同|成交|中标|签约)(?:总)?金额")
# Words of what was done.
DONE = pattern(r"支出|决算|实际|完成|执行|使用|到位|支付|实有|在编|在职|办结|回复|收到|采购额|合同")


def item_meant(
    name: str, words: str, lead: str, after: str, unit: str, listed: list[str], last: str, phrases: Phrases
) -> str:
    """The data item a figure means, by its words, by the figures listed before it and by what it is split into."""
    own = words.strip()[-20:]
    item = phrases.item(own, unit) or (phrases.item(name, unit) if name != own else "")
    bare = bare_of(words) if not item else name
    item = item or (phrases.item(bare, unit) if bare not in (own, name) else "")
    item = item or (_closing(listed, phrases) if words.strip() in _CLOSINGS else "")
    whole = item in ("", "本年支出合计", "部门预算资金实际支出")
    if whole and last in _SIDED_BUDGETS and _SPENT.fullmatch(clean_name(words)):
        return _SIDED_BUDGETS[last]  # 「“三公”经费预算28.00万元……全年支出3.92万元」
    if item or dimension(unit) != "money":
        return item
    if _SPENT.fullmatch(name) and listed and listed[-1] in ("年度部门预算资金", "年初预算数"):
        return "部门预算资金实际支出"  # 「调整预算3305.80万元，实际支出3278.64万元」
    if "采购" in lead and _CONTRACTED.fullmatch(name):
        return "实际采购金额"
    kind = _BOUGHT.search(name) if "采购" in lead else None
    if kind is not None:
        item = phrases.sided(kind["kind"], unit, "实际" if DONE.search(kind["side"]) else "预算", lead)
    return item or (_bare_whole(name, listed, after) if name in _BARE_WHOLES else "")


_BOUGHT = pattern(r"(?P<side>预算|计划|实际|支出|完成)[^,。;]{0,6}?(?P<kind>货物|工程|服务)类?$")
_BARE_WHOLES = ("支出", "收入", "实际支出", "决算支出")
_SPLIT = pattern(
    r"[,:(]?\s?(?:其中|包括|分别为|由)[:,]?\s?(?:\S{0,4}?)(?P<first>基本支出|人员|工资|项目支出|一般公共预算|财政拨款|本年|年初|上年)"
)


def _bare_whole(name: str, listed: list[str], after: str) -> str:
    """「支出」 alone is the whole where its first part follows (其中基本支出), or where the whole income was told just before."""
    split = _SPLIT.match(after)
    if name == "收入":
        return "本年收入合计" if split and split["first"] not in ("基本支出", "项目支出", "人员", "工资") else ""
    if split is not None or (listed and listed[-1] == "本年收入合计"):
        return "本年支出合计"
    return ""


_SIDED_BUDGETS = {"三公经费预算数": "三公经费决算数", "公用经费预算数": "公用经费支出", "采购预算金额": "实际采购金额"}
_SPENT = pattern(r"(?:全年|实际|本年)*(?:支出|执行)数?")
_CLOSINGS = ("合计", "共计", "总计")


def _closing(listed: list[str], phrases: Phrases) -> str:
    """What 「合计」 is after a list of parts: the budget's whole or the spending's."""
    parts = [phrases.pairs[name] for name in ("基本支出", "项目支出", "人员经费", "公用经费")]
    if len(listed) > 1 and all(listed):
        if set(listed) <= {pair.budget for pair in parts}:
            return "年初预算数"
        if set(listed) <= {pair.actual for pair in parts}:
            return "本年支出合计"
    return ""
