"""The 评分表 sheet: the levels merged, a line a leaf, subtotals, and how the total came about."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hengji.language import formula
from hengji.model.filing import Filing
from hengji.model.rules import Policy, VetoScope
from hengji.model.scorecard import STANDING_CN, ExtraScore, LeafScore, Scorecard, Standing, Totals
from hengji.model.system import Indicator, IndicatorSystem
from hengji.scoring.describe import describe_rule
from hengji.writing.conclusion import grade_scale
from hengji.writing.figures import official_date, stated_score
from hengji.writing.xlsx_cells import BLANK, Cell, Formats, Sheet, Style, lines, place, put
from hengji.writing.xlsx_formulas import number, quoted
from hengji.writing.xlsx_process import Process

SHEET = "评分表"
_L1, _P1, _L2, _P2, _L3, _P3, _ABOUT, _STANDARD, _CLAIM, _SYSTEM, _COUNTED, _REASON, _EVIDENCE, _STANDING = range(14)
_HEADS = (
    ("一级指标", 10), ("分值", 6), ("二级指标", 10), ("分值", 6), ("三级指标", 14), ("分值", 6), ("指标说明/计算公式", 22),
    ("评分标准", 26), ("自评得分", 8), ("系统得分", 8), ("计入得分", 8), ("得分依据", 36), ("佐证材料", 17), ("得分状态", 9),
)  # fmt: skip
_HEAD_ROW, _FIRST_ROW = 2, 3
_LINE_HEIGHT = 13.5
_SCORE = "0.00"
_FOOT = ("填报人", "审核人", "单位负责人", "联系电话", "填报日期")
_NOTHING = Fraction(0)
_UNGRADED = "暂不评定"
_MISSING = STANDING_CN[Standing.MISSING]


@dataclass
class ScoreTable:
    """Writes the sheet from top to bottom; ``row`` is the next free one."""

    filing: Filing
    system: IndicatorSystem
    scorecard: Scorecard
    process: Process
    row: int = _FIRST_ROW
    sections: list[int] = field(default_factory=list)

    def write(self, sheet: Sheet, formats: Formats, title: str) -> None:
        """The whole sheet."""
        self._head(sheet, formats, title)
        for section in self.system.indicators:
            self._section(sheet, formats, section)
        if self.scorecard.totals is not None:
            self._totals(sheet, formats, self.scorecard.totals)
        self._foot(sheet, formats)
        sheet.freeze_panes(_FIRST_ROW, _ABOUT)
        sheet.repeat_rows(_HEAD_ROW)

    def _head(self, sheet: Sheet, formats: Formats, title: str) -> None:
        big = formats.get(font_name="黑体", font_size=18, align="center", border=0)
        sheet.merge_range(0, 0, 0, _STANDING, title, big)
        sheet.set_row(0, 32)
        facts = formats.get(border=0)
        sheet.merge_range(1, 0, 1, _ABOUT, f"填报单位（盖章）：{self.filing.department}", facts)
        told = f"评价年度：{self.filing.year}　　{self.system.name}（第{self.system.version}版）　　单位：分"
        sheet.merge_range(1, _STANDARD, 1, _STANDING, told, formats.get(border=0, align="right"))
        for column, (head, width) in enumerate(_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEAD_ROW, column, head, formats.head())
        sheet.set_row(_HEAD_ROW, 30)

    def _section(self, sheet: Sheet, formats: Formats, section: Indicator) -> None:
        """The leaves of one section, its levels merged downward, and its subtotal."""
        first = self.row
        groups = [section] if section.is_leaf else list(section.parts)
        for group in groups:
            self._group(sheet, formats, group, top=section.is_leaf)
        if not section.is_leaf:
            self._merged(sheet, formats, section, first, _L1)
        self._subtotal(sheet, formats, section, first)

    def _group(self, sheet: Sheet, formats: Formats, group: Indicator, *, top: bool) -> None:
        """The leaves below one indicator of the second level, or the leaf it is itself."""
        first = self.row
        for leaf, above in _leaves(group):
            self._leaf(sheet, formats, leaf)
            if group.is_leaf:
                column = _L1 if top else _L2
                sheet.merge_range(self.row, column, self.row, _L3, leaf.name, formats.text(align="center"))
            else:
                name = " / ".join([*(node.name for node in above[1:]), leaf.name])
                put(sheet, self.row, _L3, Cell(name), formats.text())
            self.row += 1
        if not group.is_leaf:
            self._merged(sheet, formats, group, first, _L2)

    def _merged(self, sheet: Sheet, formats: Formats, branch: Indicator, first: int, column: int) -> None:
        """A branch's name and points, merged over its leaves; the points are the sum of theirs."""
        last = self.row - 1
        points = self.scorecard.branch(branch.id).points
        below = [leaf.points for leaf, _ in _leaves(branch)]
        known = points is not None and None not in below and sum((p or _NOTHING for p in below), _NOTHING) == points
        total = Cell(points, f"SUM({place(first, _P3)}:{place(last, _P3)})") if known else _number(points)
        name, style = Cell(branch.name), formats.text(align="center")
        for at, cell, look in ((column, name, style), (column + 1, total, _centred(formats))):
            if last > first:
                sheet.merge_range(first, at, last, at, "", look)
            put(sheet, first, at, cell, look)

    def _leaf(self, sheet: Sheet, formats: Formats, leaf: Indicator) -> None:
        scored = self.scorecard.leaf(leaf.id)
        about, standard = _about(leaf), leaf.standard or describe_rule(leaf.rule)
        reason, evidence = self._reason(scored), self._evidence(leaf, scored)
        put(sheet, self.row, _P3, _number(leaf.points), _centred(formats))
        for column, text in ((_ABOUT, about), (_STANDARD, standard), (_REASON, reason), (_EVIDENCE, evidence)):
            put(sheet, self.row, column, Cell(text), formats.text())
        claim, system, counted = self._scores(scored)
        put(sheet, self.row, _CLAIM, claim, _centred(formats, _code(claim)))
        put(sheet, self.row, _SYSTEM, system, _centred(formats, _SCORE))
        put(sheet, self.row, _COUNTED, counted, _centred(formats, _SCORE))
        put(sheet, self.row, _STANDING, Cell(STANDING_CN[scored.standing]), formats.text(align="center"))
        texts = {_L3: leaf.name, _ABOUT: about, _STANDARD: standard, _REASON: reason, _EVIDENCE: evidence}
        taken = max(sum(lines(part, _HEADS[c][1]) for part in text.split("\n")) for c, text in texts.items())
        sheet.set_row(self.row, min(400.0, _LINE_HEIGHT * taken + 6))

    def _scores(self, scored: LeafScore) -> tuple[Cell, Cell, Cell]:
        """Claimed, computed and counted: the last takes the computed score, else the claim."""
        stated = stated_score(scored)
        claim = Cell(stated if stated is not None else STANDING_CN[scored.standing])
        if scored.standing is Standing.NOT_APPLICABLE:
            return claim, Cell("不考核"), Cell(scored.score if scored.score is not None else "不考核")
        if scored.standing is Standing.RECORDED:
            return claim, Cell("—"), Cell("—")
        live = self.process.score_cell(scored.id)
        computed = Cell(scored.computed if scored.computed is not None else "未算出", live)
        own, machine = place(self.row, _CLAIM), place(self.row, _SYSTEM)
        counted = f"IF(ISNUMBER({machine}),{machine},{own}{_claim_factor(scored)})"
        return claim, computed, Cell(scored.score if scored.score is not None else claim.content, counted)

    def _reason(self, scored: LeafScore) -> str:
        claim = self.filing.claims.get(scored.id)
        differs = claim is not None and scored.computed is not None and scored.claimed != scored.computed
        told = f"\n单位说明：{claim.reason}" if claim and differs and claim.reason else ""
        return scored.trace.sentence + told

    def _evidence(self, leaf: Indicator, scored: LeafScore) -> str:
        """The files that prove the leaf, else what the table expects."""
        facts = {item.name for item in scored.trace.inputs}
        found = [e.title for e in self.filing.evidence if leaf.id in e.proves or facts & set(e.proves)]
        return "；".join(found) if found else (f"应附：{'、'.join(leaf.evidence)}" if leaf.evidence else "")

    def _subtotal(self, sheet: Sheet, formats: Formats, section: Indicator, first: int) -> None:
        branch, last = self.scorecard.branch(section.id), self.row - 1
        leaves = [self.scorecard.leaf(leaf.id) for leaf, _ in _leaves(section)]
        claimed = sum((stated_score(leaf) or _NOTHING for leaf in leaves), _NOTHING)
        computed = sum((leaf.computed or _NOTHING for leaf in leaves), _NOTHING)
        points = sum((leaf.points or _NOTHING for leaf in leaves), _NOTHING)
        cells = {_P3: points, _CLAIM: claimed, _SYSTEM: computed, _COUNTED: branch.score or _NOTHING}
        sums = {c: Cell(v, f"SUM({place(first, c)}:{place(last, c)})") for c, v in cells.items()}
        self.sections.append(self.row)
        self._sum_row(sheet, formats, f"{section.name}小计", sums, "")

    def _sum_row(
        self,
        sheet: Sheet,
        formats: Formats,
        name: str,
        cells: dict[int, Cell],
        text: str,
    ) -> None:
        """One bold line: a name over the levels, numbers in their columns, a text in the column of reasons."""
        sheet.set_row(self.row, max(18.0, _LINE_HEIGHT * lines(text, _HEADS[_REASON][1] + _HEADS[_EVIDENCE][1]) + 6))
        sheet.merge_range(self.row, _L1, self.row, _L3, name, formats.text(bold=True, align="center"))
        for column in range(_P3, _REASON):
            cell = cells.get(column, BLANK)
            code = _SCORE if column in (_SYSTEM, _COUNTED) else _code(cell)
            put(sheet, self.row, column, cell, _centred(formats, code, bold=True))
        sheet.merge_range(self.row, _REASON, self.row, _STANDING, "", formats.text())
        put(sheet, self.row, _REASON, Cell(text), formats.text())
        self.row += 1

    def _totals(self, sheet: Sheet, formats: Formats, totals: Totals) -> None:
        """Base, bonus, deduction, sum, cap, total and grade, each a line."""
        leaves = self.scorecard.leaves
        claimed = sum((stated_score(leaf) or _NOTHING for leaf in leaves), _NOTHING)
        computed = sum((leaf.computed or _NOTHING for leaf in leaves), _NOTHING)
        points = sum((leaf.points or _NOTHING for leaf in leaves), _NOTHING)
        values = {_P3: points, _CLAIM: claimed, _SYSTEM: computed, _COUNTED: totals.base}
        sums = {c: Cell(v, "+".join(place(row, c) for row in self.sections)) for c, v in values.items()}
        base_row = self.row
        self._sum_row(sheet, formats, "合计（基础分）", sums, totals.sentence)
        signed = [(1, totals.bonus), (-1, totals.deduction)]
        terms = place(base_row, _COUNTED)
        for sign, extra in signed:
            if extra is not None:
                terms += f"{'+' if sign > 0 else '-'}{place(self.row, _COUNTED)}"
                self._extra(sheet, formats, extra)
        raw_row = self.row
        self._sum_row(sheet, formats, "加减后合计", {_COUNTED: Cell(totals.raw, terms)}, "")
        self._final(sheet, formats, totals, base_row, raw_row)

    def _extra(self, sheet: Sheet, formats: Formats, extra: ExtraScore) -> None:
        before = extra.capped_from if extra.capped_from is not None else extra.score
        cap = f"MIN({number(before)},{number(extra.score)})" if extra.capped_from is not None else ""
        doubt = "" if extra.standing is Standing.COMPUTED else "（未核实）"
        cells = {_CLAIM: Cell(extra.claimed), _COUNTED: Cell(extra.score, cap)}
        if extra.standing is Standing.COMPUTED:
            cells[_SYSTEM] = Cell(extra.score)
        text = extra.trace.sentence + ("台账逐行计算，为数值。" if extra.standing is Standing.COMPUTED else "")
        self._sum_row(sheet, formats, f"{extra.name}{doubt}", cells, text)

    def _final(self, sheet: Sheet, formats: Formats, totals: Totals, base_row: int, raw_row: int) -> None:
        """The total after floor and cap, and the grade; a veto makes both values."""
        raw = place(raw_row, _COUNTED)
        capped = f"MAX({number(self.system.floor)},{raw})"
        said = f"不低于{number(self.system.floor)}分"
        if totals.cap is not None:
            capped, said = f"MIN({number(totals.cap)},{capped})", f"{said}，不超过{number(totals.cap)}分"
        vetoed = "；".join(f"{reason}，一票否决" for reason in totals.vetoed)
        struck = bool(totals.vetoed) and totals.final != _clipped(totals, self.system)
        final = Cell(totals.final, "" if struck else capped)
        claimed = {_CLAIM: Cell(totals.claimed)} if totals.claimed is not None else {}
        final_row = self.row
        self._sum_row(sheet, formats, totals.title, {**claimed, _COUNTED: final}, vetoed or said)
        if totals.grade:
            graded = place(base_row if self.system.grade_on == "base" else final_row, _COUNTED)
            by_veto = any(veto.scope is VetoScope.GRADE for veto in self._vetoes()) and bool(totals.vetoed)
            open_leaves = f'COUNTIF({place(0, _COUNTED)}:{place(base_row - 1, _COUNTED)},"{_MISSING}")'
            live = f'IF({open_leaves}>0,"{_UNGRADED}",{_grade_formula(self.system, graded)})'
            missing = any(leaf.standing is Standing.MISSING for leaf in self.scorecard.leaves)
            grade = Cell(totals.grade) if by_veto else Cell(_UNGRADED if missing else totals.grade, live)
            stated = {_CLAIM: Cell(self.filing.claimed_grade)} if self.filing.claimed_grade else {}
            self._sum_row(sheet, formats, "等次", {**stated, _COUNTED: grade}, grade_scale(self.system.grades))

    def _vetoes(self) -> tuple[Any, ...]:
        return (*self.system.vetoes, *(veto for node, _ in self.system.walk() for veto in node.vetoes))

    def _foot(self, sheet: Sheet, formats: Formats) -> None:
        told = "　　　　".join(
            f"{label}：{official_date(self.filing.cover.get(label, '').strip()) or '　　　　'}" for label in _FOOT
        )
        sheet.merge_range(self.row, 0, self.row, _STANDING, "", formats.get(border=0))
        put(sheet, self.row, 0, Cell(told), formats.get(border=0))
        sheet.set_row(self.row, 24)


