"""R18: what a leaf with full marks claims, against what the report admits elsewhere on the same topic (topics.yaml)."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hengji.auditing.case import Case, once
from hengji.auditing.problems.qualities import at_fault, of_its_quality
from hengji.auditing.problems.zones import measure_zones, numbered, problem_zones
from hengji.auditing.wording import pairs_of
from hengji.library.texts import Topic, load_acts, load_fields, load_throughout, load_topics
from hengji.model.extraction import ScoredItem, Span

_NOT_ADMITTED = ("相关建议", "绩效目标", "应用公开", "佐证材料")  # chapters that aim, promise or list
# What tells that a sentence outside the problems speaks of something found, not of something done.
_FOUND = re.compile(r"审计|检查|抽查|核查|巡察|巡视|指出|发现|责令|退回|追回|收回|归还|通报")
_DENIED = re.compile(
    r"(?:未发现|未提出|没有提出|未指出|没有指出|未反映|没有反映|未发生|未出现|未见|没有发现|没有发生|没有出现|不存在|无|杜绝|防止|避免|防范|严禁|禁止|不得|从未|有无|是否|严查|严防|打击|查处|治理|纠正|减少|解决|消除)[^,。;]{0,14}$|(?:未|没有|零)(?:[^,。;、]{1,8}、)*$"
)
_RULE = re.compile(r"每[^,。;]{0,14}扣|的,?扣|扣完|不得分|评分(?:标准|规则)|计分|目标[是为:]")
_EARLIER = re.compile(r"上年|往年|以前年度|历史遗留|上一年度|去年")
_RIGHT = re.compile(
    r"已(?:经|于|在|全部|按|由)?[^,。;]{0,16}(?:整改|解决|改进|改善|补办|补登|补录|补齐|入账|纠正|完善|销号|查清|处置|办结|完工|验收|归档|公开|签订|核销)|(?:均|且|并|全部)[^,。;]{0,12}整改|整改(?:完毕|完成|到位)|当场|核销|补正|补齐|纠偏|重办|退回[^,。;]{0,6}(?:不合规|单据|凭证)"
)
_NOT_YET = re.compile(r"(?:未|没有|待|尚|限期|责令|要求)[^,。;]{0,6}(?:整改|解决|核销|补办|补齐|纠正|处置|入账)")
_ALLOWED = re.compile(
    r"不扣分|不影响|按规则|允许|经[^,。;]{0,12}(?:批准|同意)|不可抗|视同|规则规定|(?:规则|标准)[^。;]{0,30}满分|为合格"
)
_YEAR = re.compile(r"(?<![系因自为是于由])(20\d\d)年(?!度?(?:部门|绩效|自评|预算|决算))")
_FEW = 2  # pairs of characters by which two passages speak of the same thing


@dataclass(frozen=True, slots=True)
class Admission:
    """A clause that admits a defect, and the leaf with full marks that it stands against; ``claim`` where that claims perfection."""

    span: Span
    item: ScoredItem
    claim: Span | None
    sure: bool = False  # a topic's own words on both sides


Claims = list[tuple[ScoredItem, Span]]  # leaves with full marks, and where each says that nothing is amiss


def admissions(case: Case, full: list[ScoredItem], lost: list[ScoredItem]) -> list[Admission]:
    """What the report admits against leaves with full marks, what speaks most of its leaf first."""
    zones, measures = problem_zones(case), measure_zones(case)
    throughout = [(item, claim) for item in full if (claim := claim_of(case, item, load_throughout())) is not None]
    found = [
        *_of_topics(case, full, lost, zones, measures),
        *contradictions(case, throughout, full, lost, zones),
        *_unfinished(case, full, lost, zones),
        *_late(case, full, lost, zones),
        *_events(case, full),
        *_violations(case, throughout, lost, zones),
    ]
    found = [each for each in found if not _NO_PROBLEM.search(case.text(each.span).strip(" 。;"))]
    return sorted(found, key=lambda admission: (-admission.sure, -_affinity(case, admission)))


_NO_PROBLEM = re.compile(r"(?:未发现|没有发现|不存在|未出现|暂无|(?<!未)没有|无)[^,。;]{0,8}(?:问题|不足|违规)$")


def _affinity(case: Case, admission: Admission) -> int:
    said = "" if admission.claim is None else _said(case, admission.item, admission.claim)
    return len(pairs_of(case.text(admission.span)) & pairs_of(f"{admission.item.name} {said}"))


def _of_topics(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span], measures: list[Span]
) -> Iterator[Admission]:
    names = "\n".join(item.name for item in full)
    for topic in load_topics():
        words = [word for word in topic.leaves if word in names]
        admitted = list(_admitted(case, topic, zones, measures)) if words else []
        if not admitted or not leaves_of(words, full):
            continue
        leaves = leaves_of(words, full)
        spared = any(word in item.name for word in topic.leaves for item in lost)
        for span in admitted:
            found = _against(case, topic, leaves, span)
            loose = topic.whole or spared or found.item.name.endswith("率")
            taken = any(_answers(case, topic, item, span) for item in lost)
            if not taken and (found.claim is not None or not (loose or not _akin(case, found))):
                yield found


def leaves_of(words: Sequence[str], full: list[ScoredItem]) -> list[ScoredItem]:
    """The leaves whose names have one of a topic's words; of a rule (科技项目管理制度) only where the word speaks of rules."""
    return [i for i in full if any(w in i.name and ("制度" not in i.name or _OF_RULES.search(w)) for w in words)]


