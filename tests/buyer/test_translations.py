"""Nothing said to a buyer is left untranslated, and what was translated was compiled."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from app.buyer.languages import LANGUAGES, choose
from config import ROOT

TRANSLATED = [language for language in LANGUAGES if language != "en"]


def folder(language: str) -> Path:
    return ROOT / "app" / "translations" / language / "LC_MESSAGES"


def catalog(language: str) -> Catalog:
    with (folder(language) / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def said() -> set[str]:
    """Every message in the code and the templates that speak with buyers."""
    with (ROOT / "babel.cfg").open() as file:
        where, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(ROOT), where, options, directory_filter=_is_ours)
    return {str(message) for _, _, message, _, _ in found}


def _is_ours(path: str) -> bool:
    return not Path(path).name.startswith((".", "_")) and Path(path).name != "tests"


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated(language: str):
    translated = {m.id for m in catalog(language) if m.id and m.string and not m.fuzzy}
    assert said() - translated == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_kept(language: str):
    wrong = [m.id for m in catalog(language) if m.id and list(m.check())]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_was_translated_was_compiled(language: str):
    fresh = io.BytesIO()
    write_mo(fresh, catalog(language))
    fresh.seek(0)
    with (folder(language) / "messages.mo").open("rb") as file:
        compiled = {m.id: m.string for m in read_mo(file) if m.id}
    assert compiled == {m.id: m.string for m in read_mo(fresh) if m.id}


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [(("de-AT",), "de"), (("ja", "fr-CA"), "fr"), (("",), "en"), (("pt",), "en"), ((), "en")],
)
def test_the_first_language_that_we_speak_is_chosen(wanted: tuple[str, ...], chosen: str):
    assert choose(*wanted) == chosen
