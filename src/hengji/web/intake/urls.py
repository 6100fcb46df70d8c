"""Addresses of intake and of reading reports."""

from django.urls import path

from hengji.web.intake import audits, views

urlpatterns = [
    path("intake/", views.batches, name="intake"),
    path("intake/new/", views.send_in, name="intake_new"),
    path("intake/<int:batch_id>/", views.batch, name="batch"),
    path("intake/<int:batch_id>/list/", views.batch_list, name="batch_list"),
    path("intake/<int:batch_id>/confirm/", views.confirm, name="batch_confirm"),
    path("intake/<int:batch_id>/audits/", views.all_audits, name="batch_audits"),
    path("intake/<int:batch_id>/again/", views.again, name="batch_again"),
    path("intake/<int:batch_id>/<int:number>/decide/", views.decide, name="decide"),
    path("intake/<int:batch_id>/<int:number>/release/", views.release, name="release"),
    path("audits/", audits.audits, name="audits"),
    path("audits/<int:received_id>/", audits.audit, name="audit"),
    path("audits/<int:received_id>/text/<int:number>/", audits.text, name="audit_text"),
    path("audits/<int:received_id>/findings/", audits.findings, name="audit_findings"),
    path("audits/<int:received_id>/aside/<str:finding>/", audits.set_aside, name="audit_aside"),
    path("audits/<int:received_id>/download/<str:form>/", audits.download, name="audit_download"),
    path("filings/<int:filing_id>/received/", audits.received, name="received"),
    path("filings/<int:filing_id>/received/<int:received_id>/take/", audits.take_over, name="take_over"),
]
