"""The shared parts: what they escape, name, and tell to somebody who hears the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from wtforms import BooleanField, RadioField
from wtforms.validators import DataRequired, Optional

from app import create_app
from app.core import charts, glyphs
from app.core.charts import Bar, Confusion, Coverage, CoverageRow, Interval
from app.core.forms import Form, LineField
from tests.conftest import settings_for


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Nothing here reads the database, so one house does for all."""
    return create_app(settings_for(tmp_path_factory.mktemp("components")))


HOSTILE = '<b>"x"</b>'


class DealForm(Form):
    name = LineField("Name", [DataRequired("Enter a name.")], description="As in the contract.")
    seller = LineField("Seller", [Optional()])
    channel = RadioField("Channel", choices=[("video", "Video"), ("phone", "Phone")])
    again = BooleanField("Ask again")


def render(app: Flask, source: str, **context: Any) -> str:
    with app.test_request_context("/design?outcome=lost&sort=name&after=12"):
        imports = "".join(
            f'{{% import "components/{name}.html" as {name} %}}'
            for name in ("page", "forms", "data", "charts")
        )
        return app.jinja_env.from_string(imports + source).render(**context)


def deal_form(app: Flask, **data: str) -> DealForm:
    with app.test_request_context("/", method="POST", data=data):
        form = DealForm(meta={"csrf": False})
        form.validate()
        return form


def ids(markup: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', markup)


def test_a_field_refused_says_why_at_its_place_and_keeps_what_was_typed(app: Flask) -> None:
    form = deal_form(app, name="", seller="Ann")
    name = render(app, "{{ forms.field(form.name) }}", form=form)
    assert '<p class="error" id="name-error">Enter a name.</p>' in name
    assert 'aria-describedby="name-hint name-error"' in name
    assert 'aria-invalid="true"' in name
    assert "As in the contract." in name
    assert 'value="Ann"' in render(app, "{{ forms.field(form.seller) }}", form=form)


def test_a_field_that_may_stay_empty_says_so(app: Flask) -> None:
    form = deal_form(app)
    assert "(optional)" in render(app, "{{ forms.field(form.seller) }}", form=form)
    assert "(optional)" not in render(app, "{{ forms.field(form.name) }}", form=form)


def test_radio_buttons_are_a_group_with_a_legend_and_ids_of_their_own(app: Flask) -> None:
    markup = render(app, "{{ forms.field(form.channel) }}", form=deal_form(app))
    assert "<legend>Channel</legend>" in markup
    assert len(ids(markup)) == len(set(ids(markup)))
    assert 'for="channel-0"' in markup


def test_the_error_summary_leads_to_each_field(app: Flask) -> None:
    markup = render(app, "{{ forms.error_summary(form) }}", form=deal_form(app))
    assert '<a href="#name">Name: Enter a name.</a>' in markup
    assert 'role="alert"' in markup


def test_a_form_without_faults_has_no_error_summary(app: Flask) -> None:
    form = deal_form(app, name="Halden", channel="video")
    assert render(app, "{{ forms.error_summary(form) }}", form=form).strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.page_head(text, text, text) }}",
        "{{ page.empty_state(text, text) }}",
        "{{ page.breadcrumbs([(text, '/')]) }}",
        "{{ page.tabs([(text, '/', none)], text) }}",
        "{{ page.toasts([('error', text)]) }}",
        "{{ page.stepper([text, text], 1) }}",
        "{{ data.badge(text) }}",
        "{{ data.quote(text, text) }}",
        "{{ data.quote(text, text, exact=False) }}",
        "{{ data.stat(text, text, text) }}",
        "{{ data.chip(text, '/') }}",
        "{{ charts.bars(bars, text) }}",
    ],
)
def test_what_people_typed_is_escaped(app: Flask, source: str) -> None:
    markup = render(app, source, text=HOSTILE, bars=[Bar(HOSTILE, 1, HOSTILE)])
    assert "<b>" not in markup
    assert "&lt;b&gt;" in markup


def test_only_exact_words_stand_in_quotation_marks(app: Flask) -> None:
    exact = render(app, "{{ data.quote('Too slow.', 'Buyer') }}")
    noted = render(app, "{{ data.quote('Too slow.', 'Buyer', exact=False) }}")
    assert '<blockquote class="verbatim">“Too slow.”</blockquote>' in exact
    assert "“" not in noted
    assert "noted by the interviewer" in noted


def test_direction_is_told_by_a_word_not_by_colour_alone(app: Flask) -> None:
    assert "for us" in render(app, "{{ data.direction('for', words=False) }}")
    assert "against us, " in render(app, "{{ data.weight('decisive', 'against') }}")


