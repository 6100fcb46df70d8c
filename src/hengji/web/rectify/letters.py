"""问询函 and 整改通知 as official letters."""

from collections.abc import Sequence
from datetime import date

from hengji.web.filings.models import FilingRow
from hengji.web.rectify.models import LetterRow, ProblemRow
from hengji.web.rectify.problems import WORDS
from hengji.web.reviews.letters import letter, official, paragraph
from hengji.writing.blocks import Align, Block, Column, Report, Table, plain_runs


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def inquiry(filing: FilingRow, row: LetterRow) -> Report:
    """The letter as it was written, a paragraph a line, with the day by which an answer is due."""
    body: list[Block] = [paragraph(line.strip()) for line in row.text.splitlines() if line.strip()]
    due = _day(row.due)
    until = f"请于{official(due)}前书面答复，并附佐证材料。" if due is not None else "请书面答复，并附佐证材料。"
    body.append(paragraph(until))
    day = _day(row.dated) or filing.changed_at.date()
    return letter((row.title,), filing.department.name, body, filing, day)


def demand(filing: FilingRow, rows: Sequence[ProblemRow], day: date) -> Report:
    """The list of problems with owner, term, measure and acceptance."""
    columns = (
        Column("序号", 1),
        Column("问题", 5, Align.LEFT),
        Column("来源", 2),
        Column("责任科室", 2),
        Column("期限", 3),
        Column("整改措施", 4, Align.LEFT),
        Column("验收", 2),
    )
    table = Table(
        "整改清单",
        columns,
        tuple(
            tuple(
                map(
                    plain_runs,
                    (
                        str(number),
                        row.text + (f"（{row.since}年度提出）" if row.since != filing.year else ""),
                        row.source or "—",
                        row.owner or "—",
                        row.due or "—",
                        row.measure or "—",
                        WORDS.get(row.state, "—"),
                    ),
                )
            )
            for number, row in enumerate(rows, start=1)
        ),
    )
    opening = f"根据{filing.year}年度部门整体支出绩效自评复核结果，现将需要整改的{len(rows)}个问题通知你单位。请明确责任科室，在期限内完成整改，并报送措施和佐证材料。"
    title = (f"关于{filing.year}年度部门整体支出绩效自评", "发现问题整改的通知")
    return letter(title, filing.department.name, [paragraph(opening), table], filing, day)
