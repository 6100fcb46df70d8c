"""接口令牌 of one's own: made with scope and expiry, shown once, ended at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.api import tokens as kept
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.people.acts import Act


@general(Act.TOKENS)
@require_http_methods(["GET", "POST"])
def tokens(request: Request) -> HttpResponse:
    """The list, and the form; the answer to the form is the only page that ever shows the secret."""
    secret, problem = "", ""
    if request.method == "POST":
        days = request.POST.get("days", "")
        given = request.POST.getlist("scopes")
        number = int(days) if days in map(str, kept.DAYS) else 0
        try:
            _check(request)
            _, secret = kept.issue(request.user, request.POST.get("name", "")[:60], given, number)
        except HengjiError as error:
            problem = f"{error}。"
    context = frame(
        request,
        "account",
        found=[(token, "、".join(kept.SCOPES[scope] for scope in token.scopes)) for token in kept.of(request.user)],
        scopes=kept.SCOPES,
        days=kept.DAYS,
        secret=secret,
        problem=problem,
    )
    return render(request, "api/tokens.html", context, status=422 if problem else 200)


def _check(request: Request) -> None:
    """A token outlives the session: whoever found one open cannot make it."""
    if not request.user.check_password(request.POST.get("password", "")):
        raise HengjiError("登录口令不对，没有建令牌")


@general(Act.TOKENS)
@require_POST
def revoke(request: Request, token_id: int) -> HttpResponse:
    """停用 one of one's own."""
    kept.revoke(request.user, token_id)
    messages.success(request, "令牌已停用。")
    return redirect("tokens")