def _leaves(indicator: Indicator, above: tuple[Indicator, ...] = ()) -> list[tuple[Indicator, tuple[Indicator, ...]]]:
    """The leaves below an indicator with the branches between."""
    if indicator.is_leaf:
        return [(indicator, above)]
    return [found for part in indicator.parts for found in _leaves(part, (*above, indicator))]


def _about(leaf: Indicator) -> str:
    """指标说明/计算公式: what the leaf is about, and its formula."""
    measure = f"{leaf.measure_name or leaf.name}＝{formula(leaf.measure.tree)}" if leaf.measure else ""
    return "\n".join(part for part in (leaf.about, measure) if part)


def _code(cell: Cell) -> str:
    """How a claim is shown: as stated, or with two decimals where it is a fraction that has no end."""
    content = cell.content
    return _SCORE if isinstance(content, Fraction) and (content * 100).denominator != 1 else "General"


def _centred(formats: Formats, code: str = "General", **more: object) -> Style:
    return formats.number(code, align="center", indent=0, **more)


def _number(points: Fraction | None) -> Cell:
    return Cell(points if points is not None else "—")


def _claim_factor(scored: LeafScore) -> str:
    """What spread points multiply a claim by, as scoring does."""
    direct = sum((move.points for move in scored.moved_in if move.policy is Policy.TO_ITEM), scored.points or _NOTHING)
    if scored.claimed is None or not direct or scored.full is None or scored.claimed > direct or scored.full == direct:
        return ""
    return f"*{number(scored.full / direct)}"


def _clipped(totals: Totals, system: IndicatorSystem) -> Fraction:
    """The total as floor and cap leave it, without vetoes."""
    final = max(system.floor, totals.raw)
    return final if totals.cap is None else min(totals.cap, final)


def _grade_formula(system: IndicatorSystem, cell: str) -> str:
    """The highest grade whose bound the score reaches."""
    text = '""'
    for grade in sorted(system.grades, key=lambda grade: grade.low):
        text = f"IF(ROUND({cell}-{number(grade.low)},9)>=0,{quoted(grade.name)},{text})"
    return text
