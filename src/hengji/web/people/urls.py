"""Addresses about people."""

from django.urls import path

from hengji.web import theme
from hengji.web.people import views

urlpatterns = [
    path("signin/", views.signin, name="signin"),
    path("signout/", views.signout, name="signout"),
    path("account/", views.account, name="account"),
    path("account/theme/", theme.choose, name="theme"),
    path("why/", views.why, name="why"),
    path("people/", views.people, name="people"),
    path("people/<int:user_id>/unlock/", views.unlock, name="unlock"),
    path("people/<int:user_id>/reset/", views.reset, name="reset"),
    path("people/<int:user_id>/suspend/", views.suspend, name="suspend"),
]
