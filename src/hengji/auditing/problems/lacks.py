"""Statements of lack: the clauses, wherever they stand outside the rules, that tell what this unit left undone, late or wrong this year, and in which aspects."""

from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import ALLOWED, NONE_OF_IT, RIGHT, is_denied, is_inside, is_of_another_year
from hengji.auditing.problems.claiming import NOT_ADMITTED
from hengji.auditing.problems.zones import measure_zones, problem_zones
from hengji.library.aspects import load_aspects
from hengji.library.texts import load_bodies
from hengji.model.extraction import Span
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class Lack:
    """A clause that tells a lack, the sentence that it stands in, and its aspects; ``mended`` where it was made good within the year."""

    span: Span
    sentence: Span
    aspects: frozenset[str]
    mended: bool
    problem: bool  # told among the problems


@once
def lacks_of(case: Case) -> tuple[Lack, ...]:
    """The lacks that a report tells outside its leaves, its rules, its goals and its measures."""
    return tuple(lack for sentence in _sentences(case) for lack in _lacks_in(case, sentence))


def _sentences(case: Case) -> Iterator[Span]:
    """The sentences that tell what happened: what stands between full stops, semicolons and ends of lines."""
    zones, measures = problem_zones(case), measure_zones(case)
    for match in _SENTENCE.finditer(case.flat):
        at = match.start()
        inside = is_inside(zones, at)
        if is_inside(measures, at) and not inside:
            continue
        if not inside and (
            case.item_at(at) is not None
            or case.in_table(at)
            or case.aimed_at(at)
            or case.chapter_key(at) in NOT_ADMITTED
            or _SCORED.search(match[0])
        ):
            continue
        yield Span(at, match.end())


def tells_no_lack(text: str) -> bool:
    """Whether a passage that has words of lack tells none: 「不涉及资金截留」, 「票据均无缺失」, 「更正后为186场」, 「抽检差错率不高于0.5%计10分」."""
    return _NONE_OF.search(text) is not None


_NONE_OF = pattern(
    r"(?:不|未|没有)涉及[^,。;]{0,16}(?:截留|挪用|违|问题|占)|[均都皆全也]无[^,。;]{1,8}(?=[,。;]|$)|更正后|(?<![累合共总])[计记]\s?\d{1,2}(?:\.\d+)?\s?分(?!钟)|控制数\d"
)
_SENTENCE = pattern(r"[^。;\n\t]+")
_SCORED = pattern(r"\d\s?分(?![钟之布开])|扣\s?\d|扣分|满分")  # a leaf's own account, or its rule


def _lacks_in(case: Case, sentence: Span) -> Iterator[Lack]:
    text = case.text(sentence)
    if _NOT_FACT.search(text) or _RULED.search(text) or ALLOWED.search(text):
        return
    opens = _OPENS_WITH_YEAR.match(text)
    if opens is not None and int(opens["year"]) < case.year and not _LASTS.search(text):
        return  # begun in an earlier year, and not of this year's plan
    told = _PLANNED.search(text)
    end = told.start() if told is not None else len(text)
    for clause in _CLAUSE.finditer(text, 0, end):
        aspects = frozenset(_aspects(case, Span(sentence.start + clause.start(), sentence.start + clause.end())))
        before = text[: clause.end()]
        if aspects and _OF_MONEY.search(text[: clause.end()]):
            aspects -= {"完成", "时间", "程序", "未做"}
        if (
            not aspects
            or _LISTED.search(clause[0])
            or _DONE_ABOUT.search(clause[0])
            or _UNCHANGED.search(clause[0])
            or _OF_OTHERS.search(before)
            or (load_bodies().match(text) and not _OWN_ACT.search(clause[0]))
        ):
            continue
        if is_of_another_year(case, text, before) and not _LASTS.search(clause[0]):
            continue
        if not is_inside(problem_zones(case), sentence.start) and _IN_PASSING.search(text):
            continue
        mended = _MENDED.search(text, clause.start(), end) is not None
        inside = is_inside(problem_zones(case), sentence.start)
        yield Lack(
            Span(sentence.start + clause.start(), sentence.start + clause.end()), sentence, aspects, mended, inside
        )


_OPENS_WITH_YEAR = pattern(r"\W*(?:[一二三四五六七八九十\d]{1,3}[)、.]\s*)?(?P<year>20\d\d)年")
_CLAUSE = pattern(r"(?:[^,]|(?<=\d),(?=\d{3}))+")


def _aspects(case: Case, clause: Span) -> Iterator[str]:
    """In which aspects a clause tells a lack that it does not deny."""
    for aspect in load_aspects():
        for match in aspect.told.finditer(case.flat, clause.start, clause.end):
            if _DENIED.search(case.flat, clause.start, match.start()) is not None:
                continue
            if not is_denied(case.flat, clause.start, match) and not NONE_OF_IT.search(
                case.flat[match.start() : clause.end]
            ):
                yield aspect.name
                break


