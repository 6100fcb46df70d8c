"""R15: what is said in words of receptions, cars and travel, against the figures and acts told elsewhere."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, Entry
from hengji.auditing.numbers import number
from hengji.library.lines import load_lines
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ALL = "三公经费"
_LINE = r"(?:\"?三公\"?经费|公务接待费?|公务用车(?:运行维护|购置|运维)费?|公车(?:运行维护|运维|运行|购置)费?|因公出国(?:\(境\))?费?用?|接待费)"
# 「公务接待少支2.50万元」
_SAVED = pattern(
    rf"(?P<line>{_LINE})(?:支出|决算|实际)?(?:比|较)?(?P<plan>(?:年初|全年)?预算(?:数)?)?(?:少支出?|少用|少|节约|节支|节省|结余|压减|减少)(?:了|支出)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_AGAINST_PLAN = pattern(r"(?:比|较|与|相较于?|对照|按照?)[^,。;\d]{0,6}预算")
_PAST = pattern(r"上年|去年|同期|同比|20\d\d年|其中")
# 「学校没有公务用车」
_NO_CARS = pattern(
    r"(?:没有|无|未配备|未保有|未保留|不再保留|未配置|不配备)(?:任何)?(?:公务用车|公务车辆|公车)(?:车辆)?(?=[,。;)\n\t]|$)"
)
_OF_SOME = pattern(r"上年|去年|20\d\d年|本级|[局委办院]机关|下属|所属|二级|其[他余]|超标|违规|编制|股室|科室|村|社区")
_LEAD = 16  # characters before a denial that say of whom it is
_MOVED_AWAY = pattern(r"不涉及|不考核|不适用|分(?:值)?(?:调整|调|平移|计入|加到|转)")
_RUNNING, _BUYING = "公务用车运行维护费", "公务用车购置费"
_CARS = r"(?:公务用车|公车|公务车辆|执法执勤用车|执法执勤车辆|执法用车|执法车|业务用车|轿车|越野车|商务车|皮卡车?)"
# 「为执法大队新购皮卡执法车2辆」
_BOUGHT = pattern(
    rf"(?:新购|购置|购买|购入|采购|更新|新增购置)(?:了|置)?[^,。;\d]{{0,10}}?{_CARS}[^,。;\d]{{0,4}}[1-9]\d*\s?辆|(?:新购|购置|购买|购入|更新)(?:了)?\s?[1-9一二两三四五六]\s?辆[^,。;\d]{{0,6}}{_CARS}"
)
_NONE_BOUGHT = pattern(
    rf"(?:没有|未|无)(?:发生|新增|安排|列支)?(?:任何)?(?:(?:新购|购置|更新|购买|采购){_CARS}|(?:公务用车|公车|车辆)(?:购置|更新)(?:费用?)?(?:支出|事项)?)(?=[,。;、)\n\t]|及|和|$)"
)
_NOT_DONE = pattern(r"(?:未|没有|拟|计划|将|申请|建议|不再|停止|暂缓|预留|上年|去年|捐赠|无偿|划拨|调拨)[^,。;]{0,16}$")
# 「公车运维和公务接待两项支出双双低于上年」
_BOTH = pattern(
    rf"(?P<lines>{_LINE}(?:[和与、及]{_LINE})+)(?:[两三]项)?(?:支出|经费|费用|决算)*(?:均|都|双双|全部)(?:比|较|低于|少于)(?:上年|去年|20\d\d年)(?:度|同期|实际|决算|支出|数)*(?:有所|明显|大幅)?(?:下降|减少|压减|降低)?"
)


def public_in_words(case: Case) -> Iterator[Finding]:
    """What is said of the three 公 that the report itself denies."""
    if "公务" in case.flat or "公车" in case.flat or "三公" in case.flat:
        yield from _saved(case)
        yield from _no_cars(case)
        yield from _none_bought(case)
        yield from _both_fell(case)


def _of_line(case: Case, line: str, year: int) -> tuple[list[Entry], list[Entry]]:
    """What was planned and what was spent of a line in a year."""
    own = [e for e in case.ledger if e.line == line and e.year == year]
    return [e for e in own if e.stage in PLANNED], [e for e in own if e.stage == SPENT or not e.stage]


def _line(words: str) -> str:
    return load_lines().line(words.replace('"', ""), _ALL)


def _saved(case: Case) -> Iterator[Finding]:
    """「与年初预算相比，公务接待少支2.50万元」, where 4.50 was planned and 2.45 spent."""
    for match in _SAVED.finditer(case.flat):
        lead = case.flat[case.sentence(match.start()).start : match.end()]
        if not (match["plan"] or _AGAINST_PLAN.search(lead)) or _PAST.search(lead.replace(f"{case.year}年", "")):
            continue
        plans, spent = _of_line(case, _line(match["line"]), case.year)
        beside = [(p, s) for p in plans for s in spent if case.sentence(p.span.start) == case.sentence(s.span.start)]
        pairs = beside[:1] or [(p, s) for p in plans for s in spent]
        gaps = {p.amount - s.amount for p, s in pairs}
        told = Fraction(match["n"].replace(",", ""))
        if len(gaps) != 1 or told in gaps or case.aimed_at(match.start()):
            continue
        (plan, paid), right = pairs[0], number(next(iter(gaps)), 6)
        message = f"{plan.line}预算{plan.shown}，支出{paid.shown}，少支{right}万元，这里写{match['n']}万元"
        also = (plan.span, paid.span)
        yield case.finding("R15", Span(*match.span()), message, stated=match["n"], recomputed=right, also=also)
        return


def _own(case: Case, start: int) -> bool:
    lead = case.flat[max(case.sentence(start).start, start - _LEAD) : start].replace(f"{case.year}年", "")
    return _OF_SOME.search(lead) is None and not case.aimed_at(start)


def _no_cars(case: Case) -> Iterator[Finding]:
    """「学校没有公务用车」, where 1.86万元 ran them."""
    denied = next((m for m in _NO_CARS.finditer(case.flat) if _own(case, m.start())), None)
    paid = [e for line in (_RUNNING, _BUYING) for e in _of_line(case, line, case.year)[1] if e.amount]
    if denied is not None and _MOVED_AWAY.search(case.text(case.sentence(denied.start()))):
        return  # points of what is said not to be there: R34
    if denied is not None and paid and case.sentence(denied.start()) != case.sentence(paid[0].span.start):
        message = f"这里写“{denied[0]}”，另一处{paid[0].line}支出{paid[0].shown}"
        yield case.finding(
            "R15", Span(*denied.span()), message, stated=denied[0], recomputed=paid[0].shown, also=(paid[0].span,)
        )


def _none_bought(case: Case) -> Iterator[Finding]:
    """「全年没有公务用车购置支出」, where 「新购皮卡执法车2辆」."""
    denied = next((m for m in _NONE_BOUGHT.finditer(case.flat) if _own(case, m.start())), None)
    for match in _BOUGHT.finditer(case.flat) if denied is not None else ():
        here = case.sentence(match.start())
        before = case.flat[here.start : match.start()]
        if (
            denied is None
            or _NOT_DONE.search(before)
            or here == case.sentence(denied.start())
            or not _own(case, match.start())
        ):
            continue
        if case.in_table(match.start()) or case.aimed_at(match.start()):
            continue
        message = f"这里写“{denied[0]}”，另一处写“{match[0]}”"
        also = (Span(*match.span()),)
        yield case.finding("R15", Span(*denied.span()), message, stated=denied[0], recomputed=match[0], also=also)
        return


def _both_fell(case: Case) -> Iterator[Finding]:
    """「公车运维和公务接待两项支出双双低于上年」, where receptions rose from 2.64 to 3.11."""
    for match in _BOTH.finditer(case.flat):
        for words in re.split("[和与、及]", match["lines"]):
            line = _line(words)
            now, past = (_one(_of_line(case, line, year)[1]) for year in (case.year, case.year - 1))
            if now is not None and past is not None and now.amount > past.amount:
                message = f"写“{match[0]}”，{line}{case.year - 1}年是{past.shown}，{case.year}年是{now.shown}，是上升的"
                also = (now.span, past.span)
                yield case.finding(
                    "R15", Span(*match.span()), message, stated=now.shown, recomputed=past.shown, also=also
                )
                return


def _one(entries: list[Entry]) -> Entry | None:
    return entries[0] if len({e.amount for e in entries}) == 1 else None
