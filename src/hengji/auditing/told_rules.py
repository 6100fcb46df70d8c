"""R06 by a rule of deductions told beside an indicator's facts, in running text or in its row; and scores put to a weight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.printed_rules import allowed, fell
from hengji.extracting.flat import flat
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity

_UNIT = "[个期场次件处项名人起天日户家份套台条篇批笔例张座吨节门]"
_N = r"(\d{1,4}(?:\.\d+)?)"
_LABEL = re.compile(
    r"(?:(?:评分|计分|打分|考核|评价|扣分|得分)(?:标准|细则|方法|办法|规则|要求|规定)|细则|规则|标准|规定)(?:规定|要求)?(?:为|是|:)?"
)
_PER_CENT = re.compile(r"每[^,。;]{0,14}?(?:个百分点|\d\s?%)[^,。;]{0,4}[,]?扣\s?\d")
_STEPS = re.compile(
    r"\d%?[^,。;]{0,10}(?:得|计)\s?(?:满分|\d{1,2}(?:\.\d+)?分)[,;、][^。]{0,40}(?:得|计)\s?\d|以上\d+分[,;、]"
)
_COUNTED = re.compile(
    rf"每(?P<way>少|缺少?|减少|差|逾期|推迟|延迟|延期|超期|超时|发生|出现|发现|有|多)?(?:[\u4e00-\u9fff]{{0,4}}?)(?:1|一)?(?P<unit>{_UNIT})(?!百分点)[\u4e00-\u9fff]{{0,8}}?,?扣(?P<cut>\d(?:\.\d+)?)分"
)
_RATE = re.compile(
    r"(?P<lead>[^,。;%\d]{0,12}?)(?P<n>(?:(?<=[=为是:(])-)?(?<!\d)\d{1,3}(?:\.\d+)?)%(?P<after>的?(?:以上|以下|以内|目标|要求|及以上)?)"
)
_AIMED = re.compile(r"目标|不低于|不超过|不少于|≥|≤|标准|规定|要求|应达|低于$|超过$|高于$|计划|占比$")
_EXEMPT = re.compile(
    r"不扣|酌情|剔除|不可抗力|免予|取整|最多扣|最高扣|封顶|一次性|除[^。]{1,16}外|另扣|还扣|同时扣|[两三]项(?:共|合计)扣|时点"
)
_PLAN = re.compile(
    rf"(?:目标|计划|应[\u4e00-\u9fff]{{0,4}}|任务)(?:值|数)?[\u4e00-\u9fff]{{0,8}}?(?:为|是|:)?(?:≥|不少于)?{_N}(?P<u>{_UNIT})"
)
_DONE = re.compile(rf"(?:实际|完成|已)[\u4e00-\u9fff]{{0,6}}?{_N}(?P<u>{_UNIT})")
_LITTLE = Fraction(11, 1000)
_LONGEST = 420  # characters of an indicator's text: a longer one tells of more than one fault


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of an indicator: its rule, and the facts beside it."""

    rule: str
    facts: str


def scored_by_told_rule(case: Case) -> Iterator[Finding]:
    """A leaf whose own words give a rule of deductions and its facts, and whose score is another."""
    for item in case.found.items:
        if (
            item.doubtful
            or item.claimed is None
            or not item.points
            or item.claimed > item.points
            or item.not_applicable
        ):
            continue
        text = _words(case, item)
        if ("每" not in text and not _STEPS.search(text)) or len(text) > _LONGEST or _EXEMPT.search(text):
            continue
        told = _apart(text)
        if told is None:
            continue
        scores = _by_count(told, item) or _by_rate(told, item)
        claimed = Fraction(item.claimed)
        if not scores or min(scores) - _LITTLE <= claimed <= max(scores) + _LITTLE:
            continue
        if claimed < min(scores) and (len(set(scores)) > 1 or not _taken(told, Fraction(item.points) - claimed)):
            continue
        right = number(max(scores)) if claimed > max(scores) else number(min(scores))
        yield case.finding(
            "R06",
            case.leaf_passage(item) if not item.table else case.leaf_span(item),
            f"“{item.name}”按写明的扣分规则应得{right}分，自评{number(item.claimed)}分",
            severity=Severity.WARNING,
            stated=number(item.claimed),
            recomputed=right,
            item=item.name,
        )


