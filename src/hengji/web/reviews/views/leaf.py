"""复核 of one subject: all leaves at once, the leaf with its judgement, and what the department says beside it."""

from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hengji.model.finding import Severity
from hengji.web.filings import bridge, needs
from hengji.web.filings.bridge import Change, Clash, Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, Stated
from hengji.web.filings.saving import version_of
from hengji.web.filings.tables import EVIDENCE, REVIEW
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.people.models import Role
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused
from hengji.web.reviews import alike, peers
from hengji.web.reviews.judging import FREE, SYSTEM, Chosen, Unfit, as_chosen, judged, proposed
from hengji.web.reviews.overview import Line, Overview, doubts_of, found_of
from hengji.web.reviews.subjects import Subject, subject_id
from hengji.web.reviews.tariff import Tariff, tariff
from hengji.web.reviews.threads import threads
from hengji.web.reviews.words import words_of
from hengji.web.scores.models import LeafLine
from hengji.web.scores.refresh import exact, refresh
from hengji.web.states.machine import NOT_NEEDED, Step

_ALIKE = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What there is to say about a judgement that was not kept: a sentence and its field, what was chosen, the clash."""

    problem: str = ""
    field: str = ""
    chosen: Chosen | None = None
    clash: Clash | None = None


_NOTHING = Said()


@asks(Act.REVIEWS)
def review(request: Request, row: FilingRow) -> HttpResponse:
    """The first subject that is still to be judged, else the first of all."""
    overview = Overview(Folder.open(row))
    lines = overview.pending or overview.lines
    if not lines:
        messages.info(request, "这套指标体系没有分值，不需要逐项复核。")
        return redirect("filing", row.pk)
    return redirect("review_leaf", row.pk, lines[0].subject.slug)


@asks(Act.REVIEWS)
def review_leaf(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """One subject; a fragment for the keys that walk from one to the next."""
    overview = Overview(Folder.open(row))
    line = _line(overview, leaf)
    said = _NOTHING
    if "part" in request.GET:  # another part was chosen: the amounts change, nothing typed is lost
        said = Said(chosen=_chosen(request.GET))
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "reviews/leaf.html", _context(request, overview, line, said))
    return _fragment(request, overview, line, said, _came_from(request, row, leaf))


@asks(Act.REVIEW)
@require_POST
def judge(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """Keeps a judgement and goes on to the next subject; what cannot be kept stays in the form."""
    if row.second != NOT_NEEDED:
        raise Refused("已送复审，初审的判定不能再改；需要改的，请复审员退回初审。", Act.REVIEW, row.pk)
    folder = Folder.open(row)
    overview = Overview(folder)
    line = _line(overview, leaf)
    chosen = _chosen(request.POST)
    subject = line.subject
    try:
        data = judged(subject, tariff(), chosen, found_of(folder, subject), request.user.pk)
        change = Change(REVIEW, (subject.id,), data, version_of(request))
        revision = bridge.save(row.pk, request.user, [change], str(data["reason"]), Act.REVIEW.value)
    except Unfit as unfit:
        return _answer(request, overview, line, Said(str(unfit), unfit.field, chosen), 422)
    except Conflict as conflict:
        overview = Overview(folder)
        said = Said(chosen=chosen, clash=conflict.clashes[0])
        return _answer(request, overview, _line(overview, leaf), said, 409)
    row.revision = revision
    refresh(folder)
    overview = Overview(folder)
    following = _beside(overview, line.subject)[1]
    if following is None:
        if not overview.pending:
            messages.success(request, "全部判定完毕，可以送复审。")
        following = overview.pending[0] if overview.pending else _line(overview, leaf)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("review_leaf", row.pk, following.subject.slug)
    response = _fragment(request, overview, following, _NOTHING, subject.slug)
    response.headers["HX-Push-Url"] = reverse("review_leaf", args=[row.pk, following.subject.slug])
    return response


def _line(overview: Overview, slug: str) -> Line:
    line = overview.line(subject_id(slug))
    if line is None:
        raise Http404
    return line


def _chosen(given: "object") -> Chosen:
    get = given.get  # type: ignore[attr-defined]
    names = ("choice", "amount", "part", "reason", "basis", "code")
    return Chosen(**{name: str(get(name, ""))[:2000] for name in names})


def _came_from(request: Request, row: FilingRow, leaf: str) -> str:
    """The subject whose row was marked before, by the address the browser shows."""
    path = urlsplit(request.headers.get("HX-Current-URL", "")).path
    before = path.rstrip("/").rpartition("/")[2]
    return before if path.startswith(reverse("review", args=[row.pk])) and before != leaf else ""


def _answer(request: Request, overview: Overview, line: Line, said: Said, status: int) -> HttpResponse:
    context = _context(request, overview, line, said)
    name = "reviews/_answer.html" if request.htmx else "reviews/leaf.html"  # type: ignore[attr-defined]
    return render(request, name, context, status=status)


def _fragment(request: Request, overview: Overview, line: Line, said: Said, before: str) -> HttpResponse:
    former = overview.line(subject_id(before)) if before and before != line.subject.slug else None
    context = _context(request, overview, line, said) | {"former": former, "oob": True}
    return render(request, "reviews/_answer.html", context)


def _beside(overview: Overview, subject: Subject) -> tuple[Line | None, Line | None]:
    """The subjects before and after in the order of the table."""
    ids = [line.subject.id for line in overview.lines]
    place = ids.index(subject.id)
    before = overview.lines[place - 1] if place else None
    after = overview.lines[place + 1] if place + 1 < len(ids) else None
    return before, after


def _doubtful(overview: Overview, subject: Subject, *, back: bool) -> Line | None:
    """The next subject that needs a person, going round."""
    lines = overview.lines
    place = next(number for number, line in enumerate(lines) if line.subject.id == subject.id)
    ring = [*lines[place + 1 :], *lines[:place]]
    return next((line for line in (reversed(ring) if back else ring) if line.needs_person), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the tariff as the form shows it: its digit, name, share and what it takes."""

    key: str
    name: str
    share: str
    amount: Fraction | None
    hint: str = ""


