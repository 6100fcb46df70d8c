"""R18–R25, R40, R42–R43: what is claimed, and what stands behind the claim."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.scores import base_of, extras_of, moved_to, plausible_totals
from hengji.auditing.structure import is_narrative
from hengji.library.texts import load_fields, load_pairs
from hengji.model.extraction import DocumentKind, Quantity, ScoredItem, Section, Span
from hengji.model.finding import Finding, Severity

_NUMBER = re.compile(r"\d")
_PROOF = re.compile(
    r"《|〔|附件|佐证|详见|见表|台账|记录|清单|凭证|批复(?!的?(?:用途|预算|要求|范围))|审计|审核|年报|验收|合同|网站|公示|通报|评审|会议纪要|第三方|抽查|核查|自查|盘点|检查(?:未|没有|合格)|巡察|专项检查|监督检查|公开(?:于|在)|http|名单|分别|三重一大|按[^,。;]{4,30}测算"
)
_VAGUE = re.compile(
    r"基本(?!支出|情况|信息|公共|建设|养老|医疗|制度|农田|职责|职能|原则|要求|条件|工资|民生|经费|户|运转|保障|药物|农|草|法|概况|概念|满意|称职|合格|生活|用水|需求|医保|殡葬|口粮|单元|盘|面)|较高|较好|大部分|大多数|绝大多数|大约|(?<![节合签履违预公条集制特])约(?=\d)|左右|将近|接近(?!汛期|年末|年底|尾声)|个别|总体上|普遍"
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
_MEASURE = re.compile(
    r"措施|下一步|将|加强|强化|完善|健全|建立|提高|优化|规范|督促|落实|整改|改进|推进|细化|严格|制定|开展|组织|提升|压实|及时|做好|建议|应当?|需"
)
_EMPTY = re.compile(
    r"^[\s。,;:]*(?:无|暂无|没有|无相关(?:建议|问题)|无建议|无其他|不存在|未发现|无问题|/|-|—)[^。]{0,12}[。]?\s*$"
)
_SHORT = 16
_ONE_LINE = 13
_AFTERWORD = re.compile(r"\s*(?:附件|附表|附[:：]|填报|联系|20\d\d年)|.{2,24}(?:局|委员会|办公室|中心|院)$")
_NEAR = 40
# Rates that name nothing of their own: 「完成率」, 「按时办结率」.
_GENERIC = re.compile(
    r".{0,3}(?:完成|办结|及时|合格|达标|覆盖|验收|到位|支出|执行|控制|答复|回复|安置|使用|利用)率|比例|占比|.{0,4}占.{0,8}"
)
_BESIDE = 60  # characters around a sentence in which its numerator and denominator may stand
_MANY_ITEMS = 12
_DIGITS = "0123456789"
_LOST = re.compile(r"扣\s?\d|扣分|失分|未得分|不得分|得0分|减\d|未得满分|被扣|丢分")
_NOTHING_LEFT = re.compile(
    r"(?:未|没有|无|不)(?:新建|新增|发生|安排|涉及|产生|存在|承担|开展)[^,。;]{2,24}(?:计|得|按|不)[^,。;]{0,10}(?:满分|考核|扣分)|(?:未|没有|无|不)(?:新建|安排|涉及|承担)[^,。;]{0,12}|(?:均?无|没有|不存在)[^,。;]{0,16}(?:结转|结余|存量资金|楼堂馆所)|(?:没有|无|未(?:发生|出现|发现|收到))[^,。;]{0,16}(?:投诉|质疑|处罚|诉讼|事故)"
)
_DISCLOSED = re.compile(r"公开|公示")
_RESULT = re.compile(
    r"完成率|覆盖率|支出率|执行率|到位率|及时率|合格率|达标率|回复率|办结率|公开率|使用率|利用率|验收率|准确率|知晓率|比率|占(?:全部|总)|比例|率"
)


def _full(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf claims all its points, those moved to it included."""
    if item.points is None or item.claimed is None or item.points <= 0 or item.claimed < item.points:
        return False
    told = "" if item.table else _RULE_CLAUSE.sub("", case.text(item.body))
    if _TAKEN_OFF.search(told) or re.sub(r"[“”\"]", "", item.name) in case.losses:
        return False  # the text says that points were lost, whatever was read as the score
    return item.claimed >= item.points + moved_to(case, item)


