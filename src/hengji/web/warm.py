"""Warming up (预热): what every process needs is read once before the server forks, so that nobody's first click waits."""

from django.urls import get_resolver

from hengji.auditing import examine
from hengji.auditing.case import Case
from hengji.extracting.extract import as_self_evaluation
from hengji.model.document import BlockKind, Piece, assemble
from hengji.model.problem import HengjiError
from hengji.web.filings import needs
from hengji.web.filings.models import PinnedSystem
from hengji.web.filings.systems import system_of

_WORDS = (
    "2023年度部门整体支出绩效自评报告",
    "一、部门基本情况",
    "2023年年初预算数100.00万元，全年支出合计100.00万元。",
)


def warm() -> None:
    """Imports every page, reads the pinned systems, and runs the checks once over a few words."""
    assert get_resolver().url_patterns
    for pinned in PinnedSystem.objects.all():
        try:
            needs.sections(system_of(pinned))
        except HengjiError:
            continue  # its filings say so themselves
    document = assemble("", "docx", [Piece(BlockKind.PARAGRAPH, text) for text in _WORDS])
    examine(Case(as_self_evaluation(document, 2023)))