_OF_RULES = re.compile(r"制度|内控|内部控制")


def _akin(case: Case, admission: Admission) -> bool:
    """Whether a defect that stands against no claim is of the leaf's quality, and more than what the unit suffers from."""
    text = case.text(admission.span)
    return of_its_quality(admission.item.name, text) and at_fault(text)


def _admitted(case: Case, topic: Topic, zones: list[Span], measures: list[Span]) -> Iterator[Span]:
    """The clauses that admit a defect of a topic, not denied, not another year's, not put right before."""
    for match in topic.admits.finditer(case.flat):
        at = match.start()
        told = _inside(zones, at)
        own = case.item_at(at) if topic.whole else None
        if own is not None and any(word in own.name for word in topic.leaves):
            continue
        if not told and (
            not (topic.stays or topic.whole)
            or _inside(measures, at)
            or case.chapter_key(at) in _NOT_ADMITTED
            or case.aimed_at(at)
            or not (topic.whole or _found_out(case, at))
        ):
            continue
        span = is_admitted(case, topic, match)
        if span is not None:
            yield span


def is_admitted(case: Case, topic: Topic, match: re.Match[str]) -> Span | None:
    """The clause around a form that admits a defect; None where it is denied, of a rule, of another year, or put right before."""
    start, end = _clause(case.flat, match.start(), match.end())
    clause = case.flat[start:end]
    if (
        _DENIED.search(case.flat, start, match.start())
        or _OTHERS_DO.search(clause)
        or (topic.unless is not None and topic.unless.search(_CAME_OF_IT.sub("", clause)))
    ):
        return None
    sentence = case.sentence(match.start())
    whole = case.flat[min(sentence.start, start) : max(sentence.end, end)]
    if _RULE.search(whole) or _of_another_year(case, whole, clause):
        return None
    return Span(start, end) if not _right_again(case, whole) or (topic.stays and not _FORMAL.search(whole)) else None


# What another body builds.
_OTHERS_DO = re.compile(r"由[^,。;]{0,8}(?:代建|承建)")
_CAME_OF_IT = re.compile(r",(?:影响|导致|造成|致使|制约|拖累)[^,。;]*")  # what a defect led to is another matter


def _found_out(case: Case, position: int) -> bool:
    """Whether the sentence says that something was found, or a leaf tells it of itself."""
    own = case.item_at(position)
    if own is not None and _ALLOWED.search(case.text(own.body)):
        return False
    return not case.in_table(position) and _FOUND.search(case.text(case.sentence(position))) is not None


_FORMAL = re.compile(r"附件|票据|手续|凭证|审批|签字")  # what is mended by a paper


def _inside(zones: list[Span], position: int) -> bool:
    return any(zone.start <= position < zone.end for zone in zones)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(mark, 0, start) for mark in "。;\n\t:") + 1
    while text[first : first + 1] in (" ", "\u3000"):
        first += 1
    ends = [at for at in (text.find(mark, end) for mark in "。;\n\t") if at >= 0]
    return first, min(ends, default=len(text))