_TAKEN_OFF = re.compile(r"(?<![每超])扣\s?(?:减|除)?\s?\d+(?:\.\d+)?\s?分")


def _own_sentences(case: Case, item: ScoredItem) -> list[Span]:
    sentences = case.found.sentences
    first = bisect_left(sentences, item.body.start, key=lambda span: span.start)
    return list(sentences[first : bisect_left(sentences, item.body.end, key=lambda span: span.start)])


def full_marks_in_problem_field(case: Case) -> Iterator[Finding]:
    """R18: full marks in a field that the problems chapter names."""
    span = case.chapter_span("存在问题") or case.chapter_span("问题与建议")
    if span is None:
        return
    problems = case.text(span)
    for field in load_fields():
        named = next((word for word in field.problems if word in problems and _is_bad(problems, word)), None)
        if named is None:
            continue
        leaves = [item for item in case.found.items if any(word in item.name for word in field.leaves)]
        so_named = [item for item in leaves if named in item.name]
        # where one leaf of that name lost points, the problem speaks of that one
        named_in = [item for item in so_named if _full(case, item)] if all(_full(case, i) for i in so_named) else []
        all_full = all(_full(case, item) for item in leaves if item.claimed is not None)
        full = [item for item in leaves if _full(case, item)] if all_full else named_in
        if full and _taken_off(case, named, _problem_clause(problems, named)):
            continue  # points were taken off for it, elsewhere
        if full:
            clause = _problem_clause(problems, named)
            at = span.start + problems.find(clause)
            names = "、".join(f"“{item.name}”" for item in full[:4]) + ("等" if len(full) > 4 else "")
            yield case.finding(
                "R18",
                Span(at, at + len(clause)),
                f"问题里写到“{clause}”，而{names}{len(full)}项都得满分"
                if len(full) > 1
                else f"问题里写到“{clause}”，而{names}得满分",
                item=full[0].name,
            )


def _taken_off(case: Case, named: str, clause: str) -> bool:
    """Whether a leaf that lost points tells what a problem speaks of, the field that it names included."""
    wanted = _pairs(clause)
    lost = (i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points)
    texts = (item.name + case.text(item.body) + item.remark for item in lost)
    return any(named in text and len(wanted & _pairs(text)) >= _SHARED for text in texts)


_SHARED = 2  # pairs of characters beyond the common words
_MISSED = re.compile(
    r"(?:没有|未能?|未)(?:全部|全面|如期|按期)?(?:达到|完成|实现|达标)|低于(?:年初)?目标|少于(?:年初)?目标|比目标少"
)


def missed_and_full(case: Case) -> Iterator[Finding]:
    """R18: an indicator that the problems say was not reached, with full marks."""
    for start, text in _problem_texts(case):
        for match in re.finditer(r"[^。;\n]+", text):
            if not _MISSED.search(match[0]) or re.search(r"已[^,。;]{0,12}(?:整改|解决|完成)", match[0]):
                continue
            item = next((i for i in case.found.items if _full(case, i) and _speaks_of(match[0], i.name)), None)
            if item is not None:
                span = Span(start + match.start(), start + match.end())
                message = f"问题里写“{match[0].strip()[:40]}”，而“{item.name}”得满分"
                yield case.finding("R18", span, message, item=item.name)


_NAMED_AS = re.compile(r"(?:合规性|规范性|及时性|完整性|有效性|准确性|时效性|健全性|公开性|情况|率|性)$")


def named_and_full(case: Case) -> Iterator[Finding]:
    """R18: a problem that names an indicator itself (采购意向公开不够及时), with full marks for it."""
    span = case.chapter_span("存在问题") or case.chapter_span("问题与建议")
    problems = case.text(span) if span is not None else ""
    told: set[int] = set()
    for item in case.found.items:
        core = _NAMED_AS.sub("", item.name)
        if (
            span is None
            or (len(core) < _CORE and not (item.name.endswith("性") and item.name in problems))
            or core not in problems
            or not _full(case, item)
            or not _is_bad(problems, core)
        ):
            continue
        clause = _problem_clause(problems, core)
        at = span.start + problems.find(clause)
        if at not in told:
            told.add(at)
            message = f"问题里写到“{clause}”，而“{item.name}”得满分"
            yield case.finding("R18", Span(at, at + len(clause)), message, item=item.name)


_MUCH = 5  # pairs of characters by which a problem speaks of a leaf's own facts
_DEFECT = re.compile(r"不|未|没有|缺|偏低|走过场|流于|滞后|薄弱|闲置|差错|脱节")


