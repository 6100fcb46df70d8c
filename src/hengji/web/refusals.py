"""Refusals and faults: each a page (or a fragment) of one sentence and what to do."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengji.model.problem import HengjiError


class Refused(Exception):
    """Something the viewer may not do; ``act`` and ``filing`` lead to the page that says why."""

    def __init__(self, reason: str, act: str = "", filing: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.act, self.filing = reason, act, filing

    @property
    def why(self) -> str:
        """The address of the page that says why."""
        asked = {"act": self.act} | ({"filing": str(self.filing)} if self.filing else {})
        return f"{reverse('why')}?{urlencode(asked)}"


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "refusal_fragment.html" if fragment else "refusal.html", context, status=status)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """403: one sentence and the way to the reasons."""
    return _page(request, 403, title="现在不能这样做", lines=[refusal.reason], why=refusal.why)


def unable(request: HttpRequest, error: HengjiError) -> HttpResponse:
    """422: what was given cannot be used, each problem a sentence."""
    return _page(request, 422, title="没有办成", lines=[str(problem) for problem in error.problems[:40]])


def overtaken(request: HttpRequest, who: str) -> HttpResponse:
    """409: somebody else was faster, and nothing of this was kept."""
    lines = [f"这里刚被{who or '别人'}改过，你的这一次没有保存。", "请返回刷新，看过现在的内容以后再改。"]
    return _page(request, 409, title="这里刚被改过", lines=lines)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """403 for a form without the session's token."""
    return _page(request, 403, title="页面已过期", lines=["页面打开得太久或登录已变，请刷新后再做一次。"])


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """404."""
    return _page(request, 404, title="没有找到这一页", lines=["可能已移走，请从工作台重新进入。"])


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """400."""
    return _page(request, 400, title="请求读不懂", lines=["请返回上一页再试一次。"])


def fault(request: HttpRequest) -> HttpResponse:
    """500: a number to quote; nothing of the inside."""
    number = request.META.get("HENGJI_NUMBER", "")
    lines = [f"系统出错，编号 {number}。你的填报没有丢失。", "请把编号告诉管理员，然后返回上一页再试。"]
    return _page(request, 500, title="系统出错", lines=lines)