def _of_another_year(case: Case, sentence: str, clause: str) -> bool:
    years = {int(year) for year in _YEAR.findall(clause)} or {int(year) for year in _YEAR.findall(sentence)}
    later = any(int(year) > case.year for year in _OF_YEAR.findall(clause))
    return bool(_EARLIER.search(clause)) or (bool(years) and max(years) < case.year) or later


_OF_YEAR = re.compile(r"(20\d\d)年(?:度)?的")  # what belongs to a year, not what is made good in it


def _right_again(case: Case, sentence: str) -> bool:
    """Whether it was put right, and not only after the year."""
    match = _RIGHT.search(_NOT_YET.sub("", sentence))
    later = any(int(year) > case.year for year in _YEAR.findall(sentence[: match.end()] if match else ""))
    return match is not None and not later


_LOSES = re.compile(r"扣\s?\d|扣分|失分|丢分|^(?:影响|导致|造成|致使|制约)")


def _without_other_losses(clause: str, topic: Topic) -> str:
    """A clause without its parts that only tell what came of it or which other indicator lost points: 「……有账无物，另有闲置使利用率扣分」."""
    parts = clause.split(",")
    if sum(1 for part in parts if topic.admits.search(part)) < 1 or len(parts) == 1:
        return clause
    kept = [part for part in parts if not _LOSES.search(part)]
    return ",".join(kept) if any(topic.admits.search(part) for part in kept) else clause


def _answers(case: Case, topic: Topic, lost: ScoredItem, span: Span) -> bool:
    """Whether a leaf that lost points is named by a defect or tells of it."""
    clause = pairs_of(_without_other_losses(case.text(span), topic))
    if len(clause & pairs_of(lost.name)) > _FEW:
        return True
    if topic.whole:
        return False
    told = f"{lost.name} {case.text(lost.body)} {lost.actual} {lost.remark}"
    shared = len(clause & pairs_of(told))
    alike = topic.admits.search(told) is not None or any(word in lost.name for word in topic.leaves)
    return shared >= _FEW and alike


def _against(case: Case, topic: Topic, leaves: list[ScoredItem], span: Span) -> Admission:
    """The leaf whose claim the admission stands against: the one that claims perfection, else the first."""
    inside = next((i for i in leaves if i.body.start <= span.start < i.body.end), None)
    if inside is not None:
        return Admission(span, inside, span)
    told = pairs_of(case.text(span))
    rates = [item for item in leaves if item.name.endswith("率")]  # a rate without a claim is only a figure
    nearest = sorted(leaves, key=lambda i: -len(told & pairs_of(f"{i.name} {case.text(i.body)}")))
    for item in nearest:
        claim = claim_of(case, item, topic.claims)
        if claim is not None:
            return Admission(span, item, claim, sure=True)
    for item in nearest[:1]:
        claim = claim_of(case, item, load_throughout())
        if claim is not None and len(told & pairs_of(_said(case, item, claim))) > _FEW:
            return Admission(span, item, claim)
    return Admission(span, next((i for i in nearest if i not in rates), nearest[0]), _claimed_elsewhere(case, told))


def _claimed_elsewhere(case: Case, told: frozenset[str]) -> Span | None:
    """A sentence of running text that says of the same thing that all is well, where the leaf says nothing itself."""
    zones = (*problem_zones(case), *measure_zones(case))
    for sentence, text in case.running:
        if (
            len(told & pairs_of(text)) < _ENOUGH
            or _inside(list(zones), sentence.start)
            or case.aimed_at(sentence.start)
        ):
            continue
        if load_throughout().search(text) and case.chapter_key(sentence.start) not in _NOT_ADMITTED:
            return sentence
    return None


