"""A report's main pages as slides for a board deck: real charts and text, to be changed and set in
the company's own style. Loaded by the worker alone, as the renderer of PDFs is."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Emu, Pt

from app.actions.words import STATES
from app.analytics.figures import SubjectFigure
from app.analytics.showing import shown_share
from app.analytics.stats.theme import in_words
from app.analytics.window import quarter_words
from app.core import formats
from app.reports.citing import cited, names_of
from app.reports.deal import DealSummary
from app.reports.in_short import in_short
from app.reports.printing import themes_title
from app.reports.quarter import Decided, QuarterReport
from app.reports.quotes import PrintedQuote
from app.reports.themes import ThemesReport
from app.reports.wording import words
from app.tagging.models import Direction

_WIDTH, _HEIGHT = Emu(12_192_000), Emu(6_858_000)  # 16:9
_MARGIN = Emu(609_600)
_INK = RGBColor(0x1B, 0x1C, 0x20)
_QUIET = RGBColor(0x59, 0x5B, 0x62)
_TONES = {
    Direction.AGAINST: RGBColor(0xA1, 0x37, 0x10),
    Direction.FOR: RGBColor(0x0B, 0x66, 0x57),
    Direction.NEUTRAL: _QUIET,
}
_ACCENT = RGBColor(0x2C, 0x4A, 0x93)
_MOST_BARS = 8
_LONGEST_QUOTE = 320
_HEADING_BOTTOM = Emu(1_400_000)


def deck_of(data: QuarterReport | ThemesReport | DealSummary) -> bytes:
    """The slides as PPTX."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    if isinstance(data, QuarterReport):
        _quarter(deck, data)
    elif isinstance(data, ThemesReport):
        _themes(deck, data)
    else:
        _deal(deck, data)
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _quarter(deck: Any, report: QuarterReport) -> None:
    quarter = quarter_words(report.quarter)
    slide = _slide(deck, report.written.headline or f"Why buyers decided: {quarter.lower()}")
    _lines(slide, report.lines, numbered=True)
    _note(slide, f"{report.company} · {report.year.window.words}")
    _to_decide(deck, report)
    if report.is_empty:
        return
    _win_rates(deck, report)
    for direction, heading in (
        (Direction.AGAINST, "Why we lose"),
        (Direction.FOR, "Why we win"),
    ):
        _shares(deck, heading, report.reasons.one_way(direction), direction)
    _shares(
        deck,
        "Our differentiators, as buyers cited them",
        report.differentiators.one_way(Direction.FOR),
        Direction.FOR,
    )
    _shares(
        deck,
        "Competitors who weighed against us",
        report.competitors.one_way(Direction.AGAINST),
        Direction.AGAINST,
    )
    _said(deck, report.leading_quotes)


def _to_decide(deck: Any, report: QuarterReport) -> None:
    """The rest of page one: what to decide, and what the last report led to."""
    page = report.page_one
    written = cited(report.written.to_do, names_of(report))
    to_decide = [
        *("".join(run.cites.words if run.cites else run.text for run in line) for line in written),
        *(
            f"Decide who takes on ‘{figure.name}’: it decided or helped to decide "
            f"{in_words(figure.focus.interval)} of the lost and undecided deals heard"
            for figure in page.open_themes
        ),
        *(f"Decided: {_told(one)}" for one in page.decided),
    ]
    for heading, lines in (
        ("What to decide, and by whom", to_decide),
        ("What the last report led to", [_told(one) for one in page.led_to]),
    ):
        if lines:
            _lines(_slide(deck, heading), lines)


def _told(one: Decided) -> str:
    """A decision with who does it, and how it stands."""
    stands = STATES[one.state].lower()
    if one.change:
        stands += f": {one.change}"
    return f"{one.words} ({one.owner or 'nobody yet'}, {stands})"


def _themes(deck: Any, report: ThemesReport) -> None:
    slide = _slide(deck, themes_title(report))
    _lines(
        slide,
        in_short(report) or ["No reason against us is counted here yet."],
        numbered=True,
    )
    _note(slide, f"{report.company} · {report.window.words}")
    figures = [theme.figure for theme in report.themes]
    _shares(deck, "The themes at a glance", figures, Direction.AGAINST)
    for theme in report.told[:6]:
        page = _slide(deck, theme.figure.name)
        stake = theme.stake
        _lines(
            page,
            [
                f"{in_words(theme.figure.focus.interval)} of the lost and undecided deals heard",
                f"What to do: {theme.figure.verdict.words}",
                "At stake: "
                + (
                    f"{formats.money(stake.minor, report.currency)} in "
                    f"{formats.plural(stake.deals, 'deal')}"
                    if stake
                    else "nothing that buyers named"
                ),
                "Being done: " + ("; ".join(one.words for one in theme.doing) or "nothing yet"),
                *(_quoted(quote) for quote in _on_a_slide(theme.quotes)[:1]),
            ],
        )


