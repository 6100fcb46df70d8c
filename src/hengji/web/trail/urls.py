"""Addresses of the trail."""

from django.urls import path

from hengji.web.trail import views

urlpatterns = [
    path("filings/<int:filing_id>/history/", views.history, name="history"),
    path("filings/<int:filing_id>/verify/", views.verify, name="verify"),
]
