"""R02: no score is beyond its points, and no points move unsaid."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.moved_points import givers_of, tells_its_worth, worth
from hengji.auditing.numbers import number
from hengji.auditing.scores.passages import told_passage
from hengji.auditing.scores.tree import children
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern


def within_points(case: Case) -> Iterator[Finding]:
    """R02: a score lies between 0 and the printed points; documented moved points make it a note."""
    for item in case.found.items:
        if item.claimed is not None and item.claimed < 0:
            message = f"“{item.name}”自评{number(item.claimed)}分，得分不能小于0"
            yield case.finding(
                "R02", case.leaf_span(item), message, stated=number(item.claimed), recomputed="0", item=item.name
            )
        if item.points is None or item.claimed is None or item.claimed <= item.points or item.doubtful:
            continue
        if item.claimed <= (worth(case, item) or item.points) and tells_its_worth(case, item):
            continue  # after points were moved to it, which the report tells of it
        if _of_another(case, item):
            continue
        givers = givers_of(case, item)
        givers = givers or [other for other in case.not_assessed if not other.receiver and _moves(case, other)]
        moved = sum((giver.moved or giver.points or Decimal(0) for giver in givers), Decimal(0))
        unread = not givers or item.claimed > item.points + moved
        if unread and _took_in(case.text(item.body), item.points, item.claimed):
            continue  # from an indicator that was not read, or not all of it
        if item.table and _adds_up(case.text(item.body), item.points, item.claimed):
            continue  # 「4+3」: the row tells what came to its points
        if givers and item.claimed <= item.points + moved:
            argued = told_passage(case, item)
            own = case.text(case.paragraph(argued.start)) if argued is not None else case.text(item.body)
            if _TAKEN_IN.search(own) or (item.table and _told_of(case, item, item.points + moved)):
                continue  # the indicator itself says so, or the text that argues for its row
            names = "、".join(f"“{giver.name}”" for giver in givers)
            yield case.finding(
                "R02",
                case.leaf_span(item),
                f"“{item.name}”自评{number(item.claimed)}分，标题只写{number(item.points)}分；加上{names}调入的{number(moved)}分才成立，请在本项写明",
                severity=Severity.INFO,
                stated=number(item.claimed),
                recomputed=number(item.points + moved),
                item=item.name,
            )
            continue
        yield case.finding(
            "R02",
            told_passage(case, item) or case.leaf_span(item),
            f"“{item.name}”自评{number(item.claimed)}分，超过分值{number(item.points)}分",
            stated=number(item.claimed),
            recomputed=number(item.points),
            item=item.name,
        )


def _of_another(case: Case, item: ScoredItem) -> bool:
    """Whether a score stands in a paragraph that another name opens: 「公众满意度得8.5分」 below a list that ends with other leaves."""
    paragraph = case.paragraph(item.quote.start)
    if item.table or paragraph.start <= item.span.start < paragraph.end:
        return False
    lead = case.flat[paragraph.start : item.quote.start].strip()
    return _A_NAME.fullmatch(lead) is not None and lead not in item.name


_A_NAME = pattern(r"(?!自评|本项|该项|评价|综合|合计)[\u4e00-\u9fff\"]{4,16}")
_TAKEN_IN = pattern(
    r"(?:调入|并入|转入|划入|移入|承接|接收|加上|含|(?:调整|计|纳)[至到入](?:本|该)(?:项|指标))[^。]{0,40}\d\s?分|\d\s?分[^。]{0,20}(?:调|并|转|划|移)[整]?[入至到]"
    r"|(?:调整|调增|调入|承接|接收)后[^。;]{0,12}\d\s?分"
)


def _took_in(own: str, points: Decimal, claimed: Decimal) -> bool:
    """Whether a leaf's own words tell of points that came to it, so many as its score needs."""
    told = [Decimal(n) for match in _TAKEN_IN.finditer(own) for n in _OF_POINTS.findall(match[0])]
    return any(max(n, points + n) >= claimed for n in told)


_OF_POINTS = pattern(r"(?<![\d.])(\d{1,2}(?:\.\d+)?)\s?分")


def _told_of(case: Case, item: ScoredItem, worth: Decimal) -> bool:
    """Whether a sentence of running text says that a row took in points, and how many it has by that: 「并入预算执行率，该项按10分计」."""
    made = re.compile(rf"(?<![\d.]){re.escape(number(worth))}\s?分")
    if any(item.name in text and _TAKEN_IN.search(text) and made.search(text) for _, text in case.running):
        return True
    came = worth - (item.points or Decimal(0))
    headed = (case.text(span) for span in case.found.paragraphs if item.name in case.text(span)[:_HEADED])
    return any(_took_in(text, came, worth) for text in headed)  # 「1.资金执行率：…本项得9.66分；另承接“…”5分」


_HEADED = 40  # characters in which a paragraph names the row that it argues for


