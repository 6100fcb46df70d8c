"""Addresses of indicator systems."""

from django.urls import path

from hengji.web.authoring import drafts, views

urlpatterns = [
    path("systems/", views.systems, name="systems"),
    path("systems/compare/", views.compare_two, name="systems_compare"),
    path("systems/library/<str:system>/", views.of_library, name="system_of_library"),
    path("systems/<int:pinned_id>/", views.pinned, name="system"),
    path("systems/drafts/new/", drafts.begin, name="draft_new"),
    path("systems/drafts/<int:draft_id>/", drafts.draft, name="draft"),
    path("systems/drafts/<int:draft_id>/check/", drafts.check_text, name="draft_check"),
    path("systems/drafts/<int:draft_id>/trial/", drafts.trial, name="draft_trial"),
    path("systems/drafts/<int:draft_id>/publish/", drafts.publish_draft, name="draft_publish"),
    path("systems/drafts/<int:draft_id>/discard/", drafts.discard, name="draft_discard"),
]
