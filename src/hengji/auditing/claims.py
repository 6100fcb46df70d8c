"""R21–R25, R40: what a claim is proved by."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import in_unit, number
from hengji.library.texts import load_pairs
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding, Severity

_NUMBER = re.compile(r"\d")
_PROOF = re.compile(
    r"《|〔|附件|佐证|详见|见表|台账|记录|清单|凭证|批复(?!的?(?:用途|预算|要求|范围))|审计|审核|年报|验收|合同|网站|公示|通报|评审|会议纪要|第三方|抽查|核查|自查|盘点|检查(?:未|没有|合格)|巡察|专项检查|监督检查|公开(?:于|在)|http|名单|分解表|责任清单|任务书|逐条|逐项对应|分别|三重一大|按[^,。;]{4,30}测算"
)
_VAGUE = re.compile(
    r"基本(?!陈列|康复|支出|情况|信息|公共|建设|养老|医疗|制度|农田|职责|职能|原则|要求|条件|工资|民生|经费|户|运转|保障|药物|农|草|法|概况|概念|满意|称职|合格|生活|用水|需求|医保|殡葬|口粮|单元|盘|面)|较高|较好|大部分|大多数|绝大多数|大约|约(?<![节合签履违预公条集制特]约)(?=\d)|左右|将近|接近(?!汛期|年末|年底|尾声)|个别|总体上|普遍"
)
_HUNDRED = re.compile(r"(?<![\d.])100(?:\.0+)?\s?%|百分之百|百分之一百")
_COUNT = re.compile(
    r"\d+(?:\.\d+)?\s?(?:个|项|人|名|份|件|次|条|户|家|套|台|批|宗|万元|元|亿元|平方米|公里|亩|场|篇|期|天|辆|所|起|例|人次|笔|组|处|吨|支|队|座|头|只|株|本|册|张|幅|门|课时|学时|小时)"
)
_SATISFIED = re.compile(r"满意度|满意率|群众满意|服务对象满意")
_SAMPLE = re.compile(
    r"样本|问卷|调查[^,。;]{0,20}\d|发放[^,。;]{0,10}(?:表|卷|份)|回收|抽样|受访|随机|测评表|有效\S{0,4}\d+|(?:回访|访问)[^,。;]{0,10}\d|评价\d|好差评|参评|满意\s?[\d,]+\s?(?:人|份|件|户|名|个)"
)
_REGION = re.compile(
    r"(?:全[市县区省镇州旗]|我[市县区省镇州]|辖区|地区)[^。;]{0,24}(?:可支配收入|生产总值|GDP|粮食|贷款余额|存款余额|财政收入|固定资产投资|消费品|空气质量|脱贫)|(?:全[市县区省镇州旗]|我[市县区省镇州]|辖区|地区)(?:国民)?(?:经济|生产总值|GDP|社会|群众|居民|财政收入|营商环境|面貌|产业)[^,。;]{0,30}(?:增长|发展|提升|改善|平稳|稳定|向好|提高|增强|繁荣|进步)"
)
_EFFECT = re.compile(r"效益|效果|效益|影响|公平|社会|经济|可持续|贡献")
_NEAR = 40
# Rates that name nothing of their own: 「完成率」, 「按时办结率」.
_GENERIC = re.compile(
    r".{0,3}(?:完成|办结|及时|合格|达标|覆盖|验收|到位|支出|执行|控制|答复|回复|安置|使用|利用)率|比例|占比|.{0,4}占.{0,8}"
)
_BESIDE = 60  # characters around a sentence in which its numerator and denominator may stand
_MANY_ITEMS = 12
_DIGITS = "0123456789"
_NOTHING_LEFT = re.compile(
    r"(?:未|没有|无|不)(?:新建|新增|发生|安排|涉及|产生|存在|承担|开展)[^,。;]{2,24}(?:计|得|按|不)[^,。;]{0,10}(?:满分|考核|扣分)|(?:未|没有|无|不)(?:新建|安排|涉及|承担)[^,。;]{0,12}|(?:均?无|没有|不存在)[^,。;]{0,16}(?:结转|结余|存量资金|楼堂馆所)|(?:没有|无|未(?:发生|出现|发现|收到))[^,。;]{0,16}(?:投诉|质疑|处罚|诉讼|事故)"
)
_DISCLOSED = re.compile(r"公开|公示")
_RESULT = re.compile(
    r"完成率|覆盖率|支出率|执行率|到位率|及时率|合格率|达标率|回复率|办结率|公开率|使用率|利用率|验收率|准确率|知晓率|比率|占(?:全部|总)|比例|率"
)


def _hundred(text: str) -> re.Match[str] | None:
    """The first 100 % of a text."""
    return _HUNDRED.search(text) if "100" in text or "百分之" in text else None


def _own_sentences(case: Case, item: ScoredItem) -> list[Span]:
    sentences = case.found.sentences
    first = bisect_left(sentences, item.body.start, key=lambda span: span.start)
    return list(sentences[first : bisect_left(sentences, item.body.end, key=lambda span: span.start)])


def full_marks_proved(case: Case) -> Iterator[Finding]:
    """R21: full marks in running text with neither number, document nor evidence."""
    for item in _unproved(case):
        yield case.finding(
            "R21",
            _argument_span(case, item),
            f"“{item.name}”得满分，理由里没有数据、文件或佐证",
            stated=number(item.claimed or Decimal(0)),
            item=item.name,
        )


_FIFTH = 5


@once
def _unproved(case: Case) -> tuple[ScoredItem, ...]:
    """The leaves of running text that claim full marks with words alone."""
    return tuple(i for i in case.found.items if not i.table and _full_or_unknown(i) and _words_alone(case, i))


def _words_alone(case: Case, item: ScoredItem) -> bool:
    text = argument(case, item)
    if len(text) < ARGUED or _NUMBER.search(_NO_FIGURES.sub("", text)) or _PROOF.search(text):
        return False
    disclosed = "公开" in item.name and _DISCLOSED.search(text)
    return not (disclosed or _NOTHING_LEFT.search(text) or _NOT_ASKED.search(text))


_NO_FIGURES = re.compile(r"20\d\d|12345")  # a year and the number of a hotline
_NOT_ASKED = re.compile(r"不适用|不涉及|没有[^,。;]{0,12}(?:预算|支出|任务|事项)[^。;]{0,10}(?:得|计)满分")
ARGUED = 8  # characters: less is no argument


def _full_or_unknown(item: ScoredItem) -> bool:
    return item.claimed is not None and item.claimed > 0 and (item.points is None or item.claimed >= item.points)


def argument(case: Case, item: ScoredItem) -> str:
    """What a leaf says beside its heading and its score."""
    kept: list[str] = []
    position = item.body.start
    for span in sorted((item.span, item.quote)):
        if position < span.start:
            kept.append(case.flat[position : min(span.start, item.body.end)])
        position = max(position, span.end)
    kept.append(case.flat[position : item.body.end])
    text = "".join(kept)
    return (_SCORE_SAID.sub("", text) if _POINTS_SAID.search(text) else text).strip(" ,。)\n")


_POINTS_SAID = re.compile(r"\d\s?分")
_SCORE_SAID = re.compile(r"(?:自评)?得?分?\s?\d+(?:\.\d+)?\s?分[,。]?")


def _argument_span(case: Case, item: ScoredItem) -> Span:
    """From the score to the end of the argument, which holds no proof anywhere."""
    own = [s for s in _own_sentences(case, item) if s.end > item.quote.end + 3]
    if not own:
        return item.quote
    first, last = own[0], own[-1]
    joined = first.start - item.quote.end < _NEAR
    return Span(min(item.quote.start, first.start) if joined else first.start, last.end)


def vague_beside_full(case: Case) -> Iterator[Finding]:
    """R22: 基本, 约, 大部分 beside 100 % or full marks."""
    seen: set[int] = set()
    yield from _vague_cells(case)
    for sentence, text in case.running:
        hundred = _hundred(text)
        match = next(
            (
                m
                for m in _VAGUE.finditer(text)
                if not _of_another_clause(text, m, hundred) and not _given_exactly(text, m)
            ),
            None,
        )
        if match is None:
            continue
        item = case.item_at(sentence.start)
        in_item = (
            item is not None
            and not item.table
            and _full_or_unknown(item)
            and case.chapter_key(sentence.start) not in ("存在问题", "基本情况")
        )
        if hundred is not None and abs(text.count(",", 0, hundred.start()) - text.count(",", 0, match.start())) > 1:
            hundred = None
        if hundred is None and not (in_item and _blurs(match)):
            continue
        if sentence.start in seen:
            continue
        seen.add(sentence.start)
        what = "100%" if hundred else f"“{item.name}”满分" if item else "满分"
        yield case.finding(
            "R22",
            sentence,
            f"“{match[0].rstrip(_DIGITS)}”与{what}不能并存，请写清实际完成了多少",
            stated=match[0],
            item=item.name if item else "",
        )


_OF_NUMBERS = ("约", "大约", "将近", "接近", "左右")


def _of_another_clause(text: str, vague: re.Match[str], hundred: re.Match[str] | None) -> bool:
    """Whether a word that blurs a number stands in another clause than the 100 %: 「总投资约150万元的3个项目……，完工率100%」."""
    if hundred is None or not vague[0].startswith(_OF_NUMBERS):
        return False
    low, high = sorted((vague.start(), hundred.start()))
    return bool(re.search(r"[,;。]", text[low:high]))


def _given_exactly(text: str, vague: re.Match[str]) -> bool:
    """Whether the blurred figure is given exactly beside it, or is an estimate that says so: 「10,152.00万元（约1.02亿元）」."""
    if not vague[0].startswith(_OF_NUMBERS):
        return False
    after = re.match(r"[\d,.]*\s?[亿万]?元\s?\(\s?[\d,.]+\s?[亿万]?元\)", text[vague.end() :])
    before = re.search(r"\d\s?[亿万]?元\s?\($", text[: vague.start()])
    return bool(after or before or re.search(r"推算|估算|测算数", text[vague.end() :]))


_NEAR_HUNDRED = 24  # characters between a vague word and the 100 % it blurs


def _vague_cells(case: Case) -> Iterator[Finding]:
    """The same in the cells of a table that tell what was achieved."""
    for item in case.found.items:
        for told in (item.actual, item.remark) if item.table else ():
            hundred, vague = _HUNDRED.search(told), _VAGUE.search(told)
            if hundred is None or vague is None or hundred.start() - vague.end() not in range(_NEAR_HUNDRED):
                continue
            yield case.finding(
                "R22", item.quote, f"“{vague[0]}”与100%不能并存，请写清实际完成了多少", stated=vague[0], item=item.name
            )
            break


def _blurs(match: re.Match[str]) -> bool:
    """Beside full marks only words that blur the result itself count: 基本…, 约 before a figure, 大部分."""
    return match[0] in ("基本", "大部分", "大多数", "绝大多数", "个别") or match[0].startswith(
        ("约", "大约", "将近", "接近", "左右")
    )


def hundred_percent_proved(case: Case) -> Iterator[Finding]:
    """R23: 100 % in running text without numerator and denominator."""
    told: set[int] = set()
    for sentence, text in case.running:
        everything = _EVERYTHING.search(text)
        if everything is None and not _hundred(text):
            continue
        if case.aimed_at(sentence.start):
            continue
        if _SATISFIED.search(text) or _AIMED.search(text):
            continue
        for match in _HUNDRED.finditer(text):
            if _DIVISION.match(text, match.end()) or _UNREACHED.search(text[: match.start()]):
                continue
            paragraph = case.paragraph(sentence.start + match.start())
            around = case.text(paragraph)
            if (
                paragraph.start in told
                or not _RESULT.search(text[: match.start()])
                or _parts_given(case, sentence, around)
                or (_SPENT_ALL.search(text) and any(q.unit == "万元" for q in case.by_sentence.get(sentence, ())))
            ):
                continue
            told.add(paragraph.start)
            span = Span(sentence.start + match.start(), sentence.start + match.end())
            item = case.item_at(span.start)
            yield case.finding(
                "R23",
                _clause_span(case, sentence, span),
                "写100%，没有写分子和分母",
                stated="100%",
                item=item.name if item else "",
            )
        item = case.item_at(sentence.start)
        if everything is None or item is None or not _full_or_unknown(item) or _told(case, sentence, told):
            continue
        if not re.search(r"\d+\s?(?:个|项|件)", case.text(item.body)) and not re.search("《|名单|台账|清单|附件", text):
            span = Span(sentence.start + everything.start(), sentence.start + everything.end())
            yield case.finding(
                "R23", span, "写全部完成，没有写应完成多少、完成了多少", stated=everything[0], item=item.name
            )


_AIMED = re.compile(
    r"≥|不低于|不[高超]过?于?\s?100|不高于|目标值|应达|每|下一步|要求各|力争|明年|标准[:：]|[=≤]\s?100|的,?(?:计|得)\s?\d|扣\s?\d"
)
_SPENT_ALL = re.compile(r"全部(?:支出|执行|支付|使用)(?:完毕|完)")
_UNREACHED = re.compile(r"(?:未|没有?|尚未)(?:能)?(?:达到?|到|实现|完成)\s?$|率按\s?$|不足\s?$|低于\s?$|距离?\s?$")
_DIVISION = re.compile(r"\s?[(:]?[^()。]{0,8}?\d[\d,.]*[^()\d。]{0,4}[÷/]\s?\d")
_EVERYTHING = re.compile(
    r"(?:各项|所有|全部)[^,。;]{0,8}(?:项目|工作|任务)[^,。;]{0,4}(?:均|全部|都)[^,。;]{0,12}(?:完成|落实)"
)


def _told(case: Case, sentence: Span, told: set[int]) -> bool:
    return case.paragraph(sentence.start).start in told


def _clause_span(case: Case, sentence: Span, span: Span) -> Span:
    start = max(case.flat.rfind(mark, sentence.start, span.start) for mark in ",;:。") + 1
    return Span(max(start, sentence.start), span.end)


def _parts_given(case: Case, sentence: Span, around: str) -> bool:
    """Whether two counts or amounts stand with the rate in its sentence, or in the paragraph where the sentence has none."""
    own = [q for q in case.by_sentence.get(sentence, ()) if q.unit not in ("%", "‰", "个百分点")]
    if _apart(case, sentence, own):
        return False
    if len(own) >= 2 or any(_other_side(case, q) for q in own):
        return True
    if (
        re.search(
            r"全部[^,。;]{0,12}\d|\d[^。;]{0,24}(?:全部|均|全数|都|悉数|逐一)|均为|无一|\d\s?(?:个|项|处|件|批次|座|人)[^,。;]{0,12}(?P<done>合格|完成|办结|整改|达标|通过)[^。;]{0,8}(?P=done)率",
            around,
        )
        and own
    ):
        return True
    before = case.flat[max(sentence.start - _BESIDE, case.paragraph(sentence.start).start) : sentence.start]
    if own or len(list(_COUNT.finditer(before))) < 2:
        return len(list(_COUNT.finditer(text := case.text(sentence)))) >= 2 and bool(text)
    subject = re.sub(r"(?:达到?|为|是|均)*$", "", re.split(r"[,:]", _HUNDRED.split(case.text(sentence))[0])[-1])
    if _GENERIC.fullmatch(subject):
        return True
    core = re.sub(r"(?:完成|办结|整改|及时|合格|达标|覆盖|执行|支出)?率$", "", subject)
    size = min(3, len(core))
    return any(core[k : k + size] in before for k in range(len(core) - size + 1))


def _apart(case: Case, sentence: Span, own: list[Quantity]) -> bool:
    """Whether a rate stands in a list of results that have nothing to do with it: 「新建公厕11座，垃圾清运率达到100%，2条河流达标」."""
    match = _HUNDRED.search(case.flat, sentence.start, sentence.end)
    if match is None or len(own) < len(("done", "due")):
        return False
    clauses = re.split(r"[,;、]", case.flat[sentence.start : match.start()])
    subject = re.fullmatch(r"(?P<core>[\u4e00-\u9fff]{3,12})率(?:均|都)?(?:达到?|为|是|实现)?\s?", clauses[-1])
    if subject is None or len({q.unit for q in own}) < len(own):
        return False
    rest = case.text(sentence).replace(clauses[-1], "")
    core = subject["core"]
    return not any(core[k : k + 2] in rest for k in range(len(core) - 1))


def _other_side(case: Case, quantity: Quantity) -> bool:
    """Whether an amount's other side (its budget or its spending) is told elsewhere."""
    for pair in load_pairs().values():
        if quantity.item in (pair.budget, pair.actual):
            return bool(case.quantities(pair.actual if quantity.item == pair.budget else pair.budget))
    return False


