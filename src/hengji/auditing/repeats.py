"""R08: the same thing counted, paid for or scored twice, and differently."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.amounts import of_other_wholes, qualified
from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.slips import SWAPPED, digits_of, slip
from hengji.auditing.wording import pairs_of
from hengji.extracting.grid import Grid
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.units import dimension

_NO_COUNT = ("‰", "个百分点", "分", "年", "月", "日", "天", "")
_GENERIC = re.compile(
    r"(?:20\d\d年)?(?:全年|全区|全县|全市|本年|当年|年末|年内|实际|累计|共|已|新|完成|开展|实施|组织|落实|全部)|(?:实际|全年)?(?:完成|达到|执行|支出|发放)(?:值|数|情况)?$"
    r"|(?:人数|数量|总数|总量|个数|户数|次数|场次|规模|面积|里程|长度|服务|费用|经费|资金|支出|工作|项目|情况|数|量|的)$"
)
_GENERIC_END = re.compile(rf"(?:{_GENERIC.pattern})$")
_LEAST_NAME = 4  # characters of what is counted, once its edges are off
_LEAST_DIGITS = 3
_LEAST_MONEY = 4


_EDGE = re.compile(r"^[\d.、()\s]+|[\s\"“”]")


def _key(name: str) -> str:
    """A name without what may stand before or behind it and changes nothing: 「残疾儿童康复救助完成」, 「残疾儿童康复救助人数」."""
    bare = _EDGE.sub("", name)
    for _ in range(3):
        less = _GENERIC.sub("", bare, count=1) if _GENERIC.match(bare) else _GENERIC_END.sub("", bare)
        if less == bare:
            break
        bare = less
    return bare


def _comparable(case: Case, quantity: Quantity) -> bool:
    least = _LEAST_MONEY if dimension(quantity.unit) == "money" else _LEAST_DIGITS
    return (
        quantity.unit not in _NO_COUNT
        and quantity.about != "目标"
        and not quantity.item
        and not quantity.scope
        and not quantity.vague
        and quantity.year >= case.year
        and len(digits_of(quantity.value)) >= least
    )


def told_twice(case: Case) -> Iterator[Finding]:
    """R08: two values of one thing by its own name, apart by one slip of the pen: 「康复救助124人」 and 127 in the table."""
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        if _comparable(case, quantity):
            key = _key(quantity.name)
            if len(key) >= _LEAST_NAME:
                groups.setdefault((key, dimension(quantity.unit)), []).append(quantity)
    for mentions in groups.values():
        if len({q.number for q in mentions}) < len(("one", "other")):
            continue
        values = {q.number: q for q in mentions if not qualified(case, q) and not _aimed(case, q)}
        if len(values) != len(("one", "other")):
            continue
        one, other = sorted(values.values(), key=lambda q: (not q.table, q.span.start))
        if (other.table and one.table) or one.sentence == other.sentence or one.unit != other.unit:
            continue
        if (one.about and other.about and one.about != other.about) or one.year != other.year:
            continue
        if not _near(one, other) or of_other_wholes(case, one, other):
            continue
        message = f"“{other.name}”这里是{other.value}{other.unit}，另一处是{one.value}{one.unit}；同一份报告只用一个数"
        yield case.finding("R08", other.span, message, stated=other.value, recomputed=one.value, also=(one.span,))


def _near(one: Quantity, other: Quantity) -> bool:
    """Whether one slip makes one figure of the other, a ten or a hundred too many included."""
    gap = str(abs(one.number - other.number)).replace(".", "").strip("0")
    if digits_of(one.value).endswith("0") != digits_of(other.value).endswith("0"):
        return slip(other.value, one.value) == SWAPPED  # a round number is what was aimed at
    return bool(slip(other.value, one.value)) or gap == "1"


def _aimed(case: Case, quantity: Quantity) -> bool:
    around = case.flat[max(quantity.sentence.start, quantity.span.start - 16) : quantity.span.end + 2]
    paragraph = case.paragraph(quantity.span.start).start
    return (
        "目标" in case.flat[paragraph : min(paragraph + _SUBJECT, quantity.span.start)]
        or case.aimed_at(quantity.span.start)
        or re.search(r"目标|计划|年初|不[少低]于|任务|以上|应|拟|预计", around) is not None
    )


_SHORT = re.compile(
    r"(?:计划|目标|任务|应(?:完成|建)?)[\u4e00-\u9fff:]{0,6}?(?P<x>\d+)\s?(?P<u>[个座所处条户件项台套栋家口层公里]+)[\u4e00-\u9fff]{0,8}[,;]\s?(?:其中)?(?:年末|年底|全年)?(?:实际|仅|已|只)?(?:实际)?(?:完成|建成|完工|竣工|实施|验收|投用)(?:了)?\s?(?P<y>\d+)\s?(?P=u)"
)
_WHOLE_DONE = re.compile(
    r"(?:全部|全面|均已?|如期|全数|悉数)[^,。;\d]{0,6}?(?:建成|完成|完工|竣工|投用|投入使用|验收|实施|改造|交付)"
)


def fell_short(case: Case) -> Iterator[Finding]:
    """R08: 「6个示范村全部建成」, where another place has 「目标6个，实际建成5个」."""
    if not _WHOLE_DONE.search(case.flat):
        return
    for match in _SHORT.finditer(case.flat):
        if int(match["y"]) >= int(match["x"]):
            continue
        item = case.item_at(match.start())
        sentence = case.sentence(match.start())
        subject = case.flat[max(sentence.start, match.start() - _SUBJECT) : match.start()]
        subject = re.split(r"[;。,]", subject.rstrip(",;。:"))[-1] + (f" {item.name}" if item else "")
        pairs = _pairs(subject)
        for span, text in case.running:
            done = _WHOLE_DONE.search(text)
            if done is None or span == sentence or re.search(r"目标|计划|应当|争取|确保", text):
                continue
            counted = re.search(rf"(?<![\d.]){match['x']}\s?{match['u']}", text)
            if counted and sum(pair in text for pair in pairs) >= _SHARED:
                message = f"这里写{match['x']}{match['u']}已全部完成，另一处写计划{match['x']}{match['u']}、实际{match['y']}{match['u']}"
                low, high = min(counted.start(), done.start()), max(counted.end(), done.end())
                place = Span(span.start + low, span.start + high)
                yield case.finding(
                    "R08", place, message, stated=match["x"], recomputed=match["y"], also=(Span(*match.span()),)
                )
                break


_SUBJECT = 24
_SHARED = 2
_WORN = re.compile(r"完成|实际|目标|计划|建设|工作|项目|任务|数量|全年|情况")


_DONE = r"(?:(?:实际|仅|只|共|全年)[\u4e00-\u9fff]{0,4})?(?:完成|建成|完工|竣工|投用)(?:了)?\s?"


def done_twice(case: Case) -> Iterator[Finding]:
    """R08: 「计划完成14层……实际完成9层」, and 「全年仅完成8层」 elsewhere of the same."""
    for match in _SHORT.finditer(case.flat):
        item = case.item_at(match.start())
        sentence = case.sentence(match.start())
        pairs = _pairs(case.text(sentence) + (f" {item.name}" if item else ""))
        form = re.compile(rf"{_DONE}(?P<n>\d+)\s?{match['u']}(?![\u4e00-\u9fff]*目标)")
        for other in form.finditer(case.flat):
            count, short = int(other["n"]), int(match["x"]) - int(match["y"])
            if count in (int(match["x"]), int(match["y"]), short) or count >= int(match["x"]):
                continue  # what was left to do is finished later
            place = case.sentence(other.start())
            near = case.flat[max(case.paragraph(place.start).start, place.start - _SUBJECT) : place.end]
            if place != sentence and sum(pair in near for pair in pairs) >= _SHARED + 1:
                message = f"这里写{other[0]}，另一处写计划{match['x']}{match['u']}、实际{match['y']}{match['u']}"
                span = Span(other.start(), other.end())
                yield case.finding(
                    "R08", span, message, stated=other["n"], recomputed=match["y"], also=(Span(*match.span()),)
                )
                break


def _pairs(text: str) -> frozenset[str]:
    return pairs_of(_WORN.sub(" ", text))


_PLANNED_DONE = re.compile(
    r"(?:计划|目标|任务)(?P<noun>[\u4e00-\u9fff]{3,12}?)(?P<x>\d[\d,.]*)\s?(?P<u>[个座所处条户件项台套栋家公里亩人场期]+)[,;]\s?(?:其中)?(?:年末|年底|全年)?实际[\u4e00-\u9fff]{0,4}?(?:了)?\s?(?P<y>\d[\d,.]*)\s?(?P=u)"
)
_OF_MORE = re.compile(r"以来|累计|历年|上年|去年|上半年|季度|其中|另|新增|剩余|其余|共有|现有|下属|每")


def done_otherwise(case: Case) -> Iterator[Finding]:
    """R08: 「计划改造危桥4座，实际完成4座」, and 「全年改造危桥5座」 elsewhere."""
    for match in _PLANNED_DONE.finditer(case.flat) if "实际" in case.flat else ():
        known = {match["x"], match["y"]}
        sentence = case.sentence(match.start())
        for quantity in case.found.quantities:
            if quantity.unit != match["u"] or quantity.value in known or quantity.sentence == sentence:
                continue
            if not quantity.name.endswith(match["noun"]) or quantity.year != case.year or _aimed(case, quantity):
                continue
            lead = case.flat[max(quantity.sentence.start, quantity.span.start - _SUBJECT) : quantity.span.start]
            if not _OF_MORE.search(lead) and not qualified(case, quantity):
                message = (
                    f"这里写{match['noun']}{quantity.value}{quantity.unit}，另一处写实际完成{match['y']}{match['u']}"
                )
                yield case.finding("R08", quantity.span, message, stated=quantity.value, recomputed=match["y"])
                return


_NOTHING_LEFT = re.compile(
    r"(?:年末|期末|年底|本年度?|当年)(?:部门|单位|财政拨款|财政资金|预算资金|资金)*(?:均?无|没有|不存在|未产生|未形成)(?:财政拨款|财政|资金)?(?:结转结余|结转和结余|结余结转|结转|结余)(?:资金)?(?=[,。;])"
)
_LEAST_LEFT = 1  # 万元
_LEFT_NAMED = re.compile(r"(?:年末)?(?:财政拨款|部门|资金)*(?:结转结余|结转和结余|结余结转)(?:资金|数|金额|合计)?")


def _is_left(case: Case, quantity: Quantity) -> bool:
    """Whether a figure is what the whole year left at its end."""
    if quantity.table or quantity.year != case.year or dimension(quantity.unit) != "money" or quantity.about == "目标":
        return False
    clause = case.flat[max(quantity.sentence.start, quantity.span.start - _SUBJECT) : quantity.span.start]
    bare = quantity.item == "年末结转结余" and not quantity.scope
    return bare or ("年末" in clause and _LEFT_NAMED.fullmatch(quantity.name) is not None)


def nothing_left(case: Case) -> Iterator[Finding]:
    """R08: 「年末财政拨款无结转结余」, where another place tells what was left at the year's end."""
    match = _NOTHING_LEFT.search(case.flat) if "结" in case.flat else None
    left = [q for q in case.found.quantities if match is not None and _is_left(case, q)]
    if match is None or not left or any(q.number < _LEAST_LEFT for q in left):
        return
    if case.sentence(match.start()) != left[0].sentence:
        message = f"这里写“{match[0]}”，另一处写年末结转结余{left[0].value}{left[0].unit}"
        span = Span(match.start(), match.end())
        yield case.finding("R08", span, message, stated=match[0], recomputed=left[0].value, also=(left[0].span,))


