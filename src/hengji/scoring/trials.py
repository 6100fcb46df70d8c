"""Runs the built-in tests of an indicator system: what is given, what is expected, what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengji.model.asked import bands_of, options_of, statements_of
from hengji.model.filing import (
    Answer,
    Claim,
    Exemption,
    Filing,
    Judgement,
    Register,
    Row,
    Total,
    Value,
    ValueKey,
)
from hengji.model.numerals import plain, read_decimal
from hengji.model.problem import HengjiError
from hengji.model.scorecard import STANDING_CN, Scorecard, Standing
from hengji.model.system import IndicatorSystem, SystemTest
from hengji.scoring.score import score

_GRADE, _NOT_COMPUTED = "等次", "未算出"
_DEFAULT_YEAR = 2023


@dataclass(frozen=True, slots=True)
class Met:
    """One expectation of a built-in test with what came out, whether it was met or not."""

    test: str
    place: str
    what: str
    expected: str
    got: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Deviation:
    """One expectation of a built-in test that was not met."""

    test: str
    place: str
    what: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.place}：测试“{self.test}”的{self.what}应为{self.expected}，实际为{self.got}"


def run_tests(system: IndicatorSystem) -> tuple[Deviation, ...]:
    """Every expectation of the system's built-in tests that does not hold; empty when all pass."""
    run = (met for test in system.tests for met in run_test(system, test))
    return tuple(Deviation(met.test, met.place, met.what, met.expected, met.got) for met in run if not met.holds)


def run_test(system: IndicatorSystem, test: SystemTest) -> tuple[Met, ...]:
    """Every expectation of one built-in test with what came out."""
    try:
        filing = trial_filing(system, test)
        card = score(system, filing)
    except (HengjiError, ValueError) as error:
        return (Met(test.name, test.place, "给定数据", "能读", str(error), holds=False),)
    found = []
    for what, expected in test.expect:
        got = _got(card, what, expected)
        found.append(Met(test.name, test.place, what, expected, got, _agrees(expected, got)))
    return tuple(found)


def _agrees(expected: str, got: str) -> bool:
    wanted, came = read_decimal(expected), read_decimal(got)
    return wanted == came if wanted is not None and came is not None else expected == got


def _got(card: Scorecard, what: str, expected: str) -> str:
    totals = card.totals
    if what in (_GRADE, *Total):
        if totals is None:
            return "不计总分"
        extra = {Total.BONUS: totals.bonus, Total.DEDUCTION: totals.deduction}
        if what in extra:
            found = extra[Total(what)]
            return plain(found.score, 6) if found is not None else "0"
        return totals.grade if what == _GRADE else plain(totals.base if what == Total.BASE else totals.final, 6)
    try:
        leaf = card.leaf(what)
    except KeyError:
        return _branch(card, what)
    if expected == _NOT_COMPUTED:
        return _NOT_COMPUTED if leaf.computed is None else plain(leaf.computed, 6)
    standings = {word: standing for standing, word in STANDING_CN.items()}
    if expected in standings or leaf.score is None:
        return STANDING_CN[leaf.standing]
    if leaf.standing is Standing.NOT_APPLICABLE and not leaf.points:
        return STANDING_CN[leaf.standing]
    return plain(leaf.score, 6)


def _branch(card: Scorecard, what: str) -> str:
    try:
        return plain(card.branch(what).score or Fraction(0), 6)
    except KeyError:
        return "没有这个指标"


