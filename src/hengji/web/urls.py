"""All addresses: nouns in ASCII with a trailing slash."""

from django.urls import include, path

from hengji.web.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("", include("hengji.web.people.urls")),
    path("", include("hengji.web.filings.urls")),
    path("", include("hengji.web.states.urls")),
    path("", include("hengji.web.trail.urls")),
    path("", include("hengji.web.jobs.urls")),
    path("", include("hengji.web.notices.urls")),
    path("", include("hengji.web.results.urls")),
    path("", include("hengji.web.api.urls")),
    path("", include("hengji.web.intake.urls")),
    path("", include("hengji.web.reviews.formal_urls")),
    path("", include("hengji.web.authoring.urls")),
    path("", include("hengji.web.reviews.urls")),
    path("", include("hengji.web.rectify.urls")),
]
handler400 = "hengji.web.refusals.bad_request"
handler404 = "hengji.web.refusals.not_found"
handler500 = "hengji.web.refusals.fault"
