"""How long the import of deals takes, and how much memory.

    python benchmarks/import_deals.py FILE.csv --no-amount 0     a real file, five times
    python benchmarks/import_deals.py --generate 100000          so many generated deals, once

Each import runs in a process of its own, into a fresh database; the time is that of the import
alone, measured inside the process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = (
    "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Created Date,Close Date,"
    "Opportunity Owner,Owner Email,Product,Contact Name,Contact Email,Lead Source,Probability"
)
STAGES = ("Closed Won", "Closed Lost", "Closed Lost", "Negotiation")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--no-amount", action="append", default=[])
    parser.add_argument("--generate", type=int)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.file, options.no_amount)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file, times = options.file, options.times
        if options.generate:
            file, times = Path(folder) / "deals.csv", 1
            generate(file, options.generate)
        found = [run_apart(file, options.no_amount, Path(folder) / str(n)) for n in range(times)]
    first = statistics.median(each["first"] for each in found)
    again = statistics.median(each["again"] for each in found)
    rows = found[0]["rows"]
    print(f"{rows:,} rows: {first:.2f} s, {1e6 * first / rows:.0f} µs a row")
    print(f"the same again: {again:.2f} s, {again / first:.2f} of the first time")
    print(f"processor: {statistics.median(each['processor'] for each in found):.2f} s")
    print(f"most memory: {max(each['megabytes'] for each in found):.0f} MB")


def generate(path: Path, deals: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER + "\r\n")
        for n in range(deals):
            account, seller = n * 7919 % (deals // 10 + 1), n % 50
            out.write(
                f"006{n:015},Deal {n},Account {account},{STAGES[n % 4]},{1000 + n % 90000},"
                f"2025-{n % 12 + 1:02}-{n % 28 + 1:02},2026-{n % 12 + 1:02}-{n % 28 + 1:02},"
                f"Seller {seller},seller{seller}@example.com,Product {n % 8},"
                f"Buyer {account},buyer{account}@example.com,Source {n % 6},{n % 100}%\r\n"
            )


def run_apart(file: Path, no_amount: list[str], instance: Path) -> dict[str, float]:
    command = [sys.executable, __file__, str(file), "--one"]
    command += [part for value in no_amount for part in ("--no-amount", value)]
    environment = os.environ | {"BECAUSE_INSTANCE": str(instance), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure(file: Path, no_amount: list[str]) -> dict[str, float]:
    from app.core import migrations
    from app.core.access import SYSTEM
    from app.core.commandline import application
    from app.deals.importing import operations, running
    from app.deals.importing.opening import InputFile, open_files
    from app.deals.importing.options import Options

    def once() -> int:
        options = Options(
            currency="USD", no_amount=tuple(no_amount), outcomes=("Negotiation=open",)
        )
        opened = open_files({"deals": InputFile(file, file.name)}, options, None, ())
        assert not opened.questions, opened.questions
        with db.writing() as session:
            row = operations.add_import(session, SYSTEM, file.name, {}, options)
            operations.begin(session, SYSTEM, row, opened)
            import_id = row.id
        running.run(db, SYSTEM, import_id, lambda: opened, lambda *_: None)
        return opened.survey.rows

    with application() as (_, db):
        migrations.upgrade(db)
        started, processor = time.perf_counter(), time.process_time()
        rows = once()
        first = time.perf_counter() - started
        processor = time.process_time() - processor
        started = time.perf_counter()
        once()
        again = time.perf_counter() - started
    return {
        "rows": rows,
        "first": first,
        "again": again,
        "processor": processor,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main()
