"""指标体系: everybody reads any system as a tree with its rules in words, their sources and how well they are founded."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from hengji.model.problem import HengjiError
from hengji.model.system import CONFIDENCE_CN, Indicator, IndicatorSystem
from hengji.scoring.compare import compare
from hengji.scoring.describe import describe_extra, describe_leaf
from hengji.web.authoring import sources
from hengji.web.authoring.checking import check, excerpt
from hengji.web.authoring.models import Draft, Publication
from hengji.web.filings.models import FilingRow
from hengji.web.filings.systems import system_of
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may


@general(Act.SYSTEMS)
def systems(request: Request) -> HttpResponse:
    """All systems there are: drafts (to their authors), published versions, the library."""
    region = request.user.region_id or 0
    author = bool(may(request.user, Act.SYSTEM))
    published = Publication.objects.filter(region_id=region).select_related("pinned", "by")
    used = FilingRow.objects.filter(department__region_id=region).values_list("system_id", flat=True)
    in_use = sources.pinned_in(request.user.region_id).filter(pk__in=set(used)).order_by("system", "pk")
    context = frame(
        request,
        "systems",
        drafts=list(Draft.objects.filter(region_id=region).select_related("changed_by")) if author else [],
        published=list(published),
        in_use=list(in_use),
        library=sources.library(),
        author=author,
        year=_year(region),
    )
    return render(request, "systems/systems.html", context)


def _year(region: int) -> int:
    """The latest year in which the region has filings."""
    years = FilingRow.objects.filter(department__region_id=region).order_by("-year").values_list("year", flat=True)
    return years.first() or date.today().year - 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tree: an indicator, how deep it stands, and how its parts add up."""

    indicator: Indicator
    depth: int
    terms: str

    @property
    def confidence(self) -> str:
        """How well its rule is founded, in words."""
        return CONFIDENCE_CN[self.indicator.confidence]


def tree_of(system: IndicatorSystem) -> list[Line]:
    """The tree as lines."""
    terms = {node.id: node.terms for node in check(system.text).nodes}
    return [Line(indicator, len(above), terms.get(indicator.id, "")) for indicator, above in system.walk()]


def _shown(request: Request, system: IndicatorSystem, **more: object) -> HttpResponse:
    found = tree_of(system)
    leaves = [line.indicator for line in found if line.indicator.is_leaf]
    wanted = request.GET.get("leaf", "")
    chosen = next((line.indicator for line in found if line.indicator.id == wanted), leaves[0])
    checked = check(system.text)
    node = next((node for node in checked.nodes if node.id == chosen.id), None)
    place = [leaf.id for leaf in leaves].index(chosen.id) if chosen in leaves else 0
    tests = [test for test in checked.tests if any(what == chosen.id for what, _ in test.test.expect)]
    others = [test for test in checked.tests if test not in tests]
    context = frame(
        request,
        "systems",
        system=system,
        lines=found,
        chosen=chosen,
        confidence=CONFIDENCE_CN[chosen.confidence],
        rules=describe_leaf(chosen) if chosen.is_leaf else (),
        yaml=excerpt(system.text, node.line) if node else "",
        tests=tests,
        others=others,
        failing=checked.failing,
        years=sources.years_words(system.years),
        whole=CONFIDENCE_CN[system.confidence],
        extras=[(extra.name, describe_extra(extra)) for extra in (system.bonus, system.deduction) if extra],
        previous=leaves[place - 1] if place > 0 else None,
        following=leaves[place + 1] if place + 1 < len(leaves) else None,
        author=bool(may(request.user, Act.SYSTEM)),
        **more,  # type: ignore[arg-type]
    )
    return render(request, "systems/system.html", context)


@general(Act.SYSTEMS)
def of_library(request: Request, system: str) -> HttpResponse:
    """A system of the library."""
    return _shown(request, sources.from_library(system), source=f"library:{system}", standing="规则库")


@general(Act.SYSTEMS)
def pinned(request: Request, pinned_id: int) -> HttpResponse:
    """A version as filings and notices have pinned it."""
    row = get_object_or_404(sources.pinned_in(request.user.region_id), pk=pinned_id)
    published = (
        Publication.objects.filter(pinned=row, region_id=request.user.region_id or 0).select_related("before").first()
    )
    before = published.before if published is not None else None
    standing = "已发布" if published is not None else "填报所用"
    return _shown(request, system_of(row), source=f"pinned:{row.pk}", standing=standing, before=before, row=row)


@general(Act.SYSTEMS)
def compare_two(request: Request) -> HttpResponse:
    """Two versions side by side, leaf by leaf."""
    user = request.user
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    choices = [(f"pinned:{row.pk}", str(row)) for row in sources.pinned_in(user.region_id).order_by("system", "-pk")]
    choices += [(f"library:{each.short}", f"{each.name}（规则库）") for each in sources.library() if each.name]
    if may(user, Act.SYSTEM):
        drafts = Draft.objects.filter(region_id=user.region_id or 0)
        choices = [*((f"draft:{row.pk}", f"草稿：{row.name}") for row in drafts), *choices]
    changes, names, problem = None, ("", ""), ""
    if old and new:
        try:
            first, second = sources.named(user, old), sources.named(user, new)
            changes, names = compare(first[1], second[1]), (first[0], second[0])
        except HengjiError as error:
            problem = f"{error}。"
    context = frame(
        request, "systems", choices=choices, old=old, new=new, changes=changes, names=names, problem=problem
    )
    return render(request, "systems/compare.html", context, status=422 if problem else 200)
