"""Addresses of rectification."""

from django.urls import path

from hengji.web.rectify import views

_F = "rectify/<int:filing_id>/"
urlpatterns = [
    path("rectify/", views.rectify, name="rectify"),
    path(_F, views.rectify_filing, name="rectify_filing"),
    path(_F + "problems/", views.problem_add, name="problem_add"),
    path(_F + "problems/<int:number>/remove/", views.problem_remove, name="problem_remove"),
    path(_F + "problems/<int:number>/mend/", views.problem_mend, name="problem_mend"),
    path(_F + "problems/<int:number>/accept/", views.problem_accept, name="problem_accept"),
    path(_F + "report/", views.rectify_report, name="rectify_report"),
    path(_F + "file/<slug:form>/", views.rectify_file, name="rectify_file"),
    path(_F + "letters/", views.letter_add, name="letter_add"),
    path(_F + "letters/<int:number>/answer/", views.letter_answer, name="letter_answer"),
    path(_F + "letters/<int:number>/close/", views.letter_close, name="letter_close"),
    path(_F + "letters/<int:number>/<slug:form>/", views.letter_file, name="letter_file"),
]