_BEHIND = re.compile(
    r"(?P<n>\d(?<!\d\d)[\d,]*+(?:\.\d+)?+)\s?(?P<u>[个座所处条户件项台套栋家亩人名场期次份]{1,2})(?P<noun>[\u4e00-\u9fff]{2,8})"
)
_LEAST_SPREAD = 5  # characters of a name that is told round its number


def told_around(case: Case) -> Iterator[Finding]:
    """R08: 「处治隐患路段21处」, and 「处治的27处隐患路段」: the same name with its number in the middle."""
    by_unit: dict[str, dict[str, list[re.Match[str]]]] = {}
    for match in _BEHIND.finditer(case.flat):
        by_unit.setdefault(match["u"], {}).setdefault(match["noun"][:2], []).append(match)
    for quantity in case.found.quantities:
        behind = by_unit.get(quantity.unit)
        if not behind or quantity.unit in _NO_COUNT or quantity.table or quantity.year != case.year:
            continue
        name = _key(quantity.name)
        if len(name) < _LEAST_SPREAD:
            continue
        for cut in range(2, len(name) - 1):
            for match in behind.get(name[cut : cut + 2], ()):
                lead = case.flat[max(0, match.start() - cut - 1) : match.start()].rstrip("的了")
                alike = lead.endswith(name[:cut]) and match["noun"].startswith(name[cut:])
                if not alike or match["n"] == quantity.value:
                    continue
                if slip(match["n"], quantity.value) and not _aimed(case, quantity) and not qualified(case, quantity):
                    span = Span(match.start(), match.end())
                    message = f"这里写{match[0]}，另一处写{quantity.name}{quantity.value}{quantity.unit}"
                    yield case.finding("R08", span, message, stated=match["n"], recomputed=quantity.value)
                    return


