"""Keeps the summaries up to date: after every move, after a judgement, and where a board finds one that is behind."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.db.models import F

from hengji.model.finding import Severity
from hengji.model.numerals import round_half_up
from hengji.model.problem import HengjiError
from hengji.model.scorecard import LeafScore, Scorecard, Standing
from hengji.scoring.settle import settle
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.reviews.models import OpinionRow, ReviewRow
from hengji.web.scores.models import LeafLine, Summary

_HUNDRED = 100


def hundredths(number: Fraction | None) -> int | None:
    """A score in whole hundredths of a point, half up, as it is printed."""
    return None if number is None else int(round_half_up(number) * _HUNDRED)


def shown(hundred: int | None) -> str:
    """Hundredths as a person reads them: 9768 is 97.68; nothing is an empty text."""
    return "" if hundred is None else format(Decimal(hundred) / _HUNDRED, ".2f").replace("-", "−")


def exact(text: str) -> Fraction | None:
    """A score stated as text, a decimal or a fraction (500/97); None for an empty or unreadable one."""
    try:
        return Fraction(text) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def reviewed_of(filing_id: int) -> dict[str, Fraction]:
    """The reviewed score of each judged leaf (and of 加分, 扣分)."""
    rows = ReviewRow.objects.filter(filing_id=filing_id).values_list("leaf", "score")
    return {leaf: score for leaf, text in rows if (score := exact(text)) is not None}


def final_of(filing_id: int) -> dict[str, Fraction]:
    """The final score of each leaf that was decided; the reviewed score stands for the others."""
    rows = OpinionRow.objects.filter(filing_id=filing_id).values_list("leaf", "final")
    return reviewed_of(filing_id) | {leaf: score for leaf, text in rows if (score := exact(text)) is not None}


def settled_card(folder: Folder, scores: Mapping[str, Fraction]) -> Scorecard:
    """The scorecard with these scores standing for the department's own."""
    return settle(folder.system, folder.filing, folder.card, scores)


def refresh(folder: Folder) -> Summary:
    """Writes the summary and the leaves of one filing anew."""
    row = folder.row
    try:
        card = folder.card
    except HengjiError as error:
        return Summary.objects.update_or_create(filing=row, defaults={"revision": row.revision, "trouble": str(error)})[
            0
        ]
    reviewed, final = reviewed_of(row.pk), final_of(row.pk)
    judged = settled_card(folder, reviewed) if reviewed else None
    ended = settled_card(folder, final) if final and row.step in ("final", "archived") else None
    _leaves(row, card, judged, ended)
    return Summary.objects.update_or_create(filing=row, defaults=_totals(folder, card, judged, ended))[0]


def _totals(folder: Folder, card: Scorecard, judged: Scorecard | None, ended: Scorecard | None) -> dict[str, object]:
    totals = card.totals
    furthest = next((each.totals for each in (ended, judged, card) if each is not None and each.totals), None)
    number = {severity: count for severity, _, count in folder.counts}
    settled, leaves = folder.progress
    borne = [leaf for leaf in card.leaves if leaf.standing in (Standing.COMPUTED, Standing.JUDGED)]
    full = [leaf.full for leaf in card.leaves if leaf.full is not None]
    whole = totals is not None and totals.title == "系统得分"
    return {
        "revision": folder.row.revision,
        "claimed": hundredths(totals.final) if totals else None,
        "computed": hundredths(totals.final) if totals and whole else None,
        "reviewed": hundredths(judged.totals.final) if judged and judged.totals else None,
        "final": hundredths(ended.totals.final) if ended and ended.totals else None,
        "base": hundredths(totals.base) if totals else None,
        "raw": hundredths(totals.raw) if totals else None,
        "resting": hundredths(sum((leaf.score or Fraction(0) for leaf in borne), Fraction(0))) or 0,
        "full": hundredths(sum(full, Fraction(0))) if full else None,
        "grade": furthest.grade if furthest else "",
        "errors": number.get(Severity.ERROR, 0),
        "doubts": number.get(Severity.WARNING, 0),
        "settled": settled,
        "leaves": leaves,
        "trouble": "",
    }


def _leaves(row: FilingRow, card: Scorecard, judged: Scorecard | None, ended: Scorecard | None) -> None:
    def of(other: Scorecard | None, leaf: LeafScore) -> int | None:
        return hundredths(other.leaf(leaf.id).score) if other is not None else None

    lines = [
        LeafLine(
            filing=row,
            number=number,
            leaf=leaf.id,
            name=leaf.name,
            full=hundredths(leaf.full),
            standing=leaf.standing.value,
            claimed=hundredths(leaf.claimed if leaf.claimed is not None else leaf.score),
            computed=hundredths(leaf.computed),
            reviewed=of(judged, leaf),
            final=of(ended, leaf),
        )
        for number, leaf in enumerate(card.leaves, start=1)
    ]
    LeafLine.objects.filter(filing=row).exclude(leaf__in=[line.leaf for line in lines]).delete()
    LeafLine.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["filing", "leaf"],
        update_fields=["number", "name", "full", "standing", "claimed", "computed", "reviewed", "final"],
    )


def behind(filings: Iterable[int]) -> list[int]:
    """The filings of these that have no summary, or one of an earlier revision."""
    rows = FilingRow.objects.filter(pk__in=list(filings)).exclude(summary__revision=F("revision"))
    return list(rows.values_list("pk", flat=True))


def catch_up(filings: Iterable[int], most: int = 20) -> tuple[int, int]:
    """Refreshes at most so many summaries that are behind; returns how many it did, and how many still are."""
    waiting = behind(filings)
    for number in waiting[:most]:
        refresh(Folder.open(number))
    return min(most, len(waiting)), max(0, len(waiting) - most)
