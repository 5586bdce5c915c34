"""Single words and lengths: absolutes, jargon, two question marks, too long, 'usually', 'why'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, Question

MOST_WORDS = 25
MOST_COMMAS = 3
_KNOWN_ACRONYMS = words(
    """IT HR PDF CEO CFO CTO COO CIO UK US USA EU VAT OK TV PC AI CRM ERP FAQ GP NHS CD ID DIY BBC
    GPS PIN SMS URL USB UN NATO PR CV MP II III IV AM PM QA NOT AND OR BOTH WHAT WHY WHO HOW YOU
    I A OUR ANY ALL DID WE DNA LED TEAM ASAP FYI SIM ATM MD VP LTD GMBH AG INC LLC PLC BMW IBM
    SAP Q1 Q2 Q3 Q4 R&D CT MRI A&E HQ CSV GDPR API"""
)
_ACRONYM = re.compile(r"(?<![\w'’.&-])([A-Z](?:[A-Z0-9]|&(?=[A-Z])){1,5})s?(?![\w&-])")
_JARGON = phrase(
    r"leverag(?:e|ed|es|ing)",
    r"synerg(?:y|ies|istic)",
    r"low[- ]hanging fruit",
    r"value[- ]add(?:s|ed)?",
    r"value propositions?",
    r"paradigm(?: shift)?s?",
    r"go[- ]to[- ]market",
    r"pain points?",
    r"touch ?points?",
    r"ideat\w+",
    r"learnings",
    r"solution(?:ing|ed)",
    r"circle back",
    r"deep[- ]dives?",
    r"move the needle",
    r"moving the needle",
    r"best[- ]of[- ]breed",
    r"omni-?channel",
    r"holistic(?:ally)?",
    r"granularity",
    r"actionable",
    r"time[- ]to[- ]value",
    r"land[- ]and[- ]expand",
    r"thought leader(?:ship)?",
    r"mission[- ]critical",
    r"bandwidth",
    r"ecosystems?",
    r"operationali[sz]\w+",
    r"incentivi[sz]\w+",
    r"productiz\w+",
    r"swim ?lanes?",
    r"north star",
    r"use[- ]cases?",
    r"stickiness",
    r"upsell\w*",
    r"cross-sell\w*",
    r"decision[- ]matrix",
    r"buyer personas?",
    r"personas?",
    r"jobs[- ]to[- ]be[- ]done",
    r"blockers",
    r"deliverables",
    r"greenfield",
    r"brownfield",
    r"interoperab\w+",
    r"multi-?tenan\w+",
    r"kubernetes",
    r"middleware",
    r"idempoten\w+",
    r"churn(?:ed)? (?:rate|cohort)",
    r"funnel",
    r"pipeline velocity",
    r"win[- ]rate",
    r"share of wallet",
    r"mindshare",
    r"mind share",
    r"boil the ocean",
    r"drill[- ]down",
    r"right-?siz\w+",
    r"value[- ]stream\w*",
    r"digital transformation",
    r"end-to-end",
    r"turnkey",
    r"scalab(?:le|ility)",
    r"robustness",
    r"disruptive",
    r"differentiators?",
    r"procurement vehicle",
    r"tech stack",
    r"stack",
    r"roi",
    r"onboarding journey",
    r"customer journey",
    r"the journey",
    r"workstreams?",
    r"sunset(?:ting|ted)?",
    r"blue-sky",
    r"ballpark",
    r"quick wins?",
    r"key takeaways?",
    r"run[- ]rate",
    r"burn[- ]rate",
    r"sla-backed",
    r"cadence",
    r"align(?:ed|ment)? on",
    r"socialis\w+|socializ\w+",
    r"double[- ]click on",
    r"table stakes",
    r"north-star",
    r"ramp[- ]up time",
    r"total cost of ownership",
    r"frictionless",
)
_ABSOLUTE = phrase(
    r"(?<!\w who )always",
    r"(?<!i have )(?<!\w who )never(?! mind)(?: once| ever)?",
    r"every(?:one|body)(?! (?:in (?:the|that|this)|on the (?:call|panel|committee)|at (?:the|"
    r"that)|who|else|involved|you|said))",
    r"every single|one single|on earth|day in , day out|without fail|guaranteed to",
    r"every (?!day|week|month|year|quarter|morning|evening|night|hour|minute|other|now|"
    r"one of|time|few|"
    r"two|three|second|third|shift|order|visit)\w+",
    r"no \w+ (?:can|could|will|would|ever)",
    r"absolutely|completely|totally|entirely|utterly|invariably|constantly|forever|perpetually",
    r"(?<!of )(?<!in )all (?:of )?(?:your|the|our|their|other) (?!three|two|four|bids|offers|"
    r"same)\w+",
    r"all (?:buyers|customers|vendors|suppliers|users|people|companies|clients|managers|teams)",
    r"no ?one|nobody|not a single|none of",
    r"(?:do|are|would|to|by|that|does) all (?!of|the|three|two|four|this|that|these)(?:\w+ )?"
    r"\w+s|not once|at all times|without exception|every time|all the time|each and every|100 ?%|"
    r"in any case ever",
    r"(?:the|your|our|an?) (?:entire|whole) (?:company|team|organi[sz]ation|department|"
    r"industry|market)",
    r"any and all|the only (?!one|person|two)|only ever|nothing but|ever once|zero",
)
_USUALLY = phrase(
    r"usually",
    r"typically",
    r"generally",
    r"normally",
    r"as a rule",
    r"tend to",
    r"in general",
    r"ordinarily",
    r"on average",
    r"most of the time",
    r"often do you",
    r"commonly",
    r"regularly",
)


def wording(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield what single words make hard or untrue."""
    yield from _absolute(question)
    yield from _jargon(question)
    yield from look_up(question, _USUALLY, "usually")
    if question.wh_word == "why" and question.wh == question.head:
        yield Hit("opening_why", question.wh, question.wh)


