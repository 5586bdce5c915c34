"""What stands in a buyer's address: the link's id, signed. Without the server's key nobody makes
one, and whoever has the key can show a link again without keeping it.

It is 45 characters long, so that an address stays on one line of a mail. Letters of earlier
versions hold a longer form, which goes on to lead where it did.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from itsdangerous import BadSignature, Signer

#: Either form, as a pattern.
PATTERN = r"(?:(?<![0-9a-f])[0-9a-f]{32}\.[\w-]{43}|(?<![\w-])[\w-]{22}\.[\w-]{22})"

_SALT = "buyer-link"
#: Of the signature: 128 bits, which nobody guesses.
_PROOF_BYTES = 16


def token_of(secret_key: str, public_id: str) -> str:
    link = uuid.UUID(public_id).bytes
    return f"{_text(link)}.{_text(_proof(secret_key, link))}"


def public_id_in(secret_key: str, token: str) -> str | None:
    """None for an address that we did not make."""
    named, _, proof = token.partition(".")
    try:
        link = urlsafe_b64decode(f"{named}==")
        is_ours = hmac.compare_digest(_text(_proof(secret_key, link)), proof)
        if is_ours and len(link) == 16 and _text(link) == named:
            return str(uuid.UUID(bytes=link))
    except (ValueError, TypeError):  # no such letters: no form of ours, or the longer one
        pass
    return _public_id_in_longer_form(secret_key, token)


def _public_id_in_longer_form(secret_key: str, token: str) -> str | None:
    signer = Signer(secret_key, salt=_SALT, digest_method=hashlib.sha256)
    try:
        return str(uuid.UUID(hex=signer.unsign(token).decode("ascii")))
    except (BadSignature, ValueError):
        return None


def _proof(secret_key: str, link: bytes) -> bytes:
    key = hashlib.sha256(f"{_SALT} {secret_key}".encode()).digest()
    return hmac.new(key, link, hashlib.sha256).digest()[:_PROOF_BYTES]


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