def _taken(told: _Told, lost: Fraction) -> bool:
    """Whether the facts say that just so much was taken off, or a rule by counts leaves no other reason."""
    if _COUNTED.search(told.rule):
        return True
    return lost in {Fraction(n) for n in re.findall(r"扣(?:了)?(\d+(?:\.\d+)?)分", told.facts)}


_BLANK = re.compile(r"\s")


def _words(case: Case, item: ScoredItem) -> str:
    if item.table:
        parts = (item.target and f"目标{item.target}", item.actual, item.remark, item.rule and f"评分标准:{item.rule}")
        return re.sub(r"\s", "", flat("。".join(part for part in parts if part)))
    text = case.flat[item.span.end : item.body.end]
    return _BLANK.sub("", text).replace("—", "-").replace("～", "-")


def _apart(text: str) -> _Told | None:
    """The rule of a text (its one sentence or clause that takes points off) and the rest; None where it tells none or several."""
    found = [*_PER_CENT.finditer(text), *_COUNTED.finditer(text)]
    steps = _STEPS.search(text)
    if len({match.start() // 2 for match in found}) > 1 or not (found or steps):
        return None
    at = found[0].start() if found else steps.start() if steps else 0
    opens = text.rfind("。", 0, at) + 1
    labels = list(_LABEL.finditer(text, opens, at))
    begins = labels[0].start() if labels else max(text.rfind(";", opens, at) + 1, opens)
    if not labels and not found and _RATE.search(text, opens, at) and "," in text[opens:at]:
        return None  # steps told in the sentence of the facts
    if not labels and found:  # 「办结率91.02%；目标95%，每低于目标1个百分点扣0.5分」
        begins = begins if "目标" in text[begins:at] else _rule_opens(text, begins, at)
    stop = _rule_ends(text, at)
    return _Told(text[begins:stop], text[:begins] + "。" + text[stop:])


_GIVES = re.compile(r"满分|[得计]\d|扣\d|不得分|不计分|不扣|每|以[上下内]")


def _rule_opens(text: str, low: int, at: int) -> int:
    """Where a rule without a label opens: its own clause, and the ones right before it that give points for a rate."""
    begins = max(low, *(text.rfind(mark, low, at) + 1 for mark in ",;"))
    while begins > low:
        before = max(low, *(text.rfind(mark, low, begins - 1) + 1 for mark in ",;"))
        clause = text[before : begins - 1]
        if not (_GIVES.search(clause) and "%" in clause):
            break
        begins = before
    return begins


def _rule_ends(text: str, at: int) -> int:
    """Where a rule ends: with its sentence, or before the first clause behind 「；」 that gives no points."""
    stop = text.find("。", at)
    stop = stop if stop >= 0 else len(text)
    cut = text.find(";", at, stop)
    while cut >= 0:
        after = text.find(";", cut + 1, stop)
        if not _GIVES.search(text[cut + 1 : after if after >= 0 else stop]):
            return cut
        cut = after
    return stop


def _by_count(told: _Told, item: ScoredItem) -> tuple[Fraction, ...]:
    """The score after so much off for each that is missing, late or wrong; nothing where it is not told how many there are."""
    match = _COUNTED.search(told.rule)
    if match is None or not item.points:
        return ()
    missing = _missing(told.facts, match["unit"], match["way"] or "")
    if missing is None and match["unit"] in _ANY_UNIT and not match["way"]:
        missing = _one_count(told.facts)
    if missing is None:
        return ()
    return (max(Fraction(item.points) - Fraction(match["cut"]) * missing, Fraction(0)),)


_ANY_UNIT = "个件项处次"  # in a rule these count whatever the facts count: 「2台设备无卡片，每件扣1分」


def _one_count(facts: str) -> Fraction | None:
    """The one number of things that are told to be amiss."""
    found = {Fraction(n) for n in re.findall(rf"(?:发现|存在)[^,。;\d]{{0,6}}{_N}{_UNIT}(?!以[上内])", facts)}
    return found.pop() if len(found) == 1 else None


_LACKS = "少|缺|减少|差"


def _missing(facts: str, unit: str, way: str) -> Fraction | None:
    short = re.compile(rf"(?:少|缺|差|逾期|推迟|延迟|延期|超期|超时|晚|取消)[\u4e00-\u9fff]{{0,4}}?{_N}{unit}")
    told = {Fraction(n) for n in short.findall(facts)}
    plans = {Fraction(m[1]) for m in _PLAN.finditer(facts) if m["u"] == unit}
    done = {Fraction(m[1]) for m in _DONE.finditer(facts) if m["u"] == unit}
    gap = max(plans) - max(done) if len(plans) == 1 and len(done) == 1 else None
    if re.fullmatch(_LACKS, way):
        if gap is not None and told and told != {gap}:
            return None
        return gap if gap is not None and gap >= 0 else told.pop() if len(told) == 1 else None
    if len(told) == 1:
        return told.pop()
    every = {Fraction(n) for n in re.findall(rf"{_N}{unit}(?!以[上内])", facts)} - {Fraction(0)}
    return every.pop() if len(every) == 1 and not plans else None


def _by_rate(told: _Told, item: ScoredItem) -> tuple[Fraction, ...]:
    rate = _rate(told.facts)
    if rate is None or not item.points:
        return ()
    if fell(item, rate[1]):
        rate = (-rate[0], rate[1])
    aim = _AIM_SAID.search(told.facts) if "目标" in told.rule and not _AIM_SAID.search(told.rule) else None
    rule = f"{told.rule};{rate[1]}" + (f";目标{aim['n']}%" if aim is not None else "")
    return allowed(rule, Fraction(item.points), rate[0])


_AIM_SAID = re.compile(r"目标值?(?:为|是|:)?(?:≥|不低于)?(?P<n>\d{1,3}(?:\.\d+)?)%")


def _rate(facts: str) -> tuple[Fraction, str] | None:
    """The one rate that facts tell as what was reached, and the words before it; None where there are several."""
    found: dict[Fraction, str] = {}
    for match in _RATE.finditer(facts):
        if match["after"] in ("", "的") and not _AIMED.search(match["lead"]):
            found.setdefault(Fraction(match["n"]), match["lead"])
    if len(found) > 1:
        found = {n: lead for n, lead in found.items() if _NAMED.search(lead)}
    return next(iter(found.items())) if len(found) == 1 else None


_NAMED = re.compile(r"(?:率|比例|比重|占[\u4e00-\u9fff]{2,8})(?:为|是|达到?)?$")


_CONVERTED = re.compile(
    r"(?:得分?|自评|评分|打分|(?<!\d)[,。:(])\s?(?P<raw>\d{2,3}(?:\.\d+)?)\s?分?[^。;]{0,14}?(?:(?:折算|折合|折计|换算|加权)[^。;\d]{0,8}|[×x*]\s?(?P<w>\d{1,2}(?:\.\d+)?)%\s?=\s?)(?P<n>\d{1,2}(?:\.\d+)?)\s?分"
)


_BESIDE = 14  # characters behind a name in which its weight stands


def weights_kept(case: Case) -> Iterator[Finding]:
    """A score of a hundred put to the leaf's weight: 「（权重9%）得分85分，折算8.10分」 is 7.65."""
    for item in case.found.items:
        if item.table or item.claimed is None or not item.points:
            continue
        match = _CONVERTED.search(case.flat, item.span.end, item.body.end)
        if match is None or Fraction(match["n"]) != Fraction(item.claimed) or Fraction(match["raw"]) < item.points:
            continue
        weighted = "权重" in case.flat[item.span.start : item.span.end + _BESIDE]
        if not weighted and (match["w"] is None or Fraction(match["w"]) != item.points):
            continue
        right = Fraction(match["raw"]) * Fraction(item.points) / 100
        if abs(right - Fraction(item.claimed)) * 20 <= 1:  # a twentieth of a point is rounding
            continue
        yield case.finding(
            "R06",
            type(item.span)(match.start(), match.end()),
            f"“{item.name}”得{match['raw']}分、权重{number(item.points)}%，折算应为{number(right)}分，写{match['n']}分",
            stated=match["n"],
            recomputed=number(right),
            item=item.name,
        )
