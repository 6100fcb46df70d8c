"""What is judged (复核对象): each leaf with points, the bonus and the deduction, with the score that is claimed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.filing import Total
from hengji.model.rules import Checklist, Composite, Defects
from hengji.model.scorecard import ExtraScore, LeafScore, Standing, Trace
from hengji.model.system import Indicator
from hengji.scoring.leaf import spread_claim
from hengji.web.filings.folder import Folder

_EXTRAS = {"bonus": str(Total.BONUS), "deduction": str(Total.DEDUCTION)}
SLUGS = {name: slug for slug, name in _EXTRAS.items()}
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a leaf that a share can be deducted of, with its points."""

    name: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to judge. ``claimed`` is what would count if it were accepted; ``leaf`` is None for an extra."""

    id: str
    name: str
    full: Fraction | None
    claimed: Fraction
    computed: Fraction | None
    standing: Standing
    pieces: tuple[Piece, ...] = ()
    leaf: LeafScore | None = None
    extra: ExtraScore | None = None

    @property
    def slug(self) -> str:
        """How addresses name it."""
        return SLUGS.get(self.id, self.id)

    @property
    def fixed(self) -> bool:
        """Whether nothing can be deducted: it is not assessed, and that is confirmed or sent back."""
        return self.standing is Standing.NOT_APPLICABLE

    @property
    def adds(self) -> bool:
        """Whether it is the deduction: what is found is added to it, not taken from it."""
        return self.id == Total.DEDUCTION

    @property
    def differs(self) -> bool:
        """Whether the system computes another score than the claimed one."""
        return self.computed is not None and self.computed != self.claimed

    @property
    def trace(self) -> Trace:
        """What its score rests on."""
        if self.leaf is not None:
            return self.leaf.trace
        return self.extra.trace if self.extra is not None else Trace()

    def points_of(self, part: str) -> Fraction:
        """What a share is taken of: the points of a part, or all the subject can earn."""
        found = next((piece.points for piece in self.pieces if piece.name == part), None)
        if found is not None:
            return found
        return self.claimed if self.full is None else self.full


def subjects(folder: Folder) -> tuple[Subject, ...]:
    """Everything to judge, in the order of the table, extras last."""
    card = folder.card
    found = [_leaf(leaf, folder.indicators[leaf.id]) for leaf in card.leaves if leaf.standing is not Standing.RECORDED]
    if card.totals is not None:
        if card.totals.bonus is not None:
            found.append(_extra(Total.BONUS, card.totals.bonus, folder))
        if folder.system.deduction is not None:
            none = ExtraScore(str(Total.DEDUCTION), _NOTHING, Standing.COMPUTED)
            found.append(_extra(Total.DEDUCTION, card.totals.deduction or none, folder))
    return tuple(found)


def subject_id(slug: str) -> str:
    """What an address means."""
    return _EXTRAS.get(slug, slug)


def _leaf(leaf: LeafScore, indicator: Indicator) -> Subject:
    return Subject(
        id=leaf.id,
        name=leaf.name,
        full=leaf.full,
        claimed=_claimed(leaf),
        computed=leaf.computed,
        standing=leaf.standing,
        pieces=_pieces(indicator, leaf.factor),
        leaf=leaf,
    )


def _claimed(leaf: LeafScore) -> Fraction:
    """The score that counts if the department is believed: its claim where it makes one, the computed score elsewhere."""
    if leaf.computed is None or leaf.claimed is None or leaf.claimed in (leaf.computed, leaf.own):
        return leaf.score if leaf.score is not None else _NOTHING
    return spread_claim(leaf.claimed, leaf.points or _NOTHING, leaf.moved_in)


def _pieces(indicator: Indicator, factor: Fraction) -> tuple[Piece, ...]:
    match indicator.rule:
        case Composite(parts):
            named = [(part.name, part.points) for part in parts]
        case Checklist(statements):
            named = [(f"{each.key} {each.text}", each.points) for each in statements]
        case Defects(each=worth, statements=statements):
            named = [(f"{each.key} {each.text}", worth) for each in statements]
        case _:
            return ()
    return tuple(Piece(name[:120], points * factor) for name, points in named if points)


def _extra(name: Total, extra: ExtraScore, folder: Folder) -> Subject:
    counted = extra.score
    claimed = extra.claimed if extra.standing is Standing.COMPUTED and extra.claimed is not None else counted
    own = folder.system.bonus if name is Total.BONUS else folder.system.deduction
    return Subject(
        id=str(name),
        name=str(name),
        full=own.cap if own is not None else None,
        claimed=claimed,
        computed=counted if extra.standing is Standing.COMPUTED else None,
        standing=extra.standing,
        extra=extra,
    )


def by_id(found: tuple[Subject, ...]) -> Mapping[str, Subject]:
    """The subjects by what rows call them."""
    return {subject.id: subject for subject in found}
