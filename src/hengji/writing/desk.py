"""What every part of a report is written from: the scored filing, its figures and the way sentences are filled."""

from dataclasses import dataclass
from functools import cached_property

from hengji.model.filing import Filing, Register, Row
from hengji.model.problem import HengjiError, Problem
from hengji.model.scorecard import LeafScore, Scorecard, Standing
from hengji.model.system import Indicator, IndicatorSystem
from hengji.writing.blocks import Paragraph, Run, Runs, joined, plain_runs, todo
from hengji.writing.figures import Figures, Gap
from hengji.writing.outline import Outline, ParagraphPart
from hengji.writing.template import ITEM_KINDS, LEAF_KINDS, Referable, ReferenceProblem, Template

_BOUND = (*ITEM_KINDS, *LEAF_KINDS)
LEAF_TEXT = "指标:"


@dataclass(frozen=True)
class Desk:
    """One report in the writing. ``system`` holds only the indicators valid in the filing's year."""

    filing: Filing
    system: IndicatorSystem
    scorecard: Scorecard
    outline: Outline

    @cached_property
    def figures(self) -> Figures:
        """The figures as texts."""
        return Figures(self.filing, self.system, self.scorecard)

    @cached_property
    def referable(self) -> Referable:
        """What the department's own text may refer to."""
        return Referable(self.system)

    @cached_property
    def lost(self) -> tuple[LeafScore, ...]:
        """The leaves that earned less than they could."""
        return tuple(
            leaf
            for leaf in self.scorecard.leaves
            if leaf.score is not None and leaf.full is not None and leaf.score < leaf.full
        )

    @cached_property
    def unscored(self) -> tuple[LeafScore, ...]:
        """The leaves that have points and no score at all."""
        return tuple(leaf for leaf in self.scorecard.leaves if leaf.standing is Standing.MISSING)

    def sections(self, wanted: tuple[str, ...]) -> tuple[Indicator, ...]:
        """The branches of the first level by name; without names those that no part of the outline names."""
        if wanted:
            return tuple(section for section in self.system.indicators if section.name in wanted)
        taken = self.outline.named_sections
        return tuple(section for section in self.system.indicators if section.name not in taken)

    def rows(self, register: str) -> tuple[Row, ...]:
        """The rows entered in a register."""
        return self.filing.registers.get(register, Register()).rows

    def fill(self, template: Template) -> tuple[Runs, tuple[str, ...]]:
        """The template with its figures, and what was missing; a gap prints as a mark of its own."""
        runs: list[Run] = []
        gaps: list[str] = []
        for piece in template.pieces:
            if isinstance(piece, str):
                runs.append(Run(piece))
                continue
            text = self.figures.text(piece)
            if isinstance(text, Gap):
                gaps.append(text.what)
                runs.append(todo(text.what))
            else:
                runs.append(Run(text, about=piece.name if piece.kind in _BOUND else ""))
        return joined(runs), tuple(dict.fromkeys(gaps))

    def paragraph(self, part: ParagraphPart) -> tuple[Paragraph, ...]:
        """A paragraph of whole sentences only; for those that miss a figure one mark says what to write."""
        runs: list[Run] = []
        lacking: list[str] = []
        for sentence in part.sentences:
            filled, gaps = self.fill(sentence.template)
            if not gaps:
                runs.extend(filled)
            elif not sentence.optional:
                lacking.extend(gaps)
        if lacking:
            runs.append(todo(f"{part.todo}（缺{'、'.join(dict.fromkeys(lacking))}）"))
        return (Paragraph(joined(runs)),) if runs else ()

    def narrative(self, key: str) -> tuple[Paragraph, ...]:
        """The department's own paragraphs of a chapter, references filled."""
        texts = self.filing.narrative.get(key, ())
        return tuple(
            Paragraph(self.fill(self.referable.template(text))[0], (key, number))
            for number, text in enumerate(texts, start=1)
            if text.strip()
        )

    def check_narrative(self) -> None:
        """Raises HengjiError where the department's text refers to something that does not exist, or leaves no place for."""
        problems: list[Problem] = []
        for key, texts in self.filing.narrative.items():
            if key.startswith(LEAF_TEXT) and key.removeprefix(LEAF_TEXT) not in self.referable.leaves:
                problems.append(Problem(f"文字 {key}", f"“{self.system.name}”没有这个编号的指标"))
            for number, text in enumerate(texts, start=1):
                try:
                    self.referable.template(text)
                except ReferenceProblem as problem:
                    problems.extend(Problem(f"文字 {key} 第{number}段", message) for message in problem.messages)
        if problems:
            raise HengjiError(*problems)


def sentence(*pieces: str | Run) -> Paragraph:
    """A paragraph from texts and marks."""
    return Paragraph(
        joined([run for piece in pieces for run in (plain_runs(piece) if isinstance(piece, str) else (piece,))])
    )
