"""How long reports take: the quarter's PDF beside WeasyPrint alone and beside headless Chromium's
print of the same page, many deal summaries in one process and in two, and a large workbook.

    .venv/bin/python -m benchmarks.reports [--summaries 100]

It loads the demo into a folder of its own. Figures of one process are processor time, the median
of 3 after one to warm; Chromium is on the clock, beside the same of ours. Deal summaries in two
processes are both: on a busy machine the clock says how busy it is. Memory is the part of the
machine's that the processes hold together (PSS): what they share counts once.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright
from sqlalchemy import select
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from app.core import migrations
from app.core.assets import STATIC
from app.core.commandline import application
from app.core.db import Database
from app.core.pdf import OwnFilesOnly, composed
from app.core.spreadsheets import Sheet, workbook
from app.deals.models import Deal
from app.demo.generator import Size
from app.demo.operations import load_demo
from app.interviews.confidence import Audience
from app.interviews.models import HEARD, Interview
from app.reports.kinds import make
from app.reports.models import ReportKind
from app.reports.printing import print_report
from tests.browser.launching import launch

TIMES = 3
_QUARTER, _UNTIL = "2026Q3", date(2026, 11, 20)
_BASE = f"{STATIC.as_uri()}/"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--summaries", type=int, default=100)
    parser.add_argument("--part", nargs=2, type=int, help="used by itself: which deals to print")
    options = parser.parse_args()
    if options.part:
        print_summaries(*options.part)
        return
    measure_workbook()
    with tempfile.TemporaryDirectory() as instance:
        os.environ["BECAUSE_INSTANCE"] = instance
        with application() as (_, db):
            migrations.upgrade(db)
            load_demo(db, Size(500, 140), seed=1, until=_UNTIL)
            measure_quarter(db)
        measure_summaries(options.summaries)


def measure_quarter(db: Database) -> None:
    fonts = FontConfiguration()
    with db.reading() as session:
        made = make(session, ReportKind.QUARTER, _QUARTER, Audience.LEADERSHIP)
    html, _ = composed(made.compose)

    def ours() -> None:
        with db.reading() as session:
            again = make(session, ReportKind.QUARTER, _QUARTER, Audience.LEADERSHIP)
            print_report(again.compose)

    def alone() -> None:
        document = HTML(string=html, base_url=_BASE, url_fetcher=OwnFilesOnly())
        document.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")

    whole, renderer = processor_time(ours), processor_time(alone)
    print(f"quarter's report, data to PDF: {whole:.2f} s of processor time")
    print(f"WeasyPrint alone on the same HTML: {renderer:.2f} s; ratio {whole / renderer:.2f}")
    clock, chromium = on_the_clock(alone), print_by_chromium(html)
    print(f"on the clock: WeasyPrint {clock:.2f} s, Chromium {chromium:.2f} s;", end=" ")
    print(f"ratio {clock / chromium:.1f}")


def print_by_chromium(html: str) -> float:
    """Seconds to load the same page and print it, in a browser that runs already."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = launch(playwright).new_page()
        file = Path(folder) / "report.html"
        file.write_text(html.replace("<head>", f'<head><base href="{_BASE}">', 1))

        def load_and_print() -> None:
            page.goto(file.as_uri())
            page.pdf(format="A4", tagged=True, outline=True)

        return on_the_clock(load_and_print)


def measure_summaries(count: int) -> None:
    alone, both = in_processes(count, 1), in_processes(count, 2)
    for name, one, two in (
        ("on the clock", alone.clock, both.clock),
        ("processor time of the longer", alone.processor, both.processor),
    ):
        print(f"{count} deal summaries, {name}: {one:.0f} s in one process,", end=" ")
        print(f"{two:.0f} s in two, {one / two:.2f} times")
    print(f"memory: {alone.megabytes:.0f} MB, {both.megabytes:.0f} MB in all")


class Run(NamedTuple):
    """Seconds from the first summary on, of the process that took longest, and the megabytes of
    all of them together."""

    clock: float
    processor: float
    megabytes: float


def in_processes(count: int, processes: int) -> Run:
    own = [sys.executable, "-m", "benchmarks.reports", "--part"]
    running = [
        subprocess.Popen(
            [*own, str(count * n // processes), str(count * (n + 1) // processes)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    said = [tuple(map(float, process.communicate()[0].split())) for process in running]
    clock, processor, megabytes = zip(*said, strict=True)
    return Run(max(clock), max(processor), sum(megabytes))


def print_summaries(first: int, last: int) -> None:
    """Print these, heard deals again and again, after one to warm; then say what it took."""
    with application() as (_, db):
        heard = select(Interview.deal_id).where(Interview.state.in_(HEARD))
        with db.reading() as session:
            deals = session.scalars(select(Deal.public_id).where(Deal.id.in_(heard))).all()
        print_summary(db, deals[0])
        clock, processor = time.perf_counter(), time.process_time()
        for number in range(first, last):
            print_summary(db, deals[number % len(deals)])
    print(time.perf_counter() - clock, time.process_time() - processor, own_memory())


def print_summary(db: Database, deal: str) -> None:
    with db.reading() as session:
        print_report(make(session, ReportKind.DEAL, deal, Audience.SELLERS).compose)


def own_memory() -> float:
    """Megabytes that are this process's alone, and its part of those that it shares."""
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line) / 1024


def measure_workbook(rows: int = 100_000, columns: int = 15) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    names = [f"Column {number}" for number in range(columns)]
    table = ([f"{row} words", row, row / 7] * (columns // 3) for row in range(rows))
    began = time.process_time()
    with workbook([Sheet("Deals", names, table)]) as file:
        size = len(file.read())
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(
        f"XLSX of {rows:,} rows of {columns} columns: {time.process_time() - began:.1f} s", end=""
    )
    print(f" of processor time, {size / 1e6:.0f} MB; {more / 1024:.0f} MB more memory than before")


def processor_time(work: Callable[[], object]) -> float:
    return _median(work, time.process_time)


def on_the_clock(work: Callable[[], object]) -> float:
    return _median(work, time.perf_counter)


def _median(work: Callable[[], object], now: Callable[[], float]) -> float:
    work()
    taken = []
    for _ in range(TIMES):
        began = now()
        work()
        taken.append(now() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
