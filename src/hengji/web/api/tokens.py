"""Making, finding and ending tokens."""

import hashlib
import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from hengji.model.problem import HengjiError
from hengji.web.api.models import Token
from hengji.web.people.models import User

READ, WRITE, MOVE = "read", "write", "move"
SCOPES = {READ: "读取", WRITE: "填写、上传", MOVE: "送签、受理等流转"}
DAYS = (30, 90, 365)
_MOST = 20  # live ones a person may have
_PREFIX = "hengji_"
_PAUSE = timedelta(minutes=1)  # between two notes of the last use


def issue(user: User, name: str, scopes: list[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which is shown once and kept nowhere. Raises HengjiError for what will not do."""
    if not name.strip():
        raise HengjiError("请写明令牌的用途，例如“一体化系统取数”")
    if not scopes or set(scopes) - SCOPES.keys():
        raise HengjiError("请选择令牌的权限")
    if days not in DAYS:
        raise HengjiError(f"有效期请选{'、'.join(map(str, DAYS))}天")
    if sum(token.live for token in of(user)) >= _MOST:
        raise HengjiError(f"有效的令牌最多{_MOST}个，请先停用不用的")
    secret = _PREFIX + secrets.token_urlsafe(32)
    ends = timezone.now() + timedelta(days=days)
    kept = [scope for scope in SCOPES if scope in scopes]
    token = Token.objects.create(user=user, name=name.strip()[:60], sha256=_hash(secret), scopes=kept, ends_at=ends)
    return token, secret


def of(user: User) -> QuerySet[Token]:
    """A person's tokens."""
    return Token.objects.filter(user=user)


def find(secret: str) -> Token | None:
    """The token that a secret opens, where it is live and its person may still sign in; its use is noted."""
    if not secret.startswith(_PREFIX):
        return None
    token = Token.objects.select_related("user__region", "user__department").filter(sha256=_hash(secret)).first()
    if token is None or not token.live or not token.user.is_active:
        return None
    now = timezone.now()
    if token.used_at is None or now - token.used_at > _PAUSE:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token


def revoke(user: User, number: int) -> None:
    """Ends a token at once."""
    of(user).filter(pk=number, revoked_at=None).update(revoked_at=timezone.now())


def _hash(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
