"""R08: one fact told twice and differently, in whatever order of words."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.around import told_seldom
from hengji.auditing.case import Case
from hengji.auditing.facts.backing import NO_COUNT, made_of_others, tells_too
from hengji.auditing.facts.fact import AIMED, DONE, PLANNED, Fact, Name, bare, behind_number, name_of
from hengji.auditing.facts.floors import above_a_floor
from hengji.auditing.facts.told_facts import FURTHEST, facts
from hengji.auditing.facts.told_together import in_one_place, told_as_two
from hengji.auditing.facts.two_rows import of_two_rows
from hengji.auditing.numbers import ratio_fits
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, evened, slip, swapped
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# Characters of a name: some, enough to name a thing, enough to tell it from most others, enough to be its own in the whole report.
_FEW, _NAME, _LONG, _OWN = 2, 3, 4, 5
_DIGITS = 3  # of a number: fewer are alike by chance
_MOST = 2  # times the smaller value, where no two digits changed places
_NEAR = Decimal("1.2")
_CLOSE_BY = Decimal("1.03")  # of what was done to things named before
_MORE = Decimal("1.5")
_MONTHLY = Decimal("1.25")  # how far what one month tells may be from what no month limits
_POINTS = 15  # percentage points between two rates
_RATE = pattern(r"[率度]$|(?:比例|占比|比重)$")
_DIGITS_TOLD = pattern(r"\d[\d,]*(?:\.\d+)?")
_HAN = pattern(r"[\u4e00-\u9fff]+")


def told_otherwise(case: Case) -> Iterator[Finding]:
    """R08: 「渠道维修38公里」 and 「维修渠道41公里」; 「14个乡镇分馆」 where 12 were built; a count in a table and another in the text."""
    told = _comparable(case)
    given: set[Span] = set()
    for group in told.values():
        for one, other in itertools.combinations(group, 2):
            if one.value == other.value or len(one.name.full & other.name.full) < _FEW:
                continue
            if not _may_differ(one, other):
                continue
            pair = _contradiction(case, group, one, other)
            if pair is None or not given.isdisjoint({pair[0].span, pair[1].span}):
                continue
            odd, right = pair
            turned = swapped(odd.quantity.value, right.quantity.value) and right.quantity.table > odd.quantity.table
            if turned and told_seldom(case, odd.quantity, right.quantity) is right.quantity:
                odd, right = right, odd  # the cell is wrong: the text tells the other number again and again
            given.update((odd.span, right.span))
            here = _shown(odd).removesuffix(behind_number(odd, right.name) or "")
            there = _shown(right).removesuffix(behind_number(right, odd.name) or "")
            message = f"“{here}”这里是{_written(odd)}，另一处“{there}”是{_written(right)}；同一份报告只用一个数"
            yield case.finding(
                "R08", odd.span, message, stated=_written(odd), recomputed=_written(right), also=(right.span,)
            )


_OBJECTS = pattern(r"(?P<of>[\u4e00-\u9fff]*?)(?:总体|综合)?满意[度率]")
_SAMPLE = ("份", "人", "户", "名", "家")
_CLOSE = 10  # percentage points between two statements of one satisfaction


def satisfied_otherwise(case: Case) -> Iterator[Finding]:
    """R08: 「满意度95.40%」 of the survey, and 「群众满意度为93.50%」 elsewhere of the same people asked."""
    told = [
        (fact, match["of"] or _asked_by_leaf(case, fact))
        for fact in facts(case)
        if (match := _satisfaction(fact)) is not None
    ]
    if len({fact.value for fact, _ in told}) != _FEW:
        return
    for (one, whose), (other, of) in itertools.combinations(told, 2):
        apart = one.value != other.value and abs(one.value - other.value) <= _CLOSE and one.limits == other.limits
        if (
            not apart
            or (whose and of and whose != of)
            or case.paragraph(one.span.start) == case.paragraph(other.span.start)
        ):
            continue
        samples = [_samples(case, fact) for fact in (one, other)]
        if samples[0].isdisjoint(samples[1]) and (not whose or whose != of or all(samples)):
            continue
        right, odd = sorted((one, other), key=lambda f: (case.item_at(f.span.start) is None, f.span.start))
        message = f"满意度这里是{_written(odd)}，另一处是{_written(right)}；同一份报告只用一个数"
        yield case.finding(
            "R08", odd.span, message, stated=_written(odd), recomputed=_written(right), also=(right.span,)
        )
        return


def _satisfaction(fact: Fact) -> re.Match[str] | None:
    """A satisfaction that was measured, by its name: with decimals, as no aim has them."""
    if fact.unit != "%" or fact.stage != DONE or fact.part or fact.listed or "." not in fact.quantity.value:
        return None
    return _OBJECTS.fullmatch(bare(fact.before + fact.behind))


def _asked_by_leaf(case: Case, fact: Fact) -> str:
    """Whose satisfaction a leaf measures, by its name: 「群众满意度」, whose text only says 「满意度88.00%」."""
    item = case.item_at(fact.span.start)
    match = _OBJECTS.fullmatch(bare(item.name)) if item is not None else None
    return match["of"] if match is not None else ""


def _samples(case: Case, fact: Fact) -> set[Decimal]:
    """How many were asked, as the sentence of a satisfaction tells it."""
    beside = case.by_sentence.get(fact.quantity.sentence, ())
    return {quantity.number for quantity in beside if quantity.unit in _SAMPLE}


def _written(fact: Fact) -> str:
    return f"{fact.quantity.value}{fact.quantity.unit}"


def _shown(fact: Fact) -> str:
    return (fact.before + fact.behind).strip(' "')


def _comparable(case: Case) -> dict[tuple[str, str], list[Fact]]:
    """The facts that may contradict another one, by unit and stage; what may be a plan's number told again is left out."""
    planned: dict[tuple[str, Decimal], list[Name]] = {}
    for fact in facts(case):
        if fact.stage != DONE:
            planned.setdefault((fact.unit, fact.value), []).append(fact.name)
    for item in case.found.items:
        for digits in _DIGITS_TOLD.findall(item.target) if item.target else ():
            planned.setdefault(("", Decimal(digits.replace(",", ""))), []).append(name_of(item.name))
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts(case):
        if fact.stage == AIMED or fact.part or not _usable(case, fact):
            continue
        names = (*planned.get((fact.unit, fact.value), ()), *planned.get(("", fact.value), ()))
        told = fact.stage == PLANNED or fact.sure or _among_results(case, fact)
        if told or not any(len(name.core & fact.name.core) > 1 for name in names):
            found.setdefault((fact.unit, fact.stage), []).append(fact)
    return found


