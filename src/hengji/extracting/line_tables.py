"""Score tables that reached text as lines: one cell a line, cells between bars or blanks, or digits glued together.

What the sums of the table decide is decided by them; where no reading adds up the item is marked doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.grid import cell_number, squeezed
from hengji.extracting.passages import Passage
from hengji.extracting.score_tables import header_kind
from hengji.model.extraction import ScoredItem, Span, Stated

_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_TOTAL = re.compile(r"(?:总分|合计|总计|自评总分|总得分|自评得分合计)(?:\(分\))?[::]?")
_GLUED_TOTAL = re.compile(r"^(?:总分|合计|总计|自评总分(?:\(分\))?)[::]?(?P<digits>\d{2,6}(?:\.\d{1,2})?)$")
_GLUED = re.compile(
    r"^(?P<name>[\u4e00-\u9fff、“”\"()]{2,30}?)(?P<points>\d{1,2})(?P<target>[≥≤=><定].*?[^\d.]|\d.*?[%\u4e00-\u9fff])(?P<score>\d{1,2}(?:\.\d{1,2})?)$"
)
_GLUED_TAIL = re.compile(
    r"^(?:指标\d+:)?(?P<name>[\u4e00-\u9fff、“”\"()]{2,30}?)(?P<target>[≥≤=><定\d].*?[%\u4e00-\u9fff])(?P<tail>\d{2,6}(?:\.\d{1,2})?)(?P<rest>[\u4e00-\u9fff]{0,4})$"
)
_GLUED_MONEY = re.compile(
    r"^(?P<label>[\u4e00-\u9fff:、()]{0,20}?)(?P<digits>\d{6,24}(?:\.\d+)?)%(?P<score>\d{1,3}(?:\.\d+)?)$"
)
_MONEY = re.compile(r"资金总额|年度资金|预算执行|资金执行")
_LEVELS = re.compile(
    r"(?:产出|效益|满意度|过程|投入|成本|履职|管理)(?:指标)?|(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度)(?:指标)?"
)
_HEAD_WINDOW = 16
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Token:
    """One cell of a table that lost its borders."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineScores:
    """What tables without borders say of scores."""

    items: tuple[ScoredItem, ...] = ()
    total: Stated | None = None
    doubts: tuple[str, ...] = ()


def line_tables(passages: Sequence[Passage]) -> LineScores:
    """The scores of a table whose cells stand in lines of text; nothing where no header of one is found."""
    lines = [passage for passage in passages if passage.cell is None]
    glued = _glued(lines)
    if glued.items:
        return glued
    tokens = list(_tokens(lines))
    found: list[ScoredItem] = []
    total: Stated | None = None
    position = 0
    while position < len(tokens):
        header = _header(tokens, position)
        if header is None:
            position += 1
            continue
        kinds, position = header
        items, ended, position = _body(tokens, position, kinds)
        found.extend(items)
        total = total or ended
    return _checked(tuple(found), total)


def _tokens(lines: Sequence[Passage]) -> Iterator[Token]:
    for line in lines:
        text = line.flat
        if len(text) > 400:
            yield Token("", line.span(0, 1))
            continue
        cells = re.finditer(r"[^|\t]+", text) if "|" in text or "\t" in text else re.finditer(r"\S+", text)
        for match in cells:
            word = squeezed(match[0])
            if word:
                yield Token(word, line.span(match.start(), match.end()))


def _header(tokens: Sequence[Token], start: int) -> tuple[tuple[str, ...], int] | None:
    """The kinds of a run of header cells that holds both points and score, and where it ends."""
    if not header_kind(tokens[start].text):
        return None
    kinds: list[str] = []
    position = start
    while position < len(tokens) and position - start < _HEAD_WINDOW:
        kind = header_kind(tokens[position].text)
        if not kind:
            break
        kinds.append(kind)
        position += 1
    scored = "score" in kinds and ("points" in kinds or "weight" in kinds)
    return (tuple(kinds), position) if scored and len(kinds) >= 3 else None


def _body(tokens: Sequence[Token], start: int, kinds: tuple[str, ...]) -> tuple[list[ScoredItem], Stated | None, int]:
    """The rows from here to the total row, the next header or a paragraph."""
    worth = kinds.index("points") if "points" in kinds else kinds.index("weight")
    apart = kinds.index("score") - worth
    money = "budget" in kinds or "spent" in kinds
    items: list[ScoredItem] = []
    pending: list[Token] = []
    position = start
    while position < len(tokens):
        token = tokens[position]
        if _TOTAL.fullmatch(token.text) and not money:
            total, position = _total(tokens, position + 1)
            return items, total, position
        if len(token.text) > _LONGEST or (position > start and _header(tokens, position) is not None):
            return items, None, position
        pending.append(token)
        position += 1
        item = _row(pending, tokens[position : position + 1], apart, money=money)
        if item is not None:
            items.append(item)
            pending = []
            if money:
                return items, None, position
    return items, None, position


def _total(tokens: Sequence[Token], position: int) -> tuple[Stated | None, int]:
    numbers: list[Token] = []
    while position < len(tokens) and cell_number(tokens[position].text) is not None and len(numbers) < 3:
        numbers.append(tokens[position])
        position += 1
    if not numbers:
        return None, position
    last = numbers[min(1, len(numbers) - 1)]
    return Stated(str(cell_number(last.text)), last.span), position


