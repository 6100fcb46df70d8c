"""Composes the report: a scored filing and an outline become a tuple of blocks, the same for docx, pdf and html."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem, in_year
from hengji.writing import analysis, conclusion, performance, tables
from hengji.writing.blocks import Block, Cover, Heading, Mark, Report, Title, text_of, todo
from hengji.writing.characters import changed, printable
from hengji.writing.desk import Desk, sentence
from hengji.writing.numbering import numbered
from hengji.writing.outline import (
    BarsPart,
    Builder,
    BuiltPart,
    Chapter,
    NarrativePart,
    Outline,
    ParagraphPart,
    Part,
    TablePart,
)
from hengji.writing.outlines import load_outline

_MARK_LABEL, _DATE_LABEL = "附件", "填报日期"


def compose_report(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard, own_library: Path | None = None
) -> Report:
    """The whole report as the system's outline says.

    Raises HengjiError where the outline or the department's text refers to something that does not exist.
    """
    system = in_year(system, filing.year)
    outline = load_outline(system.outline, system, own_library)
    desk = Desk(filing, system, scorecard, outline)
    desk.check_narrative()
    title = tuple(text_of(desk.fill(line)[0]) for line in outline.title)
    front = [*_mark(filing, outline), Title(title), *_cover(desk)]
    body = [block for chapter in outline.chapters for block in _chapter(desk, chapter)]
    name = "".join(title)
    whole = name if filing.department in name else f"{filing.department}{name}"
    blocks = tuple(changed(block, printable) for block in (*front, *numbered(body)))
    return Report(printable(whole), printable(filing.department), _dated(filing), blocks)


def _mark(filing: Filing, outline: Outline) -> list[Block]:
    """附件, with the number the notice gives it where the cover says so (附件4)."""
    stated = filing.cover.get(_MARK_LABEL, "").strip()
    if stated:
        return [Mark(stated if stated.startswith(_MARK_LABEL) else f"{_MARK_LABEL}{stated}")]
    return [Mark(outline.mark)] if outline.mark else []


def _cover(desk: Desk) -> list[Block]:
    rows = tuple((label, desk.fill(template)[0]) for label, template in desk.outline.cover)
    return [Cover(rows)] if rows else []


def _dated(filing: Filing) -> date:
    """The date of the filing as its cover states it, else the last day of the evaluated year; never today's."""
    try:
        return date.fromisoformat(filing.cover.get(_DATE_LABEL, "").strip())
    except ValueError:
        return date(filing.year, 12, 31)


def _chapter(desk: Desk, chapter: Chapter) -> list[Block]:
    """A chapter with its heading; nothing where nothing stands in it."""
    inside = [block for part in chapter.parts for block in _part(desk, part, chapter.level)]
    inside += [block for inner in chapter.chapters for block in _chapter(desk, inner)]
    return [Heading(chapter.level, chapter.title), *inside] if inside else []


def _part(desk: Desk, part: Part, level: int) -> list[Block]:
    match part:
        case ParagraphPart():
            return list(desk.paragraph(part))
        case NarrativePart():
            found = desk.narrative(part.key)
            return list(found) if found or part.optional else [replace(sentence(todo(part.todo)), source=(part.key, 0))]
        case TablePart():
            return tables.table(desk, part)
        case BarsPart():
            return tables.bars(desk, part)
        case BuiltPart():
            return _built(desk, part, level + 1)


def _built(desk: Desk, part: BuiltPart, level: int) -> list[Block]:
    """``level`` is that of a heading below the chapter."""
    match part.builder:
        case Builder.ANALYSIS:
            return analysis.analysis(desk, part, level)
        case Builder.EXTRAS:
            return analysis.extras(desk, part, level)
        case Builder.CONCLUSION:
            return conclusion.conclusion(desk)
        case Builder.LOSSES:
            return conclusion.losses(desk)
        case Builder.RESTING:
            return conclusion.resting(desk)
        case Builder.SECTION_TABLE:
            return conclusion.section_table(desk)
        case Builder.SECTION_CHART:
            return conclusion.section_chart(desk)
        case Builder.ACHIEVEMENTS:
            return performance.achievements(desk, level)
        case Builder.PROBLEMS:
            return performance.problems(desk)
        case Builder.SUGGESTIONS:
            return performance.suggestions(desk)
        case Builder.EVIDENCE:
            return performance.evidence(desk)
