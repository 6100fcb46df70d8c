"""The gate: every page, fragment and download is a view that says which act it is, and asks before it answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hengji.web.filings.models import whole_rows
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def _signin(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page; a fragment is told to go there as a page."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("signin")})
    return redirect_to_login(request.get_full_path(), reverse("signin"))


def asks(act: Act) -> Callable[[View], View]:
    """A view about one filing, given as its row; who may not do the act is told why."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, filing_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - whatever the address holds
            if not request.user.is_authenticated:
                return _signin(request)
            filing = get_object_or_404(whole_rows(), pk=filing_id)
            verdict = may(request.user, act, filing)
            if not verdict:
                raise Refused(verdict.reason, act, filing_id)
            return view(request, filing, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return decorate


def general(act: Act | None = None) -> Callable[[View], View]:
    """A view about no single filing: for an act, or for everybody who is signed in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - whatever the address holds
            if not request.user.is_authenticated:
                return _signin(request)
            verdict = may(request.user, act) if act is not None else None
            if verdict is not None and not verdict:
                raise Refused(verdict.reason, act or "")
            return view(request, *args, **kwargs)

        guarded.act = act or "signed in"  # type: ignore[attr-defined]
        return guarded

    return decorate


def everybody(view: View) -> View:
    """A view that needs nobody: signing in, health."""
    view.act = "everybody"  # type: ignore[attr-defined]
    return view