def satisfaction_sampled(case: Case) -> Iterator[Finding]:
    """R24: a satisfaction rate without sample, method or date."""
    for sentence, text in case.running:
        match = _SATISFACTION.search(text)
        if (
            match is None
            or re.search(r"≥|不低于|目标|以上(?=的)|应达|没有达到|未达到?|低于|高于", match[0])
            or (
                re.match(r"\s?(?:及)?以上", text[match.end() :])
                and not re.search(r"达|为|是|有|保持|超过|在", match[0])
            )
            or case.chapter_key(sentence.start) in _NOT_CLAIMED
            or case.aimed_at(sentence.start)
            or re.match(r"[^,。;]{0,6}\([^()]{0,24}(?:通报|考核|测评|统计|平台|监测)", text[match.end() :])
            or re.search(r"力争|提高到|提升至|确保|争取|下一步|拟", text[: match.end()][-24:])
            or _sampled_elsewhere(case, match[0])
        ):
            continue
        paragraph = case.text(case.paragraph(sentence.start))
        near = _without_tickets(paragraph)
        opens = max(text.rfind(mark, 0, match.start()) for mark in ";。") + 1
        if _SAMPLE.search(near) or _COUNTED_PEOPLE.search(_without_tickets(text[opens:])):
            continue
        item = case.item_at(sentence.start)
        span = Span(sentence.start + match.start(), sentence.start + match.end())
        yield case.finding(
            "R24", span, "满意度没有写调查方法、样本数和时间", stated=match[0], item=item.name if item else ""
        )


