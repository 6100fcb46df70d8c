"""The second factor (第二因子): codes of an authenticator, and recovery codes for the day it is lost."""

import base64
import hashlib
import hmac
import logging
import secrets
import time

import pyotp
import segno
from django.utils.safestring import SafeString, mark_safe

from hengji.web.people import sealing
from hengji.web.people.models import SecondFactor, User

_LOG = logging.getLogger("hengji.web")
_ISSUER = "衡绩"
_PERIOD = 30
_RECOVERY = 10
_WINDOW = 1  # a clock may be half a minute off


def is_on(user: User) -> bool:
    """Whether this person signs in with a code."""
    return SecondFactor.objects.filter(user=user, confirmed=True).exists()


def begin(user: User) -> SecondFactor:
    """A new secret that does not count yet; one that waits for its first code is shown again."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        sealed = sealing.seal(base64.b32decode(pyotp.random_base32()), _about(user.pk))
        factor = SecondFactor.objects.create(user=user, secret=sealed)
    return factor


def secret_of(factor: SecondFactor) -> str:
    """The secret as an authenticator takes it; nothing where it was sealed under another key."""
    try:
        return base64.b32encode(sealing.unseal(factor.secret, _about(factor.user_id))).decode()
    except sealing.Unopened:
        _LOG.warning("a second factor cannot be opened: secret.key is not the one it was sealed under")
        return ""


def _about(user_id: int) -> str:
    return f"second {user_id}"


def picture(factor: SecondFactor) -> SafeString:
    """The QR code as an SVG that stands in the page."""
    uri = pyotp.TOTP(secret_of(factor)).provisioning_uri(name=factor.user.username, issuer_name=_ISSUER)
    drawn = segno.make(uri, error="m").svg_inline(scale=4, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - squares only, of our own making


def confirm(factor: SecondFactor, code: str) -> list[str]:
    """Turns the factor on with its first code; gives the recovery codes, which are shown this once. Empty where it is wrong."""
    if not _taken(factor, code):
        return []
    codes = [f"{secrets.randbelow(10**4):04}-{secrets.token_hex(3)}" for _ in range(_RECOVERY)]
    factor.recovery = [_hashed(code) for code in codes]
    factor.confirmed = True
    factor.save()
    return codes


def passes(user: User, code: str) -> bool:
    """Whether this is the person's code of the moment, or a recovery code that is still good; either is used up by it."""
    factor = SecondFactor.objects.filter(user=user, confirmed=True).first()
    if factor is None:
        return False
    if _taken(factor, code):
        return True
    hashed = _hashed(code)
    if hashed in factor.recovery:
        left = [each for each in factor.recovery if each != hashed]
        # Two requests at once must not both spend it.
        return bool(SecondFactor.objects.filter(pk=factor.pk, recovery=factor.recovery).update(recovery=left))
    return False


def end(user: User) -> None:
    """Turns it off."""
    SecondFactor.objects.filter(user=user).delete()


def _taken(factor: SecondFactor, code: str) -> bool:
    """Whether the code is right and newer than the last one; it is spent then."""
    plain = code.strip().replace(" ", "")
    now = int(time.time()) // _PERIOD
    secret = secret_of(factor)
    if not secret:
        return False
    totp = pyotp.TOTP(secret)
    for step in range(now - _WINDOW, now + _WINDOW + 1):
        if hmac.compare_digest(totp.at(step * _PERIOD).encode(), plain.encode()):
            return bool(SecondFactor.objects.filter(pk=factor.pk, step__lt=step).update(step=step))
    return False


def _hashed(code: str) -> str:
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
