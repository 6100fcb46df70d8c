"""Addresses of the trail."""

from django.urls import path

from hengji.web.trail import views

urlpatterns = [
    path("filings/<int:filing_id>/history/", views.history, name="history"),
    path("filings/<int:filing_id>/verify/", views.verify, name="verify"),
    path("filings/<int:filing_id>/dossier/", views.dossier, name="dossier"),
    path("filings/<int:filing_id>/dossier/export/", views.export, name="dossier_export"),
    path("verify/", views.check, name="check"),
]
