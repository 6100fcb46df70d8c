"""Clerks editing and readers reading at once against a real server: how long each waits, and whether any save was lost.

Run by itself: ``python -m benchmarks.web [seconds] [clerks] [readers] [pause]``; DATABASE_URL chooses PostgreSQL. The same
load goes to a bare Django view in the same run: other figures than the ratio depend on the machine.
"""

import contextlib
import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.web.load import Clerk, figure, figures_of, first_filing, read_fields, saved_version
from tests.web.server import free_port, serving

_PAGES = ("", "score/", "leaves/2.1.4/", "findings/", "history/")
_DEPARTMENTS = (0, 1, 3, 6)  # of the demonstration county, those at 填报


class Job(NamedTuple):
    """One clerk's field: whose filing, its address and version, the session's token, what the page says it shows."""

    filing: str
    path: str
    version: str
    token: str
    feeding: str


class Tally:
    """How long every request took, by page, and which figures were acknowledged."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.times: dict[str, list[float]] = {}
        self.saved: dict[str, str] = {}
        self.failed: list[str] = []
        self.cpu = 0.0  # seconds of computing by the server's processes

    def timed(self, page: str, ask: Callable[[], tuple[int, str]]) -> tuple[int, str]:
        began = time.perf_counter()
        status, text = ask()
        with self.lock:
            self.times.setdefault(page, []).append((time.perf_counter() - began) * 1000)
            if status >= 400 and status != 409:
                self.failed.append(f"{page} {status}")
        return status, text


class Line:
    """One connection that is kept open, as a browser's is."""

    def __init__(self, address: str, cookies: str) -> None:
        self.host = urllib.parse.urlsplit(address).netloc
        self.cookies = cookies
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, path: str, form: dict[str, str] | None = None, token: str = "") -> tuple[int, str]:
        headers = {"Cookie": self.cookies}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {"HX-Request": "true", "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded"}
        for again in (True, False):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, timeout=120)
                self.connection.request("GET" if body is None else "POST", path, body, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.read().decode()
            except (http.client.HTTPException, OSError):
                self.connection = None  # a server may close a connection that was idle
                if not again:
                    raise
        raise AssertionError


def _cookies(clerk: Clerk) -> str:
    handlers = clerk.opener.handlers  # type: ignore[attr-defined]
    (processor,) = (each for each in handlers if hasattr(each, "cookiejar"))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in processor.cookiejar)


def edit(line: Line, job: Job, until: float, pause: float, tally: Tally) -> None:
    """One clerk: a figure of their own field of their department's filing, again and again."""
    path, version = job.path, job.version
    while time.perf_counter() < until:
        time.sleep(random.uniform(0.5, 1.5) * pause)
        value = figure(threading.get_ident())
        form = {
            "value": value,
            "version": version,
            "year": "2023",
            "feeding": job.feeding,
            "why": "压力测试",
            "meant": "typed",
        }
        status, text = tally.timed("save", partial(line.ask, path, form, job.token))
        if status == 200:
            version = saved_version(text)
            with tally.lock:
                tally.saved[path] = value


def read(line: Line, filing: str, until: float, pause: float, tally: Tally) -> None:
    """One reader: the pages of a filing in turn."""
    while time.perf_counter() < until:
        for page in _PAGES:
            address = f"/filings/{filing}/{page or 'score/'}"
            tally.timed(page or "score/", partial(line.ask, address))
            time.sleep(random.uniform(0.5, 1.5) * pause)


