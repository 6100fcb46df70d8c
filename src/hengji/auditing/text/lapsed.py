"""R13: last year in place of the evaluated one, where other words of the sentence or another place of the report tell that it is wrong."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.text.dating import tells_which
from hengji.library.texts import Lapse, load_lapses
from hengji.model.extraction import DocumentKind, Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PROBLEMS = ("存在问题", "相关建议", "问题与建议")


def lapsed_years(case: Case) -> Iterator[Finding]:
    """R13: 「对照2022年度绩效目标申报表」, 「数据时点为2022年12月31日」 in a report on 2023; last year's figure that is this year's own."""
    others = {mention.year for mention in case.found.years} & {case.year - 1, case.year + 1}
    if not case.year or not case.found.year_stated or not others:
        return
    given: set[int] = set()
    for finding in (
        *_in_words(case),
        *_budgets_disclosed_late(case),
        *_own_figures(case),
        *_accounts_of_last_year(case),
    ):
        if finding.start is not None and finding.start not in given:
            given.add(finding.start)
            yield finding


def _in_words(case: Case) -> Iterator[Finding]:
    for lapse in load_lapses():
        for match in lapse.form.finditer(case.flat) if lapse.word in case.flat else ():
            if int(match["y"]) == case.year + (1 if lapse.next else -1) and _stands(case, lapse, match):
                yield _wrong(case, match, f"{lapse.what}却写{match['y']}年")


def _stands(case: Case, lapse: Lapse, match: re.Match[str]) -> bool:
    """Whether a lapse may stand where it does: in its part of the report, with no mention of the evaluated year near it."""
    position = match.start("y")
    if lapse.where == "问题" and case.chapter_key(position) not in _PROBLEMS:
        return False
    if lapse.where == "决算" and case.found.kind is not DocumentKind.ACCOUNTS:
        return False  # within a year it is last year's projects that are evaluated
    leaf = case.item_at(position)
    if lapse.where == "指标" and (leaf is None or _PREPARING.search(leaf.name)):
        return False
    sentence = case.sentence(position)
    around = case.flat[max(sentence.start, match.start() - _AROUND) : min(match.end() + _AROUND, sentence.end)]
    return (lapse.beside or str(case.year) not in around) and lapse.unless.search(around) is None


_AROUND = 20  # characters
_PREPARING = pattern("预算|目标|编制|制度|公开|立项|前期|决策|论证|依据")
_BUDGET = pattern(
    r"(?P<y>20\d\d)\s?年(?:度)?(?:部门|单位)*预算(?!执行|绩效|调整|支出)[^。;,\d]{0,8}?(?P<on>20\d\d)\s?年\s?\d{1,2}\s?月[^。;]{0,24}?(?:公开|批复|公示)"
)


def _budgets_disclosed_late(case: Case) -> Iterator[Finding]:
    """A budget disclosed after its own year: 「2023年部门预算于2024年2月6日公开」."""
    for match in _BUDGET.finditer(case.flat) if "预算" in case.flat else ():
        if int(match["y"]) == case.year - 1 and int(match["on"]) == case.year:
            yield _wrong(case, match, f"{match['on']}年公开的应是{match['on']}年的预算，却写{match['y']}年")


def _wrong(case: Case, match: re.Match[str], why: str) -> Finding:
    message = f"评价的是{case.year}年度，{why}，可能是沿用旧稿"
    span = Span(match.start("y"), match.end())
    return case.finding("R13", span, message, stated=match["y"], recomputed=str(case.year))


_SAME = pattern("持平|一致|相同|不变|均为|都是|两年|比20|较20|同比|相比|增长|下降")
_PHRASE = pattern(r"\s?年?(?:度|末|底)*(?P<told>[\u4e00-\u9fff]{4,14}\d[\d,]*(?:\.\d+)?\s?[\u4e00-\u9fff]{1,2})")
_DIGITS = 4  # of an amount: fewer are alike by chance
_CARRIED = pattern("上年|上一年|去年|年初|期初|使用|消化|盘活")


def _own_figures(case: Case) -> Iterator[Finding]:
    """Last year's figure that is told word for word, or of one name, as this year's: 「2023年末编外聘用人员9人」."""
    for mention in case.found.years:
        if mention.year != case.year - 1 or tells_which(case, mention):
            continue
        sentence = case.text(mention.sentence)
        if str(case.year) in sentence or _SAME.search(sentence):
            continue
        match = _PHRASE.match(case.flat, mention.span.end)
        beside = case.by_sentence.get(mention.sentence, ())
        if (match is not None and _told_apart(case, match["told"], mention.year, mention.sentence)) or any(
            _is_own(case, q, mention.span) or _is_left(case, q, mention.span) for q in beside
        ):
            message = f"评价的是{case.year}年度，这里写{mention.year}年，数字却是{case.year}年的，可能是年份写错"
            yield case.finding("R13", mention.span, message, stated=str(mention.year), recomputed=str(case.year))


def _told_apart(case: Case, words: str, year: int, own: Span) -> bool:
    """Whether words stand in another sentence too, one that does not name the year."""
    at = case.flat.find(words)
    while at >= 0:
        if not own.start <= at < own.end and str(year) not in case.text(case.sentence(at)):
            return True
        at = case.flat.find(words, at + 1)
    return False


def _is_own(case: Case, quantity: Quantity, year: Span) -> bool:
    """Whether a figure right behind last year is told of the evaluated year by a name like its own."""
    digits = len(re.sub(r"\D", "", quantity.value))
    carried = _LEFT.search(quantity.name) is not None  # last year's balance is where this year's begins
    if not _follows(case, quantity, year) or quantity.about == "目标" or digits < _DIGITS:
        return False
    return any(
        q.unit == quantity.unit
        and q.sentence != quantity.sentence
        and q.year == case.year
        and q.about != "目标"
        and _alike(q.name, quantity.name)
        and (not carried or _AT_END.search(q.name))
        and not _CARRIED.search(case.flat, max(q.sentence.start, q.span.start - _LEAD), q.span.end + 4)
        for q in _by_value(case).get(quantity.number, ())
    )


def _follows(case: Case, quantity: Quantity, year: Span) -> bool:
    """Whether a figure stands right behind a year, in its own clause."""
    between = case.flat[year.end : quantity.span.start]
    return 0 <= quantity.span.start - year.end <= _NEAR and not _CLAUSE.search(between)


_CLAUSE = pattern(r"[,;。()\d]")


def _alike(one: str, other: str) -> bool:
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


@once
def _by_value(case: Case) -> dict[Decimal, list[Quantity]]:
    found: dict[Decimal, list[Quantity]] = {}
    for quantity in case.found.quantities:
        found.setdefault(quantity.number, []).append(quantity)
    return found


def _is_left(case: Case, quantity: Quantity, year: Span) -> bool:
    """Whether what last year is said to have left is what this year's budget has more than its spending."""
    left = (
        _follows(case, quantity, year)
        and _LEFT.search(quantity.name)
        and case.flat[year.end : year.end + 2].strip("年")[:1] in ("末", "底")
    )
    if not left or quantity.unit != "万元":
        return False
    own = [q for q in case.found.quantities if q.unit == "万元" and q.year == case.year and q.number > quantity.number]
    spent = [q.number for q in own if _SPENT.search(q.name)]
    given = {q.number for q in own if not _SPENT.search(q.name)}
    carried = (q for q in _by_value(case).get(quantity.number, ()) if _CARRIED.search(q.name))
    return next(carried, None) is None and any(each + quantity.number in given for each in spent)


_LEFT, _SPENT = pattern("结转|结余"), pattern("支出|决算|执行|支付")
_AT_END = pattern("年末|年底|期末|下年")
_LEAD = 12
_NEAR = 14  # characters between a year and its figure
_OF_ACCOUNTS = pattern(r"(?:本部门|本单位|我[局委办院])?(?P<y>20\d\d)年度(?!决算|预算)[^。;\d]{2,40}")
_COMPARED = pattern("比|较|增|减|上年|同期|结转|基期|变动")


def _accounts_of_last_year(case: Case) -> Iterator[Finding]:
    """A statement of the accounts that opens with last year and compares nothing: 「本部门2022年度无国有资本经营预算支出」."""
    if case.found.kind is not DocumentKind.ACCOUNTS:
        return
    for mention in case.found.years:
        start = mention.sentence.start
        match = _OF_ACCOUNTS.match(case.flat, start) if mention.span.start - start <= _OPENS else None
        if match is None or int(match["y"]) != case.year - 1:
            continue
        sentence = case.text(mention.sentence)
        if str(case.year) not in sentence and not _COMPARED.search(sentence):
            yield _wrong(case, match, f"这里写{match['y']}年度")


_OPENS = 5  # characters before the year that opens a sentence
