"""Writing the report beside docxtpl and bare typst on the same content."""

import tempfile
import zipfile
from pathlib import Path

import docx
import typst
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from benchmarks.measure import Ratio, median
from hengji.model.document import Document
from hengji.reading.docx import read_docx
from hengji.scoring import score
from hengji.workbook import open_filing
from hengji.writing import write_report_docx, write_report_pdf

CASE = "examples/lechang-2023.xlsx"


def _pictures(path: Path, folder: Path) -> list[Path]:
    """The charts in a docx, as files."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        return [Path(archive.extract(name, folder)) for name in names]


def _template(read: Document, pictures: int, path: Path) -> dict[str, str]:
    """A docxtpl template with a placeholder for every paragraph and cell of our own report."""
    template = docx.Document()
    texts: dict[str, str] = {}

    def placeholder(text: str) -> str:
        name = f"t{len(texts)}"
        texts[name] = text
        return "{{ " + name + " }}"

    for block in read.blocks:
        if not block.cells:
            template.add_paragraph(placeholder(block.text))
            continue
        width = max(cell.column + cell.columns for cell in block.cells)
        table = template.add_table(rows=max(cell.row for cell in block.cells) + 1, cols=width)
        for cell in block.cells:
            table.cell(cell.row, cell.column).text = placeholder(cell.text)
    for number in range(pictures):
        template.add_paragraph("{{ p" + str(number) + " }}")
    template.save(str(path))
    return texts


def run() -> list[Ratio]:
    opened = open_filing(CASE)
    card = score(opened.system, opened.filing)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs, pdf = Path(folder) / "a.docx", Path(folder) / "b.docx", Path(folder) / "a.pdf"
        write_report_docx(opened.filing, opened.system, card, ours)
        read = read_docx(ours.name, ours.read_bytes())
        pictures = _pictures(ours, Path(folder))
        texts = _template(read, len(pictures), theirs)

        def with_docxtpl() -> None:
            template = DocxTemplate(str(theirs))
            images = {f"p{n}": InlineImage(template, str(each), width=Mm(150)) for n, each in enumerate(pictures)}
            template.render(texts | images, autoescape=True)
            template.save(str(Path(folder) / "c.docx"))

        source = Path(folder) / "a.typ"
        lines = "\n\n".join(f"#text({_quoted(block.text)})" for block in read.blocks)
        source.write_text(f'#set page("a4")\n#set text(font: "Noto Serif SC", size: 16pt)\n{lines}\n', encoding="utf-8")
        fonts = [str(Path(__import__("pylopdf_fonts_zh_cn").__file__).parent)]
        return [
            Ratio(
                "自评报告.docx / docxtpl（同样内容）",
                median(lambda: write_report_docx(opened.filing, opened.system, card, ours)),
                median(with_docxtpl),
                1,
            ),
            Ratio(
                "自评报告.pdf / 裸 typst（同样文字）",
                median(lambda: write_report_pdf(opened.filing, opened.system, card, pdf)),
                median(lambda: typst.compile(str(source), font_paths=fonts, ignore_system_fonts=True)),
                1.5,
            ),
        ]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
