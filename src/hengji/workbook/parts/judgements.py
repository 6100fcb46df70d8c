"""定性指标: statements that hold or do not, bands with a share and a reason, choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.model.asked import bands_of, options_of, statements_of
from hengji.model.filing import Answer, Filing, Judgement, State
from hengji.model.item import ItemType
from hengji.model.numerals import plain, read_decimal
from hengji.model.system import Indicator, IndicatorSystem
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.cells import read_cell, yes_or_no
from hengji.workbook.pages import Page, Pages, lines
from hengji.workbook.sheets import Sheets
from hengji.workbook.table import Table

_SHEET = layout.JUDGEMENTS
_FIRST_ROW = 3
_GIVEN = 5  # the columns before the answer are the system's
_WIDTHS = [field.width for field in _SHEET.fields]
_UNKNOWN = "未知"
_WORDS = {True: "是", False: "否", None: _UNKNOWN}


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: the cells in the order of the sheet, and what may be answered."""

    cells: tuple[str, ...]
    choices: tuple[str, ...] = ()


def write_judgements(pages: Pages, filing: Filing, system: IndicatorSystem) -> None:
    """Writes the sheet: whatever the rules ask a person, and whatever the filing answers."""
    page = pages.framed(_SHEET, frozen=2)
    leaves = {leaf.id: leaf for leaf in system.leaves()}
    row = _FIRST_ROW
    for leaf_id in dict.fromkeys([*leaves, *filing.judgements]):
        for line in _lines(leaf_id, leaves.get(leaf_id), filing.judgements.get(leaf_id, Judgement())):
            _write_line(page, row, line)
            row += 1
    page.print_to(row, len(_SHEET.fields) - 1)


def _lines(leaf_id: str, leaf: Indicator | None, stated: Judgement) -> Iterator[_Line]:
    rule = leaf.rule if leaf is not None else None
    head = (leaf_id, leaf.name if leaf is not None else "")
    texts = {statement.key: statement.text for statement in statements_of(rule)}
    for key in dict.fromkeys([*texts, *stated.answers]):
        answer = stated.answers.get(key)
        word = _WORDS[answer.holds] if answer is not None else ""
        note, evidence = (answer.note, answer.evidence) if answer is not None else ("", "")
        cells = (*head, layout.STATEMENT, key, texts.get(key, ""), word, "", note, evidence)
        yield _Line(cells, ("是", "否", _UNKNOWN))
    bands, options = bands_of(rule), options_of(rule)
    reason = stated.reason
    if bands or stated.band or stated.share is not None:
        scale = "；".join(f"{band.name} {plain(band.low * 100)}%—{plain(band.high * 100)}%" for band in bands)
        share = "" if stated.share is None else f"{stated.share * 100:f}%"
        names = tuple(band.name for band in bands)
        yield _Line((*head, layout.BAND, "", scale, stated.band, share, reason, ""), names)
        reason = ""
    if options or stated.choice:
        text = f"从中选一项：{'、'.join(options)}"
        yield _Line((*head, layout.CHOICE, "", text, stated.choice, "", reason, ""), options)
        reason = ""
    if reason:
        yield _Line((*head, layout.REASON, "", "对整项指标的说明", "", "", reason, ""))


def _write_line(page: Page, row: int, line: _Line) -> None:
    for column, text in enumerate(line.cells):
        page.text(row, column, text, look.LABEL if column < _GIVEN else look.INPUT)
    page.height(row, max(lines(text, width) for text, width in zip(line.cells, _WIDTHS, strict=True)))
    if line.choices:
        page.choices((row, row), _SHEET.column("answer"), line.choices)


def read_judgements(sheets: Sheets, system: IndicatorSystem) -> dict[str, Judgement]:
    """What people judged, by leaf."""
    table = sheets.table(_SHEET)
    leaves = {leaf.id: leaf for leaf in system.leaves()}
    found: dict[str, Judgement] = {}
    for row in table.rows() if table is not None else ():
        assert table is not None
        leaf_id = table.text(row, "leaf")
        if not any(table.text(row, key) for key in ("answer", "share", "reason", "evidence")):
            continue
        if leaf_id not in leaves:
            sheets.problem(table.place(row, "leaf"), f"“{leaf_id}”不是本体系的计分指标编号")
            continue
        before = found.get(leaf_id, Judgement())
        found[leaf_id] = _Reader(sheets, table, row, leaves[leaf_id]).read(before)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """One row that says something, read into the judgement of its leaf."""

    sheets: Sheets
    table: Table
    row: int
    leaf: Indicator

    def read(self, before: Judgement) -> Judgement:
        """The judgement with what this row adds."""
        kind, key = self.text("kind"), self.text("key")
        if not kind:
            kind = layout.STATEMENT if key else layout.BAND
        if self.text("evidence") and kind != layout.STATEMENT:
            self.sheets.notice(self.place("evidence"), "这一行的佐证没有读入，请写到佐证材料表")
        reason = self.text("reason")
        match kind:
            case layout.STATEMENT:
                return replace(before, answers=self.answers(before.answers, key))
            case layout.BAND:
                self.check_answer(tuple(band.name for band in bands_of(self.leaf.rule)), "档次")
                share = self.share()
                return replace(before, band=self.text("answer"), share=share, reason=reason or before.reason)
            case layout.CHOICE:
                self.check_answer(options_of(self.leaf.rule), "选项")
                return replace(before, choice=self.text("answer"), reason=reason or before.reason)
            case layout.REASON:
                return replace(before, reason=reason or before.reason)
        self.sheets.problem(self.place("kind"), f"类型“{kind}”不认识，请不要改动这一列")
        return before

    def text(self, key: str) -> str:
        return self.table.text(self.row, key)

    def place(self, key: str) -> str:
        return self.table.place(self.row, key)

    def answers(self, before: Mapping[str, Answer], key: str) -> dict[str, Answer]:
        known = [statement.key for statement in statements_of(self.leaf.rule)]
        if key not in known:
            self.sheets.problem(self.place("key"), f"“{self.leaf.name}”没有序号为“{key}”的要点")
        if key in before:
            self.sheets.problem(self.place("answer"), f"“{self.leaf.name}”的要点{key}判定了两次，请留一处")
        word = self.text("answer")
        holds = yes_or_no(word) if word not in ("", _UNKNOWN) else None
        if holds is None and word not in ("", _UNKNOWN):
            self.sheets.problem(self.place("answer"), f"“{word}”应是“是”“否”或“未知”")
        return {**before, key: Answer(holds, self.text("evidence"), self.text("reason"))}

    def check_answer(self, known: tuple[str, ...], what: str) -> None:
        word = self.text("answer")
        if word and known and word not in known:
            self.sheets.problem(self.place("answer"), f"没有“{word}”这个{what}，可以选：{'、'.join(known)}")

    def share(self) -> Decimal | None:
        """The awarded share: 85%, 85 or 0.85."""
        cell = self.table.cell(self.row, "share")
        reading = read_cell(cell, ItemType.NUMBER)
        if reading is None or reading.state is State.NONE:
            return None
        number = read_decimal(reading.text)
        if reading.problem or number is None:
            self.sheets.problem(self.place("share"), f"给分比例{reading.problem or '不是数'}，例如 90%")
            return None
        share = number / 100 if reading.unit == "%" or number > 1 else number
        if not 0 <= share <= 1:
            self.sheets.problem(self.place("share"), f"给分比例“{cell.text}”应在0%到100%之间")
        return share
