"""A mail as HTML that every program shows, and that can be heard."""

from __future__ import annotations

from app.mail.paper import body_of, page


def test_paragraphs_lines_and_links_that_say_where_they_lead():
    text = "Dear Ilse,\n\nAnother time:\nhttps://b.example/times\n\nAda\nHalden\n"
    assert body_of(text) == (
        "<p>Dear Ilse,</p>\n"
        '<p><a href="https://b.example/times">Another time</a></p>\n'
        "<p>Ada<br>\nHalden</p>"
    )


def test_an_address_alone_or_in_a_sentence_is_a_link_too():
    assert body_of("https://b.example/a") == (
        '<p><a href="https://b.example/a">https://b.example/a</a></p>'
    )
    assert '<a href="https://b.example/a">' in body_of("See https://b.example/a for more")


def test_two_addresses_in_a_row_stay_two():
    body = body_of("Here:\nhttps://b.example/a\nhttps://b.example/b")
    assert body.count("<a ") == 2


def test_names_with_signs_in_them_stay_names():
    assert body_of('<b>Ilse</b> & "Co"') == "<p>&lt;b&gt;Ilse&lt;/b&gt; &amp; &#34;Co&#34;</p>"
    assert 'href="https://b.example/?a=1&amp;b=%22"' in body_of("https://b.example/?a=1&b=%22")


def test_the_document_says_its_language_and_title():
    document = page("Unser Gespräch <neu>", "de", "<p>Guten Tag</p>")
    assert '<html lang="de">' in document
    assert "<title>Unser Gespräch &lt;neu&gt;</title>" in document
    assert "<img" not in document
    assert "<p>Guten Tag</p>" in document
