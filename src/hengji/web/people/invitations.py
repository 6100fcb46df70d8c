"""Invitations (邀请): a link in a file, good once and for some days; the administrator carries the file, no mail is sent."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hengji.model.problem import HengjiError
from hengji.web.people.models import Invitation, User

DAYS = 14


def invite(user: User, by: User) -> str:
    """A new link's token; earlier ones of the same person are good no longer."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Invitation.objects.filter(user=user, used_at=None).delete()
        Invitation.objects.create(user=user, by=by, digest=_digest(token), until=timezone.now() + timedelta(days=DAYS))
    return token


def letter(request: HttpRequest, user: User, token: str) -> str:
    """The invitation as a page that stands by itself: who is invited, the link, until when."""
    address = request.build_absolute_uri(reverse("invite", args=[token]))
    until = timezone.localtime(timezone.now() + timedelta(days=DAYS))
    return render_to_string("people/letter.html", {"invited": user, "address": address, "until": until})


def file_name(user: User) -> str:
    """What the file of an invitation is called."""
    whose = re.sub(r'[\\/:*?"<>|\s]', "", f"{user.department or ''}{user.office}")[:60]
    return f"邀请-{whose}-{user.username}.html"


def invitation_of(token: str) -> Invitation:
    """The invitation of a link. Raises HengjiError for one that is used, over or none."""
    found = Invitation.objects.select_related("user").filter(digest=_digest(token)).first()
    if found is None or found.used_at is not None:
        raise HengjiError("这个邀请已经用过或不存在，请联系财政局管理员重发")
    if found.until < timezone.now() or not found.user.is_active:
        raise HengjiError("这个邀请已经过期，请联系财政局管理员重发")
    return found


@transaction.atomic
def accept(invitation: Invitation, password: str) -> User:
    """Sets the first password; the link is used up. Raises HengjiError where somebody was faster."""
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()):
        raise HengjiError("这个邀请已经用过，请联系财政局管理员重发")
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
