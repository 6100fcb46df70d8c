"""Earlier years of the demonstration county: reviewed, settled and archived, so that statistics have something to say.

Every figure, deduction and reason is invented. The way through the steps is entered in the chain at once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import yaml

from hengji.library import load_dictionary, load_system_text
from hengji.model.filing import Claim, Filing
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change, state_of
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.filings.tables import OPINION, REVIEW, STATE
from hengji.web.people.acts import Act
from hengji.web.people.models import Department, User
from hengji.web.results.publishing import freeze
from hengji.web.scores.refresh import refresh
from hengji.web.states.machine import DONE, Step
from hengji.web.trail.chain import Note, append

# What the review takes off, by leaf: every so many departments, and how much of a point.
_DEDUCTIONS = (
    ("1.1.1", 3, "1.5"), ("1.2.2", 2, "0.9"), ("1.2.3", 2, "1.2"), ("2.1.5", 4, "0.4"), ("2.1.7", 5, "1.2"),
    ("2.2.2", 3, "1.5"), ("2.3.2", 4, "0.6"), ("2.5", 6, "1.2"), ("3.1", 7, "1"), ("3.2.1", 4, "0.9"), ("3.3", 1, "1.8"),
    ("3.4", 2, "1.5"),
)  # fmt: skip
_FULL = (("1.1.2", 5), ("1.2.2", 4), ("3.1", 6), ("3.3", 10))  # claimed in full by some
_HARSH = ("1.1.1", "1.2.3", "2.2.2", "3.2.2", "3.3", "3.4")  # where one department lost much
_REASONS = ("（虚构）佐证材料没有说明计算过程。", "（虚构）指标值没有量化，难以核实。", "（虚构）部分工作在次年完成。")


def settled(row: FilingRow, filing: Filing, number: int, clerk: User, reviewer: User, admin: User) -> None:
    """One filing brought to the archive: stated, judged leaf by leaf, settled, made public."""
    bold = {leaf: Claim(Decimal(full)) for at, (leaf, full) in enumerate(_FULL) if (number + at + row.year) % 3 == 0}
    bridge.save(row.pk, clerk, bridge.stated(replace(filing, claims={**filing.claims, **bold})))
    _move(row, admin, Act.PASS, Step.REVIEW)
    card = Folder.open(row.pk).card
    judged = []
    for leaf in card.leaves:
        score = leaf.claimed if leaf.claimed is not None else leaf.score
        if score is None or not leaf.full:
            continue
        stated = Decimal(score.numerator) / Decimal(score.denominator)
        taken = min(stated, _taken(leaf.id, number, row.year))
        reason = _REASONS[(number + len(leaf.id)) % len(_REASONS)] if taken else ""
        said = {"score": format(stated - taken, "f"), "gravity": "free" if taken else "", "amount": format(taken, "f") if taken else ""}  # fmt: skip
        judged.append(Change(REVIEW, (leaf.id,), {**said, "reason": reason, "basis": "", "code": "", "judge": reviewer.pk}))  # fmt: skip
    bridge.save(row.pk, reviewer, judged, act=Act.REVIEW.value)
    _move(row, admin, Act.OPINE, Step.OPINION)
    told = [Change(OPINION, ("3.3",), _objection(judged, number))] if number % 3 == 0 else []
    bridge.save(row.pk, admin, told, act=Act.DECIDE.value)
    _move(row, admin, Act.SETTLE, Step.FINAL, rectification=DONE if number % 4 == 0 else "")
    _move(row, admin, Act.PUBLISH, Step.FINAL, publication=DONE)
    freeze(row, admin)
    _move(row, admin, Act.ARCHIVE, Step.ARCHIVED)
    refresh(Folder.open(row.pk))


def _taken(leaf: str, number: int, year: int) -> Decimal:
    """What is taken off a leaf of a department: less in later years, much from one of them."""
    found = (Decimal(much) for name, every, much in _DEDUCTIONS if name == leaf and (number + year) % every == 0)
    off = sum(found, Decimal(0))
    if number == 6 and leaf in _HARSH:  # noqa: PLR2004 - the one that stands out
        off += 2
    return off


def _objection(judged: Iterable[Change], number: int) -> dict[str, object]:
    """An objection to the judgement of 3.3, granted to every second one that makes it."""
    score = next(str(change.data["score"]) for change in judged if change.place == ("3.3",) and change.data)
    granted = number % 2 == 0
    return {
        "opinion": "（虚构）效益缺少对比数据。",
        "answer": "object",
        "reason": "（虚构）补充了上年对比数据。",
        "evidence": "",
        "decision": "change" if granted else "keep",
        "why": "（虚构）补充的材料可以核实。" if granted else "（虚构）补充的材料不是本年度的。",
        "final": format(Decimal(score) + (Decimal("0.5") if granted else 0), "f"),
    }


def _move(row: FilingRow, user: User, act: Act, step: Step, **marks: str) -> None:
    """A step onward, entered in the chain."""
    row.refresh_from_db()
    before = state_of(row)
    row.step = step.value
    for name, mark in marks.items():
        setattr(row, name, mark)
    row.revision = append(row, user, [Note(act.value, STATE.name, (), before, state_of(row), "（虚构）")])
    row.save()


def kinds(departments: Iterable[Department]) -> None:
    """Tells offices of the government from institutions, so that like is compared with like."""
    for department in departments:
        institution = department.name.endswith(("馆", "气象局"))
        department.kind = "事业单位" if institution else "党政机关"
        department.save(update_fields=["kind"])


def earlier(pinned: PinnedSystem, first: int, last: int) -> PinnedSystem:
    """The same indicators for the invented earlier years: a system of the demonstration, which says so."""
    said = yaml.safe_load(pinned.text)
    said |= {"id": "demo/earlier", "name": f"（演示）{pinned.name}", "years": {"from": first, "to": last}}
    system = load_system_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), load_dictionary())
    named = {"system": system.id, "version": system.version, "name": system.name, "text": system.text}
    return PinnedSystem.objects.get_or_create(sha256=system.sha256, defaults=named)[0]


def begin(department: Department, year: int, pinned: PinnedSystem) -> FilingRow:
    """A filing of an earlier year."""
    return FilingRow.objects.create(department=department, year=year, system=pinned, deadline=date(year + 1, 6, 30))
