"""R15 line by line: one of the three 公 beyond its own budget wherever the two are told, what the accounts say, rates above 100 %."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import PLANNED, SPENT, Entry
from hengji.auditing.money.three_public import three_public
from hengji.library.lines import load_lines
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ALL = "三公经费"
_NAMES = r"(?:三公\"?经费|公务接待费?|公务用车(?:运行维护费|购置费|运维费)?|公车(?:运行维护费|购置费|运维费)?|因公出国(?:\(境\))?费?用?|接待费)"
_WHY = pattern(r"原因|由于|因(?!此|公)|追加|调增|调剂|批准|批复|同意|核准|收回|推迟")
_OF_SOME = pattern(r"上年|去年|同期|同比|20\d\d年")


def lines_over(case: Case) -> Iterator[Finding]:
    """R15: a part above its own budget, which stands in another paragraph, in a row of a table, or is none at all."""
    if "公务" not in case.flat and "出国" not in case.flat and "接待" not in case.flat:
        return
    within = load_lines().within
    own = [e for e in case.ledger if within.get(e.line) == _ALL and e.year == case.year]
    for line in dict.fromkeys(e.line for e in own):
        for table in (False, True):
            here = [e for e in own if e.line == line and e.table is table]
            plan = _one([e for e in here if e.stage in PLANNED])
            spent = _one([e for e in here if e.stage == SPENT])
            if (
                plan is None
                or spent is None
                or not plan.amount < spent.amount < _OTHER_UNIT * max(plan.amount, Fraction(1))
            ):
                continue
            if (plan.place == spent.place) != table or any(_explained(case, e) for e in (plan, spent)):
                continue  # in one paragraph they are held elsewhere
            message = f"{line}预算{plan.shown}，支出{spent.shown}，没有说明原因"
            yield case.finding("R15", spent.span, message, stated=spent.shown, recomputed=plan.shown, also=(plan.span,))
            return


_OTHER_UNIT = 1000  # times: a cell in 元 is R12's


def _one(entries: list[Entry]) -> Entry | None:
    return entries[0] if entries and len({e.amount for e in entries}) == 1 else None


def _explained(case: Case, entry: Entry) -> bool:
    """Whether the words around say why, for a table the whole report's sentences on these expenses."""
    if not entry.table:
        return _WHY.search(case.text(case.paragraph(entry.span.start))) is not None
    told = (case.text(sentence) for sentence in case.by_sentence if not case.in_table(sentence.start))
    return any(_WHY.search(text) and _LINE.search(text) for text in told)