_DENIED = pattern(r"(?:没有|未|无|零|从未|没|不)\Z")
# What was not yet due or not yet spent, and what no budget had: no work that was left undone.
_OF_MONEY = pattern(
    r"结转[^,。;]{0,10}(?:支付|使用|用于|资金|安排|列支)|未到[^,。;]{0,4}(?:支付|付款)?期|质保金|尾款|(?:预算|资金)[^,。;]{0,4}(?:未|没有?)|(?:安排|下达|增加)(?:资金|预算|经费)|执行率|未执行|序时|\d\s?万?元[^,。;]{0,4}(?:未|没|结转)"
)
_LISTED = pattern(
    r"\d\s?[件起宗个][^,。;\d]{1,12}\d+\s?[件起宗个]、|(?:[^、,]{3,12}[性率度]、){2}"
)  # outcomes: 「维持41件、撤销9件」
# What was done against such lapses of others.
_DONE_ABOUT = pattern(
    r"(?:追回|查处|查办|查出|打击|纠正|清退|整治|立案|调解|化解|排查|督促|受理|办理|处理|处置|破获|取缔|责令|惩治|推动|帮助|协助|挽回|核减|审减|比对|核对|发现并)[^,。;]{0,14}(?:违|错|漏|欠|投诉|举报|事故|事件|纠纷|隐患|案件|逾期|闲置|挪|占|多发|重复|冒领|未)"
    r"|(?:投诉|举报|事故|纠纷|案件|信访)[^,。;]{0,4}(?:调解|处置|办结|处理|受理|核查|回复|办理)|以[^,。;]{2,10}为准|不予(?:补贴|支付|认定|受理)|未(?:计入|包括|含|计算)|不含|停工整改|当场查明|^[^,。;]{0,12}(?:负责|承担|履行)[^。;]{0,12}"
)
# What the unit itself owes to others: 「17家药店全年未安排现场检查」
_OWN_ACT = pattern(
    r"(?:未|没有?|没能|漏|少)[^,。;]{0,6}(?:检查|巡查|抽检|抽查|监测|走访|评估|考核|验收|发放|兑付|拨付|付款|补助|慰问|覆盖|安装)"
)
_LASTS = pattern(r"仍|至今|尚未|一直|迄今|还(?=[挂列留没未有])")
# No change of a plan was needed, or there is no such money.
_UNCHANGED = pattern(
    r"(?:未|没有?)(?:办理|作|做|进行|发生|申请|编列|编制|购置|新[建增购]|安排)[^,。;]{0,10}(?:调整|追加|变更|追减|预算|采购|费|车|楼)"
)
# Told in passing of money alone: 「年末结转57.42万元,……招标文件未编制完成」
_IN_PASSING = pattern(r"结转|结余|原值|净值|\d\s?万元[^,。;]{0,6}(?:其中|未|待)")
# A fear, a rule or a plan: 「若遇……可能不够」, 「有逾期苗头」
_NOT_FACT = pattern(
    r"(?:^|[,:])(?:如果|如遇|如有|若|一旦|倘)|可能|或将|预计|苗头|有(?:一定)?风险|(?:潜在|存在)[^,。;]{0,8}(?:风险|隐患)|容易|难免|恐|担心|严禁|不得|禁止|防止|避免|杜绝|力争|争取"
)
_RULED = pattern(r"每[^,。;]{0,14}扣|不得分|评分(?:标准|规则)|计分|^[^,。;]{0,10}(?:要求|规定|目标|应当?)[:为]")
# From here on it is told what will be done about it.
_PLANNED = pattern(
    r"(?:整改|措施|打算|对策|下一步|下步)(?:措施|情况)?[:是]|今后|下一步|下步|(?:^|,)(?:拟|将(?!近|\d|[^,。;]{0,14}(?:错|漏|误))|计划|已(?:列入|纳入)|我们将|我局将)|(?<=,)(?:要|必须|需要?|应)(?=[\u4e00-\u9fff])"
)
# What is of bodies beside the unit.
_OF_OTHERS = pattern(
    r"\([^()]{0,12}(?:管理|主管|所属|法人|所有)\)|自管|代管|代建|邻[近县市区省]|相邻|兄弟|不(?:属于?|在|归|是)[我本]|由[^,。;]{2,12}(?:管理|主管|管辖|承建|负责管)|(?:个别|部分|少数|有的|一些)(?:开发)?(?:企业|商户|农户|群众|居民|村|业主|用户|乡镇|学校|家长|养殖|经营|施工)|误以为|全[县市省区州](?:企业|范围|因|道路|发生)|国有?公司|企业(?:资金|自)|上级(?:系统|平台|部门)|(?:省|市)级?(?:系统|平台|部门|厅|局)"
)
# 「当年已补齐」, 「12月全部追回」
_MENDED = pattern(
    rf"(?:{RIGHT.pattern})|(?:当[年月日天场]|年内|年底前|年末前|次日|随即|随后|现已|均已|已(?:经|于|在|全部|按)?)[^,。;]{{0,12}}(?:补|退|追|修|改|换|办|完|齐|结|拨|付|清|还|恢复|到位|发放|找到|上线)"
)
