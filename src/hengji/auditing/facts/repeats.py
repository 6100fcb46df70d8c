"""R08: what was left, how many of each grade and what was scored, told twice and differently."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.slips import swapped
from hengji.extracting.tables.grid import Grid
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_SUBJECT = 24
_NOTHING_LEFT = pattern(
    r"(?:年末|期末|年底|本年度?|当年)(?:部门|单位|财政拨款|财政资金|预算资金|资金)*(?:均?无|没有|不存在|未产生|未形成)(?:财政拨款|财政|资金)?(?:结转结余|结转和结余|结余结转|结转|结余)(?:资金)?(?=[,。;\t\n|]|$)"
)
_LEAST_LEFT = 1  # 万元
_LEFT_NAMED = pattern(r"(?:年末)?(?:财政拨款|部门|资金)*(?:结转结余|结转和结余|结余结转)(?:资金|数|金额|合计)?")


def _is_left(case: Case, quantity: Quantity) -> bool:
    """Whether a figure is what the whole year left at its end."""
    if quantity.table or quantity.year != case.year or dimension(quantity.unit) != "money" or quantity.about == "目标":
        return False
    clause = case.flat[max(quantity.sentence.start, quantity.span.start - _SUBJECT) : quantity.span.start]
    bare = quantity.item == "年末结转结余" and not quantity.scope
    return bare or ("年末" in clause and _LEFT_NAMED.fullmatch(quantity.name) is not None)


def nothing_left(case: Case) -> Iterator[Finding]:
    """R08: 「年末财政拨款无结转结余」, where another place tells what was left at the year's end."""
    told = _NOTHING_LEFT.finditer(case.flat) if "结" in case.flat else ()
    match = next((m for m in told if _of_this_year(case, m.start())), None)
    left = [q for q in case.found.quantities if match is not None and _is_left(case, q)]
    if match is None or not left or any(q.number < _LEAST_LEFT for q in left):
        return
    if case.sentence(match.start()) != left[0].sentence:
        message = f"这里写“{match[0]}”，另一处写年末结转结余{left[0].value}{left[0].unit}"
        span = Span(match.start(), match.end())
        yield case.finding("R08", span, message, stated=match[0], recomputed=left[0].value, also=(left[0].span,))


def _of_this_year(case: Case, at: int) -> bool:
    """Whether no other year stands before a word: 「2022年末无结转」 opens the year 2023."""
    year = _YEAR_BEFORE.search(case.flat, max(0, at - len("2022年度")), at)
    return year is None or int(year[1]) == case.year


_YEAR_BEFORE = pattern(r"(20\d\d)年?度?$")
_CARRIED = pattern(r"[^,。;\d]{0,24}(?:结转|结余)(?:到|至|下年|次年|(?:到|至)?20\d\d年)?|[^。;\d]{0,24}而结转")
_OTHER_RESTS = pattern("上年|年初|其中|累计|存量|历年|以前|收回|结转结余率")


def left_otherwise(case: Case) -> Iterator[Finding]:
    """R08: 「104.00万元结转到2024年」, where budget and spending leave 140.00万元: two digits of the rest changed places."""
    left = [q for q in case.quantities("年末结转结余") if dimension(q.unit) == "money" and not q.table]
    if len({q.number for q in left}) != 1:
        return
    told = {q.number for q in case.found.quantities if dimension(q.unit) == "money"}
    for quantity in case.found.quantities:
        if quantity.unit != left[0].unit or quantity.number == left[0].number or quantity.table:
            continue
        if not swapped(quantity.value, left[0].value) or quantity.sentence == left[0].sentence:
            continue
        behind = _CARRIED.match(case.flat, quantity.span.end)
        made = any(whole - left[0].number in told for whole in told if whole > left[0].number)
        if behind is None or not made or _OTHER_RESTS.search(case.text(quantity.sentence)):
            continue
        message = f"结转的资金这里是{quantity.value}万元，另一处是{left[0].value}万元，两个数字前后颠倒"
        yield case.finding(
            "R08", quantity.span, message, stated=quantity.value, recomputed=left[0].value, also=(left[0].span,)
        )
        return


