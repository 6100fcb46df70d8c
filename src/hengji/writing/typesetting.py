"""Typst with the fonts that ship with the project and nothing of the machine's, so that output is the same everywhere."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn
import typst

from hengji.model.problem import HengjiError
from hengji.writing.blocks import (
    Block,
    Chart,
    Cover,
    Heading,
    Line,
    Mark,
    Paragraph,
    Report,
    Runs,
    Table,
    Title,
    printable,
)
from hengji.writing.characters import Change, changed, settable

_HERE = Path(__file__).parent
_FONTS = (Path(pylopdf_fonts_zh_cn.serif_path()), Path(pylopdf_fonts_zh_cn.sans_path()))
PICTURE_PPI = 200


@cache
def _compiler(template: str) -> typst.Compiler:
    """One compiler a template: reading the fonts is the slow part."""
    return typst.Compiler(input=_HERE / template, root=_HERE, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    folder = str(_FONTS[0].parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _settable() -> Change:
    return settable(_FONTS)


def report_pdf(report: Report) -> bytes:
    """The report as PDF/A-2b; a character that the fonts lack prints as 〓. Raises HengjiError where it cannot be set."""
    change = _settable()
    data = {
        "title": report.title,
        "author": report.author,
        "dated": _date(report.dated),
        "blocks": [block_data(changed(block, change)) for block in report.blocks],
    }
    return _set("report.typ", {"report": json.dumps(data, ensure_ascii=False)}, "a-2b")


def chart_png(chart: Chart) -> bytes:
    """One chart as a picture 156 mm wide."""
    data = json.dumps(block_data(changed(chart, _settable())), ensure_ascii=False)
    return _set("chart.typ", {"chart": data})


@cache
def covered_png() -> bytes:
    """The grey box that stands where a picture was taken out."""
    return _set("covered.typ", {})


def _set(template: str, inputs: dict[str, str], standard: Literal["a-2b"] | None = None) -> bytes:
    """The template with its inputs: a PDF of a standard, or else a picture."""
    compiler = _compiler(template)
    try:
        if standard is not None:
            made = compiler.compile(sys_inputs=inputs, format="pdf", pdf_standards=standard)
        else:
            made = compiler.compile(sys_inputs=inputs, format="png", ppi=PICTURE_PPI)
    except typst.TypstError as error:
        raise HengjiError(f"排版没有成功（{error.message}），请把这句话告诉维护者") from error
    found = made[0] if isinstance(made, list) else made
    assert found is not None  # without an output file the bytes come back
    return found


def _date(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def block_data(block: Block) -> dict[str, object]:
    """A block as plain data for the templates."""
    match block:
        case Mark(text):
            return {"kind": "mark", "text": text}
        case Title(lines, cover):
            return {"kind": "title", "lines": lines, "cover": cover}
        case Cover(rows):
            return {"kind": "cover", "rows": [{"label": label, "runs": _runs(runs)} for label, runs in rows]}
        case Heading(level, text, number):
            return {"kind": "heading", "level": level, "text": text, "number": number}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case Line():
            return {"kind": "line", "runs": _runs(block.runs), "align": block.align, "apart": block.apart}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "unit": block.unit,
                "total": block.total,
                "short": block.short,
                "columns": [{"head": c.head, "width": c.width, "align": c.align} for c in block.columns],
                "rows": [[{"runs": _runs(cell)} for cell in row] for row in block.rows],
            }
        case Chart():
            return {
                "kind": "chart",
                "caption": block.caption,
                "spoken": block.spoken,
                "overlaid": block.overlaid,
                "legend": block.legend,
                "rows": [
                    {
                        "name": row.name,
                        "label": row.label,
                        "bars": [{"ink": b.ink, "share": b.share, "label": b.label} for b in row.bars],
                    }
                    for row in block.rows
                ],
            }


def _runs(runs: Runs) -> list[dict[str, str]]:
    return [{"text": run.text, "emphasis": run.emphasis} for run in printable(runs)]
