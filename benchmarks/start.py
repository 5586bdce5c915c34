"""From `bin/run` to its first answer: `python -m benchmarks.start`."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.house.running import running

_TIMES = 5


def seconds_to_first_answer(instance: Path) -> float:
    with running(instance) as product:
        return product.wait_for_answer()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        first = seconds_to_first_answer(instance)
        again = [seconds_to_first_answer(instance) for _ in range(_TIMES)]
    print(f"first start, with migrations: {first:.2f} s")
    print(f"second start: {statistics.median(again):.2f} s (median of {_TIMES}; at most 1.5)")


if __name__ == "__main__":
    main()
