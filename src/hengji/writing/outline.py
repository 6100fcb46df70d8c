"""The outline of a report (报告提纲) as data: chapters and what each of them is made of."""

from dataclasses import dataclass
from enum import StrEnum

from hengji.writing.blocks import Align, Ink
from hengji.writing.template import Reference, Template


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of our own; an optional one is left out where a figure is missing, any other leaves a mark."""

    template: Template
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """A paragraph of template sentences; ``todo`` says what a person must write where a figure is missing."""

    sentences: tuple[Sentence, ...]
    todo: str = ""


@dataclass(frozen=True, slots=True)
class NarrativePart:
    """The department's own text of one narrative chapter; without it a mark, unless it is optional."""

    key: str
    todo: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: head, width as a share, alignment."""

    head: str
    width: int
    align: Align


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table of templates; a row whose figures are all missing is left out, and a table without rows with it."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Template, ...], ...]
    unit: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class BarsPart:
    """A bar chart of data items: a bar a series in every row; a row with a missing figure is left out."""

    title: str
    unit: str
    series: tuple[tuple[Ink, str], ...]
    rows: tuple[tuple[str, tuple[Reference, ...]], ...]


class Builder(StrEnum):
    """The parts that are written from the scorecard and the registers rather than from templates."""

    CONCLUSION = "conclusion"
    LOSSES = "losses"
    RESTING = "resting"
    SECTION_TABLE = "section_table"
    SECTION_CHART = "section_chart"
    ANALYSIS = "analysis"
    EXTRAS = "extras"
    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    SUGGESTIONS = "suggestions"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class BuiltPart:
    """A part that a builder writes.

    ``sections`` chooses branches of the first level by name (none: those that no other part names); ``level`` is the
    level of its headings, 0 for one below the chapter it stands in.
    """

    builder: Builder
    sections: tuple[str, ...] = ()
    level: int = 0


Part = ParagraphPart | NarrativePart | TablePart | BarsPart | BuiltPart


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its parts, then its own chapters. ``level`` counts from 1."""

    title: str
    level: int
    parts: tuple[Part, ...] = ()
    chapters: tuple["Chapter", ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's outline: the mark, the title's lines, the cover's labels with their templates, the chapters."""

    id: str
    name: str
    mark: str
    title: tuple[Template, ...]
    cover: tuple[tuple[str, Template], ...]
    chapters: tuple[Chapter, ...]

    @property
    def named_sections(self) -> frozenset[str]:
        """The branches that some part names, so that the others know what is left for them."""
        return frozenset(
            name for part in _parts(self.chapters) if isinstance(part, BuiltPart) for name in part.sections
        )


def _parts(chapters: tuple[Chapter, ...]) -> list[Part]:
    return [part for chapter in chapters for part in (*chapter.parts, *_parts(chapter.chapters))]