def _among_results(case: Case, fact: Fact) -> bool:
    """Whether a number stands in a leaf of running text or in a chapter of results, where no aims are told."""
    if case.in_table(fact.span.start):
        return False
    return case.item_at(fact.span.start) is not None or not _before_results(case, fact.span.start)


_HEADER = pattern(r"(?:偏差原因|原因分析|[及和]|改进措施|说明|备注|完成情况|\s)+")  # of a column: it names no thing


def _usable(case: Case, fact: Fact) -> bool:
    """Whether a fact's name says enough to be told from every other one."""
    if _HEADER.fullmatch(fact.before.strip(' "\n')):
        return False
    forms, words = load_fact_words(), fact.before + fact.behind
    plain = bare(words)
    if len(fact.name.core) < _FEW and len(fact.name.full) < _LONG:
        return False
    if forms.no_names.search(words) or not _HAN.fullmatch(plain):
        return False
    if fact.unit == "%":
        return _RATE.search(plain) is not None and len(forms.rates.sub("", plain)) > 1
    if fact.unit == "万元":
        return len(fact.name.core) > _NAME and not fact.quantity.item
    if fact.unit == "人":
        of_staff = "编外" not in words and forms.staff.search(case.text(fact.quantity.sentence))
        return not forms.staff.search(words) and not of_staff
    return True


