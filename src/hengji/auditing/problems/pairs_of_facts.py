"""R18: what a leaf with full marks says never happened, told elsewhere as having happened, whatever came of it: 「未收到有效投诉」, 「经核查均属实」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import RULE, Admission, is_of_another_year
from hengji.auditing.problems.claiming import NOT_ADMITTED
from hengji.auditing.problems.zones import measure_zones
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_NONE = r"(?:没有|未|无|零|从未|不存在)(?:发生|收到|接到|出现|发现|接获|存在|一起|一件|一例|过|任何){0,3}"
# What is said not to have been, what tells in one sentence that it was, and what lets the sentence stand.
_PAIRS = tuple(
    (pattern(claim), pattern(fact), pattern(unless))
    for claim, fact, unless in (
        (
            rf"{_NONE}(?:有效|查实|属实|有责|核实|服务|群众|读者|游客|患者|家长)?的?(?:有效)?投诉(?!率|回复|处理|办)|投诉(?:为)?(?:0|零)[件起次]|零投诉",
            r"(?:投诉|转办|工单|来信|来电|举报|诉求)[^。;]*(?:(?<!不)(?<!没有)属实|查实|核实成立|(?:认定|确认)(?:为)?有责)",
            r"不属实|未(?:能)?查实|查无实据|均不|辖区|企业|商户|物业公司|经营者|\d\s?家|被投诉(?:人|单位)|查处|立案",
        ),
        (
            rf"{_NONE}(?:安全|生产|教学|医疗|管护|游客)?(?:安全)?责任(?:安全)?事故|责任(?:安全)?事故(?:为)?(?:0|零)起?",
            r"(?:受伤|摔伤|烫伤|砸伤|骨折|溺水|死亡|坠落|触电|伤人|绊倒)[^。]*(?:(?:认定|鉴定|判定|属|负有?|承担|系)[^,。;]{0,10}(?<!无)责(?:任|(?=[,。;]))|赔付[^,。;]{0,10}\d)",
            r"不承担|不负|无责|没有责任|对方|自身原因|第三方|施工单位|车主|驾驶|业主|企业|保险公司",
        ),
        (
            r"(?:未发现|没有|不存在|无|未)(?:发现|发生|出现)?[^,。;]{0,8}(?:滞留|截留|坐支|应缴未缴)",
            r"(?:挂账|滞留|滞压|压在|存放|趴在)[^。;]{0,16}(?:未|没有?)(?:及时)?(?:上缴|缴入?|解缴)[^,。;]{0,4}(?:国库|财政|专户)|\d\s?万元[^。;]{0,20}(?:未|没有)(?:按规定|及时|按期)?(?:上缴|缴入|解缴)(?:国库|财政|专户)",
            r"企业|用人单位|欠缴|上年|以前年度|纳税",
        ),
        (
            r"(?:合同|票据|手续|凭证|三要件)[^,。;\d]{0,8}(?:齐备|齐全|完备)",
            r"\d\s?(?:笔|项|次|份|万元)[^。;]{0,24}(?:凭|以|用)(?:收条|白条|收据)[^,。;]{0,6}(?:付款|支付|报销|入账|列支)|\d\s?(?:笔|项|次|份|万元)[^。;]{0,24}(?:没有|未)(?:补)?签(?:订)?(?:书面)?合同",
            r"不需|无需|限额以下|企业|农户|商户|村民",
        ),
        (
            r"(?:数量|状态|性能)[^,。;]{0,6}(?:合要求|完好|良好|符合要求|正常)",
            r"\d\s?[艘台套件辆具只部顶]?[^,。;]{0,10}(?:检验|年检|质保|有效期)(?:到期|过期|超期)[^,。;]{0,4}(?:没有?|未)[^。;]{0,16}|\d\s?[艘台套辆部][^。;]{0,12}(?:下不了水|打不着火|不能(?:正常)?使用|无法使用)",
            r"已(?:更换|送检|复检|补)|报废",
        ),
        (
            r"(?:日日|天天|全部|均|稳定|全年|持续)达标(?:排放)?|达标排放(?:率)?(?:100%)?",
            r"(?:监测|检测|检查|抽测|采样)[^。;]{0,20}超标(?:\d|排放|[一二三四五六七八九两])[^。;]{0,30}|超标排放[^。;]{0,16}(?:处罚|罚款|责令)",
            r"企业|养殖|商户|餐饮|上游|辖区|立案",
        ),
    )
)


def facts_told_against(case: Case, full: list[ScoredItem]) -> Iterator[Admission]:
    """The sentences that tell that there was what a leaf with full marks says there was none of."""
    for claim, fact, unless in _PAIRS:
        if fact.search(case.flat) is None:
            continue
        claims = [(item, at) for item in full if (at := _claim(case, item, claim)) is not None]
        if len(claims) != 1:
            continue
        item, at = claims[0]
        for sentence, text in case.running_with(fact):
            match = fact.search(text)
            if match is None or unless.search(text) or not _is_told(case, sentence, item):
                continue
            start = max(text.rfind("。", 0, match.start()), text.rfind(";", 0, match.start())) + 1
            span = Span(sentence.start + start, sentence.start + match.end())
            yield Admission(span, item, at, sure=True)
            break


def _claim(case: Case, item: ScoredItem, form: re.Pattern[str]) -> Span | None:
    """Where a leaf says so, and not its rule."""
    for match in form.finditer(case.flat, item.body.start, item.body.end):
        clause = case.flat[max(case.flat.rfind(mark, 0, match.start()) for mark in ",。;\n\t|") + 1 : match.end()]
        behind = case.flat[match.end() : match.end() + _BEHIND]
        if not _RULED.search(clause + behind) and not (item.table and match[0] in f"{item.rule}{item.target}"):
            return Span(match.start(), match.end())
    return None


_BEHIND = 8  # characters
_RULED = pattern(r"得满分|的得|每|扣|目标|标准|要求|应当|应予")


def _is_told(case: Case, sentence: Span, item: ScoredItem) -> bool:
    """Whether a sentence outside the leaf, goals, measures and rules tells of this year."""
    text = case.text(sentence)
    inside = item.body.start <= sentence.start < item.body.end
    planned = case.aimed_at(sentence.start) or any(z.start <= sentence.start < z.end for z in measure_zones(case))
    kept = case.chapter_key(sentence.start) in NOT_ADMITTED and case.chapter_key(sentence.start) != "主要绩效"
    return not (inside or planned or kept or RULE.search(text) or is_of_another_year(case, text, text))