_PAST = words("did was were had has")


def _absolute(question: Question) -> Iterator[Hit]:
    for hit in look_up(question, _ABSOLUTE, "absolute", first=question.head):
        said = question.words.said(hit.first, hit.last + 1)
        counts = question.low[question.wh + 1 : question.wh + 2] in (["many"], ["much"], ["often"])
        of_a_view = question.form is Form.POLAR or (
            question.wh_word in ("why", "how") and not counts
        )
        if said in ("nobody", "no one", "none of") and not of_a_view:
            return
        without_did = FORMS.get(question.low[question.verb], ("", ""))[1] in ("past", "part")
        past = question.low[question.aux] in _PAST if question.aux >= 0 else without_did
        if said == "never" and not of_a_view and question.wh_word != "" and past:
            return
        yield hit


def _jargon(question: Question) -> Iterator[Hit]:
    for hit in look_up(question, _JARGON, "jargon"):
        yield hit
        return
    text = question.words.text
    if text.isupper():
        return
    for match in _ACRONYM.finditer(text):
        if match[1] in _KNOWN_ACRONYMS or _is_explained(text, match.end(), match.start()):
            continue
        for at, start in enumerate(question.words.start):
            if start <= match.start() < question.words.end[at] and question.tags[at] != "Q":
                yield Hit("jargon", at, at, f"Not everybody knows {match[1]}; write it out.")
                return


def _is_explained(text: str, end: int, start: int) -> bool:
    """Say whether the long form stands in brackets after an acronym, or the acronym in them."""
    return text[end : end + 2].strip().startswith("(") or (
        text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    )


def two_question_marks(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield the stretch from the first question mark to the last."""
    marks = [
        at
        for at, tag in enumerate(question.tags)
        if tag == "?" and question.tags[at + 1 : at + 2] != "?"
    ]
    if len(marks) > 1:
        yield Hit("two_question_marks", marks[0], marks[-1])


def long(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield everything, where it is too long to keep in mind."""
    spoken = len(question.words.text.split())
    commas = question.tags.count(",") - (2 if question.hedged else 0)
    if spoken > MOST_WORDS or commas > MOST_COMMAS:
        yield Hit(
            "long",
            0,
            len(question.tags) - 1,
            f"{spoken} words: by the end of it the beginning is forgotten.",
        )
