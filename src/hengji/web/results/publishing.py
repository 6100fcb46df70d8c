"""Making a filing public (公开): what everybody may see is frozen, masked and hashed into the chain; or withdrawn."""

import hashlib
import json
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hengji.auditing.masking import Persons
from hengji.model.numerals import fixed
from hengji.model.problem import HengjiError
from hengji.model.scorecard import STANDING_CN, LeafScore, Scorecard
from hengji.scoring import derivation
from hengji.web.filings import files
from hengji.web.filings.bridge import Change, save, state_of
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import PUBLICATION, STATE
from hengji.web.notices.models import Notice
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.results.models import Publication
from hengji.web.scores.refresh import final_of, hundredths, settled_card
from hengji.web.states.machine import NOT_NEEDED, Step
from hengji.web.trail.chain import Note, append, text_of
from hengji.web.trail.models import Entry
from hengji.writing.docx import report_docx
from hengji.writing.masked import compose_masked_report, names_in
from hengji.writing.typesetting import report_pdf


def standing() -> QuerySet[Publication]:
    """What is public now."""
    found = Publication.objects.filter(withdrawn_at=None).select_related("filing__department__region")
    return found.order_by("filing__department__region_id", "filing__department_id")


def content_of(folder: Folder) -> dict[str, Any]:
    """What everybody may see of a filing: scores as text, how they came about, and nobody's name.

    Nothing of the evidence or of the correspondence is in it, and not the bureau's reasons.
    """
    row, names = folder.row, names_in(folder.filing)
    card = settled_card(folder, final_of(row.pk))
    stated, settled = folder.card.totals, card.totals
    return {
        "region": row.department.region.name,
        "department": row.department.name,
        "kind": row.department.kind,
        "year": row.year,
        "system": {"name": row.system.name, "version": row.system.version, "id": row.system.system},
        "claimed": _text(stated.final if stated else None),
        "final": _text(settled.final if settled else None),
        "base": _text(settled.base if settled else None),
        "grade": settled.grade if settled else "",
        "derivation": [list(step) for step in _derivation(folder, card)],
        "leaves": [_leaf(folder.card.leaf(leaf.id), leaf, names) for leaf in card.leaves],
    }


def _derivation(folder: Folder, card: Scorecard) -> list[tuple[str, str]]:
    """The total step by step; what the department's own card calls its total is the final score here."""
    title = card.totals.title if card.totals else ""
    return [("定稿得分" if name == title else name, text) for name, text in derivation(folder.system, card)]


def _leaf(stated: LeafScore, settled: LeafScore, names: Persons) -> dict[str, object]:
    claimed = stated.claimed if stated.claimed is not None else stated.score
    return {
        "id": settled.id,
        "name": settled.name,
        "full": _text(settled.full),
        "claimed": _text(claimed),
        "final": _text(settled.score),
        "standing": STANDING_CN[settled.standing],
        "why": names.cover(stated.trace.sentence),
    }


def _text(number: Fraction | None) -> str | None:
    return None if number is None else fixed(number)


def freeze(row: FilingRow, user: User) -> Publication:
    """Freezes what is public from now on; the caller holds the filing's lock and its transaction."""
    folder = Folder.open(row.pk)
    report = compose_masked_report(folder.filing, folder.system, folder.card)
    docx = files.keep("自评报告.docx", [report_docx(report)]).sha256
    pdf = files.keep("自评报告.pdf", [report_pdf(report)]).sha256
    content = text_of({**content_of(folder), "report": {"docx": docx, "pdf": pdf}})
    digest = hashlib.sha256(content.encode()).hexdigest()
    number = Publication.objects.filter(filing=row).count() + 1
    card = settled_card(folder, final_of(row.pk))
    publication = Publication.objects.create(
        filing=row,
        number=number,
        by=user,
        content=content,
        digest=digest,
        docx=docx,
        pdf=pdf,
        claimed=hundredths(folder.card.totals.final) if folder.card.totals else None,
        final=hundredths(card.totals.final) if card.totals else None,
        grade=card.totals.grade if card.totals else "",
    )
    change = Change(PUBLICATION, (number,), {"digest": digest, "withdrawn": False}, 0)
    row.revision = save(row.pk, user, [change], act=Act.PUBLISH.value)
    return publication


@transaction.atomic
def withdraw(filing_id: int, user: User, reason: str) -> None:
    """Takes what is public away, with a reason that stays in the trail; the filing waits to be made public again.

    Raises HengjiError where nothing is public or no reason is given.
    """
    row = FilingRow.objects.select_for_update(of=("self",)).select_related("notice").get(pk=filing_id)
    publication = Publication.objects.filter(filing=row, withdrawn_at=None).first()
    if publication is None:
        raise HengjiError("这份填报现在没有公开的内容")
    if not reason.strip():
        raise HengjiError("请写明撤下的理由，理由会留在修改记录里")
    change = Change(PUBLICATION, (publication.number,), {"digest": publication.digest, "withdrawn": True})
    save(row.pk, user, [change], reason.strip(), Act.UNPUBLISH.value)
    publication.withdrawn_at = timezone.now()
    publication.save(update_fields=["withdrawn_at"])
    before = state_of(row)
    row.step, row.publication = Step.FINAL.value, NOT_NEEDED
    row.due = _limit(row)
    note = Note(Act.UNPUBLISH.value, STATE.name, (), before, state_of(row), reason.strip())
    row.revision = append(row, user, [note])
    row.save()


def _limit(row: FilingRow) -> date:
    """The last day to be public, as the notice counts it from 定稿."""
    settled = Entry.objects.filter(filing=row, act=Act.SETTLE.value).order_by("-number").first()
    begun = timezone.localtime(datetime.fromisoformat(settled.at)).date() if settled is not None else date.today()
    return begun + timedelta(days=(row.notice or Notice()).publish_days)


def said_by(publication: Publication) -> dict[str, Any]:
    """The content as values."""
    found: dict[str, Any] = json.loads(publication.content)
    return found


def intact(publication: Publication) -> bool:
    """Whether the content is still what the chain's hash says."""
    return hashlib.sha256(publication.content.encode()).hexdigest() == publication.digest
