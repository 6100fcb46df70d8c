"""Every address of the application with arguments that lead somewhere, its act, and how it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hengji.web.filings.slugs import slug
from hengji.web.notices.models import Attachment, Notice
from hengji.web.people.acts import Act
from hengji.web.people.models import Department

_ARGUMENTS: dict[str, object] = {
    "section": slug("政府采购"),
    "item": slug("采购预算金额"),
    "label": slug("填报人"),
    "register": slug("表彰奖励"),
    "number": 1,
    "group": "2",
    "leaf": "1.1.1",
    "statement": "1",
    "chapter": slug("存在问题"),
    "finding": "R21-000000000000",
    "form": "xlsx",
    "act": "send",
    "year": 2023,
    "job_id": 1,
    "page": 1,
    "revision": 1,
    "token": "0" * 32,
    "token_id": 1,
    "name": "gap",
    "draft_id": 1,
    "pinned_id": 1,
    "system": "guangdong~lechang~department-overall",
    "batch_id": 1,
    "received_id": 1,
    "thread": 1,
    "key": "R21",
    "sample_id": 1,
    "sha256": "ab" * 32,
}
# What an address names by number, beside filings and people: the first there is in the tests' county.
_FIRST: dict[str, type[models.Model]] = {"notice_id": Notice, "attachment_id": Attachment, "department_id": Department}

POSTED = frozenset(
    [
        "item",
        "cover_line",
        "mark",
        "paste",
        "paste_data",
        "row_add",
        "cell",
        "row_remove",
        "answer",
        "band",
        "claim",
        "exemption",
        "paragraph",
        "waive",
        "upload",
        "describe",
        "preview",
        "confirm",
        "read_report",
        "invite_file",
        "factor_reset",
        "unlock",
        "suspend",
        "reset",
        "theme",
        "notice_copy",
        "notice_discard",
        "detach",
        "remind",
        "dossier_export",
        "site",
        "token_revoke",
        "use",
        "intake_new",
        "batch_confirm",
        "batch_again",
        "batch_audits",
        "decide",
        "release",
        "audit_aside",
        "take_over",
        "draft_new",
        "draft_check",
        "draft_discard",
        "formal_tick",
        "formal_move",
        "question_ask",
        "question_follow",
        "question_answer",
        "review_judge",
        "unify",
        "opinion_accept_rest",
        "opinion_draft",
        "opinion_answer",
        "opinion_decide",
        "problem_add",
        "problem_remove",
        "problem_mend",
        "problem_accept",
        "rectify_report",
        "letter_add",
        "letter_answer",
        "letter_close",
        "sample_new",
        "sample_draw",
        "sample_discard",
        "sample_assign",
    ]
)
OF_FORM = {
    "item": {"value": "6", "version": "0", "year": "2023"},
    "cell": {"value": "甲", "column": slug("奖项名称"), "version": "0"},
    "answer": {"holds": "yes", "version": "0"},
    "claim": {"score": "1", "version": "0"},
    "paragraph": {"value": "一段", "version": "0"},
}


@dataclass(frozen=True)
class Address:
    """One pattern of the application."""

    name: str
    act: str
    arguments: tuple[str, ...]

    @property
    def of_filing(self) -> bool:
        return "filing_id" in self.arguments

    def path(self, filing: int, user: int) -> str:
        first = {name: _FIRST[name] for name in self.arguments if name in _FIRST}
        numbers = {
            name: model._default_manager.values_list("pk", flat=True).first() or 1 for name, model in first.items()
        }
        given = {**_ARGUMENTS, **numbers, "filing_id": filing, "user_id": user}
        return reverse(self.name, kwargs={name: given[name] for name in self.arguments})


def addresses() -> Iterator[Address]:
    """All of them, from the resolver itself: none can be forgotten."""
    yield from _below(get_resolver().url_patterns)


def _below(patterns: list[URLPattern | URLResolver]) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "api":
            continue  # asked by test_api.py, operation by operation
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns)
        else:
            assert pattern.name
            act = getattr(pattern.callback, "act", None)
            assert act is not None, f"{pattern.name} asks nobody"
            yield Address(pattern.name, str(act), tuple(pattern.pattern.converters))


ACTS = {act.value for act in Act}
