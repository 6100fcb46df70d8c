"""公开站点: read by anybody, cacheable, without a session; what was frozen and nothing else."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from hengji.web.filings import files
from hengji.web.gate import everybody
from hengji.web.results import pages
from hengji.web.results.models import Publication
from hengji.web.results.publishing import said_by, standing
from hengji.web.sheets import answer, download

_AGE = 300  # seconds a copy may be shown without asking again
_FORMS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}
_LONGEST = 60

Found = Sequence[Publication]
Page = Callable[[HttpRequest, Found], HttpResponseBase]


def _etag(found: Found) -> str:
    """What changes when anything does that the pages show."""
    said = [f"{each.digest}{each.filing.rectification}" for each in found]
    return quote_etag(hashlib.sha256("\n".join([pages.served().style, *said]).encode()).hexdigest()[:32])


def _cached(request: HttpRequest, found: Found, page: Page) -> HttpResponseBase:
    """The page, or 304 where the reader has it already."""
    etag = _etag(found)
    latest: datetime | None = max((each.at for each in found), default=None)
    seconds = int(latest.timestamp()) if latest is not None else None
    response = get_conditional_response(request, etag=etag, last_modified=seconds) or page(request, found)
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if latest is not None:
            response.headers["Last-Modified"] = http_date(int(latest.timestamp()))
        patch_cache_control(response, public=True, max_age=_AGE)
    return response


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for everybody that is only read."""
    return everybody(require_safe(view))


@_open
def home(request: HttpRequest) -> HttpResponseBase:
    """首页."""
    found = list(standing().defer("content"))
    years = sorted({each.filing.year for each in found}, reverse=True)
    return _cached(request, found, lambda _, __: HttpResponse(pages.home(years, pages.served())))


def _of_year(year: int) -> list[Publication]:
    return list(standing().filter(filing__year=year).defer("content"))


@_open
def year(request: HttpRequest, year: int) -> HttpResponseBase:
    """A year's departments, those with the words searched for."""
    words = request.GET.get("q", "").strip()[:_LONGEST]
    found = [each for each in _of_year(year) if words in each.filing.department.name]
    return _cached(
        request,
        found,
        lambda _, found: HttpResponse(pages.year_page(year, found, pages.served(), "../", words)),
    )


@_open
def year_file(request: HttpRequest, year: int, form: str) -> HttpResponseBase:
    """A year's departments as a table or as JSON."""
    name = f"{year}年度部门整体支出绩效自评公开结果"

    def page(_: HttpRequest, found: Found) -> HttpResponseBase:
        sheet = pages.sheet_of_year(found)
        if form != "json":
            return answer(form, name, sheet)
        rows = [dict(zip(sheet.heads, (_plain(field) for field in row), strict=True)) for row in sheet.rows]
        return download(json_bytes(rows), f"{name}.json", "application/json")

    if form not in ("csv", "xlsx", "json"):
        raise Http404
    return _cached(request, _of_year(year), page)


def _plain(field: object) -> object:
    """Decimals as text: a figure of record never becomes a binary float on its way."""
    return field if isinstance(field, int | None) else str(field)


def json_bytes(value: object) -> bytes:
    """JSON as people read it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _one(year: int, department_id: int) -> Publication | None:
    return standing().filter(filing__year=year, filing__department_id=department_id).first()


@_open
def department(request: HttpRequest, year: int, department_id: int) -> HttpResponseBase:
    """One department."""
    found = _one(year, department_id)
    if found is None:
        return _gone(year, department_id)
    return _cached(
        request, [found], lambda _, found: HttpResponse(pages.department_page(found[0], pages.served(), "../../"))
    )


def _gone(year: int, department_id: int) -> HttpResponse:
    """404; where something was public once, the page says that it was withdrawn."""
    if not Publication.objects.filter(filing__year=year, filing__department_id=department_id).exists():
        raise Http404
    return HttpResponseNotFound(pages.gone_page(year, pages.served(), "../../"))


@_open
def department_file(request: HttpRequest, year: int, department_id: int, form: str) -> HttpResponseBase:
    """One department's scores as csv, xlsx or JSON; its report as docx or PDF."""
    found = _one(year, department_id)
    if found is None:
        return _gone(year, department_id)
    name = f"{found.filing.department.name}{year}年度"

    def page(_: HttpRequest, __: Found) -> HttpResponseBase:
        if form == "json":
            return download(json_bytes(said_by(found)), f"{name}自评结果.json", "application/json")
        if form in ("csv", "xlsx"):
            return answer(form, f"{name}自评结果", *pages.sheets_of(found))
        path = files.path_of(getattr(found, form))
        if not path.exists():
            raise Http404
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=f"{name}自评报告.{form}", content_type=_FORMS[form]
        )

    if form not in ("csv", "xlsx", "json", *_FORMS):
        raise Http404
    return _cached(request, [found], page)


@_open
def compare(request: HttpRequest, year: int) -> HttpResponseBase:
    """Two departments of a year side by side."""
    found = _of_year(year)
    wanted = [request.GET.get(name, "") for name in ("a", "b")]
    by_number = {str(each.filing.department_id): each.pk for each in found}
    chosen = [by_number[number] for number in wanted if number in by_number]
    return _cached(request, found, lambda _, found: HttpResponse(_compared(year, found, chosen)))


def _compared(year: int, found: Found, chosen: list[int]) -> str:
    picked = {each.pk: each for each in standing().filter(pk__in=chosen)} if chosen else {}
    return pages.compare_page(found, [picked[pk] for pk in chosen if pk in picked], year, pages.served(), "../../")