def claim_of(case: Case, item: ScoredItem, form: re.Pattern[str]) -> Span | None:
    """Where a leaf says that nothing is amiss: in its text, its row, or where a paragraph tells of it by name."""
    if item.table and form.search(_row_said(case, item)):
        return item.quote
    match = form.search(case.flat, max(item.body.start, item.span.end), max(item.body.end, item.span.end))
    if match is not None and not item.table:
        return case.sentence(match.start())
    at = case.flat.find(item.name) if len(item.name) >= _OWN_NAME else -1
    while at >= 0:
        if item.body.start <= at < item.body.end:
            at = case.flat.find(item.name, item.body.end)
            continue
        paragraph = case.paragraph(at)
        match = form.search(case.flat, at, min(paragraph.end, at + _TOLD))
        if match is not None and case.chapter_key(at) not in _NOT_TOLD and not case.aimed_at(at):
            return Span(at, case.sentence(match.start()).end)
        at = case.flat.find(item.name, at + 1)
    return None


_OWN_NAME = 4  # characters by which a leaf is known elsewhere
_NOT_TOLD = (*_NOT_ADMITTED, "存在问题", "问题与建议", "基本情况")


def _row_said(case: Case, item: ScoredItem) -> str:
    """What a row says beside its name, its target and its rule."""
    text = case.text(item.body)
    for other in (*item.path, item.name, item.target, item.rule):
        text = text.replace(other, " ", 1) if other else text
    return text


_TOLD = 120  # characters behind a leaf's name in which a paragraph tells of it
_DEFECT = re.compile(
    r"不|未|没有|缺|少\s?\d|拖延|滞后|延误|超标|超期|逾期|多计|先[^,。;]{1,8}后|应[缴收]未|短少|指出|走过场|流于|追加|仅|只有"
)
_BODIES = re.compile(r"[省市县区旗]?(?:财政|审计|市场监督管理|生态环境|应急管理)局")
_QUALITIES = frozenset(
    ["及时", "规范", "到位", "准确", "科学", "合理", "明确", "完整", "健全", "精准", "细致", "反映", "反馈"]
)
_ENOUGH = 4
_TAIL = 3  # the last characters of a name by which a problem names it: 满意度