def test_sorting_keeps_the_filters_and_begins_at_the_first_page(app: Flask) -> None:
    header = render(app, "{{ data.sort_header('Account', 'name', 'name') }}")
    assert 'aria-sort="ascending"' in header
    assert 'href="/design?outcome=lost&amp;sort=-name"' in header


def test_a_figure_gives_its_interval_and_its_whole(app: Flask) -> None:
    markup = render(app, "{{ data.stat_interval('Win rate', 0.38, 0.33, 0.43, '158 of 412') }}")
    assert "38 %" in markup
    assert "33 to 43 % · 158 of 412" in markup
    assert 'aria-label="38 %, between 33 and 43 %"' in markup


INTERVALS = [
    Interval("Late & slow", 0.45, 0.29, 0.62, 25, 56, "against"),
    Interval("Price", 0.1, 0.02, 0.2, 3, 56, "for"),
]
DATA: dict[charts.Kind, tuple[charts.Data, list[str]]] = {
    "interval_dots": (INTERVALS, ["45 %", "29 and 62 %", "25 of 56"]),
    "line": (INTERVALS, ["45 %", "29 and 62 %", "3 of 56"]),
    "bars": ([Bar("Fenwick", 33, "33 deals")], ["Fenwick: 33 deals"]),
    "coverage": (
        Coverage(("Won", "Lost"), (CoverageRow("Small", ((9, 61), (0, 0))),)),
        ["Won 9 of 61", "Lost 0 of 0"],
    ),
    "confusion": (
        Confusion(("Price", "Security"), ((18, 1), (0, 22)), "First", "Second"),
        ["First Price: Price 18, Security 1", "First Security: Security 22"],
    ),
}


@pytest.mark.parametrize("kind", DATA)
def test_a_chart_says_in_words_what_it_shows_and_has_its_table(
    app: Flask, kind: charts.Kind
) -> None:
    data, told = DATA[kind]
    with app.test_request_context("/"):
        words = charts.chart_words(kind, data, "A title")
    for part in told:
        assert part in words
    figure = render(app, f"{{{{ charts.{kind}(shown, 'A title') }}}}", shown=data)
    assert 'role="img"' in figure
    assert "A title" in figure.split('aria-label="')[1].split('"')[0]
    assert "<table>" in figure


@pytest.mark.parametrize("kind", DATA)
def test_a_chart_for_paper_is_a_whole_drawing_with_its_colours_written_out(
    app: Flask, kind: charts.Kind
) -> None:
    with app.test_request_context("/"):
        svg = charts.chart_svg(kind, DATA[kind][0], "A title", "inter-latin")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="640"')
    assert "var(" not in svg
    assert "style=" not in svg
    assert not re.search(r'(?:x|x1|cx|width)="[\d.]+%"', svg)


@pytest.mark.parametrize("points", [4, 8, 12, 40])
def test_the_first_point_of_a_line_stands_clear_of_the_scale(app: Flask, points: int) -> None:
    rows = [replace(INTERVALS[0], label=str(number)) for number in range(points)]
    with app.test_request_context("/"):
        svg = charts.chart_svg("line", rows, "Many", "inter-latin")
    first = re.search(r"translate\(([\d.]+) ", svg)
    assert first
    assert float(first[1]) > 45


@pytest.mark.parametrize("kind", ["interval_dots", "line", "bars"])
def test_a_chart_of_nothing_is_drawn_empty(app: Flask, kind: charts.Kind) -> None:
    with app.test_request_context("/"):
        assert charts.chart_svg(kind, [], "Nothing yet", "inter-latin").endswith("</svg>")


def test_a_document_carries_only_the_fonts_that_it_needs() -> None:
    plain = glyphs.fonts_for("Halden, 38 %, Sørli")
    assert plain.sans == "inter-latin"
    assert plain.serif == "source-serif-4-latin"
    assert plain.css.count("@font-face") == 4


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("한국어 보안", "noto-sans-kr"),
        ("الأجوبة الأمنية", "noto-sans-arabic"),
        ("セキュリティの回答", "noto-sans-jp"),
        ("安全答复太晚", "noto-sans-sc"),
        ("Łukasz Żółć", "inter-latin-ext"),
        ("▲ 👍🏽", "noto-sans-symbols-2"),
    ],
)
def test_names_and_words_of_other_scripts_can_be_printed(text: str, file: str) -> None:
    fonts = glyphs.fonts_for(text)
    assert file in fonts.sans
    assert fonts.sans.startswith("inter-")


def test_an_accent_written_apart_is_joined_with_its_letter() -> None:
    assert glyphs.printable("Jose\u0301") == "José"


def test_a_character_that_no_font_draws_is_an_error_that_names_it() -> None:
    with pytest.raises(glyphs.MissingGlyph, match=r"U\+E000"):
        glyphs.fonts_for("fine \ue000")
