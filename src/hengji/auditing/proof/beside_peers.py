"""R40: a cost or a holding of the unit that is twice what the text itself prints for its peers, or more for each than can be."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.extracting.tables.grid import Grid
from hengji.library.peers import PeerWords, load_holdings, load_peer_words
from hengji.library.texts import load_norms
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TIMES = 2  # from how many times a peer's figure on
_MOST_TIMES = 30  # what is still more is of another kind: a sum beside what is spent for each
_FAR = 100  # characters between the two figures
_CLAUSE = ",。;:\n()"
_RANGE = pattern(r"[至到~—-]+")
_DISTANCE = pattern(r"(?:高|低|多|少|超|增|减|节约|相差)[了出过]?(?:约)?\s?$")  # 「比全县平均高0.4万元」
_PER = pattern(r"[人车户次件亩台辆]均|每[\u4e00-\u9fff]|[单均报]价|占|比例|比重")


def beside_peers(case: Case) -> Iterator[Finding]:
    """R40: 「人均5.20万元，全县行政单位同口径人均数为1.30万元」, in running text and in tables, without a word on why."""
    words = load_peer_words()
    if not words.peers.search(case.flat):
        return
    quantities = [q for q in case.found.quantities if not q.table and q.number > 0]
    for index, peer in enumerate(quantities):
        lead = _clause(case, peer)
        if not words.peers.search(lead) or _DISTANCE.search(lead):
            continue
        most = peer
        if index + 1 < len(quantities) and _RANGE.fullmatch(
            case.flat[peer.span.end : quantities[index + 1].span.start]
        ):
            most = quantities[index + 1]  # 「2.10万元至2.60万元之间」
        own = _before(case, quantities[:index], peer, words) or _behind(case, quantities[index + 1 :], most, words)
        if own is not None:
            yield from _beyond(case, own, most, words)
    for grid in case.grids:
        yield from _beside_a_column(case, grid, words)
        yield from _beside_rows(case, grid, words)


def _clause(case: Case, quantity: Quantity) -> str:
    start = max(case.flat.rfind(mark, 0, quantity.span.start) for mark in _CLAUSE)
    return case.flat[start + 1 : quantity.span.start]


def _alike(case: Case, own: Quantity, peer: Quantity) -> bool:
    """Whether two figures are of one unit and, where one is for each of something, both are."""
    if own.unit != peer.unit and not (dimension(own.unit) == dimension(peer.unit) == "money"):
        return False
    if own.unit == "%" and not _SHARE.search(_clause(case, own)):
        return False  # a rate of what was reached
    each, of_each = (_PER.search(_clause(case, q)) is not None for q in (own, peer))
    return each or not of_each


_SHARE = pattern(r"占|比重|比例")


def _before(case: Case, earlier: list[Quantity], peer: Quantity, words: PeerWords) -> Quantity | None:
    """The last figure of the kind before a peer's in the same paragraph."""
    low = max(case.paragraph(peer.span.start).start, peer.span.start - _FAR)
    for own in reversed(earlier):
        if own.span.start < low or words.peers.search(_clause(case, own)):
            return None
        if _alike(case, own, peer) and own.about not in ("预算", "目标"):
            return own
    return None


def _behind(case: Case, later: list[Quantity], peer: Quantity, words: PeerWords) -> Quantity | None:
    """The figure behind a peer's that is said to be the unit's own: 「全县平均0.35万元，本局4.20万元」."""
    end = case.sentence(peer.span.start).end
    for own in later:
        if own.span.start > end:
            return None
        lead = _clause(case, own)
        if words.own.search(lead) and (own.unit == peer.unit) and not words.peers.search(lead):
            return own
    return None


def _beyond(case: Case, own: Quantity, peer: Quantity, words: PeerWords) -> Iterator[Finding]:
    try:
        times = in_unit(own, peer.unit) / in_unit(peer, peer.unit)
    except ValueError:
        return
    low, high = sorted((own.span.start, peer.span.start))
    start = max(case.flat.rfind(mark, 0, low) for mark in "。;\n") + 1
    told = case.flat[start : case.sentence(high).end]
    if (
        not _TIMES <= times <= _MOST_TIMES
        or not words.costs.search(told)
        or words.outcomes.search(case.flat[start:high])
    ):
        return
    _, explained = load_norms()
    if explained.search(told) or explained.search(_next(case, high)):
        return
    message = (
        f"这里{own.value}{own.unit}，是所写同类水平{peer.value}{peer.unit}的{number(times, 1)}倍，没有写原因，请说明"
    )
    yield case.finding(
        "R40", own.span, message, severity=Severity.INFO, stated=own.value, recomputed=peer.value, also=(peer.span,)
    )


def _next(case: Case, position: int) -> str:
    """The sentence behind that of a position, in the same paragraph."""
    end, last = case.sentence(position).end, case.paragraph(position).end
    return case.text(Span(end, min(last, case.sentence(min(end + 1, last)).end)))


def _figure(text: str) -> Decimal | None:
    match = _FIGURE.match(text)
    return read_decimal(match[1]) if match is not None else None


_FIGURE = pattern(r"(\d+(?:\.\d+)?)(?:万?元|%|人|次|台|辆|平方米)?$")


