"""Who works for the public and may take nothing, as far as their address tells. Pure."""

from __future__ import annotations

#: Parts of a domain under which only public bodies are: nhs.gov.uk, interieur.gouv.fr, army.mil.
_PUBLIC_LABELS = frozenset({"gov", "gob", "gouv", "govt", "mil", "gub", "go"})
_PUBLIC_DOMAINS = (
    "europa.eu",
    "bund.de",
    "admin.ch",
    "gv.at",
    "gc.ca",
    "nhs.uk",
    "police.uk",
    "nato.int",
    "un.org",
)
#: Of a public label, only at the end or right before the country: go.jp is, go.com is not.
_COUNTRY_LENGTH = 2


def serves_the_public(address: str) -> bool:
    domain = address.rpartition("@")[2].lower().rstrip(".")
    if any(domain == one or domain.endswith(f".{one}") for one in _PUBLIC_DOMAINS):
        return True
    labels = domain.split(".")
    if labels[-1] in ("gov", "mil"):
        return True
    return len(labels) > 1 and len(labels[-1]) == _COUNTRY_LENGTH and labels[-2] in _PUBLIC_LABELS
