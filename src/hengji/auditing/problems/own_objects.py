"""R18: a counted fault of just the thing that one leaf with full marks is named after, in whatever words: 「印章管理」, 「有23次用印没登记」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    NO_PROBLEM,
    RULE,
    Admission,
    is_of_another_year,
    is_right_again,
)
from hengji.auditing.problems.by_object import claims_well, judges
from hengji.auditing.problems.contradicting import names_alone, spoken_of
from hengji.auditing.problems.counts import tells_shortfall
from hengji.library.texts import load_circumstances
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

# What tells that something is amiss, in one or two characters: a chapter of problems says it of nothing else.
_AMISS = pattern(
    r"(?<![淹沉埋出])没(?!收)|未(?!来)|不(?!动产|含|低于|少于|高于|超过)|缺|少了|漏|错|乱|混|丢|坏|塌|裂|堵|断|霉|锈|假|代[签填课领]|照[领发付]|重复|拖|逾|超[期时过出]|晚了|迟|停[用了摆]|空[着白置]|过期|过了|多[聘发付编占]|只剩|还在|仍|差了|退[回换]|随意|搁置|积压|堆"
)
_COUNTED = pattern(
    r"[1-9]\d*(?:\.\d+)?\s?(?!\d|年|月|日|号)[万个笔份件户台套项名批处人次宗起家例辆张册卷支座间条头只亩]|[一两二三四五六七八九十](?=[个笔份件户台套项名批处人次宗起家例辆张册卷支座间])"
)
_DATE = pattern(r"20\d\d年度?|\d{1,2}月(?:\d{1,2}日)?|第?\d{1,2}季度|\[[^\]]*\]|〔[^〕]*〕\d*号?")
# Words of names that say of no thing what a leaf is about.
_VOID = pattern(
    r"管理|工作|情况|项目|任务|建设|完成|实施|质量|规范|合规|及时|准确|完整|合理|科学|健全|有效|落实|执行|控制|效益|效果|影响|社会|群众|服务|对象|满意|人员|资金|经费|部门|单位|年度|重点|达标|合格|正常|运行|安全|保障|制度|机制|水平|能力|数量|公共|整体|支出|预算|绩效|目标|指标|推进|开展|组织|使用|成本|持续|可持|提升|改善|发展|经济|生态|综合|全县|全市|专项|工程|设施|维护|业务|基础|实际|计划|问题"
)
_SENTENCE = pattern(r"[^。;\n]+")
_MONEY_LEFT = pattern(r"尾款|结转|结余|质保金|未?支付|执行率|支出率|满意[度率]|到账|下达")
# A problem that opens with how money was planned or spent.
_OF_MONEY = pattern(
    r"预算|支出进度|资金(?:支出|支付|执行)|支付进度|(?:经费|人才|人员|力量|编制)[^,。;]{0,8}(?:不足|断档|空缺|短缺|紧)|执行不够"
)
_OF_TIME = pattern(r"时效|及时|按[期时月]|时限|工期")
_LATE = pattern(r"晚|迟|拖|逾|超|才|慢|滞后|未按|没按|没有按")
_ONE_THING = 2  # characters


def faults_of_own_objects(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """The counted faults of the problems, each against the one leaf with full marks whose name alone has a word of it, and that says that all is well."""
    for zone in zones:
        for match in _SENTENCE.finditer(case.flat, zone.start, zone.end):
            text = match[0]
            if not _COUNTED.search(_DATE.sub(" ", text)) or not _is_amiss(text) or not _holds(case, text):
                continue
            weighed = [(weight, item) for item in full if (weight := _weight(case, text, item))]
            best = max((weight for weight, _ in weighed), default=0)
            meant = [item for weight, item in weighed if weight == best]
            if len(meant) != 1 or any(_pays(case, text, other) for other in lost):
                continue
            span = Span(match.start(), match.end())
            item = meant[0]
            claim = claims_well(case, item)
            if _OF_TIME.search(item.name) and not _LATE.search(text):
                continue
            if claim is not None and judges(case, item, span) and not tells_shortfall(case, item):
                yield Admission(span, item, claim)


def _is_amiss(text: str) -> bool:
    """Whether a part of a sentence tells a fault, and not what the unit suffers from or what money is left."""
    parts = re.split("[,:]", text)
    if _OF_MONEY.search(parts[0]):
        return False
    return any(
        _AMISS.search(part) and not load_circumstances().search(part) and not _MONEY_LEFT.search(part) for part in parts
    )


def _holds(case: Case, text: str) -> bool:
    if RULE.search(text) or ALLOWED.search(text) or NO_PROBLEM.search(text.strip(" 。;")):
        return False
    if _NO_FACT.search(text):
        return False
    return not is_right_again(case, text) and not is_of_another_year(case, text, text)


_NO_FACT = pattern(r"满意|问卷|不是|并非|反映")


def _weight(case: Case, text: str, item: ScoredItem) -> int:
    """How much a sentence is of the thing that a leaf is named after: words of its name alone; one of two characters may stand apart (用印、合同章)."""
    alone = [pair for pair in names_alone(case).get(item.name, ()) if not _VOID.fullmatch(pair)]
    whole = sum(pair in text and f"{pair}中" not in text and f"{pair}里" not in text for pair in alone)
    if whole:
        return whole + 1
    thing = _VOID.sub("", item.name)
    apart = len(thing) == _ONE_THING and thing not in text and all(each in text for each in thing)
    return 1 if apart else 0


def _pays(case: Case, text: str, other: ScoredItem) -> bool:
    """Whether a leaf that lost points has a word of a sentence in its name, or several in what it tells."""
    pairs = {pair for pair in spoken_of(text) if not _VOID.fullmatch(pair)}
    named = pairs & spoken_of(other.name)
    return bool(named) or len(pairs & spoken_of(f"{case.text(other.body)} {other.actual} {other.remark}")) >= _MUCH


_MUCH = 2  # pairs of characters
