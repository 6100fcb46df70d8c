"""A clerk as a script: signs in and saves one figure after the other until the server is gone."""

import http.cookiejar
import random
import re
import urllib.error
import urllib.parse
import urllib.request

from tests.web.server import PASSWORD


class Clerk:
    """One signed-in clerk of the demonstration county."""

    def __init__(self, address: str, number: int) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = {"username": f"tianbao{number:02}", "password": PASSWORD, "csrfmiddlewaretoken": self.token("/signin/")}
        self.opener.open(f"{address}/signin/", urllib.parse.urlencode(form).encode(), timeout=60).read()

    def token(self, path: str) -> str:
        page = self.get(path)
        found = re.search(r'"X-CSRFToken":"([^"]+)"', page)
        assert found is not None
        return found[1]

    def get(self, path: str) -> str:
        return str(self.opener.open(self.address + path, timeout=60).read().decode())

    def post(self, path: str, form: dict[str, str], token: str) -> str:
        request = urllib.request.Request(self.address + path, urllib.parse.urlencode(form).encode())
        request.add_header("HX-Request", "true")
        request.add_header("X-CSRFToken", token)
        return str(self.opener.open(request, timeout=60).read().decode())


def first_filing(clerk: Clerk) -> str:
    """The number of the clerk's own filing."""
    found = re.search(r"/filings/(\d+)/", clerk.get("/"))
    assert found is not None
    return found[1]


def read_fields(clerk: Clerk, filing: str) -> tuple[str, list[tuple[str, str]]]:
    """The session's token, and this year's fields of the first section with their versions."""
    page = clerk.get(f"/filings/{filing}/")
    token = re.search(r'"X-CSRFToken":"([^"]+)"', page)
    assert token is not None
    return token[1], figures_of(page)


def figures_of(page: str) -> list[tuple[str, str]]:
    """This year's figures of a section that a number can be typed into, with their versions; words and choices are none."""
    return re.findall(
        r'<input [^>]*class="n"[^>]*hx-post="(/filings/\d+/items/\w+/)"[^>]*hx-vals=\'\{"version":"(\d+)","year":"2023"\}',
        page,
    )


def figure(number: int) -> str:
    """A figure that every such field takes, another for another number."""
    return f"{number % 1000}.{random.randrange(100):02}"


def saved_version(answer: str) -> str:
    """The version a saved field has now."""
    found = re.search(r'"version":"(\d+)","year":"2023"', answer)
    assert found is not None
    return found[1]


def saving(address: str, number: int, acknowledged: list[tuple[str, str]]) -> None:
    """Saves distinct figures until the server is gone; each that was answered with 200 is noted."""
    clerk = Clerk(address, number % 2)
    token, fields = read_fields(clerk, first_filing(clerk))
    path, version = fields[10 + number]
    for turn in range(500):
        value = f"{number + 1}{turn:04}.{turn % 100:02}"
        try:
            answer = clerk.post(
                path, {"value": value, "version": version, "year": "2023", "why": "按批复核对", "meant": "typed"}, token
            )
        except (OSError, urllib.error.URLError):
            return
        acknowledged.append((path, value))
        version = saved_version(answer)