_BELOW = r"(?:预算|事业|基层|独立核算)?单位"
# Each way begins with a word of its own, by which it is found quickly.
_UNITS = rf"(?:内设(?:机构|科室|股室|处室)|所属{_BELOW}|下属{_BELOW}|直属{_BELOW}|二级{_BELOW}|派出机构)"
_HAS = re.compile(rf"(?P<what>{_UNITS})(?:共|有|为|共有)?\s?(?P<n>\d+)\s?[个家]")
_SO_MANY_OF_THEM = re.compile(rf"[个家]\s?{_UNITS}")  # stands in each of these
_OF_THEM = re.compile(rf"(?P<n>\d\d*)\s?[个家]\s?(?P<what>{_UNITS})")


def more_than_there_are(case: Case) -> Iterator[Finding]:
    """R08: 「会同6个所属预算单位」, where the department has five of them."""
    forms = (_HAS, _OF_THEM) if _SO_MANY_OF_THEM.search(case.flat) else (_HAS,)
    there = [m for form in forms for m in form.finditer(case.flat)]
    first: dict[str, re.Match[str]] = {}
    for match in sorted(there, key=re.Match.start):
        known = first.setdefault(match["what"], match)
        if int(match["n"]) > int(known["n"]):
            span = Span(match.start(), match.end())
            message = f"这里写{match[0]}，前面写{known[0]}"
            yield case.finding(
                "R08", span, message, stated=match["n"], recomputed=known["n"], also=(Span(*known.span()),)
            )