def trial_filing(system: IndicatorSystem, test: SystemTest) -> Filing:
    """The filing that a built-in test states. Raises ValueError in words where it names what the system has not."""
    given = test.filing
    assert isinstance(given, dict)  # the loader made it
    _check_leaves(system, given)
    year = int(given.get("year") or system.years.first or system.years.last or _DEFAULT_YEAR)
    values = {
        ValueKey(_item(system, name), of_year): Value(_text(stated))
        for key, of_year in (("given", year), ("last_year", year - 1))
        for name, stated in _mapping(given, key).items()
    }
    return Filing(
        department="测试单位",
        year=year,
        system=system.id,
        values=values,
        registers={name: _register(system, name, stated) for name, stated in _mapping(given, "registers").items()},
        judgements={leaf: _judgement(stated) for leaf, stated in _mapping(given, "judgements").items()},
        claims={leaf: Claim(_decimal(stated)) for leaf, stated in _mapping(given, "claims").items()},
        exemptions={leaf: Exemption(str(why)) for leaf, why in _mapping(given, "not_applicable").items()},
    )


def _check_leaves(system: IndicatorSystem, given: Mapping[str, object]) -> None:
    """Raises ValueError where claims, exemptions or judgements name a leaf, statement, band or option there is none of."""
    known = {indicator.id: indicator for indicator, _ in system.walk()}
    for key, more in (("claims", {str(total) for total in Total}), ("not_applicable", set()), ("judgements", set())):
        for name in _mapping(given, key):
            if name not in known and name not in more:
                raise ValueError(f"测试的 {key} 里“{name}”不是指标编号")
    for leaf, stated in _mapping(given, "judgements").items():
        rule, judgement = known[leaf].rule, _judgement(stated)
        for what, words, choices in (
            ("要点", tuple(judgement.answers), tuple(statement.key for statement in statements_of(rule))),
            ("档次", (judgement.band,), tuple(band.name for band in bands_of(rule))),
            ("选项", (judgement.choice,), options_of(rule)),
        ):
            wrong = [word for word in words if word and word not in choices]
            if wrong:
                raise ValueError(f"测试的 judgements 里“{leaf}”没有“{wrong[0]}”这个{what}；有：{'、'.join(choices)}")


def _mapping(given: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = given.get(key, {})
    if not isinstance(found, dict):
        raise ValueError(f"测试的 {key} 应写成“键: 值”")  # noqa: TRY004 - a sentence for the rule's author
    return found


def _text(stated: object) -> str:
    if not isinstance(stated, str):
        raise ValueError("测试的 given 里每个数据项只写一个值")  # noqa: TRY004 - as above
    return stated


def _decimal(stated: object) -> Decimal:
    number = read_decimal(str(stated))
    if number is None:
        raise ValueError(f"“{stated}”不是数")
    return number


def _item(system: IndicatorSystem, name: str) -> str:
    item = system.dictionary.canonical(name)
    if item is None:
        raise ValueError(f"测试里的“{name}”不是已声明的数据项")
    return item


def _register(system: IndicatorSystem, name: str, stated: object) -> Register:
    kind = system.dictionary.registers.get(name)
    if kind is None:
        raise ValueError(f"测试里的“{name}”不是已声明的台账")
    fields: dict[str, Any] = stated if isinstance(stated, dict) else {"rows": stated}
    rows: list[dict[str, object]] = fields.get("rows") or []
    for row in rows:
        for column in row:
            if kind.column(column) is None:
                raise ValueError(f"测试里台账“{name}”没有“{column}”这一列")
    cells = tuple(Row({str(column): str(cell) for column, cell in row.items()}) for row in rows)
    complete = str(fields.get("complete", "true")).lower() == "true"
    none = str(fields.get("none", "false")).lower() == "true"
    return Register(cells, complete=complete and not none, none_this_year=none)


def _judgement(stated: object) -> Judgement:
    if not isinstance(stated, dict):
        raise ValueError("测试的 judgements 应写成 {answers: …} 或 {band: …, share: …, reason: …}")  # noqa: TRY004
    words = {"是": True, "否": False, "true": True, "false": False}
    answers = {key: Answer(words.get(str(answer).lower())) for key, answer in stated.get("answers", {}).items()}
    share = str(stated.get("share", ""))
    number = read_decimal(share.rstrip("%")) if share else None
    if number is not None and share.endswith("%"):
        number /= 100
    return Judgement(answers, stated.get("band", ""), number, stated.get("choice", ""), stated.get("reason", ""))
