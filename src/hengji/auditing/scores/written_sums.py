"""R06 by a sum that is written out: a weight, points less what was lost, and what a leaf says it should have got."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.rescoring.readings import Reading
from hengji.auditing.scores.tree import tables
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_LITTLE = Fraction(11, 1000)


def points_less_lost(case: Case) -> Iterator[Finding]:
    """A row of points, points taken off and score that do not go together: 8 − 1.5 is not 7."""
    for grid in case.grids:
        columns: dict[str, int] = {}
        for row in range(grid.rows):
            texts = grid.row(row)
            kinds = {header_kind(text): column for column, text in reversed(list(enumerate(texts)))}
            if kinds.keys() >= set(_SUBTRACTED):
                columns = {kind: kinds[kind] for kind in _SUBTRACTED}
                continue
            values = [read_decimal(texts[column]) for column in columns.values()]
            if not columns or None in values:
                continue
            points, lost, score = (abs(value) for value in values if value is not None)
            moved = points + sum((Decimal(n) for n in _MOVED_IN.findall(" ".join(texts))), Decimal(0))
            if lost and score not in (points - lost, moved - lost) and lost < points:
                right = number(points - lost)
                message = f"分值{number(points)}分，扣{number(lost)}分，应得{right}分，得分写{number(score)}分"
                yield case.finding("R06", grid.row_span(row), message, stated=number(score), recomputed=right)


_MOVED_IN = pattern(r"(?:调|并|转|划|移)入\s?(\d{1,2}(?:\.\d+)?)\s?分")
_SUBTRACTED = ("points", "lost", "score")


_TAKEN_OFF = pattern(
    r"(?P<points>\d\d?(?:\.\d+)?)\s?分[,),;、]\s?扣(?:减|除)?\s?(?P<lost>\d{1,2}(?:\.\d+)?)\s?分[,;、]\s?(?:自评|实际|应)?(?:得分|得|计|实得)\s?(?P<got>\d{1,2}(?:\.\d+)?)\s?分"
)


def less_than_told(case: Case) -> Iterator[Finding]:
    """The same in running text: 「稳岗返还8分，扣1分，得6分」."""
    for match in _TAKEN_OFF.finditer(case.flat) if "扣" in case.flat else ():
        points, lost, got = (Fraction(match[name]) for name in ("points", "lost", "got"))
        item = case.item_at(match.start())
        own = item is not None and item.points is not None and Fraction(item.points) - lost == got
        if points - lost != got and lost < points and not own:
            right = number(points - lost)
            message = f"{number(points)}分扣{number(lost)}分，应得{right}分，得分写{number(got)}分"
            span = Span(match.start(), match.end())
            yield case.finding("R06", span, message, stated=number(got), recomputed=right)


_CONVERTED = pattern(
    r"(?:得分?|自评|评分|打分|(?<!\d)[,。:(])\s?(?P<raw>\d{2,3}(?:\.\d+)?)\s?分?[^。;]{0,14}?(?:(?:折算|折合|折计|换算|加权)[^。;\d]{0,8}|[×x*]\s?(?P<w>\d{1,2}(?:\.\d+)?)%\s?=\s?)(?P<n>\d{1,2}(?:\.\d+)?)\s?分"
)


_BESIDE = 14  # characters behind a name in which its weight stands


def weights_kept(case: Case) -> Iterator[Finding]:
    """A score of a hundred put to the leaf's weight: 「（权重9%）得分85分，折算8.10分」 is 7.65."""
    for item in case.found.items:
        if item.table or item.claimed is None or not item.points:
            continue
        match = _CONVERTED.search(case.flat, item.span.end, item.body.end)
        if match is None or Fraction(match["n"]) != Fraction(item.claimed) or Fraction(match["raw"]) < item.points:
            continue
        weighted = "权重" in case.flat[item.span.start : item.span.end + _BESIDE]
        if not weighted and (match["w"] is None or Fraction(match["w"]) != item.points):
            continue
        right = Fraction(match["raw"]) * Fraction(item.points) / 100
        if abs(right - Fraction(item.claimed)) * 20 <= 1:  # a twentieth of a point is rounding
            continue
        yield case.finding(
            "R06",
            Span(match.start(), match.end()),
            f"“{item.name}”得{match['raw']}分、权重{number(item.points)}%，折算应为{number(right)}分，写{match['n']}分",
            stated=match["n"],
            recomputed=number(right),
            item=item.name,
        )


