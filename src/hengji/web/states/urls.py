"""Addresses of moves and signatures."""

from django.urls import path

from hengji.web.states import views

urlpatterns = [
    path("filings/<int:filing_id>/moves/<slug:act>/", views.move, name="move"),
    path("filings/<int:filing_id>/sign/", views.sign, name="sign"),
    path("filings/<int:filing_id>/signed/scan/", views.sealed, name="sealed"),
    path("filings/<int:filing_id>/signed/", views.signed, name="signed"),
]