_SATISFACTION = re.compile(r"满意(?:度|率)[^。;]{0,16}?(?:\d{2,3}(?:\.\d+)?\s?%|百分之[一二三四五六七八九十]+)")
_NOT_CLAIMED = (
    "绩效目标",
    "存在问题",
    "相关建议",
    "问题与建议",
    "应用公开",
)  # chapters in which a rate is aimed at or told again


def _sampled_elsewhere(case: Case, told: str) -> bool:
    """Whether the same rate stands in a sentence that names its sample."""
    rate = re.search(r"\d{2,3}(?:\.\d+)?\s?%", told)
    if rate is None or "." not in rate[0]:
        return False
    return any(rate[0] in text and _SAMPLE.search(text) for text in map(case.text, case.found.sentences))


_COUNTED_PEOPLE = re.compile(r"\d+\s?(?:份|人|名|户|家)")


def _without_tickets(text: str) -> str:
    """Tickets that were answered are no survey."""
    return re.sub(r"[^,。;]{0,12}(?:工单|热线|信访|诉求)[^,。;]{0,16}\d+\s?(?:份|件|宗|条)", "", text)


def region_effects(case: Case) -> Iterator[Finding]:
    """R25 (heuristic): effects of the whole region claimed as the unit's own."""
    for item in case.found.items:
        if item.table or not item.claimed or not _EFFECT.search(item.name):
            continue
        for sentence in _own_sentences(case, item):
            match = _REGION.search(case.text(sentence))
            if match is not None:
                yield case.finding(
                    "R25",
                    sentence,
                    f"“{item.name}”用全地区的变化作依据，看不出与本部门支出的关系",
                    severity=Severity.INFO,
                    item=item.name,
                )
                break
    told: set[int] = set()
    for match in _THROUGH_US.finditer(case.flat):
        sentence = case.sentence(match.start())
        if sentence.start not in told:
            told.add(sentence.start)
            message = "把全地区的经济指标归为本部门的成效，没有说明关联和口径"
            yield case.finding("R25", sentence, message, severity=Severity.INFO)
    for sentence, text in case.running:
        if not _BOILERPLATE.search(text):
            continue
        item_here = case.item_at(sentence.start)
        if item_here is None or item_here.table or not item_here.claimed or _EFFECT.search(item_here.name):
            continue
        message = f"“{item_here.name}”用全地区的变化作依据，看不出与本部门支出的关系"
        yield case.finding("R25", sentence, message, severity=Severity.INFO, item=item_here.name)


