"""Sealing (加密保存): secrets that lie in the database so that only this installation's key opens them (AES-256-GCM)."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_MARK = "1:"
_NONCE = 12


class Unopened(Exception):
    """Sealed under another key, or altered."""


def seal(secret: bytes, about: str) -> str:
    """The sealed text; ``about`` says whose it is, and it opens for nobody else."""
    nonce = secrets.token_bytes(_NONCE)
    return _MARK + base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, secret, about.encode())).decode()


def is_sealed(text: str) -> bool:
    """Whether the text was made by ``seal``."""
    return text.startswith(_MARK)


def unseal(text: str, about: str) -> bytes:
    """What was sealed. Raises Unopened where the key is another one or the text was altered."""
    if not is_sealed(text):
        raise Unopened
    try:
        whole = base64.urlsafe_b64decode(text.removeprefix(_MARK))
        return _cipher().decrypt(whole[:_NONCE], whole[_NONCE:], about.encode())
    except (binascii.Error, ValueError, InvalidTag) as error:
        raise Unopened from error


def _cipher() -> AESGCM:
    """The cipher under a key of our own, derived from the installation's."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"hengji.sealing").derive(settings.SECRET_KEY.encode())
    return AESGCM(derived)