def _jobs(people: list[Clerk], clerks: int) -> list[tuple[int, Job]]:
    """For every clerk whose account they use, and their own field: no two share one."""
    fields: dict[int, list[Job]] = {}
    for n, person in enumerate(people):
        filing = first_filing(person)
        token, _ = read_fields(person, filing)
        fields[n] = []
        for section in _sections(person, filing):
            page = person.get(section)
            feeding = re.search(r'"feeding":"([^"]*)"', page)
            shown = feeding[1] if feeding else ""
            fields[n] += [Job(filing, path, version, token, shown) for path, version in figures_of(page)]
    return [
        (n % len(people), fields[n % len(people)][n // len(people) % len(fields[n % len(people)])])
        for n in range(clerks)
    ]


def _sections(person: Clerk, filing: str) -> list[str]:
    page = person.get(f"/filings/{filing}/")
    return sorted(set(re.findall(rf'href="(/filings/{filing}/data/\w+/)"', page)))


def _run(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def application(seconds: int, clerks: int, readers: int, pause: float) -> Tally:
    """The load upon the application."""
    named = {"DATABASE_URL": os.environ["DATABASE_URL"]} if os.environ.get("DATABASE_URL") else {}
    tally = Tally()
    with tempfile.TemporaryDirectory() as place, serving(Path(place) / "data", "--demo", **named) as address:
        people = [Clerk(address, number) for number in _DEPARTMENTS]  # signing in is slow on purpose, and not measured
        wanted = _jobs(people, clerks)
        until = time.perf_counter() + seconds + 1
        cookies = [_cookies(person) for person in people]
        jobs: list[Callable[[], None]] = [
            partial(edit, Line(address, cookies[who]), job, until, pause, tally) for who, job in wanted
        ]
        filing = first_filing(people[0])
        jobs += [lambda: read(Line(address, cookies[0]), filing, until, pause, tally)] * readers
        began = _computing(f"serve --data {place}")
        _run(jobs)
        tally.cpu = _computing(f"serve --data {place}") - began
        tally.failed += [f"lost {path}" for path in _lost(people, tally)]
    return tally


def bare(seconds: int, clerks: int, readers: int, pause: float) -> Tally:
    """The same load upon the bare view."""
    tally, port = Tally(), free_port()
    address = f"http://127.0.0.1:{port}"

    def clerk(number: int, line: Line) -> None:
        while time.perf_counter() < until:
            time.sleep(random.uniform(0.5, 1.5) * pause)
            tally.timed("save", lambda: line.ask(f"/rows/{number % 300 + 1}/", {"value": str(random.random())}))

    def reader(line: Line) -> None:
        while time.perf_counter() < until:
            tally.timed("page", lambda: line.ask("/rows/1/"))
            time.sleep(random.uniform(0.5, 1.5) * pause)

    with tempfile.TemporaryDirectory() as place, _serving_bare(Path(place), port):
        until = time.perf_counter() + seconds
        jobs: list[Callable[[], None]] = [partial(clerk, n, Line(address, "")) for n in range(clerks)]
        jobs += [lambda: reader(Line(address, ""))] * readers
        began = _computing(f"benchmarks.bare {place}")
        _run(jobs)
        tally.cpu = _computing(f"benchmarks.bare {place}") - began
    return tally


@contextlib.contextmanager
def _serving_bare(folder: Path, port: int) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bare", str(folder), str(port)])
    try:
        for _ in range(100):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/rows/1/")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(60)


def _lost(people: list[Clerk], tally: Tally) -> list[str]:
    """Fields whose last acknowledged figure is not what their page shows."""
    pages = "".join(person.get(section) for person in people for section in _sections(person, first_filing(person)))
    found = []
    for path, value in tally.saved.items():
        cell = re.search(rf'value="([^"]*)"[^>]*hx-post="{path}"[^>]*"year":"2023"', pages)
        if cell is None or cell[1] != value:
            found.append(path)
    return found


def _computing(words: str) -> float:
    """Seconds that processes with these words in their command have computed so far, as Linux counts them."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            if words in (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"):
                fields = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def told(name: str, tally: Tally, seconds: int) -> float:
    """Prints one table; gives the median of a save."""
    print(name)
    for page, times in sorted(tally.times.items()):
        times.sort()
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        rate = len(times) / seconds
        print(f"  {page:14} {len(times):6} requests {rate:7.1f}/s   p50 {p50:7.0f} ms   p95 {p95:7.0f} ms")
    lost = [each for each in tally.failed if each.startswith("lost")]
    count = sum(map(len, tally.times.values()))
    print(f"  the server computed {tally.cpu:.1f} s, {tally.cpu / count * 1000:.1f} ms a request")
    print(f"  saves lost: {len(lost)}   requests failed: {len(tally.failed) - len(lost)} {tally.failed[:2]}")
    saves = tally.times["save"]
    return saves[len(saves) // 2]


def main(seconds: int = 60, clerks: int = 200, readers: int = 20, pause: float = 3.0) -> None:
    """Runs the load on both and prints the tables."""
    kind = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(f"{clerks} clerks, {readers} readers, {seconds} s, a figure every {pause:g} s each")
    ours = told(f"hengji, {kind}", application(seconds, clerks, readers, pause), seconds)
    theirs = told("bare Django view, SQLite", bare(seconds, clerks, readers, pause), seconds)
    print(f"a save takes {ours / theirs:.1f} times as long as in the bare view (p50)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), *map(float, sys.argv[4:5]))
