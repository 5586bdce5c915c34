"""Secrets that must be kept and used again, such as a calendar's password: sealed with a key that
is derived from SECRET_KEY, so that whoever reads the database alone cannot use them."""

from __future__ import annotations

import base64
import os

_NONCE_BYTES = 12
_KEY_BYTES = 32
_PREFIX = "1:"


class CannotUnseal(ValueError):
    """It was sealed with another SECRET_KEY, for another purpose, or was changed since."""


def seal(secret_key: str, purpose: str, text: str) -> str:
    """AES-256-GCM; the same text sealed twice looks different."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(_key(secret_key, purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return _PREFIX + base64.b64encode(nonce + sealed).decode()


def unseal(secret_key: str, purpose: str, sealed: str) -> str:
    """Raises CannotUnseal."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        raw = base64.b64decode(sealed.removeprefix(_PREFIX), validate=True)
        nonce, rest = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        return AESGCM(_key(secret_key, purpose)).decrypt(nonce, rest, purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal from error


def _key(secret_key: str, purpose: str) -> bytes:
    """HKDF with SHA-256 (RFC 5869)."""
    # Loaded with the first secret: a start need not wait for it.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"because {purpose}".encode())
    return derived.derive(secret_key.encode())
