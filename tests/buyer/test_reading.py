"""What a buyer wrote in a mail, told apart from what they quoted and from what no person wrote."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from app.buyer.reading import NotAMail, read_mail, words_of
from tests.buyer.mails import TOKEN, mail

QUOTES = {
    "en": "On Mon, 3 Mar 2026 at 10:00, Ada Ling <ada@halden.example> wrote:\n> Dear Ilse",
    "de": "Am Mo., 3. März 2026 schrieb Ada Ling <ada@halden.example>:\n\n> Liebe Ilse",
    "fr": "Le lun. 3 mars 2026 à 10:00, Ada Ling <ada@halden.example> a écrit :\n\n> Chère Ilse",
    "es": "El lun, 3 mar 2026 a las 10:00, Ada Ling (<ada@halden.example>) escribió:\n> Hola",
    "it": "Il giorno lun 3 mar 2026 alle 10:00 Ada Ling <ada@halden.example> ha scritto:\n> Ciao",
    "broken": "On Mon, 3 Mar 2026 at 10:00, Ada Ling\n<ada@halden.example> wrote:\n> Dear Ilse",
    "Outlook": "From: Ada Ling <ada@halden.example>\nSent: 3 March 2026\nTo: Ilse\n\nDear Ilse,",
    "Outlook, German": "Von: Ada Ling <ada@halden.example>\nGesendet: 3. März 2026\nAn: Ilse",
}


@pytest.mark.parametrize("quoted", QUOTES.values(), ids=QUOTES)
def test_the_letter_below_is_left_out(quoted: str):
    assert words_of(f"It was the audit.\n\nAnd the price.\n\n{quoted}") == (
        "It was the audit.\n\nAnd the price."
    )


def test_answers_between_the_lines_of_the_letter_are_kept():
    text = f"Gladly.\n\n{QUOTES['en']}\n> 1. Why?\n\nBecause of the audit.\n\n> 2.\nOur director."
    assert words_of(text) == "Gladly.\n\nBecause of the audit.\n\nOur director."


def test_answers_below_the_letter_are_kept():
    assert words_of("> Why did you decide so?\n\nThe audit.") == "The audit."


def test_thanks_and_greetings_are_words_too():
    text = "Thanks to your team it was close.\n\nBest regards,\nIlse\n\nPS: The price was fine."
    assert words_of(text) == text


def test_a_signature_after_two_hyphens_is_left_out():
    assert words_of("The audit.\n-- \nIlse Brandt\n+49 30 123") == "The audit."


def test_three_lines_that_look_like_labels_are_words():
    text = "Price: 3\nSpeed: 5\nSupport: 4"
    assert words_of(text) == text


def test_the_link_is_found_where_a_program_broke_the_line():
    broken = f"The audit.\n\n> https://because.example/b/{TOKEN[:30]}\n> {TOKEN[30:]}\n>\n> Thanks"
    assert TOKEN in read_mail(mail(broken)).tokens


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": f"Re: Three questions [{TOKEN}]"},
        {"To": f"answers+{TOKEN}@halden.example"},
        {"In-Reply-To": f"<{TOKEN}@halden.example>"},
        {"References": f"<a@b> <{TOKEN}@halden.example>"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_the_link_is_found_in_the_headers(headers: dict[str, str]):
    assert read_mail(mail("The audit.", **headers)).tokens == (TOKEN,)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X-Autoreply": "yes"},
        {"Return-Path": "<>"},
        {"Subject": "Automatic reply: Three questions about your decision"},
        {"Subject": "Out of office: until Monday"},
        {"Subject": "Automatische Antwort: Drei Fragen"},
        {"Subject": "Réponse automatique : trois questions"},
        {"Subject": "Respuesta automática: tres preguntas"},
    ],
    ids=str,
)
def test_what_a_machine_sent_is_no_answer(headers: dict[str, str]):
    assert read_mail(mail("I am back on Monday.", **headers)).is_automatic


def test_a_person_who_writes_about_the_office_is_no_machine():
    assert not read_mail(mail("The audit.", Subject="Re: your office in Lyon")).is_automatic


def test_html_alone_is_read_without_what_it_quotes():
    message = EmailMessage()
    message["From"] = "ilse@brandt.example"
    message.set_content(
        "<style>p{color:red}</style><p>It was <b>the audit</b> &amp; time.</p><p>More.</p>"
        f"<blockquote><a href='https://because.example/b/{TOKEN}'>Dear Ilse</a></blockquote>",
        subtype="html",
    )
    read = read_mail(message.as_bytes())
    assert read.words == "It was the audit & time.\n\nMore."
    assert read.tokens == (TOKEN,)


def test_lines_that_only_the_mail_program_broke_are_joined():
    message = EmailMessage()
    message["From"] = "ilse@brandt.example"
    message.set_content("x")
    message.set_payload("It was the audit \nin March.\nAnd the price.")
    message.set_param("format", "flowed")
    assert read_mail(message.as_bytes()).words == "It was the audit in March.\nAnd the price."


def test_an_unknown_character_set_does_not_stop_it():
    content = mail("Zu spät.").replace(b'charset="utf-8"', b'charset="x-nobody"')
    assert "Zu sp" in read_mail(content).words


def test_attachments_are_counted_and_not_read():
    message = EmailMessage()
    message["From"] = "ilse@brandt.example"
    message.set_content("See the file.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    assert read_mail(message.as_bytes()).attachments == 1


def test_what_is_no_mail_is_refused():
    with pytest.raises(NotAMail):
        read_mail(b"\x00\x01\x02 nothing of the kind")


@pytest.mark.parametrize("piece", ["On Mon ", "> a\n", "From: ", "\n", "1:\n\n"])
def test_a_mail_made_to_be_slow_is_read_to_its_end(piece: str):
    assert isinstance(words_of(piece * (100_000 // len(piece))), str)
