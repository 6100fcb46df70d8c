"""R10 below the line: parts under whatever names that make the same sum as planned and as spent, each of them another amount."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.money.movements import budget_from_accounts, moves_told
from hengji.auditing.numbers import in_unit, number
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TWO = 2
_KNOWN = pattern(
    r"采购|基本支出$|基本支出.{0,6}项目支出|人员经费|公用经费"
)  # what the ledger's own splits and R16 hold
_FIRST = pattern(r"年初|预算|计划")
_LATER = pattern(r"调整后?(?:的)?预算|预算调整为|全年预算|追加|调整为")
_SPENT = pattern(r"支出|决算|实际|用于|使用|账上|支付|执行")
_PLAIN = pattern(r"[^\u4e00-\u9fff]")
_NAME_ENDS = pattern(r"(?:年初|实际|安排|的|数|为|预算|支出|决算|经费|资金|共|分别|依次)+$")
_IN_TURN = pattern(r"(?:依次|分别)(?:为|是)?$")


@dataclass(frozen=True, slots=True)
class _Run:
    """Amounts side by side by the names of what they are of, and the words that open them."""

    parts: Mapping[str, Fraction]
    lead: str
    span: Span


def parts_differ(case: Case) -> Iterator[Finding]:
    """R10: 「年初灌区60万元、管网108.10万元…」 and 「灌区71.35万元、管网96.40万元…」: the same names, the same sum, other amounts."""
    if "预算" not in case.flat or any(e.stage == "调整" for e in case.ledger) or moves_told(case)[0]:
        return
    if next(budget_from_accounts(case), None) is not None:
        return  # told of basic and project spending already
    runs = [run for run in _runs(case) if "基本" not in run.parts and not _KNOWN.search(run.lead + "".join(run.parts))]
    plans = [run for run in runs if _FIRST.search(run.lead) and not _LATER.search(run.lead)]
    for plan in plans:
        for spent in runs:
            if spent is plan or not _SPENT.search(spent.lead) or _rest(spent.lead):
                continue
            pairs = _matched(plan, spent)
            if len(pairs) >= _TWO and _same_sum(pairs):
                yield _finding(case, pairs, plan.span, spent.span)
                return
    places: dict[int, list[Quantity]] = {}
    for sentence, told in case.by_sentence.items():
        places.setdefault(case.paragraph(sentence.start).start, []).extend(told if _side_by_side(told) else ())
    for told in places.values():
        pairs = _side_by_side(told)
        if len(pairs) >= _TWO and _same_sum(pairs):
            yield _finding(case, pairs, told[0].span, told[1].span)
            return


def _rest(lead: str) -> bool:
    """Whether the words that open a run speak of the budget, not of the spending."""
    last = max((m.start() for m in _FIRST.finditer(lead)), default=-1)
    return last > max((m.start() for m in _SPENT.finditer(lead)), default=-1)


def _finding(case: Case, pairs: list[tuple[Fraction, Fraction]], plan: Span, spent: Span) -> Finding:
    whole = number(sum((a for a, _ in pairs), Fraction(0)), 6)
    message = f"各项年初预算与支出之和都是{whole}万元，而每项都不同，预算可能是按决算倒填的"
    return case.finding("R10", plan, message, stated=whole, recomputed=whole, also=(spent,))


def _same_sum(pairs: list[tuple[Fraction, Fraction]]) -> bool:
    return sum(a - b for a, b in pairs) == 0 and sum(1 for a, b in pairs if a != b) >= _TWO


def _runs(case: Case) -> Iterator[_Run]:
    """The lists of amounts of running text; one ends where a name comes again or the sentence does."""
    names: list[str] = []
    for sentence, told in case.by_sentence.items():
        money = [q for q in told if dimension(q.unit) == "money" and not q.table and q.number]
        start, parts, lead, first = sentence.start, dict[str, Fraction](), "", None
        for quantity in money:
            words = case.flat[start : quantity.span.start]
            turn = _IN_TURN.search(words)
            name = _name(words)
            queue = [n for n in names if n not in parts] if turn or not name else []
            if first is None or turn is not None or name in parts or re.search(r"[。;]", words):
                if first is not None and len(parts) >= _TWO:
                    yield _Run(_without_whole(parts), lead, first)
                    names = list(parts)
                    queue = list(names) if turn else []
                lead, first, parts = _lead(case, sentence, start, quantity), quantity.span, {}
            parts[queue[0] if queue else name] = in_unit(quantity, "万元")
            start = quantity.span.end
        if first is not None and len(parts) >= _TWO:
            yield _Run(_without_whole(parts), lead, first)
            names = list(parts)


def _without_whole(parts: dict[str, Fraction]) -> dict[str, Fraction]:
    """The amounts without the whole that opens them: 「年初预算186.43万元，其中电费90.00万元、维护66.43万元、补助30.00万元」."""
    first, *others = parts.values()
    whole = len(others) >= _TWO and first == sum(others, Fraction(0))
    return dict(list(parts.items())[1:]) if whole else parts


def _lead(case: Case, sentence: Span, start: int, quantity: Quantity) -> str:
    """The words that open a list: since the figure before, else those of its paragraph."""
    words = case.flat[start : quantity.span.start]
    if _FIRST.search(words) or _SPENT.search(words):
        return words
    return case.flat[case.paragraph(sentence.start).start : quantity.span.start]


def _name(words: str) -> str:
    """What an amount is of: the words of its clause, without those for plans and spending."""
    clause = re.split(r"[,。;、:()]|其中|用于", words)[-1]
    name = _NAME_ENDS.sub("", _PLAIN.sub("", clause))
    return re.split(r"预算(?:中|安排)?|决算(?:中)?|年初|实际", name)[-1]


def _matched(plan: _Run, spent: _Run) -> list[tuple[Fraction, Fraction]]:
    """The amounts of one name on both sides, where every part of the shorter list is on the other."""
    pairs = [(amount, other) for name, amount in plan.parts.items() if (other := _of(name, spent.parts)) is not None]
    return pairs if len(pairs) == min(len(plan.parts), len(spent.parts)) else []


def _of(name: str, parts: Mapping[str, Fraction]) -> Fraction | None:
    found = [a for other, a in parts.items() if len(min(name, other, key=len)) >= _TWO and _alike(name, other)]
    return found[0] if len(found) == 1 else None


def _alike(name: str, other: str) -> bool:
    return name.endswith(other) or other.endswith(name)


def _side_by_side(told: Sequence[Quantity]) -> list[tuple[Fraction, Fraction]]:
    """Plan and spending in turn: 「拨款实际支出828.90万元，年初预算820.40万元；基金实际支出31.50万元，年初预算40.00万元」."""
    money = [q for q in told if dimension(q.unit) == "money" and not q.table]
    pairs: list[tuple[Fraction, Fraction]] = []
    for one, other in zip(money[::2], money[1::2], strict=False):
        sides = {q.about: q for q in (one, other)}
        if sides.keys() != {"预算", "实际"} or "年初" not in sides["预算"].name:
            break
        pairs.append((in_unit(sides["预算"], "万元"), in_unit(sides["实际"], "万元")))
    return pairs


_GAP = pattern(
    r"(?P<way>多|超|增加|高|少|减少|低|节约)(?:出|于|了)?(?:支出?|用|花)?了?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_LESS = ("少", "减少", "低", "节约")
_ALIKE = pattern(r"一致|相等|持平|相同|分毫不差|分文不差|一分不差|相符|不变|吻合")


def told_gaps(case: Case) -> Iterator[Finding]:
    """R10: 「与年初预算相比，渠道多支出14.26万元，供水少支出9.18万元…，合计却完全一致」: what is more makes what is less."""
    if "年初预算" not in case.flat or moves_told(case)[0]:
        return
    for sentence in case.by_sentence:
        text = case.text(sentence)
        gaps = (
            [(m["way"], Fraction(m["n"].replace(",", ""))) for m in _GAP.finditer(text)] if "年初预算" in text else []
        )
        if (
            len(gaps) < _TWO
            or not _ALIKE.search(text)
            or sum((-n if way in _LESS else n for way, n in gaps), Fraction(0))
        ):
            continue
        message = "各项比年初预算有多有少，合计却分毫不差，没有办理调整，预算可能是按决算倒填的"
        yield case.finding("R10", sentence, message, stated=text)
        return


_FILLED_IN = pattern(
    r"预算(?:数|金额|数据|表)?[^。;]{0,24}?(?:根据|依据|按照?|以|参照|从|由)[^,。;]{0,16}(?:决算|实际支出|账面|支出数|账簿)[^,。;]{0,12}"
    r"(?:倒推|倒填|反推|倒算|回填|反算|补填|推算|倒轧|反填|补录|套填)"
)


def filled_in_later(case: Case) -> Iterator[Finding]:
    """R10 admitted: 「预算数根据2023年决算报表倒推得出」."""
    match = _FILLED_IN.search(case.flat) if "决算" in case.flat or "支出" in case.flat else None
    if match is not None and not re.search(r"不得|严禁|杜绝|避免|不存在|没有", case.text(case.sentence(match.start()))):
        message = "写明预算数是按决算倒填的"
        yield case.finding("R10", Span(match.start(), match.end()), message, stated=match[0])
