"""Tokens (接口令牌): whose they are, what they may do and until when; of the secret only its hash is kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

_SHA = 64


class Token(models.Model):
    """令牌 of one person: it may at most what the person may, and no more than its scope."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    sha256 = models.CharField(max_length=_SHA, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"token {self.pk}"

    @property
    def live(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and self.ends_at > timezone.now()