# A measure of the whole economy, put down to this one unit's work or money.
_ECONOMY = r"(?:生产总值|GDP|第[一二三]产业|工业总产值|社会消费品零售|固定资产投资|登记失业率|可支配收入|财政收入|旅游(?:总)?收入|接待游客)"
_THROUGH_US = re.compile(
    rf"在(?:我[局办委中院县市区厅校馆所站会]|本[局单部厅校馆院中会]|[县市区镇][\u4e00-\u9fff]{{1,8}}?)[^,。;]{{0,8}}(?:努力|推动|带动|推进|支持|引领|服务)下,?[^。;]{{0,20}}{_ECONOMY}"
    rf"|{_ECONOMY}[^。;]{{0,40}},[^,。;]{{0,6}}(?:体现|说明|表明|证明|得益于|离不开)[^。;]{{0,12}}(?:资金|我[局办委中院厅校馆所站会]|本[局单部厅校馆院])"
)
_BOILERPLATE = re.compile(
    r"全[市县区省镇州旗](?:国民)?经济(?:和)?社会[^,。;\d]{0,8}(?:平稳|健康|持续|稳定|协调|快速|高质量)[^,。;\d]{0,8}发展"
)


def region_as_proof(case: Case) -> Iterator[Finding]:
    """R25 (heuristic): a sentence outside the indicators that takes the region's growth for what the money did."""
    for sentence, text in case.running:
        if _TAKEN_FOR.search(text) and case.item_at(sentence.start) is None and _REGION.search(text):
            message = "用全地区的变化说明资金效益，看不出与本部门支出的关系"
            yield case.finding("R25", sentence, message, severity=Severity.INFO)
            return


