"""What stands in a buyer's address: the link's id, signed. Without the server's key nobody makes
one, and whoever has the key can show a link again without keeping it."""

from __future__ import annotations

import hashlib

from itsdangerous import BadSignature, Signer

_SALT = "buyer-link"


def token_of(secret_key: str, public_id: str) -> str:
    return _signer(secret_key).sign(public_id.replace("-", "")).decode()


def public_id_in(secret_key: str, token: str) -> str | None:
    """None for an address that we did not make."""
    try:
        plain = _signer(secret_key).unsign(token).decode("ascii")
    except (BadSignature, UnicodeDecodeError):
        return None
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def _signer(secret_key: str) -> Signer:
    return Signer(secret_key, salt=_SALT, digest_method=hashlib.sha256)
