"""What happens to every request: headers, one line in the journal, refusals as pages."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hengji.model.problem import HengjiError
from hengji.web import refusals
from hengji.web.filings.bridge import Closed, Conflict

Answer = Callable[[HttpRequest], HttpResponse]
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_log = logging.getLogger("hengji.web")


class Headers:
    """Pages run no script and load no style but ours, and stand in nobody's frame; what a person sees is not cached."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Journal:
    """One line a request, with a number that an error page quotes."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, told in the journal."""
        began = time.perf_counter()
        number = secrets.token_hex(4)
        request.META["HENGJI_NUMBER"] = number
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            taken = round((time.perf_counter() - began) * 1000)
            said = {"number": number, "method": request.method, "path": request.path, "status": response.status_code}
            user = getattr(request, "user", None)
            _log.info("request", extra={**said, "ms": taken, "user": getattr(user, "pk", None)})
        return response


class Refusals:
    """An error of the engine that a view lets through becomes a page of one sentence, not a trace."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for what the user can mend; anything else goes on to the page for faults."""
        match exception:
            case HengjiError():
                return refusals.unable(request, exception)
            case refusals.Refused():
                return refusals.refused(request, exception)
            case Conflict():
                return refusals.overtaken(request, exception.clashes[0].who)
            case Closed():
                return refusals.refused(request, refusals.Refused(str(exception), "fill"))
        return None
