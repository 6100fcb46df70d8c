"""R06 by rules that give and take points clause by clause: bands, deductions with their limits, parts, all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_stages import has_stages
from hengji.auditing.rescoring.clauses.grammar import Rule, rule_in
from hengji.auditing.rescoring.clauses.weigh import Weighed, weighed
from hengji.auditing.rescoring.clauses.words import in_digits
from hengji.auditing.rescoring.exemptions import EXEMPT, LEFT_OUT
from hengji.auditing.rescoring.leaf_facts import facts_of, faulty, own_words, words_of
from hengji.auditing.rescoring.rounding import LITTLE, rounded
from hengji.auditing.rescoring.rules_elsewhere import bare, rules_elsewhere
from hengji.auditing.rescoring.sheet import compact, compact_at
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_LONGEST = 420  # characters of a leaf: a longer one tells of more than one thing
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule of a leaf gives, and whether the leaf's score is one of its readings."""

    rule: Rule
    weighed: Weighed
    agrees: bool


def scored_by_clauses(case: Case) -> Iterator[Finding]:
    """A leaf whose score is in no reading what the clauses of its rule give."""
    for item, verdict in verdicts(case).items():
        if verdict.agrees or item.claimed is None:
            continue
        most, least, claimed = max(verdict.weighed.scores), min(verdict.weighed.scores), Fraction(item.claimed)
        if claimed > most or (verdict.weighed.sure and claimed < least and not _may_be_less(case, item, least)):
            yield _finding(case, item, verdict, most if claimed > most else least)
        elif verdict.weighed.only:
            yield _finding(case, item, verdict, None)


def _may_be_less(case: Case, item: ScoredItem, right: Fraction) -> bool:
    """Whether a leaf may have lost points for what its rule does not tell: full marks are no finding where it tells of anything amiss."""
    return right == Fraction(item.points or 0) and faulty(own_words(case, item))


def decided(case: Case, item: ScoredItem) -> bool:
    """Whether the rule of a leaf was read whole and weighed, so that no other reading of it is asked for."""
    verdict = verdicts(case).get(item)
    return verdict is not None and (bool(verdict.weighed.told) or not verdict.agrees)


@once
def verdicts(case: Case) -> dict[ScoredItem, Verdict]:
    """The leaves whose rule was read whole, with what it gives."""
    found: dict[ScoredItem, Verdict] = {}
    for item in case.found.items:
        verdict = _verdict(case, item)
        if verdict is not None:
            found[item] = verdict
    return found


def _verdict(case: Case, item: ScoredItem) -> Verdict | None:
    plain = item.claimed is not None and item.points and item.weight is None and item.hundred is None
    if not plain or item.doubtful or item.not_applicable or item.points != worth(case, item):
        return None
    points, claimed = Fraction(item.points or 0), Fraction(item.claimed or 0)
    if not 0 <= claimed <= points:
        return None
    text, places = _text_of(case, item)
    if len(text) > _LONGEST or has_stages(text, points) or _OTHERWISE.search(f"{compact(item.rule)}{text}"):
        return None
    if LEFT_OUT.search(f"{compact(item.rule)};{text}"):
        return None
    elsewhere = rules_elsewhere(case).get(bare(item.name))
    if item.rule:
        rule = _alone(item.rule, points)
        told = text
    elif _RULE.search(text):
        told = in_digits(_without_claim(_without_head(text, {points, claimed}), claimed, points))
        rule = rule_in(told, points, _labelled(told))
        places = places if len(told) == len(text) else []
        told = _blotted(told, rule) if rule is not None else ""
    elif elsewhere is not None:
        rule, told = _alone(elsewhere[0].lstrip(":,、"), points), text
    else:
        return None
    if rule is None or _MORE.search(told) or EXEMPT.search(told):
        return None
    losses = {Fraction(m["n"]) for m in _LOSS.finditer(told)}
    if losses and losses != {points - claimed}:
        return None
    told = _LOSS.sub(lambda match: ";" * len(match[0]), told)
    facts = facts_of(case, item, told, places)
    result = weighed(rule, facts, points, case.year)
    if result is None or not result.scores:
        return None
    return Verdict(rule, result, _agrees(case, rule.whole_words, result, claimed))


def _text_of(case: Case, item: ScoredItem) -> tuple[str, list[int]]:
    """A leaf's own words with a bar between its paragraphs, up to what sums up all leaves, and where each character stood."""
    if item.table:
        return words_of(case, item)
    parts: list[str] = []
    places: list[int] = []
    at = item.span.end
    while at < item.body.end:
        end = min(max(case.paragraph(at).end, at + 1), item.body.end)
        words, own = compact_at(case.flat[at:end])
        if _SUMMED_UP.match(words) and parts:
            break
        parts.append(f"{words}|")
        places += [*(at + place for place in own), end]
        at = end + (case.flat[end : end + 1] == "\n")
    return "".join(parts), places


_SUMMED_UP = pattern(
    r"(?:[一二三四五六七八]、)?(?:自评)?(?:总(?:得)?分|合计|得分合计|存在(?:的)?(?:主要)?(?:问题|不足)|问题:|措施:|以上)"
)


def _alone(text: str, points: Fraction) -> Rule | None:
    words = in_digits(compact(text))
    return rule_in(words, points, (0, len(words)))


def _labelled(text: str) -> tuple[int, int]:
    """The sentence that is called the rule: 「评分标准:……。」."""
    label = _LABEL.search(text)
    if label is None:
        return 0, 0
    ends = [at for mark in {'"': '"', "(": ")"}.get(label[0][-1], "。|") if (at := text.find(mark, label.end())) >= 0]
    return label.end(), min(ends, default=len(text))