_TAKEN_FOR = re.compile(
    r"(?:体现|说明|表明|证明|反映)[^。;]{0,16}(?:效益|成效|效果|资金|绩效)|资金(?:使用)?效益(?:显著|明显)"
)


def nearly_all_full(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): every scored leaf full, or all but one."""
    scored = [i for i in case.found.items if i.claimed is not None and not i.not_applicable and not i.doubtful]
    lost = [i for i in scored if i.points is not None and i.claimed is not None and i.claimed < i.points]
    if len(scored) < _MANY_ITEMS or len(lost) > 1:
        return
    full = len(scored) - len(lost)
    if sum(1 for item in _unproved(case) if not (item.not_applicable or item.doubtful)) * _FIFTH < full:
        return
    anchor = case.found.totals.claimed.span if case.found.totals.claimed else scored[-1].span
    yield case.finding(
        "R40",
        anchor,
        f"{len(scored)}项得分指标中有{full}项满分，得分分布可能不可信，请逐项看佐证",
        severity=Severity.INFO,
        stated=str(full),
        recomputed=str(len(scored)),
    )


_HIGH = Fraction(40)  # 万元 a head and year: reports of counties stay below 30


def cost_per_head(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): personnel spending a head far above what counties pay, without a word on it."""
    spent = case.quantities("人员经费支出")
    people = [q.number for name in ("在编人数", "年末实有人数", "在职人数") for q in case.quantities(name)]
    if not spent or not people or not max(people) or len({in_unit(q, "万元") for q in spent}) > 1:
        return
    share = in_unit(spent[0], "万元") / Fraction(max(people))
    if share > _HIGH and not _PENSIONS.search(case.text(case.paragraph(spent[0].span.start))):
        told = number(max(people))
        message = f"人员经费{spent[0].value}{spent[0].unit}，按{told}人计人均{number(share)}万元，明显偏高，请说明是否含退休、编外等人员的支出"
        yield case.finding("R40", spent[0].span, message, severity=Severity.INFO, stated=number(share))


_PENSIONS = re.compile(r"人员经费[^。;]{0,60}(?:退休|离休|抚恤|遗属|编外|乡村医生|教师)")