def _may_differ(one: Fact, other: Fact) -> bool:
    """Whether two values are near enough, and limited alike, so that both cannot be right."""
    low, high = sorted((one.value, other.value))
    if (
        not low
        or high > FURTHEST * low
        or (one.quantity.table and other.quantity.table and not _nested(one.name.full, other.name.full))  # of two rows
        or one.limits != other.limits
        or in_one_place(one, other)
    ):
        return False
    if one.month != other.month and ((one.month and other.month) or high > low * _MONTHLY):
        return False
    if one.unit == "万元" and ("预算" in _shown(one)) != ("预算" in _shown(other)):
        return False
    return one.unit != "%" or high - low <= _POINTS


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _contradiction(case: Case, group: Sequence[Fact], one: Fact, other: Fact) -> tuple[Fact, Fact] | None:
    """The odd one of two facts and the one it contradicts, where they do."""
    if "收回" in bare(_shown(one)) and not _one_survey(group):
        return None
    if one.stage == PLANNED and above_a_floor(case, one, other):
        return None
    written = one.quantity.value, other.quantity.value
    kind = slip(*(evened(*written) if one.unit == "%" else written))
    alike = _alike(case, group, one, other, kind) or _slipped(case, one, other, kind) or _wider(case, group, one, other)
    alike = alike or _named_by_leaf(case, group, one, other) or _ends_its_name(case, group, one, other)
    in_all = kind == REPLACED and any(_IN_ALL.match(fact.before) for fact in (one, other))
    of_two = not in_all and _of_two_subjects(case, one, other)
    weak = kind != SWAPPED and (of_two or _aimed_first(case, one, other))
    if not alike or weak or _explained(case, one, other):
        return None
    return _odd_first(case, one, other)


_ROUND = 20  # from here a number may be a round one


def _aimed_first(case: Case, one: Fact, other: Fact) -> bool:
    """Whether the first of two numbers is a round one, told before the results, that nothing says was done: 「城镇新增就业5,200人」, and 5,386 below."""
    first, second = sorted((one, other), key=lambda fact: fact.span.start)
    if first.quantity.table or first.sure or first.stage != DONE or first.quantity.number < _ROUND:
        return False
    rounder, round_ = (int(f.quantity.number.normalize().as_tuple().exponent) for f in (first, second))
    return rounder > round_ and case.item_at(first.span.start) is None and _before_results(case, first.span.start)


_BEFORE_RESULTS = ("", "基本情况", "绩效目标")
_OF_RESULTS = pattern("产出|成效|成绩|实绩|完成情况|履职情况|履行情况|效果|亮点|主要工作")


def _before_results(case: Case, position: int) -> bool:
    """Whether a position stands before the chapters of results, or in one that is not known for what it is."""
    section = case.section(position)
    return case.chapter_key(position) in _BEFORE_RESULTS and not (section and _OF_RESULTS.search(section.title))


def _of_two_subjects(case: Case, one: Fact, other: Fact) -> bool:
    """Whether two leaves, or two projects told one after the other, may each count a thing of so common a name."""
    if min(len(one.name.core), len(other.name.core)) >= _OWN:
        return False
    items = [case.item_at(fact.span.start) for fact in (one, other)]
    if items[0] is not None and items[1] is not None:
        return items[0] is not items[1]
    sections = [case.section(fact.span.start) for fact in (one, other)]
    if sections[0] is None or sections[1] is None or sections[0] is sections[1]:
        return False
    return sections[0].parent is not None and sections[0].parent == sections[1].parent


