"""Clerks editing and reading at once against a real server: how long each waits, and whether any save was lost.

Run by itself: ``python -m benchmarks.web [seconds] [clerks] [readers]``; DATABASE_URL chooses PostgreSQL.
"""

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.web.load import Clerk, first_filing, read_fields, saved_version
from tests.web.server import serving

_PAUSE = 1.0  # seconds a clerk thinks between two figures


class Tally:
    """How long every request took, by page, and which figures were acknowledged."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.times: dict[str, list[float]] = {}
        self.saved: dict[str, str] = {}
        self.failed: list[str] = []

    def timed(self, page: str, ask: object) -> str:
        began = time.perf_counter()
        answer = str(ask())  # type: ignore[operator]
        with self.lock:
            self.times.setdefault(page, []).append((time.perf_counter() - began) * 1000)
        return answer


def edit(clerk: Clerk, number: int, until: float, tally: Tally) -> None:
    """One clerk: a figure of their own field of their department's filing, again and again."""
    filing = first_filing(clerk)
    token, fields = read_fields(clerk, filing)
    path, version = fields[number // 4 % len(fields)]
    mine = threading.get_ident()
    while time.perf_counter() < until:
        time.sleep(random.uniform(0.5, 1.5) * _PAUSE)
        value = f"{mine % 1000}.{random.randrange(100):02}"
        form = {"value": value, "version": version, "year": "2023"}
        try:
            answer = tally.timed("save", lambda form=form: clerk.post(path, form, token))
        except OSError as error:
            if "409" not in str(error):
                tally.failed.append(str(error))
                continue
            _, again = read_fields(clerk, filing)
            version = dict(again)[path]
            continue
        version = saved_version(answer)
        with tally.lock:
            tally.saved[path] = value


def read(reader: Clerk, until: float, tally: Tally) -> None:
    """One reader: the pages of a filing in turn."""
    filing = first_filing(reader)
    while time.perf_counter() < until:
        for page in ("", "score/", "leaves/2.1.4/", "findings/", "history/"):
            tally.timed(page or "data", lambda page=page: reader.get(f"/filings/{filing}/{page}"))
            time.sleep(random.uniform(0.5, 1.5) * _PAUSE)


def main(seconds: int = 30, clerks: int = 60, readers: int = 10) -> None:
    """Runs the load and prints a table."""
    named = {"DATABASE_URL": os.environ["DATABASE_URL"]} if os.environ.get("DATABASE_URL") else {}
    tally = Tally()
    with tempfile.TemporaryDirectory() as place, serving(Path(place) / "data", "--demo", **named) as address:
        people = [Clerk(address, number) for number in (0, 1, 3, 6)]  # signing in is slow on purpose, and not measured
        until = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=edit, args=(people[n % len(people)], n, until, tally)) for n in range(clerks)
        ]
        threads += [threading.Thread(target=read, args=(people[0], until, tally)) for _ in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lost = _lost(address, tally)
    print(f"{'SQLite' if not named else 'PostgreSQL'}: {clerks} clerks, {readers} readers, {seconds} s")
    for page, times in sorted(tally.times.items()):
        times.sort()
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"  {page:14} {len(times):6} requests   p50 {p50:7.0f} ms   p95 {p95:7.0f} ms")
    print(f"  saves lost: {lost}   requests failed: {len(tally.failed)} {tally.failed[:2]}")


def _lost(address: str, tally: Tally) -> int:
    """Fields whose last acknowledged figure is not what the page shows."""
    lost = 0
    for number in (0, 1, 3, 6):
        clerk = Clerk(address, number)
        page = clerk.get(f"/filings/{first_filing(clerk)}/")
        for path, value in tally.saved.items():
            if path in page and f'value="{value}"' not in page:
                lost += 1
    return lost


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