def _beside_a_column(case: Case, grid: Grid, words: PeerWords) -> Iterator[Finding]:
    """A column of the unit beside one of its peers: 「指标 | 本局 | 全县平均」."""
    head = grid.row(0)
    mine = [c for c, text in enumerate(head) if words.own.search(text)]
    peers = [c for c, text in enumerate(head) if words.peers.search(text) and not words.own.search(text)]
    if len(mine) != 1 or not peers:
        return
    for row in range(1, grid.rows):
        label = grid.text(row, 0)
        figures = [value for c in peers if (value := _figure(grid.text(row, c)))]
        own = _figure(grid.text(row, mine[0]))
        if own and figures and words.costs.search(label) and not words.outcomes.search(label):
            yield from _cell(case, grid, (row, mine[0]), own, max(figures))


def _beside_rows(case: Case, grid: Grid, words: PeerWords) -> Iterator[Finding]:
    """The unit's row among those of others, in a column of what each spent for one."""
    department = case.found.department
    mine = [
        r
        for r in range(1, grid.rows)
        if (name := grid.text(r, 0)) and (words.own.match(name) or (len(name) > 2 and department.endswith(name)))
    ]
    if len(mine) != 1 or grid.rows < _ROWS:
        return
    for column, head in enumerate(grid.row(0)):
        if column == 0 or not (_PER.search(head) and words.costs.search("".join(grid.row(0)))):
            continue
        own = _figure(grid.text(mine[0], column))
        others = [v for r in range(1, grid.rows) if r != mine[0] and (v := _figure(grid.text(r, column)))]
        if own and len(others) >= _ROWS - 2 and not words.outcomes.search(head):
            yield from _cell(case, grid, (mine[0], column), own, max(others))


_ROWS = 4  # a head, the unit and two others


def _cell(case: Case, grid: Grid, at: tuple[int, int], own: Decimal, peer: Decimal) -> Iterator[Finding]:
    row, column = at
    _, explained = load_norms()
    end = grid.row_span(grid.rows - 1).end
    if own < _TIMES * peer or explained.search("".join(grid.row(row)) + case.text(case.sentence(end + 1))):
        return
    times = number(Fraction(own) / Fraction(peer), 1)
    message = f"这里{own}，是所列同类水平{peer}的{times}倍，没有写原因，请说明"
    yield case.finding(
        "R40", grid.span(row, column), message, severity=Severity.INFO, stated=str(own), recomputed=str(peer)
    )


_DAYS = 366
_EACH_DAYS = pattern(
    r"(?:人均|每人|每名[\u4e00-\u9fff]{0,6})[^,。;、\d(]{0,10}?(?P<n>\d{2,4}(?:\.\d+)?)\s?[天日](?!次|内)"
)
_WORKDAYS = pattern(r"(?:法定)?工作日(?:共|为|是|合计|天数){0,2}\s?(?P<n>2\d\d)\s?[天日个]|(?P<m>2\d\d)\s?个?工作日")


def days_of_each(case: Case) -> Iterator[Finding]:
    """R40: more days a head than the year has, or more than the working days that are told beside it."""
    for match in _EACH_DAYS.finditer(case.flat) if "天" in case.flat or "日" in case.flat else ():
        paragraph = case.paragraph(match.start())
        told = _WORKDAYS.search(case.flat, paragraph.start, paragraph.end)
        most = int(told["n"] or told["m"]) if told is not None else _DAYS
        if Decimal(match["n"]) > most:
            message = f"每人{match['n']}天，超过{'当年工作日' if told is not None else '全年'}{most}天，不合常理"
            yield case.finding(
                "R40",
                Span(match.start(), match.end()),
                message,
                severity=Severity.INFO,
                stated=match["n"],
                recomputed=str(most),
            )


_OTHERS_TOO = pattern(r"[\u4e00-\u9fff][和及与、][\u4e00-\u9fff]{2,8}(?:面积|共|为|有|计)?\s?\Z")


def held_by_each(case: Case) -> Iterator[Finding]:
    """R40 (heuristic): so many computers, cars or square metres of offices for those in post that it cannot be usual."""
    _, explained = load_norms()
    people = [q.number for name in ("在编人数", "年末实有人数", "在职人数") for q in case.quantities(name)]
    for quantity in case.found.quantities if people else ():
        if quantity.about in ("预算", "目标"):
            continue
        holding = next((h for h in load_holdings() if quantity.unit in h.units and h.form.search(quantity.name)), None)
        if holding is not None and _OTHERS_TOO.search(case.flat, quantity.sentence.start, quantity.span.start):
            continue  # 「技术和办公用房」 are of two kinds
        if holding is None or explained.search(case.text(quantity.sentence)):
            continue
        each = Fraction(quantity.number) / Fraction(max(people))
        if each > holding.most:
            message = (
                f"{holding.name}{quantity.value}{quantity.unit}，按{number(max(people))}人计人均{number(each)}"
                f"{quantity.unit}，明显偏多，请说明原因"
            )
            yield case.finding("R40", quantity.span, message, severity=Severity.INFO, stated=number(each))
            return