def _alike(case: Case, group: Sequence[Fact], one: Fact, other: Fact, kind: str) -> bool:
    """Whether the two have one name, and no third value has it."""
    rests = (behind_number(one, other.name), behind_number(other, one.name))
    short = any(f.listed and len(f.name.core) < _OWN for f in (one, other))
    if short or all(rest is None for rest in rests):
        return False
    if any(rest and load_fact_words().acts.search(rest) for rest in rests):
        return False
    close = one.unit != "万元" and max(one.value, other.value) <= min(one.value, other.value) * _CLOSE_BY
    loosely = one.by_act or other.by_act or one.unit == "万元" or any(_reaching(fact) for fact in (one, other))
    if loosely and not (kind or close or _tenfold(one, other)):
        return False
    high = max(one.value, other.value)
    again = any(f.behind and (f.value == high or f.rest.startswith(_ALL_OF_THEM)) for f in (one, other))
    together = not again and case.paragraph(one.span.start) == case.paragraph(other.span.start)
    if kind != SWAPPED and (together or _far(one, other)):
        return False
    low, rest = (one, rests[0]) if one.value < other.value else (other, rests[1])
    if _some_of_them(low, rest or ""):
        return False
    named = [f for f in group if f.name.same(one.name) or f.name.same(other.name)]
    return len({f.value for f in named}) <= _FEW


def _reaching(fact: Fact) -> bool:
    """Whether a fact names only what another thing reaches: 「覆盖学校28所」 of a group of schools, and of an inspection."""
    return load_fact_words().reaching.match(_shown(fact)) is not None


_IN_ALL = pattern(r"全年|全[县市区]|共|总共|累计|一共")


def _far(one: Fact, other: Fact) -> bool:
    low, high = sorted((one.value, other.value))
    return high > _MOST * low


_ALL_OF_THEM = ("已", "均", "全部", "中", "也")


def _tenfold(one: Fact, other: Fact) -> bool:
    """Whether a ten or a hundred too many makes one value of the other."""
    return str(abs(one.quantity.number - other.quantity.number)).replace(".", "").strip("0") == "1"


def _one_survey(group: Sequence[Fact]) -> bool:
    return len({fact.value for fact in group if "发放" in _shown(fact) and "问卷" in _shown(fact)}) <= 1


def _some_of_them(fact: Fact, rest: str) -> bool:
    """Whether a number is of those only of which something is told: 「2个人民法庭没有驻庭调解员」."""
    if _IN_ALL.match(fact.before) and load_fact_words().acts.match(rest) is None:
        return False
    return not fact.quantity.table and (bool(fact.behind) and (rest != "" or fact.rest[:1] in tuple("未没仍尚因推不")))


def _slipped(case: Case, one: Fact, other: Fact, kind: str) -> bool:
    """Whether one slip of the pen makes one value of the other, and one name holds the other."""
    if one.stage != DONE or one.quantity.unit.startswith("万") != other.quantity.unit.startswith("万"):
        return False
    if kind not in (SWAPPED, REPLACED) or (kind == REPLACED and (_far(one, other) or _other_acts(one, other))):
        return False
    if kind == REPLACED and case.paragraph(one.span.start) == case.paragraph(other.span.start):
        return False
    digits = min(len(digits_of(f.quantity.value)) for f in (one, other))
    small, big = sorted((one.name, other.name), key=lambda name: len(name.core))
    if digits < _DIGITS:
        return kind == SWAPPED and len(small.core) >= _LONG and small.core <= big.core
    if kind == SWAPPED and len(small.core & big.core) * 10 >= len(small.core | big.core) * 7:
        return True
    named = len(small.core) >= _NAME or len(small.full & big.full) >= _LONG
    return (named or kind == SWAPPED or digits > _DIGITS) and small.core <= big.core


def _other_acts(one: Fact, other: Fact) -> bool:
    """Whether the longer of two names tells of something done that the other does not."""
    small, big = sorted((one, other), key=lambda fact: len(fact.name.core))
    acts = load_fact_words().paid if one.unit == "万元" else load_fact_words().acts
    return not set(acts.findall(_shown(big))) <= set(acts.findall(_shown(small)))


