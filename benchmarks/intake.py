"""A batch of many mixed files, from the zip to filings at 形式审核: every file accounted for, and how long it took.

Run by itself: ``python -m benchmarks.intake [files]``; DATABASE_URL chooses PostgreSQL.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.web import sendings

from hengji.web import start

_YEAR = 2023


def main(number: int = 200) -> None:
    """Sends, reads and confirms; prints what stands where."""
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder:
        start.set_up(Path(folder))
        start.migrate()
        run(number)


def run(number: int) -> None:
    """The whole way in this process, as the worker goes it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from hengji.web.filings.models import FilingRow
    from hengji.web.filings.systems import pin
    from hengji.web.intake import gathering
    from hengji.web.intake.models import Batch, State
    from hengji.web.jobs import queue
    from hengji.web.jobs.loop import Loop
    from hengji.web.notices.models import Notice, NoticeSystem
    from hengji.web.people.models import Department, Region, Role, User

    names = sendings.names("甲县", 60)
    region = Region.objects.create(name="甲县")
    Department.objects.bulk_create(Department(region=region, name=name) for name in names)
    by = User.objects.create(username="shenhe", role=Role.REVIEWER, region=region)
    notice = Notice.objects.create(region=region, year=_YEAR, name="通知", issued_at="2024-05-01T00:00:00Z")
    NoticeSystem.objects.create(notice=notice, kind="", system=pin(sendings.SYSTEM))
    sending = sendings.mixed(names, _YEAR, number)
    batch = Batch.objects.create(region=region, year=_YEAR, name="200", by=by)
    gathering.put(batch.pk, [SimpleUploadedFile("全部.zip", sendings.zipped(sending.files))])
    for kind in ("intake", "intake-confirm"):
        job = queue.start(kind, by, None, {"batch": batch.pk})
        began = time.perf_counter()
        Loop().all()
        job.refresh_from_db()
        print(f"{job.title}：{time.perf_counter() - began:.1f} s　{job.sentence}{job.error}")
        if kind == "intake":
            found = Counter(batch.files.values_list("state", flat=True))
            print(
                f"  与预期{'相同' if found == Counter(sending.expect) else f'不同，应为 {sending.expect}'}，合计 {found.total()}"
            )
    at = Counter(FilingRow.objects.values_list("step", flat=True))
    waiting = batch.files.filter(state=State.WAITING).count()
    print(f"  填报：{dict(at)}；没有处理的文件 {waiting}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
