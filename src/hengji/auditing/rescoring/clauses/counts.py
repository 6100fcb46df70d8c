"""How many of what a deduction is for the facts of a leaf tell."""

from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.numbers import number
from hengji.auditing.rescoring.amiss import left_over
from hengji.auditing.rescoring.clauses.grammar import Off, Rule
from hengji.auditing.rescoring.leaf_facts import RATIOS, Fact, Facts, faulty, plain
from hengji.auditing.rescoring.scoring_rule import Every
from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, dimension

_ANY = ("个", "件", "项", "处", "次", "起", "例", "条", "笔", "份", "宗")
_GENERIC = pattern(r"(?:发现|存在|出现|发生|有|问题|情况|的|查出|经|一|以|抽查|检查)*")
_DENIED = pattern(r"未|无|没有|零|杜绝|避免")
_PARTLY = pattern(
    r"其中|不计|剔除|扣除|注销|责任|不属实|主动|重复|同一|整改|劝返|返回|追回|补|除外|另有|不可抗|免|外地|第[二三]次|两次|2次|被[^,。;]{0,4}次"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers that it may be, the words for them, and whether there is no doubt."""

    counts: frozenset[Fraction]
    words: str
    sure: bool


def counted(rule: Rule, off: Off, facts: Facts) -> Counted | None:
    """How many of what a deduction is for; None where the facts do not tell it."""
    if (
        _UNFOUNDED.search(facts.text)
        and _UNFOUNDED.search(off.about) is None
        and "非" not in "".join(each.about for each in rule.offs)
    ):
        return None
    order = next((n for n, word in enumerate(_ORDER) if word in off.about), None)
    fitting = [f for f in facts.figures if _fits(f, off.unit) and not f.aimed]
    fitting = [f for f in fitting if not _WHOLE.search(f.lead) or _named_so(f, off)]
    if _UNDONE.search(off.about):
        fitting = [f for f in fitting if _UNDONE.search(f.words) or _NOT_IN_TIME.search(f.words)]
    fitting = [f for f in fitting if not _NONE.search(facts.text[f.end : f.end + _FAR].split("。")[0].split(";")[0])]
    if order is not None:
        pair = [f for f in fitting if faulty(f.words)]
        return _as(pair[order : order + 1], facts, rule, off) if len(pair) == len(_ORDER) else None
    others = [other for other in rule.offs if other is not off]
    own = _chosen(fitting, off, others)
    if not own:
        left = (
            left_over(facts, Every(off.size, off.unit, off.cut, False, False, False, None, off.about, "", 0))
            if not others
            else None
        )
        return _as([left], facts, rule, off) if left is not None else None
    return _as(own, facts, rule, off)


def _named_so(fact: Fact, off: Off) -> bool:
    """Whether the word behind a figure is what a deduction counts: 「共5个问题」 of 「每指出1个问题」."""
    word = fact.after[:2]
    return len(word) > 1 and word in off.about and faulty(word)


_FAR = 24
# 「隐患未按期整改」: how many were found is not how many were left
_UNDONE = pattern(r"(?:未|没有)(?:能)?(?:按[期时要]|及时|如期|整改|完成|落实|办[结理])")
_NOT_IN_TIME = pattern(r"逾期|超期|延期|超时|迟|滞后")
_WHOLE = pattern(
    r"(?:抽查?|检查|抽取|抽看|抽检|应[\u4e00-\u9fff]{1,2}|共有?|受理|收到|接到|合计|计划|任务|目标|核定|在[校册编岗])了?(?:(?!发现|查出|存在|指出|发生|[不未漏错逾超迟差缺])[\u4e00-\u9fff]){0,6}$"
)
_UNFOUNDED = pattern(r"无责|不负责|不承担|不属实|不实(?!施)|查无|无效|无关|非[^,。;]{0,6}责任事故")
_NONE = pattern(
    r"^[^,]{0,8},?[^,\d]{0,6}(?:未|没有|无)(?:发现|发生|出现|查出|有)?[^,\d]{0,6}(?:不|违|问题|差|错|异|缺|漏|逾|超|瑕)"
)
_ORDER = ("前者", "后者")


def _fits(fact: Fact, unit: str) -> bool:
    own, wanted = canonical_unit(fact.unit), canonical_unit(unit)
    if own in RATIOS or own in ("%", "‰") or "money" in (dimension(own), dimension(wanted)):
        return False
    return own == wanted or (own in _ANY and wanted in _ANY) or own.removesuffix("次") == wanted.removesuffix("次")


def _chosen(figures: list[Fact], off: Off, others: list[Off]) -> list[Fact]:
    """The figures that are told in the words of a deduction, and not rather in those of another; else the only ones that are amiss."""
    wanted = _core(off.about)
    scored = [
        (_alike(f, wanted), f)
        for f in figures
        if not any(_alike(f, _core(o.about)) > _alike(f, wanted) for o in others)
    ]
    most = max((score for score, _ in scored), default=0)
    if most > 0:
        best = [f for score, f in scored if score == most]
        amiss = [f for f in best if faulty(plain(f.words))]
        return amiss or ([] if faulty(plain(off.about)) else best)
    if others and wanted:
        return []
    if wanted and not _LOOSE.search(off.about):
        return []
    return [f for _, f in scored if faulty(plain(f.words))]


_LOOSE = pattern(r"问题|不规范|不符|差错|错误|瑕疵|隐患|违规|违纪|投诉|事故|缺|漏|未|不")


def _core(about: str) -> str:
    return _GENERIC.sub("", about) if _GENERIC.fullmatch(about) else about


def _alike(fact: Fact, words: str) -> int:
    """How much the clause of a figure shares with the words of a deduction; the words right before it and behind it count."""
    close = f"{fact.lead[-8:]},{fact.after[:10]}"
    common = len(pairs_of(close) & pairs_of(words)) * 2
    if words and fact.lead.endswith(words):
        common += 2
    return common - (1 if _NOT.search(fact.lead[-5:]) and not _NOT.search(words) else 0)


def spared_in(rule: Rule, facts: Facts) -> bool:
    """Whether facts tell of what a rule spares: 「经上诉改判的不扣」."""
    return any(pairs_of(what) & pairs_of(facts.text) for what, _ in rule.spared)


_NOT = pattern(r"非[\u4e00-\u9fff]{2}")


def _as(figures: list[Fact], facts: Facts, rule: Rule, off: Off) -> Counted | None:
    figures = [f for f in figures if not f.lead.startswith("其中")] or figures
    if not figures:
        return None
    numbers = {f.number for f in figures}
    words = "、".join(f"{f.lead[-14:]}{number(f.number)}{f.unit}{f.after[:4]}" for f in dict.fromkeys(figures))
    counts = set(numbers)
    if len(numbers) > 1:
        counts.add(sum(numbers, Fraction(0)))
    if any(canonical_unit(f.unit) != canonical_unit(off.unit) for f in figures):
        counts.add(Fraction(1))  # twelve vouchers may be one matter
    if spared_in(rule, facts):
        counts |= {count * factor for count in counts for _, factor in rule.spared}
    doubt = _PARTLY.search(facts.text) is not None or rule.once or bool(rule.spared)
    if doubt:
        less = {
            f.number
            for f in facts.figures
            if f.at not in {each.at for each in figures} and f.number < max(numbers) and f.unit not in RATIOS
        }
        less |= {number - 1 for number in less} if rule.once else set()
        factors = {factor for _, factor in rule.spared} or {Fraction(0)}
        counts |= {count - each * (1 - factor) for count in counts for each in less for factor in factors}
    return Counted(frozenset(count for count in counts if count >= 0), words, len(counts) == 1)
