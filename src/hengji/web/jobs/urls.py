"""Addresses of background work."""

from django.urls import path

from hengji.web.jobs import views

urlpatterns = [
    path("jobs/<int:job_id>/", views.job, name="job"),
    path("jobs/<int:job_id>/file/", views.job_file, name="job_file"),
]
