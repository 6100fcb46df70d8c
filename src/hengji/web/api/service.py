"""The interface (接口) as a service: who asks, how often, and what every refusal looks like."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

import hengji
from hengji.model.problem import HengjiError
from hengji.web.api import tokens
from hengji.web.api.models import Token
from hengji.web.filings.bridge import Closed, Conflict
from hengji.web.filings.models import FilingRow
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused
from hengji.web.states.moves import Blocked, Moved

LIMIT = AuthRateThrottle("600/m")
_log = logging.getLogger("hengji.web")
_ABOUT = """部门整体支出绩效自评的接口。令牌在网页“账号 → 接口令牌”里建，放在请求头 Authorization: Bearer 里；
能做什么与本人在网页上相同，且不超出令牌的权限。得分和金额一律是文本，不经二进制浮点。写入要带读到的 version，别人改过时答 409。"""


class Asked(HttpRequest):
    """A request with a token."""

    auth: Token
    user: User


class _Renderer(JSONRenderer):
    """Chinese stays Chinese."""

    json_dumps_params = {"ensure_ascii": False}


class Bearer(HttpBearer):
    """The token in the header; a session's cookie opens nothing here."""

    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, and its person as the one who asks."""
        found = tokens.find(token)
        if found is not None:
            request.user = found.user
        return found


api = NinjaAPI(
    title="衡绩接口",
    version="1",
    description=_ABOUT,
    openapi_url="/openapi.json",
    docs_url=None,
    auth=Bearer(),
    renderer=_Renderer(),
    throttle=[LIMIT],
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": "Apache-2.0"}, "x-program": f"hengji {hengji.__version__}"}},
)


def scoped(request: HttpRequest, scope: str) -> User:
    """The person who asks, where the token has the scope. Raises Refused."""
    token: Token = request.auth  # type: ignore[attr-defined]
    if scope not in token.scopes:
        raise Refused(f"这个令牌没有“{tokens.SCOPES[scope]}”的权限，请另建令牌。")
    return token.user


def general(request: HttpRequest, act: Act, scope: str = tokens.READ) -> User:
    """The person who asks, where they may do something that is about no single filing."""
    user = scoped(request, scope)
    verdict = may(user, act)
    if not verdict:
        raise Refused(verdict.reason, act)
    return user


def opened(request: HttpRequest, act: Act, filing_id: int, scope: str = tokens.READ) -> FilingRow:
    """A filing, where the person who asks may do this to it."""
    user = scoped(request, scope)
    row = FilingRow.objects.select_related("department__region", "system", "notice").filter(pk=filing_id).first()
    if row is None:
        raise Http404
    verdict = may(user, act, row)
    if not verdict:
        raise Refused(verdict.reason, act, filing_id)
    return row


def _said(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:  # noqa: ANN401 - plain JSON
    return api.create_response(request, {"detail": detail, **more}, status=status)


_Handler = Callable[[HttpRequest, Any], HttpResponse]


def _on(kind: type[Exception]) -> Callable[[_Handler], _Handler]:
    def bring(function: _Handler) -> _Handler:
        api.add_exception_handler(kind, function)
        return function

    return bring


@_on(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - the handler's shape
    answer = _said(request, 401, "令牌不对、已过期或已停用，请在“账号”里重新建。")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@_on(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _said(request, 403, error.reason, why=error.why if error.act else reverse("why"))


@_on(Closed)
def _closed(request: HttpRequest, error: Closed) -> HttpResponse:
    return _said(request, 403, str(error))


@_on(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - the handler's shape
    return _said(request, 404, "没有找到。")


@_on(Conflict)
def _overtaken(request: HttpRequest, error: Conflict) -> HttpResponse:
    clashes = [
        {
            "table": clash.change.table.name,
            "place": list(clash.change.place),
            "yours": clash.change.data,
            "theirs": clash.now,
            "version": clash.version,
            "who": clash.who,
            "at": clash.at,
        }
        for clash in error.clashes
    ]
    return _said(request, 409, "这里刚被别人改过，你的这一次没有保存。", conflicts=clashes)


@_on(Moved)
def _moved(request: HttpRequest, error: Moved) -> HttpResponse:
    return _said(request, 409, str(error))


@_on(Blocked)
def _blocked(request: HttpRequest, error: Blocked) -> HttpResponse:
    return _said(request, 422, str(error))


@_on(HengjiError)
def _unable(request: HttpRequest, error: HengjiError) -> HttpResponse:
    problems = [str(problem) for problem in error.problems[:40]]
    return _said(request, 422, problems[0] if problems else "没有办成。", problems=problems)


@_on(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [f"{'.'.join(map(str, each['loc']))}：{each['msg']}" for each in error.errors[:40]]
    return _said(request, 422, "请求不合格式，见 problems。", problems=problems)


@_on(Throttled)
def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = _said(request, 429, "请求太密，请稍后再试。")
    if error.wait:
        answer.headers["Retry-After"] = str(error.wait)
    return answer


@_on(HttpError)
def _wrong(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _said(request, error.status_code, "请求读不懂。" if error.status_code == 400 else str(error))  # noqa: PLR2004


@_on(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001 - the handler's shape
    return _said(request, 413, f"请求超过{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB，请分几次写入。")


@_on(SuspiciousOperation)
def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:  # noqa: ARG001 - the handler's shape
    return _said(request, 400, "请求读不懂。")


@_on(Exception)
def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    number = str(request.META.get("HENGJI_NUMBER", ""))
    _log.error("interface", exc_info=error, extra={"number": number})
    return _said(request, 500, f"系统出错，编号 {number}。", number=number)