def told_of_and_full(case: Case) -> Iterator[Finding]:
    """R18: a problem that speaks of the facts of one leaf more than of any other's, with full marks for it."""
    facts = [
        (item, _pairs(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}")) for item in case.found.items
    ]
    lost = [
        pairs
        for item, pairs in facts
        if item.points is not None and item.claimed is not None and item.claimed < item.points
    ]
    for start, text in _problem_texts(case):
        for match in re.finditer(r"[^。;\n]+", text):
            if not facts or not _DEFECT.search(match[0]) or re.search(r"已[^,。;]{0,12}(?:整改|解决|完成)", match[0]):
                continue
            named = _pairs(match[0])
            item, pairs = max(facts, key=lambda each: len(named & each[1]))
            if (
                len(named & pairs) < _MUCH
                or not _full(case, item)
                or any(len(named & other) >= _SHARED for other in lost)
            ):
                continue
            clause = match[0].strip()
            at = start + match.start() + match[0].find(clause)
            message = f"问题里写到“{clause[:40]}”，而“{item.name}”得满分"
            yield case.finding("R18", Span(at, at + len(clause)), message, item=item.name)


def full_despite_problems(case: Case) -> Iterator[Finding]:
    """R18, one finding for each passage of the problems."""
    told: list[Span] = []
    for check in (full_marks_in_problem_field, missed_and_full, named_and_full, told_of_and_full):
        for finding in check(case):
            span = Span(finding.start or 0, finding.end or 0)
            if not any(span.start < other.end and other.start < span.end for other in told):
                told.append(span)
                yield finding


_CORE = 5  # characters of an indicator's name: fewer are a field, not an indicator


def _problem_texts(case: Case) -> Iterator[tuple[int, str]]:
    """The problems with where they start: of the chapter, or of a form's row."""
    span = case.chapter_span("存在问题") or case.chapter_span("问题与建议")
    if span is not None:
        yield span.start, case.text(span)
    for grid in case.grids:
        for row in range(grid.rows):
            for column in range(grid.columns - 1):
                if re.fullmatch(r"存在(?:的)?(?:主要)?问题(?:及原因)?", grid.text(row, column)):
                    cell = grid.span(row, column + 1)
                    yield cell.start, case.text(cell)
    for before, after in itertools.pairwise(case.found.paragraphs) if span is None else ():
        if re.fullmatch(r"\s*存在(?:的)?(?:主要)?问题\s*\|?\s*", case.text(before)):
            yield after.start, case.text(after)


def _speaks_of(sentence: str, name: str) -> bool:
    """Whether a sentence names an indicator: most of its pairs of characters stand in it, the last ones among them."""
    core = re.sub(r"(?:数量|次数|人数|场次|人次|情况|完成率|率|数)$", "", name)
    pairs = [core[k : k + 2] for k in range(len(core) - 1)]
    return len(pairs) >= _FEW_PAIRS and sum(pair in sentence for pair in pairs) * 3 >= len(pairs) * 2


_FEW_PAIRS = 3


def _is_bad(problems: str, word: str) -> bool:
    clause = _problem_clause(problems, word)
    if re.search(
        r"已[^,。;]{0,12}(?:整改|解决|完成|纠正)",
        problems[problems.find(clause) : problems.find(clause) + len(clause) + 30],
    ):
        return False
    return bool(
        re.search(
            r"不|未|没有|缺|偏|低|闲置|浪费|流失|滞后|欠|薄弱|有待|较慢|问题|差距|少|弱|困难|难以|超|慢|粗|笼统|短缺",
            clause,
        )
    )


_MARK = re.compile(r"\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])")


def _problem_clause(problems: str, word: str) -> str:
    at = problems.find(word)
    start = max(problems.rfind(mark, 0, at) for mark in "。;,\n:") + 1
    mark = _MARK.match(problems, start)
    start = mark.end() if mark is not None and mark.end() <= at else start
    ends = [end for end in (problems.find(mark, at) for mark in "。;,\n") if end >= 0]
    return problems[start : min(ends, default=len(problems))].strip()


def lost_points_explained(case: Case) -> Iterator[Finding]:
    """R19: a deducted leaf has a reason or a problem; a problem has a measure."""
    whole = case.flat
    if not case.certainty.tree:
        yield from _problems_without_measure(case, whole)
        return
    problems = "".join(
        case.text(s) for s in (case.chapter_span("存在问题"), case.chapter_span("问题与建议")) if s is not None
    )
    problems = re.sub(r"[^。;\n]*扣\s?\d+(?:\.\d+)?\s?分", "", problems)  # a list of what was lost names no problem
    listed = case.losses
    for item in case.found.items:
        lost = _lost_points(item, listed)
        if not lost or item.claimed is None or item.not_applicable or item.doubtful:
            continue
        if _reasoned(case, item) or _named_in(item.name, problems) or not _argued(case, item):
            continue
        yield case.finding(
            "R19",
            case.leaf_passage(item),
            f"“{item.name}”扣{number(lost)}分，没有写扣分原因，“存在问题”里也没有对应的问题",
            stated=number(item.claimed),
            recomputed=number(item.claimed + lost),
            item=item.name,
        )
    yield from _problems_without_measure(case, whole)


def _argued(case: Case, item: ScoredItem) -> bool:
    """Whether the text that argues for a leaf's score was read with it; where nothing was said, the next heading follows at once."""
    if item.table or len(_argument(case, item)) * 2 >= _ARGUED:
        return True
    rest = case.flat[item.quote.end : item.quote.end + _FOLLOWS]
    follows = item.quote.end + len(rest) - len(rest.lstrip(" 。,;)\n"))
    starts = {s.span.start for s in case.found.sections} | {i.span.start for i in case.found.items}
    return any(follows <= start <= follows + 2 for start in starts) or follows >= len(case.flat)


_FOLLOWS = 12  # characters behind a score in which the next heading begins where nothing was said


def _lost_points(item: ScoredItem, listed: dict[str, Decimal]) -> Decimal:
    """How many points a leaf lost: by its own figures, else as the conclusion lists it."""
    if item.claimed is None:
        return Decimal(0)
    if item.points is not None:
        return max(item.points - item.claimed, Decimal(0))
    return listed.get(re.sub(r"[“”\"]", "", item.name), Decimal(0))


def _running_text(case: Case) -> str:
    """The running text."""
    return "\n".join(case.text(span) for span in case.found.paragraphs)


def _reasoned(case: Case, item: ScoredItem) -> bool:
    if item.name == "预算执行率" and item.actual:
        return True  # the rate in the row is the reason
    shown = item.target and item.actual and item.target.lstrip("≥≤=") != item.actual
    if item.table and not item.has_remark and shown and not _denied(case):
        return True  # the row itself shows what was missed, and has no place to say why
    if item.table and not item.has_remark and item.actual and not item.target and not item.remark:
        return _LOST_BY.search(item.actual) is not None or _shows_shortfall(case, item, item.actual)
    if item.table and not item.has_remark and _told_of(item.name, _running_text(case)):
        return True  # a table without a place for reasons: the report tells them
    if item.table:
        derived = re.search(r"\d[\d,.]*\s?[/÷×]\s?\d|\d%", item.remark) is not None
        return (derived or bool(re.search(r"[\u4e00-\u9fff]{2,}", item.remark))) and not re.fullmatch(
            r"无.{0,4}|已?完成|达标", item.remark
        )
    text = _RULE_CLAUSE.sub("", case.text(item.body))
    return _LOST_BY.search(text) is not None or _shows_shortfall(case, item, text)


_LOST_BY = re.compile(r"扣|因|由于|原因|未|不足|超|偏|低于|仅|滞后|缺|没有|较慢|差|只|仍有|尚|实际[^,。]{0,10}大于")


def _shows_shortfall(case: Case, item: ScoredItem, text: str) -> bool:
    """Whether the figures of a leaf show what was missed: a rate below 100, two different figures of a unit, a computation."""
    if re.search(r"[×÷]|比例|折算|达标|实际", text):
        return True
    if not _HELD_TO.search(text + item.name):
        return False  # figures that nothing is held against show no shortfall
    own = [q for q in case.found.quantities if item.body.start <= q.span.start < item.body.end]
    least = Decimal(0) if item.name.endswith(("率", "度")) else _HALF
    rates = [q for q in own if q.unit == "%" and q.number >= least and q.number != _HUNDRED_PERCENT]
    units = [{q.number for q in own if q.unit == unit} for unit in {q.unit for q in own if q.unit != "%"}]
    return bool(rates) or any(len(numbers) > 1 for numbers in units)


_HUNDRED_PERCENT = Decimal(100)
_HALF = Decimal(50)  # per cent: what is lower is no share of what should have been reached
_HELD_TO = re.compile(r"目标|计划|任务|应[^用急对]|标准|要求|达[到标]|按|预算|[率度]$|完成[^。]{0,8}\d|得\d")
# A clause that tells how points are given, not what was lost.
_RULE_CLAUSE = re.compile(
    r"[^,。;\n]*(?:[≤≥<>=]|小于|大于|等于|达到|以上|以下|超过|低于|每)[^,。;\n]{0,24}(?:[计得扣]\s?\d+(?:\.\d+)?\s?分|满分)[^,。;\n]*|扣完为止"
)


def _denied(case: Case) -> bool:
    """Whether the chapter of problems says that there are none."""
    for key in ("存在问题", "问题与建议"):
        span, section = case.chapter_span(key), case.chapter(key)
        if span is not None and section is not None:
            return _EMPTY.match(case.text(Span(section.span.end, span.end)).strip()) is not None
    return False


def _told_of(name: str, text: str) -> bool:
    """Whether the text says of an indicator more than how many points it lost."""
    core = re.sub(r"[率性]$|情况$", "", name)[:4]
    return core in re.sub(re.escape(core) + r"[^,，、。;；\d]{0,10}扣\s?\d+(?:\.\d+)?\s?分", "", text)


def _named_in(name: str, problems: str) -> bool:
    if not problems:
        return False
    if name in problems:
        return True
    fields = [field for field in load_fields() if any(word in name for word in field.leaves)]
    return any(word in problems and _is_bad(problems, word) for field in fields for word in field.words)


def _problems_without_measure(case: Case, whole: str) -> Iterator[Finding]:
    span = case.chapter_span("存在问题")
    if span is None or not case.found.problems or any(_EMPTY.match(p) for p in case.found.problems):
        return
    if case.chapter("相关建议") is None and is_narrative(case):
        return  # the missing chapter is R30's
    elsewhere = "".join(case.found.suggestions)
    real = "".join(case.found.problems)
    answered = len(elsewhere) > _SHORT // 2 and not _EMPTY.match(elsewhere)
    section = case.chapter("存在问题")
    measured = re.search(
        r"(?:下一步|今后|整改|改进措施|将(?!来)|拟(?!定)|计划(?:于|在|用))[^。]{4,}|(?:一是|二是)[^。]{0,30}(?:加强|完善|建立|健全)",
        real,
    )
    if answered or measured or section is None:
        return
    first_problem = _first_text(case, span, section.span.end)
    yield case.finding("R19", first_problem, "问题写了，没有写改进措施、责任人和时限", severity=Severity.WARNING)
    del whole


_ANSWERED = re.compile(
    r"措施|下一步|整改|\d\s?月|年内|负责|牵头|已(?:于|经|在|由)|拟(?!定)|将(?!来|军)|计划(?:于|在|由)|[季年月]度?(?:底|末|前)|前(?:完成|印发|建立|制定)"
)


# What was done about a problem, told in a sentence after the one that names it.
_ACTS = re.compile(
    r"推行|纳入|约谈|督促|清点|补建|补记|调度|通报|核对|对接|建立|制定|印发|修订|开展|组织|压缩|优化|协调|签订|安排|培训|公开"
)


def unanswered_problems(case: Case) -> Iterator[Finding]:
    """R19: where problems carry their measures, the one that carries none."""
    span = case.chapter_span("问题与建议") or case.chapter_span("存在问题")
    if span is None:
        return
    after = case.chapter_span("相关建议")
    given = [s for s in case.found.sections if after and after.start < s.span.start < after.end and s.mark]
    told = [s for s in case.found.sections if span.start < s.span.start < span.end and s.mark]
    chapter = case.chapter("相关建议")
    apart = chapter is not None and re.search(r"措施|改进|整改|下一步|打算", chapter.title)
    if len(told) < 2 or len(given) >= len(told) or (apart and len("".join(case.found.suggestions)) >= _SHORT):
        return  # the measures stand in a chapter of their own
    texts = [(s, case.text(Span(s.span.start, max(s.body.end, s.span.end)))) for s in told]
    answered = [s for s, text in texts if _ANSWERED.search(text) or _ACTS.search(text.partition("。")[2])]
    for section, text in texts:
        pairs = {section.title[k : k + 2] for k in range(len(section.title) - 1)}
        if sum(1 for pair in pairs if pair in "".join(case.found.suggestions)) >= 2:
            continue
        if _NEXT_YEAR.search(text) and str(case.year + 1) in text:
            continue
        if section not in answered and len(answered) * 2 >= len(texts) and len(text) > 12:
            end = section.span.start + len(text.rstrip())
            yield case.finding(
                "R19",
                Span(section.span.start, end),
                "这个问题只有表态，没有写措施、责任人和时限",
                severity=Severity.INFO,
            )


_NEXT_YEAR = re.compile(r"20\d\d年(?!度)[^。;]{0,6}(?:按|由|将|起|在|前|底|对|把|与|建|改|加|完|开|实)")
_COMMON_PAIRS = re.compile(
    r"问题|存在|不够|不足|有待|部分|个别|工作|进行|加强|完善|提高|进一步|建议|措施|我局|本局|单位|情况|方面|没有|完成|指标|年度|目标|项目|管理|资金|绩效|实际|支出|预算"
)


def unmatched_problems(case: Case) -> Iterator[Finding]:
    """R19: with fewer measures than problems, in a chapter of their own, the one problem that none of them takes up."""
    span, after = case.chapter_span("存在问题"), case.chapter_span("相关建议")
    answers = _measures(case, after) if after is not None else ""
    if span is None or after is None or len(answers) < _SHORT or any(_EMPTY.match(p) for p in case.found.problems):
        return
    told = [s for s in case.found.sections if span.start < s.span.start < span.end and s.mark]
    given = [s for s in case.found.sections if after.start < s.span.start < after.end and s.mark]
    measures = max(len(given), len(_COUNTED.findall(case.text(after))))
    if len(told) < _FEW_PROBLEMS or measures >= len(told) or not measures:
        return
    texts = [case.text(Span(s.span.start, max(s.body.end, s.span.end))) for s in told]
    pairs, answered = [_pairs(text) for text in texts], _pairs(answers)
    shared = [len((own - _union(pairs, n)) & answered) for n, own in enumerate(pairs)]
    least = min(shared)
    loose = [n for n, count in enumerate(shared) if count == least]
    if len(loose) != 1 or least > _SHARED_PAIRS or _MEASURED.search(texts[loose[0]]):
        return
    section = told[loose[0]]
    message = "这个问题在改进措施里没有对应的措施"
    end = section.span.start + len(texts[loose[0]].rstrip())
    yield case.finding("R19", Span(section.span.start, end), message, severity=Severity.INFO)


def _measures(case: Case, after: Span) -> str:
    """The running text of the chapter of measures, up to the signature or the attachments."""
    kept: list[str] = []
    listed = False  # a list of measures ends where a paragraph bears no number
    for paragraph in case.found.paragraphs:
        if after.start <= paragraph.start < after.end and not case.in_table(paragraph.start):
            text = case.text(paragraph)
            marked = _MARK.match(text) is not None
            if kept and (_AFTERWORD.match(text) or (listed and not marked)):
                break
            listed = listed or marked
            kept.append(text)
    return "".join(kept[1:] if len(kept) > 1 else kept)


_COUNTED = re.compile(r"[一二三四五六七八九]是|第[一二三四五六七八九][,、]|首先|其次|再次|最后")
_SHARED_PAIRS = 1  # pairs of characters by which a problem and the measures may agree by chance
_FEW_PROBLEMS = 2
_MEASURED = re.compile(r"措施|下一步|整改|拟(?!定)|将(?!来)|月底前|已(?:于|经|在)")


def _union(pairs: list[set[str]], but: int) -> set[str]:
    return set().union(*(own for n, own in enumerate(pairs) if n != but))


def _pairs(text: str) -> set[str]:
    """The pairs of characters of a text, common words left out."""
    plain = re.sub(r"[^\u4e00-\u9fff]", " ", _COMMON_PAIRS.sub(" ", text))
    return {plain[k : k + 2] for k in range(len(plain) - 1) if " " not in plain[k : k + 2]}


def _first_text(case: Case, span: Span, after: int) -> Span:
    for sentence in case.found.sentences:
        if sentence.start >= after and sentence.start < span.end:
            return sentence
        if sentence.start < after < sentence.end:
            return Span(after, sentence.end) if after < sentence.end - 2 else sentence
    return span


def empty_chapters(case: Case) -> Iterator[Finding]:
    """R20: a problems or suggestions chapter that is empty or says only 「无」."""
    for key, texts in (("存在问题", case.found.problems), ("相关建议", case.found.suggestions)):
        section = case.chapter(key)
        if section is None or (section.rank > 20 and key == "相关建议"):
            continue
        yield from _said_none(case, key, section)
        text = "".join(each for each in texts if not _AFTERWORD.match(each)).strip()
        span = case.chapter_span(key)
        if not text:
            yield case.finding("R20", section.span, f"“{section.title}”一章没有内容")
        elif _EMPTY.match(text) or (len(re.sub(r"\W", "", text)) < _ONE_LINE and not re.search(r"\d", text)):
            at = _first_text(case, span, section.span.end) if span else section.span
            at = Span(section.span.start, at.end) if at.start - section.span.end <= _ONE_LINE else at
            yield case.finding("R20", at, f"“{section.title}”一章只写了“{text[:20].rstrip('。')}”，没有实质内容")


_FORM_ROW = re.compile(
    r"(?:存在的?(?:主要)?问题(?:及原因(?:分析)?)?|(?:有关|相关|改进|工作)?(?:意见(?:和|及|与)?)?建议)"
)


def empty_rows(case: Case) -> Iterator[Finding]:
    """R20: a form's row for problems or suggestions that says only 「无」."""
    for grid in case.grids:
        for row in range(grid.rows):
            for column in range(grid.columns - 1):
                said = grid.text(row, column + 1)
                if _FORM_ROW.fullmatch(grid.text(row, column)) and said and (_EMPTY.match(said) or said == "无"):
                    yield case.finding(
                        "R20", grid.row_span(row), f"“{grid.text(row, column)}”一栏只写了“{said[:20]}”，没有实质内容"
                    )


def _said_none(case: Case, key: str, first: Section) -> Iterator[Finding]:
    """A second chapter of the same kind (建议 after 改进措施) that says only 「无」."""
    for section in case.found.sections:
        own = case.text(section.body).removeprefix(case.text(section.span)).strip(" 。:\n").partition("\n")[0]
        if (
            section.key == key
            and section is not first
            and section.heading
            and section.rank <= first.rank
            and _EMPTY.match(own)
        ):
            start = case.flat.find(own, section.span.end)
            at = Span(section.span.start, max(section.span.end, start + len(own)))
            yield case.finding("R20", at, f"“{section.title}”一章只写了“{own[:20].rstrip('。')}”，没有实质内容")


def empty_joint_chapter(case: Case) -> Iterator[Finding]:
    """R20: a chapter of problems and measures together that says only 「无」."""
    section, span = case.chapter("问题与建议"), case.chapter_span("问题与建议")
    if section is None or span is None or case.chapter("存在问题") is not None:
        return
    text = case.text(Span(section.span.end, span.end)).strip()
    line = text.partition("\n")[0]
    if not _EMPTY.match(line) or len(line) < len(text) - _ONE_LINE * 3:
        return
    at = _first_text(case, span, section.span.end)
    at = Span(section.span.start, at.end) if at.start - section.span.end <= _ONE_LINE else at
    yield case.finding("R20", at, f"“{section.title}”一章只写了“{line[:20].rstrip('。')}”，没有实质内容")


def full_marks_proved(case: Case) -> Iterator[Finding]:
    """R21: full marks in running text with neither number, document nor evidence."""
    for item in case.found.items:
        if not _unproved(case, item):
            continue
        yield case.finding(
            "R21",
            _argument_span(case, item),
            f"“{item.name}”得满分，理由里没有数据、文件或佐证",
            stated=number(item.claimed or Decimal(0)),
            item=item.name,
        )


_FIFTH = 5


def _unproved(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf of running text claims full marks with words alone."""
    if item.table or not _full_or_unknown(item):
        return False
    text = _argument(case, item)
    if _NOTHING_LEFT.search(text) or (re.search("公开", item.name) and _DISCLOSED.search(text)):
        return False
    told = _NUMBER.search(re.sub(r"20\d\d年?|十四五|12345|[一二三四五六七八九十]", "", text))
    return len(text) >= _ARGUED and not _PROOF.search(text) and not told


_ARGUED = 8  # characters: less is no argument


def _full_or_unknown(item: ScoredItem) -> bool:
    return item.claimed is not None and item.claimed > 0 and (item.points is None or item.claimed >= item.points)


def _argument(case: Case, item: ScoredItem) -> str:
    """What a leaf says beside its heading and its score."""
    kept: list[str] = []
    position = item.body.start
    for span in sorted((item.span, item.quote)):
        if position < span.start:
            kept.append(case.flat[position : min(span.start, item.body.end)])
        position = max(position, span.end)
    kept.append(case.flat[position : item.body.end])
    return _SCORE_SAID.sub("", "".join(kept)).strip(" ,。)\n")


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
    for sentence in case.running():
        text = case.text(sentence)
        hundred = _HUNDRED.search(text)
        match = next((m for m in _VAGUE.finditer(text) if not _of_another_clause(text, m, hundred)), None)
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
    for sentence in case.running():
        text = case.text(sentence)
        everything = _EVERYTHING.search(text)
        if everything is None and not _HUNDRED.search(text):
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
_UNREACHED = re.compile(r"(?:未|没有?|尚未)(?:能)?(?:达到?|实现|完成)\s?$|不足\s?$|低于\s?$|距离?\s?$")
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
    for sentence in case.running():
        text = case.text(sentence)
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
    for sentence in case.running():
        item_here = case.item_at(sentence.start)
        if item_here is None or item_here.table or not item_here.claimed or _EFFECT.search(item_here.name):
            continue
        if _BOILERPLATE.search(case.text(sentence)):
            message = f"“{item_here.name}”用全地区的变化作依据，看不出与本部门支出的关系"
            yield case.finding("R25", sentence, message, severity=Severity.INFO, item=item_here.name)


_BOILERPLATE = re.compile(
    r"全[市县区省镇州旗](?:国民)?经济(?:和)?社会[^,。;\d]{0,8}(?:平稳|健康|持续|稳定|协调|快速|高质量)[^,。;\d]{0,8}发展"
)


def region_as_proof(case: Case) -> Iterator[Finding]:
    """R25 (heuristic): a sentence outside the indicators that takes the region's growth for what the money did."""
    for sentence in case.running():
        text = case.text(sentence)
        if case.item_at(sentence.start) is None and _TAKEN_FOR.search(text) and _REGION.search(text):
            message = "用全地区的变化说明资金效益，看不出与本部门支出的关系"
            yield case.finding("R25", sentence, message, severity=Severity.INFO)
            return


_TAKEN_FOR = re.compile(
    r"(?:充分)?(?:体现|说明|表明|证明|反映)[^。;]{0,16}(?:效益|成效|效果|资金|绩效)|资金(?:使用)?效益(?:显著|明显)"
)


def nearly_all_full(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): every scored leaf full, or all but one."""
    scored = [i for i in case.found.items if i.claimed is not None and not i.not_applicable and not i.doubtful]
    lost = [i for i in scored if i.points is not None and i.claimed is not None and i.claimed < i.points]
    if len(scored) < _MANY_ITEMS or len(lost) > 1:
        return
    full = len(scored) - len(lost)
    if sum(1 for item in scored if _unproved(case, item)) * _FIFTH < full:
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


def conclusion_complete(case: Case) -> Iterator[Finding]:
    """R43: the conclusion gives the grade, the base, and what was lost."""
    if case.found.kind is not DocumentKind.OVERALL:
        return
    totals = plausible_totals(case)
    claimed = totals.claimed
    if claimed is None or case.in_table(claimed.span.start) or not is_narrative(case):
        return
    span = case.chapter_span("自评结论")
    paragraphs = {case.paragraph(total.span.start) for total in totals.all_claimed or (claimed,)}
    text = "".join(map(case.text, paragraphs)) + (case.text(span) if span is not None else "")
    lacking: list[str] = []
    if case.found.totals.grade is None:
        lacking.append("等次")
    base, extras = base_of(case), extras_of(case)
    bonus = extras is not None and any(extras)
    parts = len(re.findall(r"得\s?\d+(?:\.\d+)?\s?分", text)) > 1
    if (
        bonus
        and case.found.totals.base is None
        and not parts
        and (base is None or not re.search(rf"{number(base)}\s?分", text))
    ):
        lacking.append("基础分")
    lost = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    sure = bool(lost) and case.certainty.tree
    if sure and not _LOST.search(text) and not any(item.name in text for item in lost):
        lacking.append("失分指标")
    if lacking:
        yield case.finding("R43", claimed.span, f"自评结论没有写{'、'.join(lacking)}", stated=claimed.value)
