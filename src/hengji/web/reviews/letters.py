"""复核意见书: the bureau's opinion as an official letter, from the record and nothing else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from django.utils.timezone import localdate

from hengji.model.numerals import fixed
from hengji.model.scorecard import Scorecard
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import STATE
from hengji.web.people.acts import Act
from hengji.web.reviews.models import OpinionRow
from hengji.web.reviews.overview import Line, Overview
from hengji.web.states.machine import Step
from hengji.web.trail.models import Entry
from hengji.writing.blocks import Align, Block, Column, Heading, Paragraph, Report, Table, Title, plain_runs
from hengji.writing.blocks import Line as TextLine
from hengji.writing.numbering import numbered


class Matter(Protocol):
    """One line of the opinion."""

    @property
    def line(self) -> Line:
        """The subject with its scores."""

    @property
    def row(self) -> OpinionRow | None:
        """What was said."""

    @property
    def text(self) -> str:
        """The bureau's opinion."""

    @property
    def answer_word(self) -> str:
        """The department's answer."""

    @property
    def decision_word(self) -> str:
        """The decision."""


def official(day: date) -> str:
    """A day as official documents print it: no spaces."""
    return f"{day.year}年{day.month}月{day.day}日"


def bureau_of(filing: FilingRow) -> str:
    """The name of the bureau that signs."""
    return f"{filing.department.region}财政局"


def paragraph(text: str) -> Paragraph:
    """Running text."""
    return Paragraph(plain_runs(text))


def letter(title: Sequence[str], to: str, body: Sequence[Block], filing: FilingRow, day: date) -> Report:
    """An official letter: title, addressee, body, the bureau and the day at the right."""
    blocks: tuple[Block, ...] = (
        Title(tuple(title), cover=False),
        TextLine(plain_runs(f"{to}：")),
        *numbered(body),
        TextLine(plain_runs(bureau_of(filing)), Align.RIGHT, apart=True),
        TextLine(plain_runs(official(day)), Align.RIGHT),
    )
    return Report("".join(title), bureau_of(filing), day, blocks)


def sent_on(filing: FilingRow) -> date:
    """The day the review was settled or the opinion was sent, by the trail; of the last change while it is drafted."""
    settled = filing.step in (Step.FINAL, Step.ARCHIVED)
    moves = Entry.objects.filter(filing=filing, table=STATE.name, act=Act.SETTLE if settled else Act.OPINE)
    last = moves.order_by("-number").first()
    at = datetime.fromisoformat(last.at) if last is not None else filing.changed_at
    return localdate(at)


def opinion_letter(overview: Overview, matters: Sequence[Matter]) -> Report:
    """The opinion on a filing; after 定稿 with the answers and decisions."""
    filing = overview.folder.row
    year = filing.year
    settled = filing.step in (Step.FINAL, Step.ARCHIVED)
    kind = "复核结果" if settled else "复核意见"
    title = (f"关于{year}年度部门整体支出绩效自评", f"{kind}的函")
    body: list[Block] = [
        paragraph(_opening(overview, settled=settled)),
        Heading(1, "复核得分"),
        _totals(overview, settled=settled),
    ]
    body += [Heading(1, "扣分意见"), *_deductions(matters)]
    if settled:
        body += [Heading(1, "申诉和决定"), *_decisions(matters)]
    body += [Heading(1, "后续事项"), paragraph(_following(filing, matters, settled=settled))]
    return letter(title, filing.department.name, body, filing, sent_on(filing))


def _opening(overview: Overview, *, settled: bool) -> str:
    filing = overview.folder.row
    number = overview.judged_number
    said = f"我局对你单位报送的{filing.year}年度部门整体支出绩效自评进行了复核，逐项核对自评报告、填报数据和佐证材料，共复核{number}项"
    lost = len(overview.deducted)
    said += f"，其中{lost}项与自评得分不同。" if lost else "，各项均认可自评得分。"
    return said + ("现将复核结果函告如下。" if settled else "现将复核意见函告如下。")


