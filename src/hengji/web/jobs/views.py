"""后台工作: how a job stands, and the file that came of it."""

from urllib.parse import urlsplit

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.jobs.kinds import place_of
from hengji.web.jobs.models import Job, State
from hengji.web.jobs.reach import sees
from hengji.web.people.acts import Act
from hengji.web.refusals import Refused


def _job(request: Request, number: int) -> Job:
    """The job, if it is there and this person may see it."""
    job = Job.objects.select_related("by", "filing__department__region", "filing__system").filter(pk=number).first()
    if job is None:
        raise Http404
    verdict = sees(request.user, job)
    if not verdict:
        raise Refused(verdict.reason, Act.DOWNLOAD, job.filing_id)
    return job


@general()
def job(request: Request, job_id: int) -> HttpResponse:
    """How a job stands: a page, or the fragment that asks again every two seconds until the end.

    Where the page that waits is the page of the result, it is asked to show it.
    """
    found = _job(request, job_id)
    if request.htmx:  # type: ignore[attr-defined]
        if found.state == State.DONE and found.address and _stands_there(request, found.address):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "jobs/_job.html", {"job": found})
    return render(request, "jobs/job.html", frame(request, "workbench", job=found))


def _stands_there(request: Request, address: str) -> bool:
    """Whether the page that asks is the one where the result is."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path == urlsplit(address).path


@general()
def job_file(request: Request, job_id: int) -> FileResponse:
    """The file that came of a job."""
    found = _job(request, job_id)
    place = place_of(found.pk)
    if found.state != State.DONE or not found.file or not place.exists():
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename=found.file)
