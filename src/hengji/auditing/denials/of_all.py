"""R15, R16: what is said of every line of the 三公 or of every kind bought, against the figures of each: 「各单项也都守住了年初限额」."""

from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.denials.clauses import Clause, clauses_with, told, year_of
from hengji.auditing.denials.facts import Line, lines_of, one_amount
from hengji.auditing.ledger import Entry
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

PUBLIC, BOUGHT = "三公经费", "政府采购"
_CODES = {PUBLIC: "R15", BOUGHT: "R16"}
_FAMILY = {
    PUBLIC: pattern(r"三公|公务|公车|用车|接待|出国|出境"),
    BOUGHT: pattern(r"采购|货物|(?<!建设)工程类|服务类|(?:两|三|各)类(?!支出|经费|费用|资金)"),
}
# The lines of a family by short names: 「接待、用车两项」.
_NAMES = (
    ("公务接待费", pattern("接待")),
    ("公务用车购置费", pattern("(?:车辆?|公车)(?:的)?(?:购置|更新)|购车")),
    ("公务用车运行维护费", pattern("(?:用车|公车|车辆)(?!(?:的)?(?:购置|更新))")),
    ("因公出国费", pattern("出国|出境")),
    ("货物采购", pattern("货物")),
    ("工程采购", pattern("工程")),
    ("服务采购", pattern("服务(?!对象|中心)")),
)
_EACH = pattern(
    r"各(?:单|分|个|自|项|类|明细)|每一?[项类]|[均都]|逐[项类]|单项|分项|[两二三四23][项类者]|全部|无一|没有(?:任何)?一[项类]|哪一?[项类]|任何一?[项类]|双双|齐|采购(?:的)?(?:情形|情况|现象|行为)"
)
_PLAN = r"(?:预算|限额|计划|年初|控制数|额度|盘子|批复数?|红线|指标|上限|定额)"
_WITHIN = pattern(
    rf"(?:未|没有?|无|不)(?:有)?(?:任何)?(?:一[项类笔])?(?:出现|发生|存在)?(?:超出?|突破|超过|高于|大于)(?:了|支|过)?(?:[^,\d]{{0,6}}{_PLAN}数?|支|$)"
    rf"|(?:守住|守牢|守在|控制在|限定在|保持在|落在|压在|管在|(?<![存所现])在|处于|低于|小于|不高于|不大于|没有?超过?|少于|不超过?)(?:了)?[^,\d]{{0,8}}{_PLAN}[^,\d]{{0,4}}(?:以?内|之[内下]|以下|范围|安排|$)"
    rf"|守住(?:了)?[^,\d]{{0,6}}{_PLAN}|(?:未|没有?|无)(?:一[项类])?超支"
)
_PAST = r"(?:上年|去年|上一?年度?|20\d\d年|同期|往年|前一年)"
_BELOW = pattern(
    rf"(?:比|较|低于|少于|小于|不及|与)[^,\d]{{0,4}}{_PAST}(?:[^,增升多高涨]{{0,8}}?(?:下降|减少|少[花支用了]?|压[减缩降]|降低|回落|节约|收窄|缩减|下[调行]|走低|低)|(?:度|实际|决算|支出|同期|水平|数|的)*$)"
    r"|逐年(?:压[减缩降]|下降|递减|减少|降低|缩减|走低|回落)|连续[两二三四五\d]年(?:下降|压[减缩]|减少|递减|负增长|走低)|连年(?:下降|压减|减少|压缩)|只[减降]不[增升]|不增反降|[双齐]下?降|同比(?:均|都|全部|双双|有所)*(?:下降|减少|压[减缩]|降低)"
    r"|(?:有减无增|负增长|零增长|(?:没有|未|无)(?:一[项类])?(?:出现)?(?:反弹|上涨|抬头))"
)
# 「比2022年减少0.32万元」 is a figure's own, and holds or not by itself.
_NOT_MONEY = pattern(
    r"\d\s?万?元|扣除|剔除|不含|口径|因素|成交|中标|(?<!负)(?<!零)增[加长]|上升|标准|批次|人次|超范围|编制|辆数|数量|人均|百公里|油耗|占比|比重|比例|油费|燃油|维修费|公用经费|项目支出|预算绩效"
)


def public_of_all(case: Case) -> Iterator[Finding]:
    """R15: what is said of each of the 三公 and does not hold for one, or of years that fell one after another."""
    return (f for f, whole in said_of_all(case) if f.code == _CODES[PUBLIC] and not whole)