_GRADED = re.compile(
    r"[\"“]?优秀?[\"”]?(?:等级|的)?\s?(?P<a>\d+)\s?个[、,]\s?[\"“]?良好?[\"”]?(?:等级|的)?\s?(?P<b>\d+)\s?个(?:[、,]\s?[\"“]?(?:中|合格|一般)[\"”]?(?:等级|的)?\s?(?P<c>\d+)\s?个)?(?:[、,]\s?[\"“]?(?:差|不合格)[\"”]?(?:等级|的)?\s?(?P<d>\d+)\s?个)?"
)
_PROJECTS = re.compile(r"(?P<n>\d+)\s?个(?:[\u4e00-\u9fff]{0,6}(?:项目|单位))")


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


_SCORE = re.compile(r"(?:自评|自查)?(?:得分|分数|评分|自评分)(?:\(分\))?")


def scored_twice(case: Case) -> Iterator[Finding]:
    """R08: an indicator scored in running text, and otherwise in a table that lists it again."""
    told = {
        re.sub(r"\W", "", item.name): item for item in case.found.items if not item.table and item.claimed is not None
    }
    for grid in case.grids if told else ():
        column = _score_column(grid)
        if column is None:
            continue
        for row in range(grid.rows):
            item = next((told[name] for text in grid.row(row) if (name := re.sub(r"\W", "", text)) in told), None)
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
