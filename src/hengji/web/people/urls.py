"""Addresses about people."""

from django.urls import path

from hengji.web import theme
from hengji.web.people import joining, views

urlpatterns = [
    path("signin/", views.signin, name="signin"),
    path("signin/code/", joining.code, name="signin_code"),
    path("invite/<str:token>/", joining.invite, name="invite"),
    path("signout/", views.signout, name="signout"),
    path("account/", views.account, name="account"),
    path("account/second/", joining.factor, name="second"),
    path("account/theme/", theme.choose, name="theme"),
    path("why/", views.why, name="why"),
    path("people/", views.people, name="people"),
    path("people/list/", joining.bulk_people, name="bulk_people"),
    path("people/<int:user_id>/invitation/", joining.invite_file, name="invite_file"),
    path("people/<int:user_id>/second/", joining.factor_reset, name="factor_reset"),
    path("people/<int:user_id>/unlock/", views.unlock, name="unlock"),
    path("people/<int:user_id>/reset/", views.reset, name="reset"),
    path("people/<int:user_id>/suspend/", views.suspend, name="suspend"),
]