def _totals(overview: Overview, *, settled: bool) -> Table:
    """Claimed, computed, reviewed and final side by side: base, bonus, deduction, total, grade."""
    card, judged = overview.folder.card, overview.card
    cards: list[tuple[str, Scorecard | None]] = [
        ("自评", card),
        ("系统", card if card.totals is not None and card.totals.title == "系统得分" else None),
        ("复核", judged),
    ]
    if settled:
        cards.append(("定稿", overview.final_card))
    columns = (
        Column("口径"),
        *(Column(head, align=Align.RIGHT) for head in ("基础分", "加分", "扣分", "总分")),
        Column("等次"),
    )
    rows = tuple(tuple(map(plain_runs, (name, *_figures(each)))) for name, each in cards)
    return Table("自评、系统、复核得分" if not settled else "自评、系统、复核、定稿得分", columns, rows, unit="分")


def _figures(card: Scorecard | None) -> tuple[str, ...]:
    totals = card.totals if card is not None else None
    if totals is None:
        return ("—",) * 5
    bonus = fixed(totals.bonus.score) if totals.bonus else "—"
    deduction = fixed(totals.deduction.score) if totals.deduction else "—"
    return fixed(totals.base), bonus, deduction, fixed(totals.final), totals.grade or "—"


def _deductions(matters: Sequence[Matter]) -> list[Block]:
    if not matters:
        return [paragraph("没有扣分，也没有意见。")]
    columns = (
        Column("指标", 3, Align.LEFT),
        Column("自评", 1, Align.RIGHT),
        Column("系统", 1, Align.RIGHT),
        Column("复核", 1, Align.RIGHT),
        Column("意见", 7, Align.LEFT),
    )
    rows = tuple(
        tuple(map(plain_runs, (_name(each.line), *_scores(each.line), each.text))) for each in _in_order(matters)
    )
    return [Table("扣分意见", columns, rows, unit="分")]


def _in_order(matters: Sequence[Matter]) -> list[Matter]:
    return sorted(matters, key=lambda each: (each.line.subject.leaf is None, _order(each.line.subject.id)))


def _order(leaf: str) -> tuple[object, ...]:
    parts = leaf.split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (10_000,)


def _name(line: Line) -> str:
    return f"{line.subject.id} {line.subject.name}" if line.subject.leaf is not None else line.subject.name


def _scores(line: Line) -> tuple[str, str, str]:
    computed = "—" if line.subject.computed is None else fixed(line.subject.computed)
    return fixed(line.subject.claimed), computed, "—" if line.reviewed is None else fixed(line.reviewed)


def _decisions(matters: Sequence[Matter]) -> list[Block]:
    objected = [each for each in _in_order(matters) if each.row is not None and each.answer_word == "申诉"]
    if not objected:
        return [paragraph("你单位对复核意见没有提出申诉。")]
    columns = (
        Column("指标", 3, Align.LEFT),
        Column("申诉理由", 4, Align.LEFT),
        Column("决定", 1),
        Column("决定理由", 4, Align.LEFT),
        Column("定稿", 1, Align.RIGHT),
    )
    rows = tuple(
        tuple(
            map(
                plain_runs,
                (
                    _name(each.line),
                    each.row.reason if each.row else "",
                    each.decision_word or "—",
                    each.row.why if each.row else "",
                    "—" if each.line.final is None else fixed(each.line.final),
                ),
            )
        )
        for each in objected
    )
    return [Table("申诉和决定", columns, rows, unit="分")]


def _following(filing: FilingRow, matters: Sequence[Matter], *, settled: bool) -> str:
    if settled:
        return "请按本函所列意见完善相关工作；需要整改的事项和期限另行通知。复核结果将按规定公开，并作为安排预算的依据之一。"
    if not matters:
        return "如有异议，请在申诉期内书面提出。"
    until = f"{official(filing.due)}前" if filing.due is not None else "在规定的申诉期内"
    return f"请你单位对上列{len(matters)}项意见逐项答复：接受的，请确认；有异议的，请{until}写明理由并附佐证材料。期满未答复的，视为没有异议。"