def _row(pending: list[Token], following: Sequence[Token], apart: int, *, money: bool) -> ScoredItem | None:
    """An item when the tokens end a row: points and score side by side, or the score last where the target stands between."""
    if len(pending) < 3:
        return None
    score = cell_number(pending[-1].text)
    if score is None or (following and cell_number(following[0].text) is not None and not money):
        return None
    if money:
        return _money_row(pending, score)
    if apart == 1:
        points = cell_number(pending[-2].text)
        name = _name(pending[:-2])
    else:
        index = _points_after_name(pending)
        points = cell_number(pending[index].text) if index is not None else None
        name = pending[index - 1] if index is not None else None
    if points is None or name is None or score > points * 3:
        return None
    return _made(name, points, score, pending)


def _money_row(pending: list[Token], score: Decimal) -> ScoredItem | None:
    label = next((token for token in pending if _MONEY.search(token.text)), None)
    figures = [token for token in pending if cell_number(token.text) is not None or token.text.endswith("%")]
    if label is None or len(figures) < 4:
        return None
    after_rate = figures[-2].text.endswith("%")
    points = cell_number(figures[-3].text if after_rate else figures[-2].text)
    if points is None or score > points or points > 30:
        return None
    return _made(replace_text(label, "预算执行率"), points, score, pending)


def replace_text(token: Token, text: str) -> Token:
    """The token under another name."""
    return replace(token, text=text)


def _name(tokens: Sequence[Token]) -> Token | None:
    """The leaf's name: the first words that are no level, no target and no figure, reading from the row's start."""
    words = [t for t in tokens if _WORDS.search(t.text) and not re.match(r"[≥≤=><\d]", t.text)]
    names = [t for t in words if not _LEVELS.fullmatch(re.sub(r"\(\d+分\)", "", t.text))]
    if not names:
        return words[-1] if words else None
    return next(
        (
            t
            for t in names
            if not re.fullmatch(r"[一二三]级指标|定性|定量|较好|好|高|是|否|达成|完成|达标|效果明显|明显", t.text)
        ),
        names[0],
    )


def _points_after_name(pending: Sequence[Token]) -> int | None:
    for index in range(1, len(pending) - 1):
        if cell_number(pending[index].text) is not None and _WORDS.search(pending[index - 1].text):
            return index
    return None


def _made(name: Token, points: Decimal, score: Decimal, row: Sequence[Token]) -> ScoredItem:
    plain = re.sub(r"^(?:指标\d+[:.、]|\d{1,2}[.、])", "", name.text)
    whole = Span(row[0].span.start, row[-1].span.end)
    target = next((t.text for t in row if re.match(r"[≥≤=><]", t.text)), "")
    return ScoredItem(plain, (), points, score, name.span, row[-1].span, whole, table=True, target=target)


def _checked(items: tuple[ScoredItem, ...], total: Stated | None) -> LineScores:
    """Marks every item doubtful where the sum is not the total."""
    if not items or total is None:
        return LineScores(items, total)
    summed = sum((item.claimed or Decimal(0) for item in items), Decimal(0))
    if summed == Decimal(total.value):
        return LineScores(items, total)
    doubt = f"表格成了文字，逐项得分之和{summed}与总分{total.value}不同，可能有单元格没有认出"
    return LineScores(tuple(replace(item, doubtful=True) for item in items), total, (doubt,))


def _glued(lines: Sequence[Passage]) -> LineScores:
    """Lines whose cells run together: 「安装水标尺10≥266米≥266米10」, 「总分100100」, 「202010100.00%10」."""
    items: list[ScoredItem] = []
    total: Stated | None = None
    for line in lines:
        text = squeezed(line.text)
        if len(text) > _LONGEST + 20:
            continue
        ended = _GLUED_TOTAL.match(text)
        if ended is not None:
            halves = _halves(ended["digits"])
            total = Stated(str(halves[1] if halves else Decimal(ended["digits"])), line.whole)
            continue
        item = _glued_item(line, text)
        if item is not None:
            items.append(item)
    if len(items) < 3:
        return LineScores()
    return _checked(tuple(items), total)


def _glued_item(line: Passage, text: str) -> ScoredItem | None:
    money = _GLUED_MONEY.match(text)
    if money is not None:
        points = _money_points(money["digits"], Decimal(money["score"]))
        if points is not None:
            return _of_line(line, "预算执行率", points, Decimal(money["score"]))
    first = _GLUED.match(text)
    if first is not None and Decimal(first["score"]) <= Decimal(first["points"]):
        return _of_line(line, first["name"], Decimal(first["points"]), Decimal(first["score"]))
    tail = _GLUED_TAIL.match(text)
    halves = _halves(tail["tail"]) if tail is not None else None
    if tail is not None and halves is not None:
        return _of_line(line, tail["name"], *halves)
    return None


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
    for rate_at in range(len(digits) - 1, 3, -1):
        rate = digits[rate_at:]
        if rate.startswith("0") or Decimal(rate) > 200:
            continue
        for worth in ("10", "20", "15", "5", "30"):
            rest = digits[:rate_at]
            if not rest.endswith(worth) or Decimal(worth) < score:
                continue
            if any(_is_rate(rest[: -len(worth)], cut, Decimal(rate)) for cut in range(1, len(rest) - len(worth))):
                return Decimal(worth)
    return None


def _is_rate(pair: str, cut: int, rate: Decimal) -> bool:
    budget, spent = pair[:cut], pair[cut:]
    if not budget or not spent or "." in pair or Decimal(budget) == 0 or spent.startswith("0"):
        return False
    return abs(Decimal(spent) / Decimal(budget) * 100 - rate) < Decimal("0.01")


def _of_line(line: Passage, name: str, points: Decimal, score: Decimal) -> ScoredItem:
    plain = name.strip('"“”、()')
    whole = line.whole
    return ScoredItem(plain, (), points, score, whole, whole, whole, table=True)
