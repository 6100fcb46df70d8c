"""Addresses of filings and their pages."""

from django.urls import path

from hengji.web.filings.views import (
    data,
    evidence,
    findings,
    imports,
    judgements,
    registers,
    reports,
    score,
    text,
    workbench,
)

_F = "filings/<int:filing_id>/"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path(_F, data.filing, name="filing"),
    path(_F + "data/<slug:section>/", data.data, name="data"),
    path(_F + "items/<slug:item>/", data.item, name="item"),
    path(_F + "cover/", data.cover, name="cover"),
    path(_F + "cover/<slug:label>/", data.cover_line, name="cover_line"),
    path(_F + "registers/<slug:register>/", registers.register, name="register"),
    path(_F + "registers/<slug:register>/mark/", registers.mark, name="mark"),
    path(_F + "registers/<slug:register>/paste/", registers.paste, name="paste"),
    path(_F + "registers/<slug:register>/rows/", registers.add, name="row_add"),
    path(_F + "registers/<slug:register>/rows/<int:number>/", registers.cell, name="cell"),
    path(_F + "registers/<slug:register>/rows/<int:number>/remove/", registers.remove, name="row_remove"),
    path(_F + "judgements/<str:group>/", judgements.judgements, name="judgements"),
    path(_F + "answers/<str:leaf>/<str:statement>/", judgements.answer, name="answer"),
    path(_F + "bands/<str:leaf>/", judgements.band, name="band"),
    path(_F + "claims/<str:leaf>/", judgements.claim, name="claim"),
    path(_F + "exemptions/<str:leaf>/", judgements.exemption, name="exemption"),
    path(_F + "text/<slug:chapter>/", text.text, name="text"),
    path(_F + "text/<slug:chapter>/<int:number>/", text.paragraph, name="paragraph"),
    path(_F + "score/", score.score, name="score"),
    path(_F + "leaves/<str:leaf>/", score.leaf, name="leaf"),
    path(_F + "whatif/", score.whatif, name="whatif"),
    path(_F + "findings/", findings.findings, name="findings"),
    path(_F + "findings/<slug:finding>/waive/", findings.waive, name="waive"),
    path(_F + "evidence/", evidence.evidence, name="evidence"),
    path(_F + "evidence/upload/", evidence.upload, name="upload"),
    path(_F + "evidence/<int:number>/", evidence.evidence_file, name="evidence_file"),
    path(_F + "evidence/<int:number>/describe/", evidence.describe, name="describe"),
    path(_F + "report/", reports.report, name="report"),
    path(_F + "report/<slug:form>/", reports.report_file, name="report_file"),
    path(_F + "workbook/", reports.workbook, name="workbook"),
    path(_F + "imports/", imports.imports, name="imports"),
    path(_F + "imports/preview/", imports.preview, name="preview"),
    path(_F + "imports/confirm/", imports.confirm, name="confirm"),
]