def _wider(case: Case, group: Sequence[Fact], one: Fact, other: Fact) -> bool:
    """Whether the narrower of two names has the greater value, or an indicator's value is a little off what the text tells of it."""
    if one.stage != DONE or one.unit in ("%", "万元") or one.listed or other.listed:
        return False
    small, big = sorted((one, other), key=lambda f: len(f.name.core))
    if len(small.name.core) < _NAME or not small.name.core < big.name.core or one.by_act or other.by_act:
        return False
    if _of_two_kinds(one, other):
        return False
    if case.paragraph(one.span.start) == case.paragraph(other.span.start) or _some_of_them(small, ""):
        return False
    if _other_acts(one, other) or any(f.value == big.value and f.name.core == small.name.core for f in group):
        return False
    more = small.value < big.value <= small.value * _MORE
    near = max(one.value, other.value) <= min(one.value, other.value) * _NEAR
    if more or (near and one.quantity.table != other.quantity.table):
        return True
    of_leaf = _of_a_leaf(case, one) != _of_a_leaf(case, other)
    return near and of_leaf and slip(one.quantity.value, other.quantity.value) == REPLACED


def _of_a_leaf(case: Case, fact: Fact) -> bool:
    """Whether a number is a table's, or a leaf's that gives it its name."""
    return fact.quantity.table or (fact.borrowed and case.item_at(fact.span.start) is not None)


def _ends_its_name(case: Case, group: Sequence[Fact], one: Fact, other: Fact) -> bool:
    """Whether a rate in the text bears the end of a leaf's name, and no other rate does: 「漏损率9.10%」, 「管网漏损率」."""
    small, big = sorted((one, other), key=lambda f: len(f.name.full))
    if one.unit != "%" or one.stage != DONE or _of_a_leaf(case, small) or not _of_a_leaf(case, big):
        return False
    end, whole = bare(_shown(small)), bare(_shown(big))
    if len(end) < _NAME or not whole.endswith(end) or _far(one, other):
        return False
    return len({f.value for f in group if bare(_shown(f)).endswith(end)}) == _FEW


def _named_by_leaf(case: Case, group: Sequence[Fact], one: Fact, other: Fact) -> bool:
    """Whether one name says all of the other but what its leaf says: 「累计下载量」 under 客户端影响力, 「客户端累计下载量」 elsewhere."""
    small, big = sorted((one, other), key=lambda f: len(f.name.core))
    item, more = case.item_at(small.span.start), big.name.core - small.name.core
    if item is None or not more or not small.name.core < big.name.core or item is case.item_at(big.span.start):
        return False
    ends = [bare(_shown(fact)) for fact in (small, big)]
    if len(ends[0]) < _NAME or not ends[1].endswith(ends[0]):
        return False
    if any(f.listed or f.by_act or f.behind or f.unit in ("%", "万元") for f in (one, other)) or _far(one, other):
        return False
    if not more <= name_of(item.name).full or _other_acts(one, other):
        return False
    return len({f.value for f in group if f.name.same(big.name)}) == 1


def _of_two_kinds(one: Fact, other: Fact) -> bool:
    """Whether two names end in different words of their kind: 「文物保护单位」 and 「文物保护工程」."""
    heads = [_KIND.search(bare(_shown(fact))) for fact in (one, other)]
    return heads[0] is not None and heads[1] is not None and heads[0][0] != heads[1][0]


_KIND = pattern(r"(?:单位|工程|项目|活动|企业|人员|队伍|设施|制度|事项|问题|案件|资金|乡镇|街道|农户|服务)$")


