"""What the department itself says about a subject (报告原文): its text for the leaf, its quotations, where it names it."""

from dataclasses import dataclass

from hengji.web.filings.folder import Folder
from hengji.web.reviews.subjects import Subject
from hengji.writing.desk import LEAF_TEXT

_MOST = 6
_LONGEST = 900


@dataclass(frozen=True, slots=True)
class Words:
    """One passage: where it stands, and the text."""

    where: str
    text: str


def words_of(folder: Folder, subject: Subject) -> list[Words]:
    """The passages about a subject, the nearest first."""
    filing = folder.filing
    found = [Words("自评报告，本项", text) for text in filing.narrative.get(f"{LEAF_TEXT}{subject.id}", ())]
    claim = filing.claims.get(subject.id)
    if claim is not None:
        found += [Words(f"自评报告 {claim.locator}".strip(), claim.quote)] if claim.quote else []
        found += [Words("自评得分的理由", claim.reason)] if claim.reason else []
    judgement = filing.judgements.get(subject.id)
    if judgement is not None:
        found += [Words("档次判定的理由", judgement.reason)] if judgement.reason else []
        found += [Words(f"要点{key}", answer.note) for key, answer in judgement.answers.items() if answer.note]
    if subject.leaf is not None and subject.leaf.exemption:
        found.append(Words("不考核的理由", subject.leaf.exemption))
    name = subject.name
    for chapter, texts in filing.narrative.items():
        if not chapter.startswith(LEAF_TEXT):
            found += [Words(f"“{chapter}”", text) for text in texts if name in text]
    quotes = {
        value.quote: value.locator
        for key, value in filing.values.items()
        if value.quote and key.year == filing.year and _used(subject, key.item)
    }
    found += [Words(locator or "数据项出处", quote) for quote, locator in quotes.items()]
    return [Words(each.where, each.text[:_LONGEST]) for each in found[:_MOST]]


def _used(subject: Subject, item: str) -> bool:
    return subject.leaf is not None and any(each.name == item for each in subject.leaf.trace.inputs)