def public_of_the_whole(case: Case) -> Iterator[Finding]:
    """R15: what is said of the 三公 as a whole."""
    return (f for f, _ in said_of_all(case) if f.code == _CODES[PUBLIC])


def purchases_of_all(case: Case) -> Iterator[Finding]:
    """R16: what is said of each kind bought, or of all that was bought."""
    return (f for f, _ in said_of_all(case) if f.code == _CODES[BOUGHT])


@once
def said_of_all(case: Case) -> tuple[tuple[Finding, bool], ...]:
    """Each such word that the figures of a line deny, the first of each family and kind of comparison, and whether that line is the whole."""
    return tuple(_said(case))


def _said(case: Case) -> Iterator[tuple[Finding, bool]]:
    done: set[tuple[str, bool]] = set()
    for clause in clauses_with(case, _WITHIN, _BELOW):
        within, below = _WITHIN.search(clause.text), _BELOW.search(clause.text)
        if (within is None) == (below is None) or not told(case, clause) or _NOT_MONEY.search(clause.text):
            continue
        family = _family(case, clause)
        if not family or (family, within is not None) in done:
            continue
        found = _over(case, clause, family) if within is not None else _risen(case, clause, family)
        if found is not None:
            done.add((family, within is not None))
            yield found


def kept_by_all(case: Case, family: str) -> Iterator[Span]:
    """Where it is said that every line of a family is kept within its plan."""
    for clause in clauses_with(case, _WITHIN):
        said = _WITHIN.search(clause.text) and _EACH.search(clause.text) and not _NOT_MONEY.search(clause.text)
        if said and told(case, clause) and _family(case, clause) == family and year_of(case, clause) == case.year:
            yield clause.span


def _family(case: Case, clause: Clause) -> str:
    """Which money a clause speaks of: by its own words, those before it in its piece, else its indicator's name."""
    item = case.item_at(clause.span.start)
    for words in (clause.text, clause.before[-60:], item.name if item is not None else ""):
        named = [family for family, form in _FAMILY.items() if form.search(words)]
        if named:
            return named[0] if len(named) == 1 else ""
    return ""


def _asked(clause: Clause, lines: tuple[Line, ...], family: str) -> tuple[Line, ...]:
    """The lines that a clause speaks of: those it names, every one where it says so, else the whole."""
    named = {name for name, form in _NAMES if form.search(clause.text)}
    own = tuple(line for line in lines if line.name in named)
    if named:
        return own
    if _EACH.search(clause.text):
        return lines
    return tuple(line for line in lines if line.name == family)


def _over(case: Case, clause: Clause, family: str) -> tuple[Finding, bool] | None:
    """A line of those that a clause says are kept, beyond its plan."""
    year = case.year
    if year_of(case, clause) != year:
        return None
    for line in _asked(clause, lines_of(case, family, year), family):
        spent = one_amount(line.spent)
        if spent is None or not line.plans or max(e.amount for e in line.plans) >= spent:
            continue
        plan, paid = line.plans[0], line.spent[0]
        if plan.amount == 0 and not _EACH.search(clause.text):
            continue
        message = f"这里写“{clause.text[:30]}”，{line.name}预算{plan.shown}，实际{paid.shown}"
        return _finding(case, family, clause, message, paid, plan), line.name == family
    return None


_IN_TURN = pattern("逐年|连续|连年|只[减降]不|近年|历年|[两二三四五]年(?:间|来)")


def _risen(case: Case, clause: Clause, family: str) -> tuple[Finding, bool] | None:
    """A line of those that a clause says have fallen, above last year's."""
    if family != PUBLIC:
        return None
    years = [case.year, case.year - 1] if _IN_TURN.search(clause.text) else [case.year]
    for year in years:
        now = {line.name: line for line in lines_of(case, family, year)}
        past = {line.name: line for line in lines_of(case, family, year - 1)}
        for line in _asked(clause, tuple(now.values()), family):
            before = past.get(line.name)
            one, other = one_amount(line.spent), one_amount(before.spent) if before is not None else None
            if before is None or one is None or other is None or one <= other:
                continue
            message = f"这里写“{clause.text[:30]}”，{line.name}{year - 1}年{before.spent[0].shown}，{year}年{line.spent[0].shown}，是上升的"
            return _finding(case, family, clause, message, line.spent[0], before.spent[0]), line.name == family
    return None


def _finding(case: Case, family: str, clause: Clause, message: str, first: Entry, other: Entry) -> Finding:
    also: tuple[Span, ...] = (first.span, other.span)
    return case.finding(_CODES[family], clause.span, message, stated=first.shown, recomputed=other.shown, also=also)
