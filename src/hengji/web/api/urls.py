"""Addresses of the interface and of the page on which its tokens are made."""

from django.urls import path

from hengji.web.api import answering, reading, views, writing
from hengji.web.api.service import api

if not api._routers[1:]:  # this module may be read twice, the interface is put together once
    api.add_router("", reading.router)
    api.add_router("", writing.router)
    api.add_router("", answering.router)

urlpatterns = [
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", views.revoke, name="token_revoke"),
    path("api/v1/", api.urls),
]