def _explained(case: Case, one: Fact, other: Fact) -> bool:
    """Whether a paragraph of the two tells the difference: 「开工36公里，完工32公里，4公里跨年实施」, or the sentence of one both: 「1月9874人……12月末9628人」."""
    gap = abs(one.value - other.value)
    low, high = sorted((one, other), key=lambda fact: fact.value)
    if any(_all_but_some(case, a, b) for a, b in ((one, other), (other, one))):
        return True
    told = any(tells_too(case, a.quantity, b.quantity) for a, b in ((one, other), (other, one)))
    if told or (_shown(low) != _shown(high) and _shown(low) in _JOINED.split(_shown(high))):
        return True
    places = [case.paragraph(fact.span.start) for fact in (one, other)]
    return (
        told_as_two(case, one, other)
        or of_two_rows(case, one, other)
        or any(
            fact.unit == one.unit
            and fact.value == gap
            and (not _OF_THEM.search(fact.before) or _UNDONE.match(fact.behind + fact.rest))
            and (fact.borrowed or len(fact.name.core & one.name.core) > 1)
            and any(place.start <= fact.span.start < place.end for place in places)
            for fact in facts(case)
        )
    )


def _all_but_some(case: Case, one: Fact, other: Fact) -> bool:
    """Whether of the many of one some were not done, which leaves the other: 「12家中有1家未完成」."""
    match = _SOME_NOT.match(case.flat, one.quantity.span.end)
    return match is not None and one.value - Decimal(match["n"]) == other.value


_SOME_NOT = pattern(
    r"[\u4e00-\u9fff]{0,6}?[,]?(?:其?中|里)?(?:仅|只|还|尚)?有?\s?(?P<n>\d+)[\u4e00-\u9fff]{1,6}(?:未|没|尚|延|推迟|因)"
)
_JOINED = pattern("[和与及、]")  # 「孤儿和困境儿童241人」 holds the 「困境儿童204人」
_OF_THEM = pattern(r"中有?的?$")
_UNDONE = pattern(
    r"[未没尚]|推迟|延[期至]|跨年|续建|结转|取消|在建|正在"
)  # what is left of a plan tells what was done of it


def _odd_first(case: Case, one: Fact, other: Fact) -> tuple[Fact, Fact]:
    """Of two the one that no other figures make and fewer mentions have; else the later one that is no table's figure."""

    def backed(fact: Fact) -> tuple[bool, int, bool, int]:
        mentions = {
            f.span.start for f in facts(case) if f.stage == fact.stage and f.value == fact.value and _of_one(f, fact)
        }
        listed = fact.quantity.table  # a table of figures is right
        return made_of_others(case, fact.quantity), len(mentions), listed, -fact.span.start

    right, odd = sorted((one, other), key=backed, reverse=True)
    if one.unit == "%" and _makes_other(case, right, odd):
        return right, odd
    if slip(one.quantity.value, other.quantity.value) == SWAPPED and _written_once(case, right, odd):
        return right, odd
    return odd, right


def _makes_other(case: Case, rate: Fact, other: Fact) -> bool:
    """Whether two counts of a rate's sentence make the other rate and not this one."""
    counts = [q for q in case.by_sentence.get(rate.quantity.sentence, ()) if q.unit not in NO_COUNT and q.number]
    pairs = [sorted((a.number, b.number)) for a, b in itertools.pairwise(counts) if a.unit == b.unit]
    return any(
        ratio_fits(other.quantity, Fraction(low), Fraction(high))
        and not ratio_fits(rate.quantity, Fraction(low), Fraction(high))
        for low, high in pairs
    )


def _written_once(case: Case, one: Fact, other: Fact) -> bool:
    """Whether the report writes one value a single time and the other, whose digits are the same, more often under whatever names."""
    plain = case.flat.replace(",", "")
    counts = [
        len(re.findall(rf"(?<![\d.]){re.escape(f.quantity.value.replace(',', ''))}(?![\d.]*\d)", plain))
        for f in (one, other)
    ]
    return counts[0] == 1 < counts[1]


def _of_one(one: Fact, other: Fact) -> bool:
    """Whether two numbers are of one thing by most of their names."""
    small, big = sorted((one.name.core, other.name.core), key=len)
    return one.unit == other.unit and len(small) > 1 and small <= big and not _other_acts(one, other)
