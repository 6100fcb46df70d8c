"""A section as one plain form (整节填写), for a browser that runs no scripts: rows with boxes, each read as its page reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from hengji.model.asked import statements_of
from hengji.model.filing import Answer, Judgement, Register, ValueKey
from hengji.model.item import Item, ItemType, RegisterKind
from hengji.model.scorecard import LeafScore
from hengji.web.filings import asking, needs, pasting
from hengji.web.filings.asking import Question
from hengji.web.filings.bridge import Change, Place, value_data
from hengji.web.filings.folder import Folder
from hengji.web.filings.slugs import slug
from hengji.web.filings.tables import ANSWER, PARAGRAPH, ROW, VALUE, Table
from hengji.web.filings.views.data import read, shown
from hengji.web.filings.views.registers import kind_of, next_number, rows_of
from hengji.web.filings.views.text import reference_problem

_BLANK_ROWS, _BLANK_PARAGRAPHS = 5, 3
_WHY, _MEANT = "why", "-meant"
_FLAG = ("是", "否")
_HOLDS = {"是": True, "否": False, "": None}
_WORD = {True: "是", False: "否", None: ""}
Typed = Mapping[str, str]
Reading = tuple[Mapping[str, object] | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its label, what stands there, what stood there when the form was made, its choices."""

    name: str
    label: str
    typed: str
    was: str = ""
    choices: tuple[str, ...] = ()
    long: bool = False
    number: bool = False
    problem: str = ""
    ask: Question | None = None
    meant: str = ""  # the words of the answer that was chosen


