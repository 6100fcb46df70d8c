"""The content of a document, before it becomes docx, pdf or html: a tuple of blocks, each a plain frozen value."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Emphasis(StrEnum):
    """How a run of text stands out."""

    NONE = "none"
    TODO = "todo"  # a person must still write this: 【待填写：…】
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Run:
    """Some text in one emphasis; ``about`` is the data item or indicator whose figure it is."""

    text: str
    emphasis: Emphasis = Emphasis.NONE
    about: str = ""


Runs = tuple[Run, ...]
_LINE = 36  # characters across a table
_SHORT = 8  # lines that are not worth a page break


@dataclass(frozen=True, slots=True)
class Mark:
    """The 附件 mark at the top left of the first page."""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, a printed line each; on a cover, or at the head of a letter."""

    lines: tuple[str, ...]
    cover: bool = True


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines under the title: label and content."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands alone (no full stop behind it). ``level`` counts from 1; ``number`` is 「一、」 「（一）」 「1.」."""

    level: int
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with its first line indented.

    ``source`` is the narrative chapter it stands for and the number of the department's own paragraph there; 0 for our words.
    """

    runs: Runs
    source: tuple[str, int] | None = None


class Align(StrEnum):
    """How a column of a table is aligned."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not indented: the addressee of a letter, or at the right its sender and day.

    ``apart`` keeps two lines of distance to what stands above.
    """

    runs: Runs
    align: Align = Align.LEFT
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, its width as a share of all widths, how its cells are aligned."""

    head: str
    width: int = 1
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one repeated header row.

    ``unit`` stands above it at the right (单位：万元); ``total`` sets off the last row; ``number`` is 「表1」.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    unit: str = ""
    total: bool = False
    number: str = ""

    @property
    def short(self) -> bool:
        """Whether it should stay on one page: an estimate by the characters that a column holds."""
        whole = sum(column.width for column in self.columns)
        room = [max(1, _LINE * column.width // whole) for column in self.columns]
        return (
            sum(
                max(-(-len(text_of(cell)) // width) for cell, width in zip(row, room, strict=True)) for row in self.rows
            )
            <= _SHORT
        )

    @property
    def caption(self) -> str:
        """表1 and the title."""
        return f"{self.number}　{self.title}" if self.number else self.title


class Ink(StrEnum):
    """How a bar is drawn; a shape and a word come before colour."""

    SOLID = "solid"
    HOLLOW = "hollow"
    DASHED = "dashed"


SHARE_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length as so many parts of ``SHARE_WHOLE`` of the plot's width, and the figure printed at its end."""

    ink: Ink
    share: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One line of a bar chart: its name and its bars, drawn over one another or one below the other."""

    name: str
    bars: tuple[Bar, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A horizontal bar chart. ``overlaid`` bars lie over one another; ``legend`` says what each ink means."""

    title: str
    rows: tuple[ChartRow, ...]
    legend: tuple[tuple[Ink, str], ...]
    overlaid: bool = False
    unit: str = ""
    number: str = ""

    @property
    def caption(self) -> str:
        """图1, the title and the unit."""
        title = f"{self.number}　{self.title}" if self.number else self.title
        return f"{title}（单位：{self.unit}）" if self.unit else title

    @property
    def spoken(self) -> str:
        """The chart in words, for readers who do not see it."""
        words = dict(self.legend)
        rows = [
            row.name
            + "，".join(
                [f"{words.get(bar.ink, '')}{bar.label}" for bar in row.bars if bar.label]
                + ([row.label] if row.label else [])
            )
            for row in self.rows
        ]
        return f"{self.title}：{'；'.join(rows)}"


Block = Mark | Title | Cover | Heading | Paragraph | Line | Table | Chart


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document: what it is called, whose it is, its date (of the filing, never today's), and its blocks."""

    title: str
    author: str
    dated: date
    blocks: tuple[Block, ...]


def plain_runs(text: str) -> Runs:
    """One run without emphasis; nothing for an empty text."""
    return (Run(text),) if text else ()


def joined(runs: Iterable[Run]) -> Runs:
    """Runs with neighbours of the same emphasis about the same thing made one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        alike = last is not None and (last.emphasis, last.about) == (run.emphasis, run.about)
        if last is not None and alike and run.emphasis is not Emphasis.TODO:
            found[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def printable(runs: Runs) -> Runs:
    """The runs as a file has them: what a figure is about makes no run of its own."""
    return joined(replace(run, about="") for run in runs)


def todo(what: str) -> Run:
    """The mark for what a person must still write."""
    return Run(f"【待填写：{what}】", Emphasis.TODO)


def text_of(runs: Runs) -> str:
    """The text of runs without their emphasis."""
    return "".join(run.text for run in runs)
