"""The board and the statistics of 200 departments over 5 years against a real server: how long the bureau waits.

Run by itself: ``python -m benchmarks.boards [departments] [years] [rounds] [readers]``; DATABASE_URL chooses PostgreSQL.
"""

import http.cookiejar
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tests.web.server import PASSWORD, serving

LAST, REGION = 2023, "甲县"


def fill(departments: int, years: int) -> None:
    """Departments, filings, summaries and leaf lines, all invented, spread over the steps; the last year is under way."""
    from hengji.web import start

    start.set_up()
    from hengji.web.filings.models import FilingRow
    from hengji.web.filings.systems import pin, system_of
    from hengji.web.people.models import Department, Region
    from hengji.web.scores.models import LeafLine, Summary

    region = Region.objects.get(name=REGION)
    kinds = ("党政机关", "事业单位", "乡镇街道")
    made = [Department(region=region, name=f"某{n:03}局", kind=kinds[n % 3]) for n in range(departments)]
    Department.objects.bulk_create(made)
    pinned = pin("guangdong/lechang/department-overall")
    leaves = [(leaf.id, leaf.name, int((leaf.points or 0) * 100)) for leaf in system_of(pinned).leaves()]
    steps = ("filling", "signing", "formal", "review", "opinion", "final", "archived")
    for year in range(LAST - years + 1, LAST + 1):
        rows = [
            FilingRow(department=d, year=year, system=pinned, step=steps[n % 7] if year == LAST else "archived")
            for n, d in enumerate(made)
        ]
        FilingRow.objects.bulk_create(rows)
        summaries, lines = [], []
        for n, row in enumerate(rows):
            lost = {leaf: (n * 7 + at * 13 + year) % 5 * 20 for at, (leaf, _, _) in enumerate(leaves) if at % 3}
            ended = 9800 - sum(lost.values())
            known = row.step in ("opinion", "final", "archived")
            final = ended if row.step in ("final", "archived") else None
            summaries.append(
                Summary(filing=row, revision=0, claimed=9800 - n % 30, reviewed=ended if known else None, final=final, leaves=27, settled=27)
            )  # fmt: skip
            for at, (leaf, name, full) in enumerate(leaves, start=1):
                kept = max(0, full - lost.get(leaf, 0)) if known else None
                lines.append(
                    LeafLine(filing=row, number=at, leaf=leaf, name=name, full=full, standing="claimed", claimed=full, reviewed=kept, final=kept if final is not None else None)
                )  # fmt: skip
        Summary.objects.bulk_create(summaries, batch_size=500)
        LeafLine.objects.bulk_create(lines, batch_size=1000)


class Reader:
    """One signed-in administrator of the bureau."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.get("/signin/")
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        form = {"username": "admin", "password": PASSWORD, "csrfmiddlewaretoken": token}
        self.opener.open(f"{address}/signin/", urllib.parse.urlencode(form).encode(), timeout=60).read()

    def get(self, path: str) -> int:
        return len(self.opener.open(self.address + path, timeout=60).read())


def main(departments: int = 200, years: int = 5, rounds: int = 40, readers: int = 2) -> None:
    """Fills the database, asks for the pages in turn, and prints a table."""
    named = {"DATABASE_URL": os.environ["DATABASE_URL"]} if os.environ.get("DATABASE_URL") else {}
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        with serving(data, "--region", REGION, **named) as address:
            filled = {**os.environ, **named, "HENGJI_DATA": str(data)}
            code = f"from benchmarks.boards import fill; fill({departments}, {years})"
            subprocess.run([sys.executable, "-c", code], check=True, env=filled)
            pages = {
                f"/board/{LAST}/": "board",
                f"/stats/{LAST - 1}/": "stats",
                f"/stats/{LAST - 1}/?kind=%E4%BA%8B%E4%B8%9A%E5%8D%95%E4%BD%8D": "stats of a kind",
                f"/results/{LAST - 1}/": "results",
                f"/publications/{LAST}/": "publications",
            }
            times = _measured(address, pages, rounds, readers)
    print(f"{'PostgreSQL' if named else 'SQLite'}: {departments} departments, {years} years, {readers} readers at once")
    for page, found in times.items():
        found.sort()
        print(f"  {page:16} {len(found):5} requests   p50 {found[len(found) // 2]:6.0f} ms   p95 {found[int(len(found) * 0.95)]:6.0f} ms")  # fmt: skip


def _measured(address: str, pages: dict[str, str], rounds: int, readers: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in pages.values()}
    people = [Reader(address) for _ in range(readers)]
    for path in pages:
        people[0].get(path)  # systems are read once a process

    def read(reader: Reader) -> None:
        for _ in range(rounds):
            for path, name in pages.items():
                began = time.perf_counter()
                reader.get(path)
                times[name].append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=read, args=(reader,)) for reader in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
