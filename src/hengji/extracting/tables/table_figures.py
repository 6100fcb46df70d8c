"""Figures in tables: each number under its header, beside its row's name, in the unit the header or the caption gives."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.figure_words import scope_in
from hengji.extracting.flat import flat
from hengji.extracting.phrases import Phrases
from hengji.extracting.tables.grid import Grid, is_empty, squeezed
from hengji.extracting.told_units import ToldUnit, unit_at
from hengji.model.document import BlockKind, Document
from hengji.model.extraction import Quantity, Span
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_UNIT = pattern(
    r"(?:单位|金额单位)[:为]?(?:人民币)?(万元|元|亿元|千元)|(?:资金|金额|经费|收支|预算|支出)[^()]{0,8}\((?:[^()]*,)?(万元|元|亿元|千元)\)"
    r"|表[^。;,]{0,8}[以按](?:人民币)?(万元|元|亿元|千元)(?:为(?:计量|金额)?单位|填列|列示|反映)"
)
_IN_HEADER = pattern(
    r"[(](万元|元|亿元|千元|%|平方米|公里|千米|公顷|场次|万?人次|批次|家次|万?(?:人|亩|户|吨|册)|[个件辆台座处次场项家期套所条份名])[)]"
)
_NUMBER = pattern(r"(?P<n>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<unit>(?!年)[\u4e00-\u9fff%‰/²㎡]{1,6})?")
_UNIT_CELL = pattern(r"万元|元|亿元|千元|人|名|个|%|平方米")
_YEAR = pattern(r"(20\d\d)年")
_MONEY = pattern(r"预算|决算|支出|收入|金额|资金|经费|执行(?!率)|结转|结余")
_SKIP = pattern(r"序号|编码|页码|日期|联系|电话|得分|分值|权重|满分|行次|栏次|指标值|目标值|目标$|上年完成值")
_ACTUAL = pattern(r"完成值|实际值|实际完成|完成情况|完成率|上年|^(?:实际)?完成(?:数|量)?$|^实际数$")
_RATE = pattern(r"率$|占比|比例|比重|进度$")
_COUNTED = pattern(r"人数|编制|人员|在职|离退休")


def table_figures(
    document: Document, grids: Mapping[int, Grid], year: int, phrases: Phrases, units: tuple[ToldUnit, ...] = ()
) -> Iterator[Quantity]:
    """The figures of all tables; scores, targets and serial numbers are none. ``units`` are those that the report tells once."""
    caption, before = "", ""
    told_below = dict(_units_below(document))
    forms = [start for start, grid in grids.items() if _has_funds(grid)]
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            limited = f"表{block.number}" if len(forms) > 1 else ""  # one form a project: each has figures of its own
            unit = told_below.get(block.start, "") or caption
            if not unit and units and not _has_scores(grids[block.start]):
                unit = unit_at(units, block.start)
            for quantity in _figures(grids[block.start], unit, year, phrases):
                yield replace(quantity, scope=quantity.scope or limited) if limited else quantity
        elif block.text.strip():
            found = _UNIT.search(before + squeezed(block.text)) if "元" in block.text else None
            caption = next(filter(None, found.groups())) if found else caption if len(block.text) < 40 else ""
            before = squeezed(block.text) if block.text.rstrip().endswith("单位") else ""


_BELOW = pattern(
    r"(?:[*※]|注|说明|备注)?\d?[:.、]?\(?(?:上表|以上|表中|本表|表内)[^。;,]{0,16}(?:单位|以)[^。;,]{0,4}?(万元|元|亿元|千元)"
)


def _units_below(document: Document) -> Iterator[tuple[int, str]]:
    """The units that the line below a table tells, by where that begins: 「上表单位为万元。」."""
    for table, below in itertools.pairwise(document.blocks):
        if table.kind is BlockKind.TABLE and below.kind is not BlockKind.TABLE and "元" in below.text:
            found = _BELOW.match(squeezed(below.text))
            if found is not None:
                yield table.start, found[1]


def _has_scores(grid: Grid) -> bool:
    """Whether a table gives points or scores: what it tells with two decimals need not be money."""
    return any(_SCORES.search(text) for row in range(min(4, grid.rows)) for text in grid.row(row))


_SCORES = pattern(r"得分|分值|权重|满分|自评|指标")


def _has_funds(grid: Grid) -> bool:
    """Whether a table is the form of one project's or department's money: a row of the whole under budget and spending."""
    return any(
        "资金总额" in text and re.fullmatch(r"(?:年度|项目)?资金总额:?", text)
        for row in range(grid.rows)
        for text in grid.row(row)[:4]
    )


def _figures(grid: Grid, caption: str, year: int, phrases: Phrases) -> Iterator[Quantity]:
    headers: dict[int, str] = {}
    unit = caption
    for row in range(grid.rows):
        texts = grid.row(row)
        for text in texts:
            found = _UNIT.search(text) if "元" in text else None
            unit = (found[1] or found[2]) if found else unit
        numbers = [
            column
            for column, text in enumerate(texts)
            if _NUMBER.fullmatch(text) and not _is_code(headers.get(column, ""), text, texts[column + 1 : column + 2])
        ]
        if unit:
            yield from _in_words(grid, row, unit, year)
        if not numbers:
            _take_headers(grid, row, headers)
            continue
        label = _label(texts, numbers[0])
        for column in numbers:
            cell = grid.cells[row, column]
            if cell.row != row or cell.column != column:
                continue
            header = headers.get(column, "")
            named = _label(texts, _name_end(headers, column, numbers)) if _ACTUAL.search(header) else label
            named = _own_label(texts, column, numbers, headers) or named
            told = grid.text(row, _unit_column(headers))
            beside = told if _ACTUAL.search(header) or _UNIT_TOLD.fullmatch(told) else ""
            beside = beside or next((text for text in texts[:column] if _UNIT_CELL.fullmatch(text)), "")
            quantity = _quantity(grid, row, column, named, header, beside or unit, year, phrases, counted=bool(beside))
            if quantity is not None:
                yield quantity


# Money told in the words of a cell without its unit, which the table gives once: 「8,764.80/9,130.00＝96.00%」.
_BARE_MONEY = pattern(
    r"(?<![\d.,\-])(?P<n>(?:\d{1,3}(?:,\d{3})+|\d{1,6})\.\d{2})(?![\d.]|\s?[%‰元万亿分平公亩吨人次个项件倍])"
)


def _in_words(grid: Grid, row: int, unit: str, year: int) -> Iterator[Quantity]:
    """The figures that a row's cells tell in running words, in the table's unit; what they mean is not known."""
    for cell in grid.distinct(row):
        plain = squeezed(cell.text)
        if cell.row != row or "." not in plain or _NUMBER.fullmatch(plain):
            continue
        words = flat(cell.text)
        for match in _BARE_MONEY.finditer(words):
            number = read_decimal(match["n"])
            if number is not None:
                span = Span(cell.start + match.start(), cell.start + match.end())
                whole = Span(cell.start, cell.end)
                yield Quantity("", match["n"], Decimal(number), unit, year, span, whole, table=True)


_OF_CODES = pattern(r"编码|代码|序号|行次|栏次")
_SUBJECT_CODE = pattern(r"[12]\d{2}(?:\d{2}){0,2}")


def _is_code(header: str, text: str, after: tuple[str, ...]) -> bool:
    """A subject's code or a line's number: it is no figure, though it is one in digits."""
    named = _OF_CODES.search(header) is not None
    before_name = _SUBJECT_CODE.fullmatch(text) is not None and bool(after) and not _NUMBER.fullmatch(after[0])
    return named or (before_name and bool(after[0]))


def _take_headers(grid: Grid, row: int, headers: dict[int, str]) -> None:
    """A row without numbers heads the columns below it, under what stood above where its own words differ."""
    texts = grid.row(row)
    filled = [column for column, text in enumerate(texts) if text and not is_empty(text)]
    if len({texts[column] for column in filled}) < 2:
        return
    for column in filled:
        cell = grid.cells[row, column]
        above = headers.get(column, "")
        over = grid.cells.get((row - 1, column))
        spans = (
            over is not None
            and over.columns > 1
            and squeezed(over.text) == above
            and _HEADING.search(above) is not None
        )
        headers[column] = (
            f"{above}{texts[column]}" if spans and above != texts[column] and cell.columns == 1 else texts[column]
        )


_OF_NAMES = pattern(r"指标(?:名称|内容)?$|名称$|[一二三四]级指标")
# What a column 单位 gives beside figures under years; under the same head stand the names of units too.
_UNIT_TOLD = pattern(r"[万亿千]?元|万?(?:人次?|[卷件册亩户吨名辆个台套次页份家处座项]|场次?|平方米|公里)|%")
_UNIT_HEADER = pattern(r"(?:计量|度量)?单位")
_AFTER_NAMES = pattern(
    r"分值|权重|满分|(?:评分|计分|评价)(?:标准|规则|办法|细则|方法)|指标值|目标值|指标性质|预期|目标$|计划值|(?:计量|度量)单位|^单位$"
)


def _unit_column(headers: dict[int, str]) -> int | None:
    return next((column for column, text in headers.items() if _UNIT_HEADER.fullmatch(text)), None)


def _name_end(headers: dict[int, str], column: int, numbers: list[int]) -> int:
    """Where the names of a row of indicators end: before its points, its rule or its targets."""
    before = {c: text for c, text in headers.items() if c < column}
    named = max((c for c, text in before.items() if _OF_NAMES.search(text)), default=-1)
    wanted = [c for c, text in before.items() if c > named and _AFTER_NAMES.search(text)]
    return min(wanted, default=min(numbers))


_HEADING = pattern(r"预算|决算|支出|收入|金额|采购|人员|资金|编制|年度|数")


def _label(texts: tuple[str, ...], first: int) -> str:
    names = [
        text
        for text in texts[:first]
        if text
        and not is_empty(text)
        and not (_NUMBER.fullmatch(text) or _UNIT.search(text) or _UNIT_CELL.fullmatch(text))
    ]
    return _MARKS.sub("", names[-1]) if names else ""


_NAMES = pattern(r"[\u4e00-\u9fff]{2}")


def _own_label(texts: tuple[str, ...], column: int, numbers: list[int], headers: Mapping[int, str]) -> str:
    """The name right before a number that is not the first of its row, where the row tells several things side by side.

    「人员编制(名) | 58 | 实有人数(人) | 54」 without heads, or under the same head twice: 「项目 | 金额 | 项目 | 金额」.
    """
    header = headers.get(column, "")
    alike = any(headers.get(other, "") == header for other in numbers if other < column)
    name = texts[column - 1] if column > numbers[0] and column - 1 not in numbers and alike else ""
    return _label((name,), 1) if _NAMES.search(name) else ""


_MARKS = pattern(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|其中[:]?|\([一二三四五六七八九十\d]+\))+")
_BRACKETED = pattern(r"\(.{1,4}\)$")
_AMOUNT = pattern(
    r"-?[\d,]+\.\d{2}"
)  # a column without a word of money in a table whose unit is told: 「余额」, 「追加」
_BOUGHT = pattern(r"(?:计划|实际|全年|已)?采购(?:额|数额)?")


def _quantity(
    grid: Grid,
    row: int,
    column: int,
    label: str,
    header: str,
    unit: str,
    year: int,
    phrases: Phrases,
    *,
    counted: bool = False,
) -> Quantity | None:
    match = _NUMBER.fullmatch(grid.text(row, column))
    number = read_decimal(match["n"]) if match else None
    if match is None or number is None or _SKIP.search(header):
        return None
    own = match["unit"] or _header_unit(header) or _header_unit(label) or (unit if counted else "")
    bare_label, bare = _BRACKETED.sub("", label), _BRACKETED.sub("", header)
    if not own and _RATE.search(bare):
        own = "%"
    if not own:
        own = (
            (unit or "万元")
            if _MONEY.search(bare)
            or _MONEY.search(bare_label)
            or (unit and (_AMOUNT.fullmatch(match["n"]) or _BOUGHT.fullmatch(bare)))
            else "人"
            if _COUNTED.search(label + header)
            else ""
        )
    if not own:
        return None
    name = bare_label if bare in ("金额", "数量", "数值", "") else f"{bare_label}{bare}" if bare_label else bare
    return Quantity(
        name=name[:40],
        value=match["n"],
        number=Decimal(number),
        unit=own,
        year=_year(header, label, year),
        span=grid.span(row, column),
        sentence=grid.row_span(row),
        item=_item(phrases, bare_label, bare, own, grid),
        about=_side(bare),
        table=True,
        scope=scope_in(name),
    )


def _side(header: str) -> str:
    if "决算" in header or "执行" in header or "实际" in header:
        return "实际"
    if "预算" in header or "计划" in header:
        return "预算"
    return "实际" if "支出" in header or "采购金额" in header else ""


def _item(phrases: Phrases, label: str, header: str, unit: str, grid: Grid) -> str:
    """The data item of a row under a column: a two-sided name by the column's side, else the two names together.

    A column that is an item itself (本年收入合计) is meant by its total row only.
    """
    own = phrases.item(_YEAR.sub("", header), unit)
    if own and (_WHOLE_ROW.match(label or "合计") or _OF_STAFF.search(label)):
        return "" if _of_projects(grid) else own
    if own and not phrases.sided(label, unit, _side(header), header):
        return ""
    if _TOTAL_ROW.match(label) and _of_projects(grid):
        return ""
    if "年初" in header or not ("调整" in header or ("全年预算" in header and _has_first_budget(grid))):
        sided = phrases.sided(_TOTAL_ROW.sub("支出合计", label), unit, _side(header), header + grid.text(0, 0))
        if sided:
            return sided
    whole = phrases.item(_YEAR.sub("", f"{label}{header}"), unit)
    return whole or (phrases.item(label, unit) if header in ("金额", "决算数", "数值", "") else "")


def _has_first_budget(grid: Grid) -> bool:
    return any("年初" in text for row in range(min(4, grid.rows)) for text in grid.row(row))


_WHOLE_ROW = pattern(
    r"^(?:合计|总计|总额|(?:年度|项目|部门|部门预算|部门整体|全年)?(?:预算|支出)?资金(?:总额|合计)?|部门整体|整体支出|部门整体支出|年度预算|年度支出)$"
)


def _of_projects(grid: Grid) -> bool:
    """Whether a table lists projects: its total is of them, not of the department."""
    return any(
        any(_PROJECT.fullmatch(text) for text in grid.row(row)[:4])
        and any(_FUNDS.search(text) for text in grid.row(row))
        for row in range(min(3, grid.rows))
    )


_PROJECT = pattern(r"(?:自评)?项目(?:名称)?")
_FUNDS = pattern("预算|执行|支出|金额")
_OF_STAFF = pattern(r"人员情况|人员编制|财政供养")
_TOTAL_ROW = pattern(r"^(?:合计|总计)$")


def _header_unit(header: str) -> str:
    found = _IN_HEADER.search(header)
    return found[1] if found else ""


def _year(header: str, label: str, year: int) -> int:
    found = _YEAR.search(header) or _YEAR.search(label)
    if found is not None:
        return int(found[1])
    words = header + label
    return year - 1 if ("上年" in words or "去年" in words) and "结转" not in words else year
