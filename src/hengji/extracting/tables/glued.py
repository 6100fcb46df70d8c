"""Rows whose digits run together, resolved by the sums of their table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.passages import Passage
from hengji.extracting.tables.grid import squeezed
from hengji.extracting.tables.line_tokens import LONGEST
from hengji.model.extraction import Quantity, ScoredItem, Span, Stated
from hengji.model.patterns import pattern

_GLUED_TOTAL = pattern(
    r"^(?:总分|合计|总计|自评总分(?:\(分\))?)[::]?(?P<digits>\d{2,6}(?:\.\d{1,2})?)(?P<grade>优秀?|良好?|中等?|差)?$"
)
_GLUED = pattern(
    r"^(?P<name>[\u4e00-\u9fff、“”\"()]{2,30}?)(?P<points>\d{1,2})(?P<target>[≥≤=><定].*?[^\d.]|\d.*?[%\u4e00-\u9fff])(?P<score>\d{1,2}(?:\.\d{1,2})?)$"
)
_GLUED_TAIL = pattern(
    r"^(?:指标\d+:)?(?P<name>[\u4e00-\u9fff、“”\"()]{2,30}?)(?P<target>[≥≤=><定\d].*?[%\u4e00-\u9fff])(?P<tail>\d{2,6}(?:\.\d{1,2})?)(?P<rest>[\u4e00-\u9fff]{0,4})$"
)
_GLUED_MONEY = pattern(
    r"^(?P<label>[\u4e00-\u9fff:、()]{0,20}?)(?P<digits>\d{6,24}(?:\.\d+)?)%(?P<score>\d{1,3}(?:\.\d+)?)$"
)


@dataclass(frozen=True, slots=True)
class LineScores:
    """What tables without borders say of scores."""

    items: tuple[ScoredItem, ...] = ()
    total: Stated | None = None
    doubts: tuple[str, ...] = ()
    amounts: tuple[tuple[str, str, Span], ...] = ()  # of lines of money: name, number and unit, place


def _checked(items: tuple[ScoredItem, ...], total: Stated | None) -> LineScores:
    """Marks every item doubtful where the sum is not the total."""
    if not items or total is None:
        return LineScores(items, total)
    summed = sum((item.claimed or Decimal(0) for item in items), Decimal(0))
    if summed == Decimal(total.value):
        return LineScores(items, total)
    doubt = f"表格成了文字，逐项得分之和{summed}与总分{total.value}不同，可能有单元格没有认出"
    return LineScores(tuple(replace(item, doubtful=True) for item in items), total, (doubt,))


def glued_scores(lines: Sequence[Passage]) -> LineScores:
    """Lines whose cells run together: 「安装水标尺10≥266米≥266米10」, 「总分100100」, 「202010100.00%10」.

    Names that stand on lines of their own wait for the figures that follow (rows out of order).
    """
    items: list[ScoredItem] = []
    total: Stated | None = None
    waiting: list[tuple[str, Passage]] = []
    amounts: list[tuple[str, str, Span]] = []
    unit = ""
    for line in lines:
        text = squeezed(line.text)
        unit = unit or next((u for u in ("万元", "元") if f"({u})" in text), "")
        amounts.extend(
            (name, f"{value}{unit}", line.whole) for name, value in _glued_money(text) if unit and len(text) < LONGEST
        )
        ended = _GLUED_TOTAL.match(text) if len(text) <= LONGEST + 20 else None
        if ended is not None:
            halves = _halves(ended["digits"])
            total = Stated(str(halves[1] if halves else Decimal(ended["digits"])), line.whole)
            continue
        if len(text) > LONGEST * 2:
            continue
        bare = _BARE_ROW.match(text)
        if bare is not None and waiting:
            name, _ = waiting.pop(0)
            item = _glued_row(line, name, text)
        else:
            item = _glued_item(line, text)
        if item is not None:
            items.append(item)
        elif items and _BARE_NAME.fullmatch(text):
            waiting.append((text, line))
    if len(items) < 3:
        return LineScores()
    return replace(_checked(tuple(items), total), amounts=tuple(amounts))


_OF_MONEY = pattern(
    r"^(?:其中:)?(?P<name>[\u4e00-\u9fff]{2,14}(?:资金|总额|拨款|支出)):?(?P<digits>\d{2,14})(?:(?P<rate>\d{1,3}\.\d+)%.*)?$"
)


def _glued_money(text: str) -> Iterator[tuple[str, str]]:
    """Budget and spending of a line of money: 「中央财政资金280280」, 「年度资金总额35035010100.00%10」."""
    match = _OF_MONEY.match(text)
    if match is None:
        return
    digits = match["digits"]
    if "%" not in text and len(digits) % 2 == 0 and digits[: len(digits) // 2] == digits[len(digits) // 2 :]:
        yield match["name"], digits[: len(digits) // 2]
        return
    whole = _GLUED_MONEY.match(text)
    pair = _money_pair(whole["digits"], Decimal(whole["score"])) if whole is not None else None
    for value in pair[:2] if pair is not None else ():
        yield match["name"], value


_BARE_NAME = pattern(r"[\u4e00-\u9fff、“”\"]{3,24}")
_BARE_ROW = pattern(r"\d{1,2}(?:[≥≤=><═]|2)?\d")
_SIGN = r"(?:≥|≤|=|═|>|<|2)?"
_FIRST_POINTS = pattern(
    rf"(?P<points>[1-9]\d?)(?P<target>{_SIGN}\d+(?:\.\d+)?(?P<unit>[%\u4e00-\u9fff㎡‰/·]{{1,6}}?))(?P<actual>{_SIGN}\d+(?:\.\d+)?(?P=unit))(?P<score>\d{{1,2}}(?:\.\d{{1,2}})?)(?P<remark>[\u4e00-\u9fff].*)?"
)


def _glued_row(line: Passage, name: str, figures: str) -> ScoredItem | None:
    """A row whose points stand first: of the readings that fit, the one whose score is nearest below its points."""
    best: tuple[Decimal, re.Match[str]] | None = None
    for length in (2, 1):
        points = figures[:length]
        if len(points) < length or not points.isdigit():
            continue
        match = re.fullmatch(_FIRST_POINTS.pattern.replace(r"[1-9]\d?", re.escape(points)), figures)
        if match is None or Decimal(match["score"]) > Decimal(points) or re.match(r"[≥≤=═><]?0\d", match["target"]):
            continue
        gap = Decimal(points) - Decimal(match["score"])
        if best is None or gap < best[0]:
            best = (gap, match)
    if best is None:
        return None
    match = best[1]
    target, actual = _unread(match["target"]), _unread(match["actual"])
    if match["target"][0] != "2" and actual != match["actual"]:
        actual = match["actual"]
    item = _of_line(line, name, Decimal(match["points"]), Decimal(match["score"]))
    return replace(item, target=target, actual=actual.lstrip("≥≤=═><"), remark=match["remark"] or "", has_remark=True)


def _unread(value: str) -> str:
    """A target whose ≥ was read as 2 (「290%」) with its sign again; any other as it is."""
    match = re.fullmatch(r"2(\d{1,4}(?:\.\d+)?)(\D+)", value)
    return f"≥{match[1]}{match[2]}" if match is not None else value


_NAME_THEN = pattern(
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff、“”\"()]*?[\u4e00-\u9fff)”\"])(?P<figures>[1-9]\d?(?:[≥≤=><═]|\d).*)"
)


def _glued_item(line: Passage, text: str) -> ScoredItem | None:
    money = _GLUED_MONEY.match(text)
    if money is not None:
        points = _money_points(money["digits"], Decimal(money["score"]))
        if points is not None:
            return _of_line(line, "预算执行率", points, Decimal(money["score"]))
    split = _NAME_THEN.fullmatch(_GROUPED.sub("", text))
    row = _glued_row(line, split["name"], split["figures"]) if split is not None else None
    if row is not None:
        return row
    first = _GLUED.match(text)
    if first is not None and Decimal(first["score"]) <= Decimal(first["points"]):
        return _of_line(line, first["name"], Decimal(first["points"]), Decimal(first["score"]))
    tail = _GLUED_TAIL.match(text)
    halves = _halves(tail["tail"]) if tail is not None else None
    if tail is not None and halves is not None:
        return _of_line(line, tail["name"], *halves)
    return None


_GROUPED = pattern(r"^[\u4e00-\u9fff]{2,6}指标\(\d{1,3}分\)")  # 「产出指标(50分)」 before its first row


def glued_figures(lines: LineScores, year: int) -> tuple[Quantity, ...]:
    """What rows whose digits run together say was achieved; read as they stand their figures mean nothing."""
    found: list[Quantity] = []
    for item in lines.items:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)(\D+)", item.actual)
        if match is not None and item.target:
            name = f"{item.name}实际完成值"
            found.append(Quantity(name, match[1], Decimal(match[1]), match[2], year, item.span, item.span, table=True))
    for name, value, span in lines.amounts:
        number = re.sub(r"\D+$", "", value)
        found.append(Quantity(name, number, Decimal(number), value[len(number) :], year, span, span, table=True))
    return tuple(found)


def _halves(digits: str) -> tuple[Decimal, Decimal] | None:
    """Points and score out of glued digits: 「1010」, 「109.5」, 「100100」; equal halves first, then the score below the points."""
    whole, dot, rest = digits.partition(".")
    if not dot and len(digits) % 2 == 0 and digits[: len(digits) // 2] == digits[len(digits) // 2 :]:
        half = Decimal(digits[: len(digits) // 2])
        return half, half
    for cut in range(len(whole) - 1, 0, -1):
        points, score = whole[:cut], whole[cut:] + dot + rest
        if score.startswith("0") and score != "0" and not score.startswith("0."):
            continue
        if Decimal(score) <= Decimal(points) <= 100:
            return Decimal(points), Decimal(score)
    return None


def _money_points(digits: str, score: Decimal) -> Decimal | None:
    """The points in 「20 20 10 100.00」 glued: the one cut at which spending ÷ budget is the rate."""
    pair = _money_pair(digits, score)
    return Decimal(pair[2]) if pair is not None else None


def _money_pair(digits: str, score: Decimal) -> tuple[str, str, str] | None:
    """Budget, spending and points of such digits."""
    for rate_at in range(len(digits) - 1, 3, -1):
        rate = digits[rate_at:]
        if rate.startswith("0") or Decimal(rate) > 200:
            continue
        for worth in ("10", "20", "15", "5", "30"):
            rest = digits[:rate_at]
            if not rest.endswith(worth) or Decimal(worth) < score:
                continue
            pair = rest[: -len(worth)]
            for cut in range(1, len(pair)):
                if _is_rate(pair, cut, Decimal(rate)):
                    return pair[:cut], pair[cut:], worth
    return None


def _is_rate(pair: str, cut: int, rate: Decimal) -> bool:
    budget, spent = pair[:cut], pair[cut:]
    if not budget or not spent or "." in pair or Decimal(budget) == 0 or spent.startswith("0"):
        return False
    return abs(Decimal(spent) / Decimal(budget) * 100 - rate) < Decimal("0.01")


_LEADING = pattern(
    r"^(?:(?:产出|效益|满意度|成本|投入|过程|管理|效果)指标|(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|满意度)指标)+(?=.{2})"
)


def _of_line(line: Passage, name: str, points: Decimal, score: Decimal) -> ScoredItem:
    plain = _LEADING.sub("", name.strip('"“”、()'))
    whole = line.whole
    return ScoredItem(plain, (), points, score, whole, whole, whole, table=True)