_LINE = pattern(_NAMES)
_NONE_PLANNED = pattern(
    rf"{_NAMES}[^,。;\d]{{0,6}}(?:(?:未|没有)(?:安排|编制|编列|列|申报)(?:年初)?|没有|无)(?:年初)?预算[^。;\d费]{{0,10}}?(?:支出|列支|决算|发生)[^。;,\d]{{0,6}}?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)
_RATE = pattern(
    rf"{_NAMES}[^。;,\d%]{{0,6}}(?:预算)?(?:执行|支出|完成)率(?:达到?|为|是)?\s?(?P<n>\d{{3,}}(?:\.\d+)?)\s?%"
    rf"|三公\"?经费[^,。;\d%]{{0,12}}占[^,。;\d%]{{0,6}}公用经费[^,。;\d%]{{0,10}}?(?P<m>\d{{3,}}(?:\.\d+)?)\s?%"
)
_OVER = pattern(
    rf"{_NAMES}[^。;\d%]{{0,12}}(?:[比较][^,。;\d]{{0,6}}预算(?:数|安排)?(?:超出?支?|多支?出?|高出?|超支)|超(?:出|过)?[^,。;\d]{{0,4}}预算(?:数)?|超支)(?:了|达|共)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?万元"
)


def told_over(case: Case) -> Iterator[Finding]:
    """R15: spending without a budget, a rate of the 三公 above 100 %, or an excess that is told and not explained."""
    if not _LINE.search(case.flat):
        return
    for form, says in ((_NONE_PLANNED, "没有预算而支出"), (_RATE, "超过100%"), (_OVER, "超出预算")):
        for match in form.finditer(case.flat):
            told = match["n"] or match.groupdict().get("m") or "0"
            shown = case.flat[max(0, match.start() - 1) : match.end()]
            least = 100 if form is _RATE else 0
            sentence = case.text(case.sentence(match.start()))
            if form is _OVER and next(three_public(case), None) is not None:
                return  # told of the two amounts already
            if Fraction(told.replace(",", "")) <= least or _WHY.search(sentence) or _OF_SOME.search(match[0]):
                continue
            span = Span(match.start(), match.end())
            yield case.finding("R15", span, f"写“{shown.strip()}”，{says}，没有说明原因和批准", stated=told)
            return


_OF_ACCOUNTS = pattern(r"(?:部门)?决算(?:报表|公开表|表|公开|批复)[^,。;\d]{0,12}")
_ONLY = pattern(r",?\s?(?:全部|均|都)(?:为|是|属于?|用于)(?P<line>[^,。;\d]{4,14})(?=[,。;])")


def against_the_accounts(case: Case) -> Iterator[Finding]:
    """R15: what the report says of the accounts' 三公 line, and its own figure of that line."""
    if "决算" not in case.flat or not _LINE.search(case.flat):
        return
    lines = load_lines()
    own = [e for e in case.ledger if _ALL in (e.line, lines.within.get(e.line)) and e.year == case.year]
    own = [e for e in own if e.stage == SPENT and not e.table]
    told = [(e, _of_accounts(case, e)) for e in own]
    figures = [e for e, of in told if not of] + [only for e, of in told if not of if (only := _all_of_one(case, e))]
    for entry in (e for e, of in told if of):
        others = [e for e in figures if e.line == entry.line]
        if others and all(e.amount != entry.amount for e in others):
            other = others[0]
            message = f"{entry.line}报告写{other.shown}，决算表是{entry.shown}，两处不一致"
            yield case.finding(
                "R15", other.span, message, stated=other.shown, recomputed=entry.shown, also=(entry.span,)
            )
            return


def _of_accounts(case: Case, entry: Entry) -> bool:
    """Whether the words before an amount, or before the list it stands in, say that it is the accounts'."""
    sentence = case.sentence(entry.span.start)
    found = list(_OF_ACCOUNTS.finditer(case.flat, sentence.start, entry.span.start))
    return bool(found) and not _BACK.search(case.flat, found[-1].end(), entry.span.start)


_BACK = pattern(r"本次|自评|本报告|实际支出")


def _all_of_one(case: Case, entry: Entry) -> Entry | None:
    """The one part that all of it is said to be: 「4.72万元，全部为公务用车运行维护费」."""
    match = _ONLY.match(case.flat, entry.span.end) if entry.line == _ALL else None
    line = load_lines().line(match["line"].replace('"', ""), _ALL) if match is not None else ""
    if not line or line == _ALL:
        return None
    return Entry(line, entry.stage, entry.year, entry.amount, entry.shown, entry.span, entry.place)


# 「公务用车1辆，全年运行维护费3.15万元，从基本支出列支，预算2.80万元，超支部分未办理调剂」
_OVERSPENT = pattern(
    r"(?:公务用车|公务接待|公车|接待费|因公出国)[^。\n]{0,40}?\d+(?:\.\d+)?\s?万元[^。\n]{0,30}?预算\s?\d+(?:\.\d+)?\s?万元[^。\n]{0,12}?(?<!未)(?<!没有)(?<!不)超(?:支|预算|出预算)"
)
_KEPT_ALL = pattern(
    r"\"?三公\"?经费(?:支出)?[^。;\d]{0,8}?(?:控制在(?:年初)?预算(?:之|以)?内|(?:未|没有|均未)(?:超支|超(?:出|过)?预算|突破预算)|不超预算)"
)


def kept_though_overspent(case: Case) -> Iterator[Finding]:
    """R15: 「“三公”经费控制在预算以内」 right beside a line of it that is told as overspent."""
    told = _OVERSPENT.search(case.flat) if "三公" in case.flat else None
    if told is None:
        return
    place = case.paragraph(told.start())
    claim = _KEPT_ALL.search(case.flat, place.start, place.end)
    if claim is not None and "三公" not in told[0]:
        message = "同一段写明其中一项超出预算，这里却写“三公”经费没有超过预算"
        yield case.finding("R15", Span(*claim.span()), message, also=(Span(*told.span()),))
