"""Addresses of the formal check."""

from django.urls import path

from hengji.web.reviews import formal_views

urlpatterns = [
    path("formal/<int:filing_id>/", formal_views.formal, name="formal"),
    path("formal/<int:filing_id>/tick/", formal_views.tick, name="formal_tick"),
    path("formal/<int:filing_id>/move/", formal_views.move_on, name="formal_move"),
]