def _deal(deck: Any, summary: DealSummary) -> None:
    slide = _slide(deck, summary.written.headline or summary.title)
    outcome = words(summary.outcome).capitalize()
    _lines(slide, [outcome, *(sentence.text for sentence in summary.why)])
    for direction in summary.directions:
        reasons = summary.one_way(direction)
        if reasons:
            _lines(
                _slide(deck, f"What spoke {words(direction)}"),
                [f"{one.name}, {words(one.weight)}" for one in reasons[:_MOST_BARS]],
            )


def _win_rates(deck: Any, report: QuarterReport) -> None:
    """Won of decided by quarter, as a column chart with its counts below."""
    quarters = [one for one in report.year.by_quarter if one.counts.contested]
    if not quarters:
        return
    slide = _slide(deck, f"We won {in_words(report.year.counts.win_rate)} of the deals decided")
    data = CategoryChartData(number_format="0%")
    data.categories = [
        f"{one.quarter.token}: {shown_share(one.counts.win_rate).detail}" for one in quarters
    ]
    data.add_series("Win rate", [one.counts.win_rate.point or 0 for one in quarters])
    _chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, _ACCENT)
    _note(slide, f"{report.year.counts.all_heard} of {report.year.counts.all_decided} heard")


def _shares(
    deck: Any, heading: str, figures: Sequence[SubjectFigure], direction: Direction
) -> None:
    """The shares of the deals heard, the largest on top."""
    shown = [figure for figure in figures if figure.focus.named > 0][:_MOST_BARS]
    if not shown:
        return
    slide = _slide(deck, heading)
    data = CategoryChartData(number_format="0%")
    data.categories = [
        f"{figure.name} ({shown_share(figure.focus.interval).detail})"
        if shown_share(figure.focus.interval).detail
        else f"{figure.name} ({shown_share(figure.focus.interval).main})"
        for figure in reversed(shown)
    ]
    data.add_series(
        "Share of deals heard", [figure.focus.interval.point or 0 for figure in reversed(shown)]
    )
    _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, _TONES[direction])
    outcome = "won" if direction is Direction.FOR else "lost and undecided"
    _note(slide, f"Share of the {outcome} deals heard in which it decided or contributed")


def _said(deck: Any, quotes: Sequence[PrintedQuote]) -> None:
    if fitting := _on_a_slide(quotes):
        _lines(_slide(deck, "In their words"), [_quoted(quote) for quote in fitting])


def _on_a_slide(quotes: Sequence[PrintedQuote]) -> list[PrintedQuote]:
    """Those that are read at a glance: words of a buyer are never cut."""
    return [quote for quote in quotes if len(quote.text) <= _LONGEST_QUOTE]


def _quoted(quote: PrintedQuote) -> str:
    if quote.is_exact:
        return f"“{quote.text}” {quote.who}"
    return f"{quote.text} {quote.who}, noted by the interviewer"


def _slide(deck: Any, heading: str) -> Any:
    """One with its title alone, set by us: the deck's own master may be put in its place."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top = _MARGIN, Emu(400_000)
    title.width, title.height = Emu(_WIDTH - 2 * _MARGIN), Emu(900_000)
    title.text = heading
    for paragraph in title.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(28), True
        paragraph.font.color.rgb = _INK
    title.text_frame.word_wrap = True
    return slide


def _lines(slide: Any, lines: Sequence[str], *, numbered: bool = False) -> None:
    box = slide.shapes.add_textbox(
        _MARGIN, _HEADING_BOTTOM, Emu(_WIDTH - 2 * _MARGIN), Emu(4_600_000)
    )
    frame = box.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = f"{number + 1}.  {line}" if numbered else line
        paragraph.font.size, paragraph.space_after = Pt(18), Pt(10)
        paragraph.font.color.rgb = _INK


def _note(slide: Any, text: str) -> None:
    box = slide.shapes.add_textbox(
        _MARGIN, Emu(_HEIGHT - 620_000), Emu(_WIDTH - 2 * _MARGIN), Emu(360_000)
    )
    paragraph = box.text_frame.paragraphs[0]
    paragraph.text = text
    paragraph.font.size = Pt(12)
    paragraph.font.color.rgb = _QUIET


def _chart(slide: Any, kind: Any, data: CategoryChartData, colour: RGBColor) -> None:
    chart = slide.shapes.add_chart(
        kind, _MARGIN, _HEADING_BOTTOM, Emu(_WIDTH - 2 * _MARGIN), Emu(4_700_000), data
    ).chart
    chart.has_legend, chart.has_title = False, False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.category_axis.tick_labels.font.size = Pt(13)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = "0 %", False
    labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(13)
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = colour