_ROUNDED = Fraction(1, 100)


def weighted_in_tables(case: Case) -> Iterator[Finding]:
    """A weighted score of a table that is not score × weight."""
    for item in (item for items in tables(case) for item in items):
        raw, got = (item.claimed, item.weighted) if item.hundred is None else (item.hundred, item.claimed)
        if got is None or item.weight is None or raw is None or not item.points or item.doubtful:
            continue
        expected = Fraction(raw) * Fraction(item.weight) / 100
        if abs(expected - Fraction(got)) <= _ROUNDED:
            continue
        yield case.finding(
            "R06",
            item.quote,
            f"“{item.name}”得分{number(raw)} × 权重{number(item.weight)}%是{number(expected)}分，折算得分写{number(got)}分",
            stated=number(got),
            recomputed=number(expected),
            item=item.name,
        )


_LOST_HERE = pattern(
    r"(?<=[,;。:)])\s?(?:故|因此|应|共|合计)?扣(?:减|除|了)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分\s?(?=[,;。)]|$)"
)
_CONDITION = pattern(
    r"的$|者$|时$|[如若凡则]|[低高]于|超过|不足|以[上下内]|标准|扣至|不扣|免|最[多高]|可扣|上年|去年|加分"
)
_RULES = pattern(r"办法|标准|细则|规定|规则")
_CLAUSE_ENDS = ",;。:"


def less_than_taken_off(case: Case) -> Iterator[Finding]:
    """A leaf that tells one deduction and claims more than the rest: 「（5分）……1项没有量化，扣1分，得5分」."""
    for item in case.found.items if "扣" in case.flat else ():
        if item.claimed is None or item.table or item.doubtful or not item.points or item.not_applicable:
            continue
        if not _tells_itself(case, item):
            continue
        lost = [m for m in _LOST_HERE.finditer(case.flat, item.span.end, item.body.end) if _is_told(case, m.start())]
        if len(lost) != 1 or case.flat.count("分", item.span.end, item.body.end) > _SHORT_LEAF:
            continue
        told = reading_of(case, item)
        if told is not None and max(told.scores) < Fraction(item.claimed):
            continue  # told by its rule
        if item.claimed + Decimal(lost[0]["n"]) in {worth(case, item), *_out_of(case, item)}:
            continue  # points came to it from others
        right = item.points - Decimal(lost[0]["n"])
        full = right < item.claimed == item.points
        own = full or (right != item.claimed and _only_loss(case, item, told))
        if right > 0 and own and not shared(case, item, lost[0].start()):
            message = f"“{item.name}”分值{number(item.points)}分，写扣{lost[0]['n']}分，应得{number(right)}分，自评{number(item.claimed)}分"
            yield case.finding(
                "R06",
                case.leaf_passage(item),
                message,
                stated=number(item.claimed),
                recomputed=number(right),
                item=item.name,
            )


_MORE_TOLD = pattern(
    r"比例|系数|另|再扣|还扣|此外|同时|其中|平均|折算|得\s?\d+(?:\.\d+)?\s?分.*得\s?\d|计\s?\d|合计|共扣|调[入减增剂]|并入|移入|每|各[\d得扣计]|满分|加分|标准|规则|办法"
)


def _only_loss(case: Case, item: ScoredItem, told: Reading | None) -> bool:
    """Whether a leaf below full marks tells nothing else that could have cost points: 「（30分）得27分，……扣2分」."""
    words = case.text(Span(item.span.end, item.body.end))
    rule = told is not None and min(told.scores) <= Fraction(item.claimed or 0) <= max(told.scores)
    alone = words.count("扣") == 1 and words.count("分", words.find("扣")) <= _FEW_POINTS
    return alone and not rule and (item.claimed or 0) < (item.points or 0) and not _MORE_TOLD.search(words)