_LABEL = pattern(
    r"按照?\"|\((?=[^()]{4,60}(?:扣|得|满分|给))|(?:(?:评分|计分|打分|得分|扣分|考核|评价|赋分)?(?:标准|办法|规则|细则|方法|要点|说明|口径|依据))(?=\|)|(?:(?:评分|计分|打分|得分|扣分|考核|评价|赋分)(?:标准|办法|规则|细则|方法|要点|说明|口径|依据)|规则|标准|细则|办法|要点|口径)(?:为|是|:)"
)
# What is counted from nought, to either side, month by month, or rounded first: read elsewhere.
_OTHERWISE = pattern(r"以内(?:的)?每|或[高低]于|\d月[底末]?[、,]\d{1,2}月|取整|修约")
_RULE = pattern(r"[扣减]\d|满分|\d[^。;\d]{0,8}[得计记给]|不得分|不扣|[上下内](?:[得计记给])?\d|[扣减]|分")
_LOSS = pattern(
    r"(?:因此|故|应|共|合计|所以|按规定|已|实|被|本项|此项|,)*[扣减](?:了|减|除)?(?P<n>\d{1,2}(?:\.\d+)?)分"
)
_MORE = pattern(r"酌|视情|从严|谨慎|另扣|其他原因|目标[^,。;]{0,6}调|变更|顺延|免责|批准|加分|奖励|不考核|不适用")


def _without_head(text: str, known: set[Fraction]) -> str:
    """A leaf's words without its points and score that open them: 「:满分10,自评9.6。」."""
    head = _HEAD.match(text)
    if head is None or {Fraction(match[0]) for match in _NUMBER.finditer(head[0])} - known:
        return text
    return ";" * head.end() + text[head.end() :]


_HEAD = pattern(
    r"(?:[:,;.。/(\[【)\]】|]*(?:满分|分值|标准分|权重|自评得分|自评|实得分?|得分|满|得|计|记)?(?:为|:)?\d{1,3}(?:\.\d+)?分?(?![\d%\u4e00-\u9fff])(?=[:,;.。/()\[\]【】|]|$)){1,3}|^[/]?\d{1,3}(?:\.\d+)?/\d{1,3}(?:\.\d+)?(?=\D)"
)
_NUMBER = pattern(r"\d+(?:\.\d+)?")


def _without_claim(text: str, claimed: Fraction, points: Fraction) -> str:
    """A leaf's words without the score that it claims, and without what it says to have lost."""
    lost = points - claimed
    text = _LOST.sub(lambda match: ";" * len(match[0]) if Fraction(match["n"]) == lost else match[0], text)
    start, end = _labelled(text)
    own = [m for m in _CLAIM.finditer(text) if Fraction(m["n"]) == claimed and not start <= m.start() < end]
    if not own:
        return text
    return f"{text[: own[-1].start()]}{';' * len(own[-1][0])}{text[own[-1].end() :]}"


# 「,因此扣2分,」, 「差3.86个百分点,扣2分」
_LOST = pattern(
    r"(?:^|(?<=[,;。|(]))(?:因此|故|所以|应|共|合计|按规定|按标准|已|实|被|本项|此项|需)*[扣减](?:了|减|除|掉)?(?P<n>\d{1,2}(?:\.\d+)?)分(?=[,;。|)]|$)"
)
_CLAIM = pattern(
    r"(?:^|(?<=[,;。|(:\]】]))(?:现|仍|暂|可|只|故|因此|所以|据此|为此|本年|本次|我[局单]位?|单位|按(?:此|规定|标准|规则|细则|上述)[^,。;\d]{0,4}|对照[^,。;\d]{0,6}|本项|该项|此项|最终|合计|综合|共|应|实际?|自评|自查|评价|计算|得分|计|记|得|为|是|:|给|评|打|了|定)+(?P<n>\d{1,3}(?:\.\d+)?)分?(?=[,;。|)】]|$)"
)


def _blotted(text: str, rule: Rule) -> str:
    for start, end in rule.spans:
        text = f"{text[:start]}{';' * (end - start)}{text[end:]}"
    return text


def _agrees(case: Case, rule: str, result: Weighed, claimed: Fraction) -> bool:
    """Whether a score is one that the rule can mean, as it is or as it is rounded."""
    return any(abs(score - claimed) <= LITTLE or claimed in rounded(case, rule, score) for score in result.scores)


def _finding(case: Case, item: ScoredItem, verdict: Verdict, right: Fraction | None) -> Finding:
    claimed, words = number(item.claimed or Fraction(0)), verdict.rule.whole_words
    rule = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}……"
    scores = "、".join(number(score) for score in sorted(verdict.weighed.scores))
    should = f"应得{number(right)}分" if right is not None else f"只能得{scores}分之一"
    return case.finding(
        "R06",
        case.leaf_span(item) if item.table else _place(case, item, verdict.weighed.told),
        f"“{item.name}”按“{rule}”，{verdict.weighed.told}{should}，自评{claimed}分",
        severity=Severity.WARNING,
        stated=claimed,
        recomputed=number(right) if right is not None else "",
        item=item.name,
    )


def _place(case: Case, item: ScoredItem, told: str) -> Span:
    """A leaf's passage, up to the paragraph that tells the figures which its score is held against."""
    leaf = case.leaf_passage(item)
    wanted = {Fraction(match[0]) for match in _NUMBER.finditer(told)}
    at = leaf.end
    while at < item.body.end:
        paragraph = case.paragraph(at)
        end = min(paragraph.end, item.body.end)
        own = {Fraction(match[0].replace(",", "")) for match in _FIGURE.finditer(case.flat, at, end)}
        if own & wanted if wanted else own:
            return Span(leaf.start, end)
        at = max(paragraph.end, at) + 1
    return leaf


_FIGURE = pattern(r"\d[\d,]*(?:\.\d+)?")
