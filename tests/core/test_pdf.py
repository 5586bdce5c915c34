"""A printed document: tagged, in our own fonts, with nothing from outside."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from app.core.glyphs import CannotPrint, Fonts, MissingGlyph
from app.core.pdf import STATIC, composed, print_pdf, text_of

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
    "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def document(body: str) -> Any:
    def compose(fonts: Fonts) -> str:
        return (
            f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Why</title>"
            f"<style>{fonts.css} body {{ font-family: {fonts.sans} }}</style></head>"
            f"<body><h1>Why we lost</h1>{body}</body></html>"
        )

    return compose


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def test_it_is_tagged_and_has_a_title_a_language_and_bookmarks() -> None:
    pdf = opened(print_pdf(document("<h2>Price</h2><p>Too dear.</p>")))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Why"
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Why we lost"]
        assert [item.title for item in outline.root[0].children] == ["Price"]


def test_an_image_keeps_its_alternative_text() -> None:
    pdf = opened(print_pdf(document(f"<img src='{PIXEL}' alt='Win rate 38 %'>")))
    alternatives = [
        str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
    ]
    assert alternatives == ["Win rate 38 %"]


def test_only_shipped_fonts_are_used_and_they_are_embedded() -> None:
    pdf = opened(print_pdf(document("<p>Größe <b>fett</b>, 한국어</p>")))
    fonts = [
        o
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    for font in fonts:
        assert {"/FontFile2", "/FontFile3"} & set(font.keys())
        assert any(name in str(font.FontName) for name in ("inter-", "noto-sans-kr-"))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/pixel.png",
        "http://127.0.0.1:1/pixel.png",
        "file:///etc/hostname",
        "../../config.py",
        "css/../../../config.py",
        "missing.png",
        "ftp://example.com/pixel.png",
    ],
)
def test_nothing_but_our_own_static_files_is_read(address: str) -> None:
    with pytest.raises(CannotPrint, match="not one of our own files"):
        print_pdf(document(f"<img src='{address}' alt='x'>"))


def test_our_own_static_files_are_read() -> None:
    assert (STATIC / "icon.svg").is_file()
    assert print_pdf(document("<img src='icon.svg' alt='Because'>")).startswith(b"%PDF-1.7")


def test_an_image_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(CannotPrint, match="Failed to load image"):
        print_pdf(document("<img src='data:image/png;base64,AAAA' alt='x'>"))


def test_a_character_that_no_font_draws_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+12000"):
        print_pdf(document("<p>Sumerian: \U00012000</p>"))


def test_the_text_that_is_printed_is_found() -> None:
    html = "<style>b{}</style><p>A &amp; B</p><img alt='C'><script>d</script>"
    assert text_of(html) == "A & BC"


def test_a_document_loads_the_fonts_of_its_own_text_alone() -> None:
    html, fonts = composed(document("<p>Seoul: 서울</p>"))
    assert "noto-sans-kr-" in fonts.sans
    assert "noto-sans-arabic" not in html
