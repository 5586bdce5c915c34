"""What our letters say: the shipped wording, and the words in braces that each letter fills in.
Pure."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "letters"
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Step(enum.StrEnum):
    """The letters of one sequence, in their order."""

    INVITATION = "invitation"
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    THANKS = "thanks"


class About(enum.StrEnum):
    """What kind of decision a letter speaks of."""

    LOST = "lost"
    WON = "won"
    NO_DECISION = "no_decision"


#: How the outcomes of deals are spoken of.
ABOUT: Mapping[str, About] = {
    "won": About.WON,
    "renewed": About.WON,
    "lost": About.LOST,
    "churned": About.LOST,
    "no_decision": About.NO_DECISION,
}
#: What each word in braces stands for, for whoever writes a letter.
PLACEHOLDERS: Mapping[str, str] = {
    "name": "the buyer's name",
    "product": "what they decided about",
    "account": "their company",
    "effort": "what you ask for: a talk of so many minutes, or three questions in writing",
    "ways": "the times to choose from, and the other ways to answer; on a line of its own",
    "words": "the address under which they see what is kept; on a line of its own",
    "sender": "who writes",
    "company": "your company",
}
#: Without these a letter of this step cannot be answered.
NEEDED: Mapping[Step, str] = {
    Step.INVITATION: "ways",
    Step.REMINDER_1: "ways",
    Step.REMINDER_2: "ways",
    Step.THANKS: "words",
}
#: What stands as a block of lines.
BLOCKS = frozenset({"ways", "words"})


@dataclass(frozen=True)
class Wording:
    subject: str
    text: str


def shipped(about: About, language: str, step: Step) -> Wording:
    """What comes with Because."""
    of_step = _letters(language)[step.value]
    found = of_step.get(about.value) or of_step["all"]
    return Wording(found["subject"], found["text"].rstrip("\n"))


@cache
def _letters(language: str) -> Mapping[str, Any]:
    letters: Mapping[str, Any] = yaml.safe_load(
        (_FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    )
    return letters


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; each once, so that a name with braces stays a name."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group()), text)


def faults_of_subject(subject: str) -> str:
    """What is wrong with it, for whoever wrote it; empty where nothing is."""
    return _unknown(subject, allowed=PLACEHOLDERS.keys() - BLOCKS)


def faults_of_text(text: str, step: Step) -> str:
    """What is wrong with it, for whoever wrote it; empty where nothing is."""
    unknown = _unknown(text, allowed=PLACEHOLDERS.keys())
    if unknown:
        return unknown
    lines = [line.strip() for line in text.split("\n")]
    for block in sorted(BLOCKS):
        if f"{{{block}}}" in text and f"{{{block}}}" not in lines:
            return f"{{{block}}} has a line of its own, for it becomes several."
    needed = NEEDED[step]
    if f"{{{needed}}}" not in lines:
        return f"{{{needed}}} is missing: {PLACEHOLDERS[needed]}."
    return ""


def _unknown(text: str, *, allowed: Collection[str]) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name not in allowed:
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS if one in allowed)
            return f"Nothing fills in {{{name}}}. There are: {known}."
    return ""
