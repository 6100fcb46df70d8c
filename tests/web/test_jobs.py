"""Background work: progress, results and errors as people see them; a fallen worker loses no job."""

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from hengji.model.problem import HengjiError
from hengji.web.jobs import kinds, queue
from hengji.web.jobs.crew import Crew
from hengji.web.jobs.kinds import Outcome, Work
from hengji.web.jobs.loop import Loop
from hengji.web.jobs.models import Job, State
from tests.web.conftest import County

Register = Callable[[kinds.Function], kinds.Function]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Register:
    """Registers a function as the kind 'try' for one test."""
    settings.JOBS = tmp_path / "jobs"
    monkeypatch.setattr(kinds, "KINDS", {})
    for module in ("queue", "running"):
        monkeypatch.setattr(f"hengji.web.jobs.{module}.KINDS", kinds.KINDS)
    return kinds.kind("try", "试一试")


def seen(county: County, job: Job, who: str = "clerk") -> str:
    answer = county.client(who).get(f"/jobs/{job.pk}/", headers=HTMX)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_a_job_is_asked_for_followed_and_taken_away(county: County, kind: Register) -> None:
    halfway: list[str] = []

    def work(work: Work) -> Outcome:
        work.progress(1, 2, "第一份")
        halfway.append(seen(county, Job.objects.get()))
        assert work.arguments == {"words": "甲"}
        assert work.filing == county.filing
        work.place.write_text("内容", encoding="utf-8")
        return Outcome("写好了两份", "/people/", "结果.txt")

    kind(work)
    job = queue.start("try", county.people["clerk"], county.filing, {"words": "甲"})
    assert "等待" in seen(county, job)
    Loop().all()
    assert "1/2" in halfway[0]
    assert "第一份" in halfway[0]
    assert "every 2s" in halfway[0]
    after = seen(county, job)
    assert "写好了两份" in after
    assert "every 2s" not in after
    answer = county.client("clerk").get(f"/jobs/{job.pk}/file/")
    assert b"".join(answer.streaming_content).decode() == "内容"  # type: ignore[attr-defined]
    assert "写好了两份" in county.client("clerk").get("/").content.decode()


def test_a_job_that_falls_is_one_sentence_and_the_next_one_runs(county: County, kind: Register) -> None:
    def work(work: Work) -> Outcome:
        match work.arguments["how"]:
            case "said":
                raise HengjiError("第三份文件读不出")
            case "fault":
                raise ZeroDivisionError
        return Outcome("好了")

    kind(work)
    said, fault, good = (
        queue.start("try", county.people["clerk"], None, {"how": how}) for how in ("said", "fault", "good")
    )
    Loop().all()
    assert "第三份文件读不出" in seen(county, said)
    assert "编号" in seen(county, fault)
    assert "ZeroDivision" not in seen(county, fault)
    assert "好了" in seen(county, good)


def test_who_may_see_a_job(county: County, kind: Register) -> None:
    kind(lambda work: Outcome(str(work.job)))
    own = queue.start("try", county.people["clerk"], county.filing)
    free = queue.start("try", county.people["reviewer"])
    able = {
        own.pk: {"clerk", "clerk2", "head", "reviewer", "admin", "firm", "auditor"},
        free.pk: {"reviewer", "admin"},
    }
    for job in (own, free):
        for who in county.people:
            for path in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/file/"):
                status = county.client(who).get(path).status_code
                assert (status != 403) == (who in able[job.pk]), f"{who} {path}"


def test_the_same_job_is_not_asked_for_twice(county: County, kind: Register) -> None:
    kind(lambda _: Outcome())
    clerk, head = county.people["clerk"], county.people["head"]
    first = queue.once("try", clerk, county.filing, {"a": 1})
    assert queue.once("try", head, county.filing, {"a": 1}) == first
    assert queue.once("try", clerk, county.filing, {"a": 2}) != first
    Loop().all()
    assert queue.once("try", clerk, county.filing, {"a": 1}) != first


def test_a_job_whose_process_fell_runs_again_and_is_given_up_in_the_end(county: County, kind: Register) -> None:
    runs = []

    def work(work: Work) -> Outcome:
        runs.append(work.run)
        DBTaskResult.objects.update(status="RUNNING")
        raise SystemExit  # as if the process were gone: nothing is written down

    kind(work)
    job = queue.start("try", county.people["clerk"])
    for _ in range(5):
        Loop().all()
        assert queue.take_up() == 0, "a job that shows signs of life is left alone"
        Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(minutes=2))
        queue.take_up()
    job.refresh_from_db()
    assert runs == [1, 2, 3]
    assert job.state == State.FAILED
    assert "3次" in seen(county, job)


def test_who_was_overtaken_writes_nothing(county: County, kind: Register) -> None:
    def work(work: Work) -> Outcome:
        Job.objects.filter(pk=work.job).update(run=work.run + 1)  # another process has it now
        with pytest.raises(kinds.Overtaken):
            work.progress(1, 1)
        return Outcome("不该写下")

    kind(work)
    job = queue.start("try", county.people["clerk"])
    Loop().all()
    job.refresh_from_db()
    assert (job.state, job.sentence) == (State.RUNNING, "")


def test_old_jobs_go_with_their_files(county: County, kind: Register) -> None:
    def work(work: Work) -> Outcome:
        work.place.write_bytes(b"x")
        return Outcome(file="x.txt")

    kind(work)
    old, new = (queue.start("try", county.people["clerk"], None, {"n": n}) for n in (1, 2))
    Loop().all()
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=40))
    queue.tidy()
    assert [job.pk for job in Job.objects.all()] == [new.pk]
    assert not kinds.place_of(old.pk).exists()
    assert kinds.place_of(new.pk).exists()


def test_asking_for_progress_is_cheap(
    county: County, kind: Register, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kind(lambda _: Outcome())
    job = queue.start("try", county.people["clerk"], county.filing)
    client = county.client("clerk")
    client.get(f"/jobs/{job.pk}/", headers=HTMX)
    with django_assert_max_num_queries(4):  # session, person, job, and room for one more
        client.get(f"/jobs/{job.pk}/", headers=HTMX)


def test_a_worker_is_started_again_and_ended_with_its_crew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The process of the crew is replaced by one that notes that it was there and waits for its parent."""
    note = tmp_path / "note"
    program = f"import sys; open({str(note)!r}, 'a').write('x'); sys.stdin.read()"
    real = subprocess.Popen

    def popen(command: list[str], **more: object) -> object:
        return real([command[0], "-c", program], **more)  # type: ignore[call-overload]

    monkeypatch.setattr("hengji.web.jobs.crew.subprocess.Popen", popen)
    monkeypatch.setattr("hengji.web.jobs.crew._REST", 0.0)
    crew = Crew()
    crew.start()
    _until(lambda: note.exists() and note.read_text() == "x")
    assert crew.process is not None
    crew.process.kill()
    _until(lambda: note.read_text() == "xx")
    crew.stop()
    process = crew.process
    _until(lambda: process.poll() is not None)
    assert note.read_text() == "xx"


def _until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
