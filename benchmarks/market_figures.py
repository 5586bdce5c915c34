"""How long names, phrases and facts of selling take, without a database.

.venv/bin/python -m benchmarks.market_figures
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial

from app.analytics.phrases.finding import Said, find
from app.analytics.stats.deal_facts import bands, look_at
from app.market.mentions import mentions

_TEXT = (
    "security answers came late controller sat down with you price budget quarter board pilot"
    " customs declarations broker hours saved week month team rollout contract offer demo trial"
    " support language office port filing spreadsheet audit sponsor finance director"
)
_WORDS = _TEXT.split()


def main() -> None:
    rng = random.Random(1)
    for words, names in ((200, 40), (5000, 40)):
        text = " ".join(rng.choice(_WORDS) for _ in range(words))
        known = {str(number): [f"Competitor{number} Systems"] for number in range(names)}
        _print(f"names: {words:,} words, {names} names", partial(mentions, text, known))
    for count in (300, 3000):
        quotes = [
            Said(n, n, n, rng.random() < 0.5, " ".join(rng.choices(_WORDS, k=16)))
            for n in range(count)
        ]
        won = sum(quote.is_won for quote in quotes)
        _print(
            f"phrases: {count:,} quotes",
            partial(find, quotes, won_heard=won, others_heard=len(quotes) - won),
        )
    for deals in (400, 2_500, 100_000):
        won_deals = [rng.random() < 0.4 for _ in range(deals)]
        facts = {f"Fact {n}": [rng.choice(("yes", "no")) for _ in won_deals] for n in range(6)}
        facts["Source"] = [rng.choice("abcdef") for _ in won_deals]
        controls = {
            "segment": [rng.choice("abc") for _ in won_deals],
            "amount": bands([rng.random() for _ in won_deals]),
        }
        _print(
            f"facts of selling: {deals:,} deals, 12 looks",
            partial(look_at, won_deals, facts, controls),
        )


def _print(name: str, work: Callable[[], object]) -> None:
    work()
    began = time.perf_counter()
    work()
    print(f"{name:45} {1000 * (time.perf_counter() - began):9.1f} ms")


if __name__ == "__main__":
    main()