_GRADED = pattern(
    r"[\"“]?优秀?[\"”]?(?:等级|的)?\s?(?P<a>\d+)\s?个[、,]\s?[\"“]?良好?[\"”]?(?:等级|的)?\s?(?P<b>\d+)\s?个(?:[、,]\s?[\"“]?(?:中|合格|一般)[\"”]?(?:等级|的)?\s?(?P<c>\d+)\s?个)?(?:[、,]\s?[\"“]?(?:差|不合格)[\"”]?(?:等级|的)?\s?(?P<d>\d+)\s?个)?"
)
_PROJECTS = pattern(r"(?P<n>\d+)\s?个(?:[\u4e00-\u9fff]{0,6}(?:项目|单位))")


def grades_make_whole(case: Case) -> Iterator[Finding]:
    """R08: 「12个项目开展绩效自评……“优”10个、“良”3个」."""
    for match in _GRADED.finditer(case.flat):
        total = sum(int(each) for each in match.groups() if each)
        paragraph = case.paragraph(match.start())
        told = [int(m["n"]) for m in _PROJECTS.finditer(case.flat, paragraph.start, match.start())]
        if told and total not in told:
            message = f"各等级合计{total}个，前面写{told[-1]}个"
            yield case.finding(
                "R08", Span(match.start(), match.end()), message, stated=str(total), recomputed=str(told[-1])
            )


_SCORE = pattern(r"(?:自评|自查)?(?:得分|分数|评分|自评分)(?:\(分\))?")


_NO_WORD = pattern(r"\W")


def scored_twice(case: Case) -> Iterator[Finding]:
    """R08: an indicator scored in running text, and otherwise in a table that lists it again."""
    told = {
        _NO_WORD.sub("", item.name): item for item in case.found.items if not item.table and item.claimed is not None
    }
    for grid in case.grids if told else ():
        column = _score_column(grid)
        if column is None:
            continue
        for row in range(grid.rows):
            item = next((told[name] for text in grid.row(row) if (name := _NO_WORD.sub("", text)) in told), None)
            score = read_decimal(grid.text(row, column))
            if item is not None and score is not None and _apart(item, score):
                message = (
                    f"“{item.name}”这里写{number(Fraction(item.claimed or 0))}分，附表写{number(Fraction(score))}分"
                )
                yield case.finding(
                    "R08",
                    case.leaf_span(item),
                    message,
                    stated=str(item.claimed),
                    recomputed=str(score),
                    item=item.name,
                )


def _apart(item: ScoredItem, score: object) -> bool:
    return item.claimed is not None and item.claimed != score and not item.not_applicable and item.weighted is None


def _score_column(grid: Grid) -> int | None:
    for row in range(min(grid.rows, 3)):
        header = grid.row(row)
        found = [column for column, text in enumerate(header) if _SCORE.fullmatch(text)]
        if found and any(re.search(r"分值|满分|权重|标准分", text) for text in header):
            return found[-1]
    return None


_IN_WORDS = pattern(r"(?:自评得分|自评|得分|[仅只]?得)(?:为|是|:)?\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分(?!值)")
_NAMED = pattern(r"[\u4e00-\u9fff]{4,20}$")


def scored_in_words(case: Case) -> Iterator[Finding]:
    """R08: 「支出完成率自评7.8分」 in the text, where the table of scores, or the leaf itself, has 7.6."""
    tabled: dict[str, list[ScoredItem]] = {}
    for item in case.found.items:
        if item.claimed is not None and not item.doubtful:
            tabled.setdefault(_NO_WORD.sub("", item.name), []).append(item)
    for match in _IN_WORDS.finditer(case.flat) if tabled else ():
        named = _NAMED.search(
            case.flat[max(0, match.start() - 24) : match.start()].replace('"', "").removesuffix("指标")
        )
        name = named[0] if named is not None else ""
        items = next((tabled[name[cut:]] for cut in range(len(name) - 3) if name[cut:] in tabled), [])
        score = read_decimal(match["n"])
        if len(items) != 1 or score is None or case.in_table(match.start()) or not _apart(items[0], score):
            continue
        if not items[0].table and (case.item_at(match.start()) is not None or _before_leaf(case, match.start())):
            continue  # in a leaf its parts are scored too
        item, span = items[0], Span(match.start() - len(items[0].name), match.end())
        there = "评分表" if item.table else "该指标自己"
        message = f"“{item.name}”这里写{match['n']}分，{there}写{number(Fraction(item.claimed or 0))}分"
        yield case.finding("R08", span, message, stated=match["n"], recomputed=str(item.claimed), item=item.name)


def _before_leaf(case: Case, position: int) -> bool:
    """Whether a place stands in the heading of a leaf or right before its score."""
    end = case.paragraph(position).end
    return any(position <= item.span.end and item.span.start <= end for item in case.found.items if not item.table)
