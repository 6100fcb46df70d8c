"""Pages of joining (加入): invitations, many people at once, and the second factor."""

import io
import zipfile

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.frame import frame
from hengji.web.gate import Request, everybody, general
from hengji.web.people import bulk, invitations, lockout, second
from hengji.web.people.acts import Act
from hengji.web.people.models import User

_PENDING, _NEXT, _TRIES = "second-pending", "second-next", 5


def pend(request: HttpRequest, user: User, after: str) -> HttpResponse:
    """The password was right; the code is asked for on a page of its own, in a new session."""
    request.session.cycle_key()
    request.session[_PENDING] = user.pk
    request.session[_NEXT] = after
    request.session.set_expiry(600)
    return redirect("signin_code")


@everybody
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """第二步: the code of the moment, or a recovery code."""
    user = User.objects.filter(pk=request.session.get(_PENDING, 0), is_active=True).first()
    if user is None:
        return redirect("signin")
    credentials = {"username": user.username}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.session.flush()
        return render(request, "people/signin.html", {"locked": True, "minutes": lockout.minutes()}, status=429)
    if request.method == "POST":
        if second.passes(user, request.POST.get("code", "")[:40]):
            after = str(request.session.pop(_NEXT, ""))
            request.session.pop(_PENDING, None)
            request.session.set_expiry(None)
            login(request, user, settings.AUTHENTICATION_BACKENDS[-1])
            inside = url_has_allowed_host_and_scheme(after, {request.get_host()}, request.is_secure())
            return redirect(after if inside and after else "workbench")
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        return render(request, "people/code.html", {"wrong": True}, status=422)
    return render(request, "people/code.html", {})


@general()
@require_http_methods(["GET", "POST"])
def factor(request: Request) -> HttpResponse:
    """第二因子 of the own account: the picture to scan, the first code, the recovery codes shown once; or turning it off."""
    codes: list[str] = []
    problem = ""
    on = second.is_on(request.user)
    if request.method == "POST":
        if not request.user.check_password(request.POST.get("password", "")):
            problem = "登录口令不对，没有改动。"
        elif on:
            second.end(request.user)
            messages.success(request, "第二因子已停用。")
            return redirect("account")
        else:
            codes = second.confirm(second.begin(request.user), request.POST.get("code", "")[:40])
            problem = "" if codes else "验证码不对，请看手机时间是否准确，再输一次。"
            on = bool(codes)
    begun = None if on else second.begin(request.user)
    context = frame(
        request,
        "account",
        on=on,
        codes=codes,
        problem=problem,
        secret=second.secret_of(begun) if begun else "",
        picture=second.picture(begun) if begun else "",
    )
    return render(request, "people/second.html", context, status=422 if problem else 200)


@general(Act.PEOPLE)
@require_POST
def factor_reset(request: Request, user_id: int) -> HttpResponse:
    """Turns the second factor off for somebody who lost it, after asking them by other ways."""
    user = get_object_or_404(User, pk=user_id, region=request.user.region)
    second.end(user)
    messages.success(request, f"已停用 {user.username} 的第二因子，请本人登录后重新启用。")
    return redirect("people")


@general(Act.PEOPLE)
@require_POST
def invite_file(request: Request, user_id: int) -> HttpResponse:
    """The invitation of one person as a file."""
    user = get_object_or_404(User.objects.select_related("department"), pk=user_id, region=request.user.region)
    token = invitations.invite(user, request.user)
    name = invitations.file_name(user)
    return _attached(invitations.letter(request, user, token).encode(), name, "text/html; charset=utf-8")


def _attached(data: bytes, name: str, kind: str) -> HttpResponse:
    from urllib.parse import quote  # noqa: PLC0415 - here only

    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}"
    return answer


@everybody
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: the person sets the first password and signs in."""
    found = invitations.invitation_of(token)
    form = SetPasswordForm(found.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = invitations.accept(found, form.cleaned_data["new_password1"])
        lockout.release(user.username)
        if request.user.is_authenticated and request.user.pk == user.pk:
            update_session_auth_hash(request, user)
        messages.success(request, f"口令已设好，请用账号 {user.username} 登录。")
        return redirect("signin")
    context = {"form": form, "invited": found.user, "until": found.until}
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)


@general(Act.PEOPLE)
@require_http_methods(["GET", "POST"])
def bulk_people(request: Request) -> HttpResponse:
    """Many people at once: an empty list to fill in, or the filled list, answered with everybody's invitation."""
    region = request.user.region
    if region is None:
        raise HengjiError("你的账号没有地区，不能管理人员，请另建管理员")
    if request.method == "GET":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return _attached(bulk.form(), "人员名单.xlsx", kind)
    upload = request.FILES.get("file")
    if upload is None:
        raise HengjiError("请选择名单文件")
    made = bulk.create(bulk.read(upload), region)
    letters = io.BytesIO()
    with zipfile.ZipFile(letters, "w", zipfile.ZIP_DEFLATED) as archive:
        for user in made:
            token = invitations.invite(user, request.user)
            archive.writestr(invitations.file_name(user), invitations.letter(request, user, token))
    messages.success(request, f"已建 {len(made)} 个账号，邀请在下载的压缩包里。")
    return _attached(letters.getvalue(), "邀请.zip", "application/zip")