def contradictions(
    case: Case, claims: Claims, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """A problem that speaks of what one leaf with full marks claims to be done throughout, and of no leaf that lost points."""
    told = [
        (item, claim, _spoken(item.name) | (said := _spoken(_said(case, item, claim).replace(item.name, " "))), said)
        for item, claim in claims
    ]
    others = [_spoken(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}") for item in lost]
    for zone in zones if told else ():
        for span in numbered(case, zone):
            text = case.text(span)
            if not _DEFECT.search(text) or _right_again(case, text) or _of_another_year(case, text, text):
                continue
            pairs = _spoken(text)
            if any(item.name[-_TAIL:] in text for item in lost):
                continue
            item, claim, own, said = max(told, key=lambda each: _weight(text, pairs, each[2], each[3]))
            weight = _weight(text, pairs, own, said)
            if weight < _ENOUGH + 2 and _of_another_field(text, item, full):
                continue
            if weight >= _ENOUGH and not any(_weight(text, pairs, other, other) >= weight for other in others):
                yield Admission(_nearest_clause(case, span, own), item, claim)


def _nearest_clause(case: Case, span: Span, own: frozenset[str]) -> Span:
    """The clause of a problem that speaks most of what a leaf says, where another clause tells of something else."""
    clauses = [Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^。;]+", case.text(span))]
    texts = [case.text(clause) for clause in clauses]
    weights = [_weight(text, _spoken(text), own, own) for text in texts]
    best = max(weights, default=0)
    return clauses[weights.index(best)] if weights.count(best) == 1 else span


def _of_another_field(text: str, item: ScoredItem, full: list[ScoredItem]) -> bool:
    """Whether a problem names a field of work that has leaves with full marks, but not this one."""
    named = [field for field in load_fields() if any(word in text for word in field.problems)]
    members = [leaf.name for field in named for leaf in full if any(word in leaf.name for word in field.leaves)]
    return bool(members) and item.name not in members


def _said(case: Case, item: ScoredItem, claim: Span) -> str:
    return _row_said(case, item) if item.table else case.text(claim)


def _spoken(text: str) -> frozenset[str]:
    return pairs_of(_BODIES.sub(" ", text)) - _QUALITIES


def _weight(text: str, pairs: frozenset[str], own: frozenset[str], said: frozenset[str]) -> int:
    """How much a problem speaks of a leaf: shared pairs, and more where one that the leaf claims is denied (不宜存 of 宜存)."""
    shared = pairs & own
    if not shared:
        return 0
    denied = any(_denied(text, pair) for pair in shared & said)
    if not denied and not any(word in text for pair in shared for word in _act_words().get(pair, ())):
        return 0  # the same things, and not what is done with them
    return len(shared) + 2 * denied


_DENIAL = re.compile(r"(?:不|未|没有|无人|缺|漏)[^,。;]{0,5}\Z")
_FAULT = re.compile(
    r"[^,。;\d]{0,2}?(?:缺失|不全|不齐|不彻底|不到位|不规范|不及时|不完整|不足|偏[低慢粗]|滞后|薄弱|损坏|脱节|欠缺|走过场|流于形式)"
)
_DENIAL_LONG = 7  # characters


def _denied(text: str, word: str) -> bool:
    """Whether a word stands right behind one that denies it."""
    at = text.find(word)
    while at >= 0:
        if _DENIAL.search(text, max(0, at - _DENIAL_LONG), at) or _FAULT.match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


@cache
def _act_words() -> dict[str, list[str]]:
    """Pairs of characters of the words for acts."""
    found: dict[str, list[str]] = {}
    for word in itertools.chain.from_iterable(load_acts()):
        for k in range(len(word) - 1):
            found.setdefault(word[k : k + 2], []).append(word)
    return found


_ALL = r"(?:均|全部|全数|悉数|都|100%|应\S尽\S)"
_NOT_DONE = re.compile(r"未|没有")
_NOT = r"(?:未|没有|尚未|仍未|未能)(?!发现|发生|出现|提出|见)(?:按期|及时|全部|如期|按时|完成)?"


@cache
def _undone() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words for each act, and how a text says that it was not done."""
    words = ["|".join(act) for act in load_acts()]
    return tuple((word, re.compile(rf"{_NOT}[^,。;]{{0,6}}?(?:{word})")) for word in words)


def _unfinished(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """An act that a leaf claims to be done throughout and the problems say was not, of the same thing."""
    for zone in zones:
        text = case.text(zone)
        for word, undone in _undone() if _NOT_DONE.search(text) else ():
            for match in undone.finditer(text):
                span = Span(*_clause(case.flat, zone.start + match.start(), zone.start + match.end()))
                clause = case.text(span)
                if not _RIGHT.search(clause) and not _of_another_year(case, clause, clause):
                    yield from _throughout(case, word, span, full, lost)


def _throughout(
    case: Case, word: str, span: Span, full: list[ScoredItem], lost: list[ScoredItem]
) -> Iterator[Admission]:
    things = pairs_of(re.sub(word, " ", case.text(span)))
    counted = _COUNTED.search(case.text(span))
    if any(len(things & pairs_of(f"{item.name} {case.text(item.body)}")) > _FEW for item in lost):
        return  # points were taken off for it
    claimed = re.compile(rf"{_ALL}[^,。;]{{0,12}}(?:{word})|(?:{word})[^,。;]{{0,8}}(?:100%|应\S尽\S|全覆盖)")
    for item in full:
        told = f"{item.name} {case.text(item.body)} {item.actual} {item.remark}"
        match = claimed.search(told)
        alike = match is not None and (
            len(things & pairs_of(re.sub(word, " ", told))) > _FEW
            or things & names_alone(case).get(item.name, frozenset())
            or any(each in item.name and each[:2] in names_alone(case).get(item.name, ()) for each in word.split("|"))
            or (counted is not None and re.search(rf"\d\s?个?{counted['noun']}$", told[: match.start()]) is not None)
        )
        if alike:
            claim = claim_of(case, item, claimed)
            if claim is not None:
                yield Admission(span, item, claim)
                return


@once
def names_alone(case: Case) -> dict[str, frozenset[str]]:
    """The pairs of characters of each leaf's name that no other leaf's name has."""
    names = {item.name: _spoken(item.name) for item in case.found.items}
    counted = Counter(pair for pairs in names.values() for pair in pairs)
    return {name: frozenset(pair for pair in pairs if counted[pair] == 1) for name, pairs in names.items()}


_NO_EVENT = re.compile(
    r"(?:(?:没有|未|无|零)(?:发生|出现)(?:过)?|无一(?:名|人|例|起|家|户))(?P<what>[\u4e00-\u9fff]{2,10}?)(?:事故|事件|情况|现象|问题)?(?=[,。;、\n\t]|$)"
)
_GRADED = re.compile(r"重大|较大|特大|重特大|严重|责任|群体|恶性|极端|区域性|系统性")
_EVENT = 4  # characters by which an event is looked for
_MANY = r"[1-9]\d*\s?(?:起|次|例|件|名|人|户)"


def _events(case: Case, full: list[ScoredItem]) -> Iterator[Admission]:
    """What a leaf with full marks says never happened, told elsewhere as having happened so many times."""
    for item in full:
        end = max(item.body.end, item.quote.end)
        for match in _NO_EVENT.finditer(case.flat, item.body.start, end):
            fact = None if _GRADED.search(match["what"]) else _happened(case, item, match["what"][-_EVENT:])
            if fact is not None:
                yield Admission(fact, item, item.quote if item.table else case.sentence(match.start()))


def _happened(case: Case, item: ScoredItem, what: str) -> Span | None:
    """Where so many of an event are told outside a leaf: 「发生森林火灾1起」, 「有6名学生辍学」."""
    for fact in re.finditer(
        rf"发生(?:了)?[^,。;\n\t]{{0,16}}{what}[^,。;\n\t]{{0,6}}{_MANY}|{_MANY}[^,。;\n\t]{{0,12}}?{what}", case.flat
    ):
        at = fact.start()
        clause = case.flat[slice(*_clause(case.flat, at, fact.end()))]
        outside = not item.body.start <= at < item.body.end and not case.aimed_at(at)
        put_right = _DENIED.search(case.flat[max(0, at - 8) : at]) or _RIGHT.search(clause) or _FEWER.search(clause)
        if outside and not put_right and not _of_another_year(case, clause, clause):
            return Span(at, fact.end())
    return None


# So many of something went wrong; what is scarce, old or hard, and what was never claimed to be done, is no wrong.
_WENT_WRONG = re.compile(
    r"漏[发报登记页检缴]|错[发报误漏]|逾期|超期|超标|报废|失效|超过|晚点|延误|迟[发报到]|仍(?!需|要|有待|较|然|有\d|未|没有)|不符|违规|违反|重复|丢失|损坏|停用|擅自|堵塞|过期|被投诉|被通报|被退回|被约谈"
)
_NUMBERED = re.compile(r"(?:\d|[一两二三])\s?(?:个|名|人|户|件|起|次|批次?|份|处|项|家|笔|页|宗|例|台|辆|所|路|条)")
_OTHERS = re.compile(r"企业|商户|经营|业主|个体|开发商|违法|用人单位|欠费|市民|居民|农户")
_TWO = 2


@once
def _own_words(case: Case) -> dict[str, frozenset[str]]:
    """The pairs of characters of each leaf's name and text that no other leaf has."""
    texts = {i.name: _spoken(f"{i.name} {case.text(i.body)} {i.actual} {i.remark}") for i in case.found.items}
    counted = Counter(pair for pairs in texts.values() for pair in pairs)
    return {name: frozenset(pair for pair in pairs if counted[pair] == 1) for name, pairs in texts.items()}


def _violations(case: Case, claims: Claims, lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """A clause of the problems that counts what went wrong, of what one leaf with full marks says is all well."""
    for zone in zones if claims else ():
        for match in _WENT_WRONG.finditer(case.flat, zone.start, zone.end):
            span = Span(*_clause(case.flat, match.start(), match.end()))
            text = case.text(span)
            if not _NUMBERED.search(text) or _OTHERS.search(text) or _right_again(case, text):
                continue
            if _of_another_year(case, text, text) or _ALLOWED.search(text) or _DENIED.search(text):
                continue
            pairs = _spoken(text)
            if any(pairs & _own_words(case).get(item.name, frozenset()) for item in lost):
                continue
            best = max(claims, key=lambda each: _nearness(case, pairs, each[0]))
            if _nearness(case, pairs, best[0]) >= _TWO:
                yield Admission(span, *best)


def _nearness(case: Case, pairs: frozenset[str], item: ScoredItem) -> int:
    """How many of a leaf's own words a problem has; a word of its name counts twice."""
    named = pairs & names_alone(case).get(item.name, frozenset())
    return len(pairs & _own_words(case).get(item.name, frozenset())) + len(named)


_FEWER = re.compile(r"劝返|防止|预防|排查|处置|避免|化解|帮助|救助|下降|减少|演练|培训|宣传")


_COUNTED = re.compile(r"\d\s?(?:个|家|所|处|份|户|批次?)(?P<noun>[\u4e00-\u9fff]{2})(?=没有|未|尚未|仍未)")
_IN_TIME = re.compile(
    r"(?=[均全都逐按及如没无未提])"  # looked at first: the forms begin with one of these
    r"(?:(?:均|全部|全数|都|逐[件项个])[^,。;]{0,20}(?:时限|按时|及时|按期|如期|[日时钟]内|[月日]底?前|时间节点|规定时间|计划时间)"
    r"|(?:按时|及时|按期|如期)[^,。;]{0,6}率[^,。;]{0,6}100%|(?:按时|及时|按期|如期)[^,。;]{0,4}(?:全部|100%)"
    r"|(?:没有|无|未)[^,。;]{0,6}(?:超期|逾期|超时|延误|延期|拖欠)|(?:如期|按期|提前)(?:全面|全部)?完成)"
)
_TOO_LATE = re.compile(
    r"超(?:过|出)[^,。;]{0,10}(?:日|天|时限|期限|月|小时)|晚于|迟于|逾期|超期|超时|(?:[日天月后]|年)才|延迟|推迟|滞后|拖延|延误|延期|[晚迟][^,。;]{0,6}[天日月]|不(?:够|太|甚)?及时|不按时|[等耗用]时?间?(?:偏|较|过)长|未(?:能)?(?:按时|按期|如期|及时)|没有(?:按时|按期|如期|及时)"
)


def _late(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """What the report says was late, of what a leaf with full marks says was all done in time."""
    claims = [(item, claim) for item in full if (claim := claim_of(case, item, _IN_TIME)) is not None]
    told = [(item, claim, _spoken(f"{item.name} {_said(case, item, claim)}")) for item, claim in claims]
    others = (
        [_spoken(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}") for item in lost] if told else []
    )
    for span in _late_places(case, zones) if told else ():
        text = case.text(span)
        if _EXCUSED.search(text) or _of_another_year(case, text, text) or _ALLOWED.search(text):
            continue
        pairs = _spoken(_AFTER_IT.sub(" ", text))
        item, claim, own = max(
            told,
            key=lambda each: len(pairs & each[2]) + bool(pairs & names_alone(case).get(each[0].name, frozenset())),
        )
        weight = len(pairs & own)
        alone = bool(pairs & names_alone(case).get(item.name, frozenset()))
        if (weight > _FEW or alone) and not any(len(pairs & other) >= weight + alone for other in others):
            yield Admission(span, item, claim)


def _late_places(case: Case, zones: list[Span]) -> Iterator[Span]:
    """The sentences that tell of something late: of the problems, and elsewhere outside the leaves with a number of it."""
    for match in _TOO_LATE.finditer(case.flat):
        at = match.start()
        start, end = _clause(case.flat, at, match.end())
        inside = _inside(zones, at)
        if not inside and (
            case.item_at(at) is not None
            or case.in_table(at)
            or case.aimed_at(at)
            or case.chapter_key(at) in (*_NOT_ADMITTED, "自评结论", "基本情况")
            or not re.search(r"\d\s?(?:件|份|个|项|户|宗|笔)", case.flat[start:end])
            or _inside(measure_zones(case), at)
        ):
            continue
        if not _DENIED.search(case.flat, start, at) and not _RULE.search(case.flat, start, end):
            yield Span(start, end)


_AFTER_IT = re.compile(r"[\u4e00-\u9fff]{2,8}后(?=[\u4e00-\u9fff])")  # what came before: 「验收后医生派驻不及时」
_EXCUSED = re.compile(r"批准延期|经批准|同意延期|不可抗力")
