"""The report that we write is read back whole: every leaf with its points and score, the totals, the grade."""

from fractions import Fraction

from hengji.extracting import extract
from hengji.reading.docx import read_docx
from hengji.scoring import score
from hengji.workbook import open_filing
from hengji.writing import compose_report
from hengji.writing.docx import report_docx
from tests.conftest import ROOT


def test_the_report_that_we_write_is_read_back_whole() -> None:
    opened = open_filing(ROOT / "examples" / "lechang-2023.xlsx")
    card = score(opened.system, opened.filing)
    found = extract(read_docx("自评报告.docx", report_docx(compose_report(opened.filing, opened.system, card))))
    read = {item.name: (item.points, item.claimed) for item in found.items}
    assert {leaf.name: (leaf.points, None if leaf.score is None else Fraction(leaf.score)) for leaf in card.leaves} == {
        name: (Fraction(points or 0), None if claimed is None else Fraction(claimed))
        for name, (points, claimed) in read.items()
    }
    assert found.totals.claimed is not None
    assert found.totals.claimed.value == "100"
    assert found.totals.base is not None
    assert found.totals.base.value == "98"
    assert found.totals.grade is not None
    assert found.totals.grade.value == "优"
