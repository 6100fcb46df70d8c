"""An audit as plain data: the JSON of `hengji check`, decimals as strings, what is absent as null."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing import Audit
from hengji.auditing.case import Case
from hengji.auditing.scores.totals import base_of, extras_of
from hengji.auditing.verdict import all_not_checked
from hengji.model.extraction import Citation, Extraction, Quantity, ScoredItem, Section, Stated
from hengji.model.finding import Finding
from hengji.model.numerals import plain

Data = dict[str, object]


def audits_data(audits: Sequence[Audit], failures: Sequence[tuple[str, str]] = ()) -> Data:
    """The whole answer: one entry a document, those that could not be read with their ``error``."""
    documents = [audit_data(audit) for audit in audits]
    documents += [_failed(file, why) for file, why in failures]
    return {"documents": documents}


def audit_data(audit: Audit) -> Data:
    """One document: the fixed keys of the contract, others beside them."""
    found = audit.found
    return {
        "file": found.document.file,
        "error": None,
        "kind": str(found.kind),
        "kind_reason": found.kind_reason,
        "department": found.department or None,
        "year": found.year or None,
        "system": audit.system.id if audit.system is not None else None,
        "total": _total(audit),
        "standing": audit.scorecard.totals.sentence if audit.scorecard is not None and audit.scorecard.totals else None,
        "items": [_item(audit, item) for item in found.items],
        "values": [_value(found, quantity) for quantity in found.quantities],
        "citations": [_citation(found, citation) for citation in found.citations],
        "awards": [
            {"name": a.name, "year": a.year, "number": a.number or None, "quote": found.text(a.span)}
            for a in found.awards
        ],
        "sections": [_section(section) for section in found.sections if section.heading],
        "problems": list(found.problems),
        "suggestions": list(found.suggestions),
        "unread": [*found.document.unread, *found.doubts],
        "findings": [_finding(audit, finding) for finding in audit.findings],
        "not_checked": [{"code": code, "why": why} for code, why in all_not_checked(audit)],
        "waived": [{**_finding(audit, finding), "reason": why} for finding, why in audit.waived],
    }


def _failed(file: str, why: str) -> Data:
    empty: Data = {
        "file": file,
        "error": why,
        "kind": None,
        "kind_reason": None,
        "department": None,
        "year": None,
        "system": None,
        "total": None,
        "standing": None,
    }
    return empty | {
        key: []
        for key in (
            "items",
            "values",
            "citations",
            "awards",
            "sections",
            "problems",
            "suggestions",
            "unread",
            "findings",
            "not_checked",
            "waived",
        )
    }


def decimal(number: Decimal | Fraction | None) -> str | None:
    """A number as the contract writes it."""
    return None if number is None else plain(Fraction(number), 6)


def _stated(stated: Stated | None) -> str | None:
    return (
        decimal(Decimal(stated.value))
        if stated is not None and stated.value.replace(".", "").isdigit()
        else stated.value
        if stated
        else None
    )


def _total(audit: Audit) -> Data:
    case = Case(audit.found)
    base, extras = base_of(case), extras_of(case)
    totals = audit.found.totals
    raw = base + extras[0] - extras[1] if base is not None and extras is not None else None
    capped = min(raw, Decimal(100)) if raw is not None else None
    bonus = (
        extras[0]
        if extras is not None and any(not e.deduction and e.claimed is not None for e in audit.found.extras)
        else None
    )
    return {
        "claimed": _stated(totals.claimed),
        "base": _stated(totals.base) or decimal(base),
        "bonus": decimal(bonus),
        "deduction": decimal(extras[1]) if extras and extras[1] else None,
        "raw": decimal(raw),
        "recomputed": decimal(capped),
        "grade": totals.grade.value if totals.grade else None,
    }


def _item(audit: Audit, item: ScoredItem) -> Data:
    found = audit.found
    score = audit.leaf_score(item)
    return {
        "name": item.name,
        "path": list(item.path),
        "points": decimal(item.points),
        "claimed": decimal(item.claimed),
        "not_applicable": item.not_applicable,
        "recomputed": decimal(audit.computed(item)),
        "quote": found.text(item.quote),
        "start": item.quote.start,
        "end": item.quote.end,
        "leaf": score.id if score is not None else None,
        "standing": str(score.standing) if score is not None else None,
        "moved": {"points": decimal(item.moved or item.points), "to": item.receiver} if item.receiver else None,
        "reason": item.reason or None,
        "doubtful": item.doubtful,
    }


def _value(found: Extraction, quantity: Quantity) -> Data:
    return {
        "name": quantity.name,
        "value": quantity.value.replace(",", ""),
        "unit": quantity.unit,
        "year": quantity.year or None,
        "item": quantity.item or None,
        "quote": found.text(quantity.span),
        "start": quantity.span.start,
        "end": quantity.span.end,
    }


def _citation(found: Extraction, citation: Citation) -> Data:
    return {
        "title": citation.title or None,
        "number": citation.number or None,
        "quote": found.text(citation.span),
        "start": citation.span.start,
        "end": citation.span.end,
    }


def _section(section: Section) -> Data:
    return {
        "title": section.title,
        "number": section.mark or None,
        "chapter": section.key or None,
        "start": section.span.start,
        "end": section.span.end,
    }


def _finding(audit: Audit, finding: Finding) -> Data:
    block = audit.found.document.block_at(finding.start) if finding.start is not None else None
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "quote": finding.quote or None,
        "start": finding.start,
        "end": finding.end,
        "page": block.page if block is not None else None,
        "place": finding.locator or None,
        "also": [{"quote": p.quote, "start": p.start, "end": p.end, "place": p.locator or None} for p in finding.also],
        "item": finding.item or None,
        "stated": finding.stated or None,
        "recomputed": finding.recomputed or None,
        "advice": finding.advice or None,
        "basis": finding.basis or None,
    }