def _asks_nothing(_: Typed) -> Mapping[str, Question]:
    return {}


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the database as boxes.

    ``read`` makes of what was typed what it states, or says what is wrong where; ``ask`` says what is asked before, by box, and the
    answer reaches ``read`` under the box's name and ``_MEANT``.
    """

    title: str
    table: Table
    place: Place
    version: int
    boxes: tuple[Box, ...]
    read: Callable[[Typed], Reading]
    clash: str = ""
    ask: Callable[[Typed], Mapping[str, Question]] = _asks_nothing

    @property
    def key(self) -> str:
        """The ASCII name of its fields."""
        return slug("|".join(str(part) for part in (self.table.name, *self.place)))

    @property
    def changed(self) -> bool:
        """Whether anything was typed that did not stand there."""
        return any(box.typed != box.was for box in self.boxes)

    def filled(self, form: Typed) -> "FormRow":
        """The row as the form came back; what the form does not hold stays."""
        version = form.get(f"{self.key}-version", "")
        boxes = []
        for box in self.boxes:
            name = f"{self.key}-{box.name}"
            typed, was = (form.get(each, box.was).replace("\r\n", "\n")[:20_000] for each in (name, f"{name}-was"))
            boxes.append(replace(box, typed=typed, was=was, meant=form.get(name + _MEANT, "")[:200]))
        known = version.isascii() and version.isdigit() and len(version) < 10  # noqa: PLR2004 - no revision is longer
        return replace(self, boxes=tuple(boxes), version=int(version) if known else self.version)

    def judged(self) -> "tuple[FormRow, Change | None]":
        """The row with its problems and questions, and the change it asks for where there are none."""
        typed = {box.name: box.typed for box in self.boxes}
        changed = {box.name for box in self.boxes if box.typed != box.was}
        asked = {name: question for name, question in self.ask(typed).items() if name in changed}
        answers = {box.name + _MEANT: asked[box.name].said(box.meant) for box in self.boxes if box.name in asked}
        data, problems = self.read({**typed, **answers})
        boxes = tuple(replace(box, problem=problems.get(box.name, ""), ask=asked.get(box.name)) for box in self.boxes)
        fit = not problems and all(answers.values())
        return replace(self, boxes=boxes), Change(
            self.table, self.place, data, self.version, typed.get(_WHY, "")
        ) if fit else None


def data_rows(folder: Folder, section: str) -> list[FormRow]:
    """The items of a section, last year and this."""
    rows = []
    for item in dict(needs.sections(folder.system))[section]:
        choices = item.choices or (_FLAG if item.type is ItemType.FLAG else ())

        for year in (folder.row.year - 1, folder.row.year):
            key = ValueKey(item.name, year)
            now = folder.filing.values.get(key)
            text = shown(now, item)

            def take(typed: Typed, item: Item = item, key: ValueKey = key) -> Reading:
                value, problem = read(item, typed["value"])
                question = _about_item(folder, item, key, typed).get("value")
                if value is not None and question is not None and typed.get("value" + _MEANT) == asking.CONVERTED:
                    value = asking.converted(item, value, question)
                problems = {"value": problem} if problem else {}
                if asking.overrides(folder, key, value) and len(typed.get(_WHY, "").strip()) < asking.LEAST_REASON:
                    problems[_WHY] = f"原来是导入的数，改动请写明理由，至少{asking.LEAST_REASON}个字"
                return (None if value is None else value_data(value)), problems

            label = f"{item.name} {year}年" + (f"（{item.unit}）" if item.unit else "")
            box = Box("value", label, text, text, choices, number=item.type is ItemType.NUMBER)
            place = (item.name, year, "")
            boxes = (box, Box(_WHY, "改动导入数的理由", "")) if asking.is_imported(folder, key) else (box,)
            ask = partial(_about_item, folder, item, key)
            rows.append(FormRow(item.name, VALUE, place, folder.rows.version(VALUE, *place), boxes, take, ask=ask))
    return rows


def _about_item(folder: Folder, item: Item, key: ValueKey, typed: Typed) -> dict[str, Question]:
    value, _ = read(item, typed["value"])
    question = asking.about_unit(folder, item, key, value) if value is not None else None
    return {"value": question} if question is not None else {}


def register_rows(folder: Folder, register: str) -> list[FormRow]:
    """The rows of a register, and a few empty ones."""
    kind = kind_of(folder, register)
    stated = {int(str(row.place[1])): row for row in rows_of(folder, kind)}
    first = next_number(folder, kind)
    stated_now = folder.filing.registers.get(kind.name, Register())
    ask = partial(_about_cells, stated_now, kind)
    rows = []
    for number in (*stated, *range(first, first + _BLANK_ROWS)):
        row = stated.get(number)
        cells = row.says["cells"] if row else {}
        assert isinstance(cells, dict)
        kept: dict[str, object] = dict(row.says) if row else {"locator": "", "unit": ""}

        def take(typed: Typed, kept: dict[str, object] = kept) -> Reading:
            found, problems = {}, {}
            asked = _about_cells(stated_now, kind, typed)
            for column in kind.columns:
                text, answer = typed[slug(column.name)], typed.get(slug(column.name) + _MEANT)
                if answer == asking.CONVERTED:
                    text = asking.cell_in_unit(column, text, asked[slug(column.name)])
                elif answer == "":
                    continue  # asked and not answered: nothing of the row is kept yet
                text, problem = pasting.read_box(column, text)
                if problem:
                    problems[slug(column.name)] = problem
                elif text:
                    found[column.name] = text
            return ({**kept, "cells": found} if found else None), problems

        boxes = []
        for column in kind.columns:
            choices = column.choices or (_FLAG if column.type is ItemType.FLAG else ())
            text = cells.get(column.name, "")
            label = f"第 {number} 行 {column.name}" + (f"（{column.unit}）" if column.unit else "")
            boxes.append(Box(slug(column.name), label, text, text, choices, number=column.type is ItemType.NUMBER))
        place = (kind.name, number)
        version = folder.rows.version(ROW, *place)
        rows.append(FormRow(f"第 {number} 行", ROW, place, version, tuple(boxes), take, ask=ask))
    return rows


def _about_cells(stated: Register, kind: RegisterKind, typed: Typed) -> dict[str, Question]:
    asked = {slug(column.name): asking.about_cell(stated, column, typed[slug(column.name)]) for column in kind.columns}
    return {name: question for name, question in asked.items() if question is not None}


def answer_rows(folder: Folder, leaves: list[LeafScore]) -> list[FormRow]:
    """The statements of these leaves: does each hold, and what there is to say about it."""
    rows = []
    for leaf in leaves:
        answers = folder.filing.judgements.get(leaf.id, Judgement()).answers
        for statement in statements_of(folder.indicators[leaf.id].rule):
            now = answers.get(statement.key, Answer(None))

            def take(typed: Typed, evidence: str = now.evidence) -> Reading:
                data = {"holds": _HOLDS.get(typed["holds"]), "evidence": evidence, "note": typed["note"].strip()[:2000]}
                return (None if data == {"holds": None, "evidence": "", "note": ""} else data), {}

            word = _WORD[now.holds]
            boxes = (Box("holds", statement.text, word, word, _FLAG), Box("note", "说明", now.note, now.note))
            place = (leaf.id, statement.key)
            title = f"{leaf.id} {leaf.name}"
            rows.append(FormRow(title, ANSWER, place, folder.rows.version(ANSWER, *place), boxes, take))
    return rows


def paragraph_rows(folder: Folder, chapter: str) -> list[FormRow]:
    """The paragraphs of a chapter, and a few empty ones."""
    stated = {int(str(place[1])): row for place, row in folder.rows.of(PARAGRAPH).items() if place[0] == chapter}
    first = max(stated, default=0) + 1

    def take(typed: Typed) -> Reading:
        kept = typed["text"].strip()
        problem = reference_problem(folder, kept)
        return ({"text": kept} if kept else None), ({"text": problem} if problem else {})

    rows = []
    for number in (*sorted(stated), *range(first, first + _BLANK_PARAGRAPHS)):
        text = str(stated[number].says["text"]) if number in stated else ""
        box = Box("text", f"第 {number} 段", text, text, long=True)
        place = (chapter, number)
        rows.append(FormRow(chapter, PARAGRAPH, place, folder.rows.version(PARAGRAPH, *place), (box,), take))
    return rows