_ADDED = pattern(r"(?<![\d.])(\d{1,2}(?:\.\d+)?)\s?分?\+\s?(\d{1,2}(?:\.\d+)?)(?![\d.%])")


def _adds_up(row: str, points: Decimal, claimed: Decimal) -> bool:
    """Whether a row writes out a sum of its points and what was moved to them, which its score does not go beyond."""
    return any(Decimal(m[1]) == points and Decimal(m[1]) + Decimal(m[2]) >= claimed for m in _ADDED.finditer(row))


_OF_MOST = pattern(r"分[(](?:满分|分值|权重|标准分)(?P<most>\d{1,3}(?:\.\d+)?)分[)]")
_GOT = pattern(r"得?(?P<n>\d{1,3}(?:\.\d+)?)$")
_NAMED = pattern(r"(?P<name>[\u4e00-\u9fff\d]{2,14}?)(?:自评)?得?$")
_LONGEST = 16  # characters of a name with 自评 behind it
_MOVES = pattern(r"(?:调整?|移|转|并|计|划|加|剂)(?:至|到|入|给)")


def _moves(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf that is not assessed says that its points went elsewhere, to a place that names no leaf."""
    return _MOVES.search(item.reason or case.text(item.body)) is not None


def groups_within_points(case: Case) -> Iterator[Finding]:
    """R02 of a group: 「（四）效益（20分，自评21分）」, unless points were moved in."""
    if case.not_assessed:
        return

    def over(item: ScoredItem) -> bool:
        return item.points is not None and item.claimed is not None and item.claimed > item.points

    for group in case.found.groups:
        if group.points is None or group.claimed is None or group.claimed <= group.points or group.section is None:
            continue
        leaves = children(case, group)[1]
        if any(over(item) for item in leaves):
            continue  # told of the leaf
        if group.claimed <= sum((item.points or Decimal(0) for item in leaves), Decimal(0)):
            continue  # its points are misprinted, which R01 tells
        if _adds_up(case.text(case.sentence(group.span.start)), group.points, group.claimed):
            continue
        if re.search(r"加分|调入|承接", case.text(case.sentence(group.span.start))) or group.claimed > group.points * 2:
            continue
        message = f"“{group.name}”自评{number(group.claimed)}分，超过分值{number(group.points)}分"
        yield case.finding("R02", group.span, message, stated=number(group.claimed), recomputed=number(group.points))


def told_beyond_points(case: Case) -> Iterator[Finding]:
    """R02 in a sentence: 「年度目标3得21分（满分20分）」, 「过程类指标35分，自评得分35.5分」."""
    for match in _OF_MOST.finditer(case.flat):
        got = _GOT.search(case.flat, max(0, match.start() - _LONGEST), match.start())
        if got is None:
            continue
        claimed, most = Decimal(got["n"]), Decimal(match["most"])
        named = _NAMED.search(case.flat, max(0, got.start() - _LONGEST), got.start()) if claimed > most else None
        if named is not None:
            yield _told_beyond(case, named["name"], claimed, most, Span(named.start(), match.end()))
    yield from _got_beyond(case)


def _got_beyond(case: Case) -> Iterator[Finding]:
    known: list[Span] | None = None
    for match in _WORTH_AND_GOT.finditer(case.flat):
        claimed, most = Decimal(match["n"]), Decimal(match["most"])
        named = (
            _NAMED_BEFORE.search(case.flat, max(0, match.start() - _LONGEST), match.start()) if claimed > most else None
        )
        if named is None or named["name"].endswith(("得", "扣", "计", "加")):
            continue  # its first number is a score itself: 「监控3分得2分、自评3分」
        if claimed > most * 2 or _OTHERWISE.search(case.text(case.sentence(match.start()))):
            continue
        known = known or [i.span for i in case.found.items] + [g.span for g in case.found.groups if g.claimed]
        span = Span(named.start(), match.end())
        if not any(each.start < span.end and span.start < each.end for each in known):
            yield _told_beyond(case, named["name"], claimed, most, span)


_WORTH_AND_GOT = pattern(
    r"(?P<most>\d(?<![\d.].)\d?(?:\.\d+)?)\s?分\)?[,;、:(](?:实际|本项)?(?:自评得分|自评|实得|得分|得)(?:为|:)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分(?!制)"
)
_NAMED_BEFORE = pattern(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?)(?<!以[上下内外])(?<!不[含满足到])(?<!之[间内])(?:[(,:]?(?:满分|分值|共|权重)?(?:为|:)?)$"
)
_OTHERWISE = pattern(r"[调并转划移]入|承接|加分|含|每|标准|扣完|折算|权重")


def _told_beyond(case: Case, name: str, claimed: Decimal, most: Decimal, span: Span) -> Finding:
    message = f"“{name}”得{number(claimed)}分，超过满分{number(most)}分"
    return case.finding("R02", span, message, stated=number(claimed), recomputed=number(most))