_FEW_POINTS = 2  # words with 分 from the deduction on
_OUT_OF = pattern(r"(?:满分|按|共|合计|计)\s?(?:为|是|:)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def _out_of(case: Case, item: ScoredItem) -> set[Decimal]:
    """What a leaf says it is scored out of, where it says too that points came to it: 「含调入1分，满分6分」."""
    told = case.text(Span(item.span.end, item.body.end))
    return {Decimal(m["n"]) for m in _OUT_OF.finditer(told)} if _CAME_TO_IT.search(told) else set()


_CAME_TO_IT = pattern(r"(?:调|并|转|划|移)(?:整)?(?:计)?[入增]|承接|接收")


def shared(case: Case, item: ScoredItem, place: int) -> bool:
    """Whether other leaves are told in the same words."""
    others = [i for i in case.found.items if i is not item and not i.table]
    opens = case.sentence(item.span.start).start
    return any(i.body.start <= place < i.body.end or opens <= i.span.start < place for i in others)


def _tells_itself(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf stands in one paragraph, or the leaf before it has words of its own too: else the paragraph is of several."""
    if item.body.end <= case.paragraph(item.span.start).end + 1:
        return True
    before = [i for i in case.found.items if not i.table and i.span.start < item.span.start]
    return not before or before[-1].body.end - before[-1].span.end > _OWN_WORDS


_OWN_WORDS = 30  # characters
_SHORT_LEAF = 14  # figures with points: a leaf with more was scored in parts


def _is_told(case: Case, place: int) -> bool:
    """Whether a deduction was made, and is not what the words before it would cost."""
    start = max(case.flat.rfind(mark, 0, place - 1) for mark in _CLAUSE_ENDS) + 1
    before = case.flat[start : place - 1]
    said = case.flat[case.sentence(place).start : place - 1]
    if _RULES.search(said) and not re.search(r"扣\s?\d", said):
        return False
    return not _CONDITION.search(before) and ("每" not in before or re.search(r"扣\s?\d", before) is not None)


_BY_PARTS = pattern(
    r"按(?:照)?[^,。;\d]{0,8}(?P<a>\d+)\s?[/÷]\s?(?P<b>\d+)[^,。;]{0,10}?(?:计|得|为|=)\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def counted_by_parts(case: Case) -> Iterator[Finding]:
    """A leaf that writes its division out, gets its result right and claims another one: 「自评5.45分。……按53/58计5.48分」."""
    for item in case.found.items if "按" in case.flat else ():
        points = worth(case, item)
        if item.claimed is None or item.table or item.doubtful or not points:
            continue
        for match in _BY_PARTS.finditer(case.flat, item.span.end, item.body.end):
            told, claimed = Fraction(match["n"]), Fraction(item.claimed)
            exact = Fraction(match["a"]) / Fraction(match["b"] or 1) * Fraction(points) if int(match["b"]) else told
            digits = len(number(claimed, 2).partition(".")[2])
            rounded = abs(claimed - told) * 2 * 10**digits <= 1
            if abs(exact - told) < _LITTLE and not rounded and told <= points:
                message = f"“{item.name}”写按{match['a']}/{match['b']}计{match['n']}分，自评{number(claimed)}分"
                place = case.leaf_passage(item)
                yield case.finding(
                    "R06", place, message, stated=number(claimed), recomputed=match["n"], item=item.name,
                    also=(Span(*match.span()),),
                )  # fmt: skip


_SHOULD = pattern(r"应(?:得|计)\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def scored_otherwise_than_told(case: Case) -> Iterator[Finding]:
    """A leaf whose own text says what it should have got, and that claims more: 「减少20分钟，应得8分」."""
    for item in case.found.items if "应" in case.flat else ():
        if item.claimed is None or item.table or item.doubtful:
            continue
        told = {Fraction(match["n"]) for match in _SHOULD.finditer(case.flat, item.span.end, item.body.end)}
        right = told.pop() if len(told) == 1 else None
        if right is not None and Fraction(item.claimed) > right + _LITTLE and right <= (item.points or 0):
            message = f"“{item.name}”写应得{number(right)}分，自评{number(item.claimed)}分"
            yield case.finding(
                "R06",
                case.leaf_passage(item),
                message,
                stated=number(item.claimed),
                recomputed=number(right),
                item=item.name,
            )
