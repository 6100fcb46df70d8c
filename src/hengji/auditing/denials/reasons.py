"""R34: what a leaf says there was none of, by the ideas that it joins — to build and a building, to hand on and those below — against a clause with a number that joins the same."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.denials.clauses import Clause, clauses, told, year_of
from hengji.auditing.denials.denying import NO
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_BELOW = r"对下|下级|(?:乡镇|镇级?|乡|街道|县[市区]|村级?|社区|基层|学校|站所)(?!长|办|政府|人民|卫生|改革)"
_HANDED = r"分配|下达|拨付|转拨|转移支付|切块|划拨|下拨"
_ABOVE = r"上级|中央|省级?|市级|自治区"
_MONEY = r"资金|专款|转移支付|经费|补助|奖补|专项"
_BUILT = r"新建|改建|扩建|建设|建成|封顶|施工|开工|修建|翻建|建造"
_BUILDING = r"楼堂馆所|办公用房|业务用房|办公楼|业务楼|综合楼|用房|站房|办公场所|宿舍楼"
_LET = r"出租|租赁|出借|租金|承租|招租"
_ASSETS = r"资产|房屋|门面|铺面|场地|设备|土地|办公楼|商铺|房产|车位"
_DISPOSED = r"处置|报废|拍卖|核销|变卖|出让|转让"
_CHARGED = r"收费|非税|罚没|学费|住宿费|规费|罚款|租金收入"
_DEBT = r"债务|债券|贷款|借款|举债"
_WASTE = r"弃渣|废料|淤泥|污水|废水|固废|垃圾|废气|废弃物|渣土"
_OUT = r"购买服务|委托第三方|第三方服务|外包"

# What may be denied, each by the ideas that must come together.
_REASONS = tuple(
    tuple(pattern(idea) for idea in ideas)
    for ideas in (
        (_BELOW, _HANDED),
        (_ABOVE, _MONEY),
        (_BUILT, _BUILDING),
        (_LET, _ASSETS),
        (_DISPOSED, _ASSETS),
        (_CHARGED,),
        (_DEBT,),
        (_WASTE,),
        (_OUT,),
    )
)
_DENIED = pattern(rf"{NO}|未(?:发生|承担|产生|涉及|安排|收到|取得|实施|开展|新建|建设)|不(?:涉及|产生|存在|承担)")
_NONE = pattern(r"没有|未(?!来)|无(?!人机|障碍|线|偿|害)|不(?:再|存在|予|涉及|产生|含|包括|得)|取消|压减|暂缓|停止|零")
_NARROWER = pattern(
    r"违规|违反|超标|超|擅自|新增|隐性|逾期|未批先|乱|投诉|截留|挪用|滞留|截止|遗漏|闲置|拖欠|问题|不合规|浪费|流失"
)
_NUMBER = pattern(
    r"(?<![\d.年])[1-9]\d*(?:,\d{3})*(?:\.\d+)?\s?(?:万?亿?元|[个项笔处座家栋间台辆套件宗批]|万?平方?(?:公里|米)|立方米|万?吨|㎡|m2)"
)
_NOT_SO = pattern(
    r"计划|拟|目标|上年|去年|标准|办法|制度|指标|得\s?\d|扣\s?\d|预算数?$|银行|公司|城投|企业|农户|群众|居民|市场主体|招商|污水处理厂|帮助|协助|指导|惠民|贴息"
)


def reasons_against_facts(case: Case) -> Iterator[Finding]:
    """「县级没有对下转移支付，指标不适用」, where 「对乡镇转移支付420.00万元」 is told."""
    if not case.found.items:
        return
    for clause in clauses(case):
        denied = _DENIED.search(clause.text)
        item = case.item_at(clause.span.start) if denied is not None else None
        if denied is None or item is None or not _rests(clause, item) or not told(case, clause):
            continue
        rest = clause.text[denied.end() :]
        if _NARROWER.search(rest) or year_of(case, clause) != case.year:
            continue
        for ideas in _REASONS:
            fact = _fact(case, clause, item, ideas) if all(idea.search(rest) for idea in ideas) else None
            if fact is not None:
                message = f"“{item.name}”写“{clause.text[:30]}”，而报告另一处写“{fact.text[:40]}”，请核对理由是否成立"
                yield case.finding("R34", clause.span, message, item=item.name, also=(fact.span,))
                return


_REASON = pattern(
    r"不(?:予|再)?考核|不适用|不参与评分|不涉及|不计分|不评分|不参评|(?:计|得|按|给|视为)(?:予)?满分|分值?(?:调整|平移|转)"
)


def _rests(clause: Clause, item: ScoredItem) -> bool:
    """Whether a leaf that is not assessed, or takes all its points for it, rests on a denial."""
    words = f"{clause.text}{clause.after}{clause.before}"
    return item.not_applicable or (
        _REASON.search(words) is not None and (item.claimed is None or item.claimed == item.points)
    )


def _fact(case: Case, denial: Clause, item: ScoredItem, ideas: tuple[re.Pattern[str], ...]) -> Clause | None:
    """A clause outside the leaf that joins the same ideas as done in the year, with a number."""
    for clause in clauses(case):
        if (
            not all(idea.search(clause.text) for idea in ideas)
            or not _one_word(denial, clause, ideas)
            or not _NUMBER.search(clause.text)
        ):
            continue
        inside = item.body.start <= clause.span.start < item.body.end or clause.piece == denial.piece
        inside = inside or not _as_narrow(denial.text, clause.text)
        if inside or _NONE.search(clause.text) or _NOT_SO.search(clause.text) or not told(case, clause):
            continue
        if year_of(case, clause) == case.year and case.item_at(clause.span.start) is not item:
            return clause
    return None


def _one_word(denial: Clause, clause: Clause, ideas: tuple[re.Pattern[str], ...]) -> bool:
    """Whether an idea that stands alone is told by the same word: 「废料」 is not 「垃圾」."""
    if len(ideas) > 1:
        return True
    return any(match[0] in clause.text for match in ideas[0].finditer(denial.text))


_INCOME = pattern("收入|收益|租金|缴")
_LEVELS = pattern("中央|省|市级")


def _as_narrow(denied: str, fact: str) -> bool:
    """Whether a fact is of the same income, and of the same level of government, as a denial names."""
    if _INCOME.search(denied) and not _INCOME.search(fact):
        return False
    levels = set(_LEVELS.findall(denied))
    return not levels or "上级" in denied or bool(levels & set(_LEVELS.findall(fact)))