def _choices(subject: Subject, scale: Tariff, part: str) -> list[Choice]:
    accept = "确认不考核" if subject.fixed else "认可自评，不扣分"
    found = [Choice("0", accept, "", Fraction(0))]
    if subject.fixed:
        return found
    if subject.adds:
        return [Choice("0", "认可自评的扣分", "", subject.claimed), Choice(FREE, "另定扣分", "", None)]
    points = subject.points_of(part)
    for gravity in scale.gravities:
        amount = min(gravity.of(points), subject.claimed)
        found.append(Choice(gravity.key, gravity.name, f"{gravity.share}%", amount, gravity.when))
    if subject.differs:
        assert subject.computed is not None
        found.append(Choice(SYSTEM, "按系统得分", "", subject.claimed - subject.computed, "按填报数据计算的结果"))
    return [*found, Choice(FREE, "另定扣分，须写理由", "", None)]


def _context(request: Request, overview: Overview, line: Line, said: Said) -> dict[str, object]:
    folder, subject = overview.folder, line.subject
    row, scale = folder.row, tariff()
    doubts = doubts_of(folder, subject)
    chosen = said.chosen or (
        as_chosen(line.row, subject, scale) if line.row and line.judged else proposed(subject, doubts)
    )
    before, after = _beside(overview, subject)
    firm = Role(request.user.role) is Role.FIRM
    compared = peers.peers(row, subject.id)
    found = found_of(folder, subject)
    proofs = _proofs(folder, subject)
    show = request.GET.get("show", "")
    threads_here = [each for each in threads(row, overview.messages) if each.first.leaf == subject.id]
    judging = bool(may(request.user, Act.REVIEW, row)) and row.second == NOT_NEEDED
    return frame(
        request,
        "reviews",
        folder,
        overview=overview,
        line=line,
        subject=subject,
        chosen=chosen,
        said=said,
        clash=_clash(said.clash),
        version=said.clash.version if said.clash else (line.row.version if line.row else 0),
        choices=_choices(subject, scale, chosen.part),
        tariff=scale,
        articles=_articles(scale, chosen.basis),
        found=found,
        doubts=doubts,
        previous=before,
        following=after,
        doubtful=_doubtful(overview, subject, back=False),
        doubtful_back=_doubtful(overview, subject, back=True),
        show=show,
        groups=[
            (top, name, points, [each for each in lines if _shown(each, show)])
            for top, name, points, lines in overview.groups
        ],
        alike=[] if firm else alike.elsewhere(row, subject.id)[:_ALIKE],
        alike_key=subject.slug,
        peers=compared,
        chart=peers.chart(compared, subject.full, str(row.department.region)) if compared and not firm else None,
        last_year=_last_year(row, subject.id),
        words=words_of(folder, subject),
        proofs=proofs,
        opened=next((each.place[0] for each in proofs if each.says["size"]), None),
        threads=threads_here,
        may_judge=judging,
        may_ask=bool(may(request.user, Act.ASK, row)),
        may_hand_up=bool(may(request.user, Act.HAND_UP, row)),
        may_reopen=bool(may(request.user, Act.REOPEN, row)),
        in_review=row.step == Step.REVIEW,
        judge_name=alike.judges([line.row]).get(line.row.judge or 0, "") if line.row else "",
        why_not="",
        grave=(Severity.ERROR, Severity.WARNING),
    )


def _shown(line: Line, show: str) -> bool:
    if show == "doubt":
        return line.doubts > 0 or line.subject.differs
    return not line.judged if show == "pending" else True


def _clash(clash: Clash | None) -> dict[str, object] | None:
    """The judgement that was faster: who, when, what."""
    if clash is None or clash.now is None:
        return None
    now = clash.now
    word = alike.word_of(str(now["gravity"]), str(now["amount"]))
    return {"who": clash.who, "at": clash.at, "score": exact(str(now["score"])), "word": word, "reason": now["reason"]}


def _articles(scale: Tariff, basis: str) -> list[str]:
    found = [str(each) for each in scale.articles]
    return [*found, basis] if basis and basis not in found else found


def _last_year(row: FilingRow, subject: str) -> LeafLine | None:
    """What the leaf earned last year."""
    return LeafLine.objects.filter(
        leaf=subject, filing__year=row.year - 1, filing__department_id=row.department_id
    ).first()


def _proofs(folder: Folder, subject: Subject) -> list[Stated]:
    """The evidence of a subject: named for it, or for a figure it rests on."""
    names = {subject.id}
    if subject.leaf is not None:
        indicator = folder.indicators[subject.id]
        names |= {each.name for each in subject.leaf.trace.inputs}
        names |= {name for name in folder.system.dictionary.items if indicator in needs.fed_by(folder.system, name)}
    lines = sorted(folder.rows.of(EVIDENCE).values(), key=lambda row: int(str(row.place[0])))
    return [row for row in lines if names & set(row.says["proves"])]  # type: ignore[call-overload]
