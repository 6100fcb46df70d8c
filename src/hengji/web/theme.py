"""Light, dark, or as the system says: a person's own choice, kept in the browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hengji.web.gate import Request, general

THEMES = {"": "跟随系统", "light": "浅色", "dark": "深色"}
_COOKIE = "theme"
_YEARS = 5 * 365 * 24 * 3600


def theme(request: HttpRequest) -> dict[str, object]:
    """For every page: the theme that was chosen, and which there are."""
    chosen = request.COOKIES.get(_COOKIE, "")
    return {"theme": chosen if chosen in THEMES else "", "themes": THEMES.items()}


@general()
@require_POST
def choose(request: Request) -> HttpResponse:
    """Keeps the choice; what is no theme follows the system."""
    chosen = request.POST.get("theme", "")
    response = redirect("account")
    response.set_cookie(_COOKIE, chosen if chosen in THEMES else "", max_age=_YEARS, httponly=True, samesite="Lax")
    return response
