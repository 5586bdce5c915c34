"""Decision records of software teams as interviews already held.

A decision is a deal; its options were the offers, and the chosen option won. Who 'us' is: the
options stand in the order of the record, and we are the one at place `crc32(file) % options`, so
that we win some and lose some, the same each time. The chosen one is the one that the decision
names, by its words or by its number. Where that cannot be told (a record with fewer than two
options, or whose decision names none of them) the deal ended in no decision.

What reads as a heading, a question or a sentence in a list of options is left out, unless
something is said for or against it.
The whole record is one written answer, so that each statement keeps the offsets its authors
gave it. A statement is a quote: good said of our option speaks for us, bad of ours against us;
of another option it is the other way round, and praise of another is against us. What was good
of the chosen option or bad of ours where it was not chosen contributed to the decision, as did
what was good of ours where it was chosen; the rest was mentioned.

A record has no date; each is given a closing day in the year 2017, by its place in the list.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST_DAY = date(2017, 1, 1)
DAYS = 365
OURS = {"good": "for", "bad": "against", "neutral": "neutral"}
THEIRS = {"good": "against", "bad": "for", "neutral": "neutral"}
#: What weighed: said of ours or not, whether we were chosen, and how it speaks.
CONTRIBUTED = {(True, False, "bad"), (True, True, "good")}
_CHOSEN = re.compile(r"chosen option:?[^\S\n]*(.+)", re.IGNORECASE)
_SECTION = re.compile(r"^#+ [^\n]*decision(?: outcome)?[^\S\n]*$(.*?)(?=^#|\Z)", re.I | re.M | re.S)
_FIRST_LINES = 12
_NUMBER = re.compile(r"(?:option\s*)?#?(\d+)\b")
_WORD = re.compile(r"[^\W_]{2,}")
_NEARLY_ALL = 0.8
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_LONGEST = 200


def decisions_to_jsonl(folder: Path, out: Path) -> int:
    """Write one line for each record of the folder; says how many."""
    records = [json.loads(line) for line in _lines(folder / "manifest.jsonl")]
    statements = defaultdict(list)
    for line in _lines(folder / "pros_cons.jsonl"):
        statement = json.loads(line)
        statements[statement["file"]].append(statement)
    present = [record for record in records if (folder / "files" / record["file"]).is_file()]
    with out.open("w", encoding="utf-8") as file:
        for place, record in enumerate(present):
            text = (folder / "files" / record["file"]).read_bytes().decode("utf-8")
            closed_on = FIRST_DAY + timedelta(days=place * DAYS // len(present))
            line = _interview(record, text, statements[record["file"]], closed_on)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(present)


def _interview(
    record: dict[str, Any], text: str, statements: list[dict[str, Any]], closed_on: date
) -> dict[str, Any]:
    spoken_of = {plain(each["option"]) for each in statements if not each["option_generic"]}
    options = [
        option
        for option in dict.fromkeys(map(plain, record["options"]))
        if is_offer(option) or any(same(option, heading) for heading in spoken_of)
    ]
    us = options[zlib.crc32(record["file"].encode()) % len(options)] if options else ""
    chosen = next(filter(None, (_chosen(options, said) for said in _decisions(record, text))), "")
    outcome = "no_decision" if not chosen else "won" if chosen == us else "lost"
    owner, _, project = record["repo"].partition("/")
    title = next((line[2:] for line in _body(text) if line.startswith("# ")), project)
    return {
        "external_id": record["file"],
        "deal": {
            "external_id": record["file"],
            "name": plain(title)[:300],
            "account": record["repo"],
            "outcome": outcome,
            "closed_on": closed_on.isoformat(),
            "segment": owner,
            "product": "Us",
            "competitors": [option for option in options if option != us],
            "lost_to": chosen if outcome == "lost" else None,
        },
        "contact": {"title": "Maintainer", "buying_role": "decision_maker"},
        "held_on": (closed_on + timedelta(days=14)).isoformat(),
        "scope": "name",
        "answers": [
            {
                "question": "How did you come to this decision?",
                "kind": "think",
                "taken": "written",
                "text": text,
                "tags": [_tag(statement, options, us, chosen) for statement in statements],
            }
        ],
    }


def _tag(statement: dict[str, Any], options: list[str], us: str, chosen: str) -> dict[str, Any]:
    about = plain(statement["option"])
    is_ours = bool(us) and same(about, us)
    other = next((option for option in options if option != us and same(about, option)), None)
    told = (is_ours, chosen == us, statement["label"])
    contributed = told in CONTRIBUTED or (chosen and other == chosen and told[2] == "good")
    return {
        "start": statement["start"],
        "end": statement["end"],
        "direction": (OURS if is_ours else THEIRS)[statement["label"]],
        "weight": "contributing" if contributed else "mentioned",
        "competitor": None if is_ours else other,
    }


def _chosen(options: list[str], decision: str) -> str:
    """The option that the decision names first, of two at one place the longer name; else the one
    whose number it gives, or nearly all of whose words it uses."""
    if len(options) < 2:
        return ""
    said = plain(decision or "").casefold().lstrip("-> ")
    named = [(said.find(option.casefold()), -len(option), option) for option in options]
    found = sorted(each for each in named if each[0] >= 0)
    if found:
        return found[0][2]
    if number := _NUMBER.match(said):
        numbered = [option for option in options if _numbered(option) == number[1]]
        return numbered[0] if len(numbered) == 1 else ""
    used = set(_WORD.findall(said))
    shares = {option: _share(_WORD.findall(option.casefold()), used) for option in options}
    best = max(shares, key=lambda option: shares[option])
    return best if shares[best] >= _NEARLY_ALL else ""


def _decisions(record: dict[str, Any], text: str) -> Iterator[str]:
    """Where a record says what was decided, the surest first."""
    yield record["decision"] or ""
    yield from _CHOSEN.findall(text)
    for section in _SECTION.findall(text):
        yield from (line for line in section.splitlines()[:_FIRST_LINES] if line.strip())


def _numbered(option: str) -> str:
    found = _NUMBER.match(option.casefold())
    return found[1] if found else ""


def _share(words: list[str], used: set[str]) -> float:
    return sum(word in used for word in words) / len(words) if words else 0


def _body(text: str) -> list[str]:
    """Its lines without the header that some records begin with."""
    _, header, body = text.partition("---\n") if text.startswith("---\n") else ("", "", text)
    return (body.partition("\n---\n")[2] if header else body).splitlines()


def plain(text: str) -> str:
    """Without Markdown's marks, on one line, of the length of a name."""
    text = re.sub(r"[`*\"]", "", _LINK.sub(r"\1", text))
    return " ".join(text.split())[:_LONGEST].strip()


def is_offer(option: str) -> bool:
    """Whether it reads as an option: the lists also hold headings, questions and sentences."""
    return len(option) <= 60 and not option.endswith((":", "?", ".", ","))


def same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return bool(one and other) and (one in other or other in one)


def _lines(path: Path) -> Iterator[str]:
    return iter(path.read_text(encoding="utf-8").splitlines())
