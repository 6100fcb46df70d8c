"""Addresses of notices and the board."""

from django.urls import path

from hengji.web.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/new/", views.write, name="notice_new"),
    path("notices/<int:notice_id>/", views.write, name="notice"),
    path("notices/<int:notice_id>/issue/", views.issue_notice, name="notice_issue"),
    path("notices/<int:notice_id>/copy/", views.copy_notice, name="notice_copy"),
    path("notices/<int:notice_id>/discard/", views.discard, name="notice_discard"),
    path("notices/attachments/<int:attachment_id>/", views.attachment_file, name="attachment"),
    path("notices/attachments/<int:attachment_id>/remove/", views.detach, name="detach"),
    path("filings/<int:filing_id>/notice/", views.filing_notice, name="filing_notice"),
    path("filings/<int:filing_id>/extend/", views.extend_filing, name="extend"),
    path("board/", views.board_now, name="board_now"),
    path("board/<int:year>/", views.board, name="board"),
    path("board/<int:year>/remind/", views.remind, name="remind"),
]
