"""The languages in which we speak with buyers."""

from __future__ import annotations

from collections.abc import Mapping

from babel import negotiate_locale

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}


def choose(*wanted: str) -> str:
    """The first of the wanted languages that we speak ('de' for 'de-AT'), else English."""
    spoken = negotiate_locale([one for one in wanted if one], LANGUAGES, sep="-")
    return spoken or "en"
