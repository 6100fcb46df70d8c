"""Sealing (加密保存): short secrets that lie in the database so that only this installation's key opens them.

A random nonce gives, through HMAC-SHA256 under a key of our own, one block of pad, which is used once; a tag under
another key tells whether the right key opened it. Standard library only: what is sealed is shorter than a block.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

from django.conf import settings

_MARK = "1:"
_NONCE = _TAG = 16
_MOST = hashlib.sha256().digest_size


class Unopened(Exception):
    """Sealed under another key, or altered."""


def seal(secret: bytes, about: str) -> str:
    """The sealed text; ``about`` says whose it is, and it opens for nobody else."""
    if len(secret) > _MOST:
        raise ValueError("more than one block")
    nonce = secrets.token_bytes(_NONCE)
    hidden = _mixed(secret, nonce, about)
    return _MARK + base64.urlsafe_b64encode(nonce + hidden + _tag(nonce + hidden, about)).decode()


def is_sealed(text: str) -> bool:
    """Whether the text was made by ``seal``."""
    return text.startswith(_MARK)


def unseal(text: str, about: str) -> bytes:
    """What was sealed. Raises Unopened where the key is another one or the text was altered."""
    try:
        whole = base64.urlsafe_b64decode(text.removeprefix(_MARK))
    except (binascii.Error, ValueError) as error:
        raise Unopened from error
    body, tag = whole[:-_TAG], whole[-_TAG:]
    if not is_sealed(text) or len(body) < _NONCE or not hmac.compare_digest(tag, _tag(body, about)):
        raise Unopened
    return _mixed(body[_NONCE:], body[:_NONCE], about)


def _key(use: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"hengji.sealing.{use}".encode(), "sha256")


def _mixed(data: bytes, nonce: bytes, about: str) -> bytes:
    pad = hmac.digest(_key("pad"), nonce + about.encode(), "sha256")
    return bytes(a ^ b for a, b in zip(data, pad, strict=False))


def _tag(body: bytes, about: str) -> bytes:
    return hmac.digest(_key("tag"), body + about.encode(), "sha256")[:_TAG]
