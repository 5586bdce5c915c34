"""English words for laying a transcript along a guide: groups that mean much the same when one asks
about a decision (a word may stand in more than one), and words too common to tell anything. All
are stemmed before they are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator

MEANINGS: tuple[str, ...] = (
    "price cost expensive cheap money pay paid fee budget spend afford charge pricing bill",
    "revenue income earn earning profit sell sales monetize monetization financially",
    "investor investment invest capital funding fund funds raise venture round financing finance",
    "competitor rival contender alternative vendor provider compete competition other others",
    "compare compared comparison versus against difference differ differentiate distinguish apart",
    "decide decision choose choice chose pick picked select selected selection settle",
    "begin began begun start started beginning initially origin originally early first founding",
    "end finish close closing stop quit leave left exit finally last",
    "problem issue pain trouble struggle difficulty difficult hard hardest challenge slog",
    "wrong mistake error fail failure broken break breaks bug",
    "fear worry worried afraid concern concerned scare anxious anxiety risk",
    "like love enjoy pleasant favourite favorite happy fun",
    "dislike hate loathe annoy annoying frustrating frustration",
    "why reason because cause made rationale motivation driver trigger triggered",
    "who whom people person team colleague member involved hire hiring staff",
    "when time date moment timeline long month year week day",
    "company business firm startup venture organisation organization enterprise",
    "customer client buyer user audience subscriber",
    "learn learned knowledge know taught teach understand advice",
    "advise advice recommend recommendation suggest tip",
    "build built make create develop developed write wrote implement",
    "developer engineer programmer coder hacker",
    "application app mobile phone iphone android ios native",
    "server host hosted hosting machine hardware infrastructure cluster node",
    "cloud aws azure provider datacentre datacenter centre",
    "release ship shipped launch deploy deployment update version deliver delivery production",
    "plan planned roadmap future next upcoming horizon vision ahead goal",
    "test testing check verify prove",
    "database data schema migration postgres sql",
    "fast quick quickly speed slow slower pace soon",
    "big large size grow growth growing grew scale",
    "explain describe tell walk help clarify reframe mean meaning",
    "job work worked working employer employed role position career",
    "lead leader leading ceo manager manage boss",
    "abuse abused spam misuse attack",
    "spread hear heard word grassroots advertise advertising marketing aware awareness known",
    "hope expect expected expectation believe",
    "own self yourself selfhost themselves herself himself",
    "trust safe safety secure security secret secrecy private privacy confidential",
    "try tried trial pilot evaluate evaluation assess demo",
    "use used using usage usability",
    "feature function capability offer includes contain consist component",
    "idle unused zero nobody off",
    "predict predictable forecast volatile volatility certain uncertain",
    "support help service assistance",
    "contract agreement terms legal lawyer",
    "switch move migrate migration replace replaced change",
    "need requirement require must want wish wanted",
    "important priority matter matters most main",
    "add addition else besides anything",
    "involve involved part participate influence veto approve approval sign signed",
    "role roles responsible responsibility title duty",
    "consider considered look looked shortlist list option candidate evaluate",
    "process step steps stage journey path way",
    "stake gain lose loss benefit win",
    "worth value return payback save saved savings roi benefit",
    "tip tipped swing decisive deciding turning point outcome",
    "deadline urgent urgency schedule soon late delay",
    "happen happened happening occur event change changed going",
    "trust reputation reference recommend recommended colleague",
    "integrate integration connect connection api interface",
    "train training onboarding rollout implementation adoption adopt",
    "today currently current now status state",
    "before previous previously prior former earlier past",
    "give share contribute percentage percent portion",
    "surprise surprised unexpected expect",
    "quote quoted publish anonymous name",
)

COMMON = """
a about above actually after again against all also am an and any are as at back be because been
before being below between bit both but by can come could did do does doing don done down during
each even every few for from get go going gone got guess had has have having he her here him his
how i if in into is it its just kind know let like lot made make many may maybe me might mine more
most much must my no nor not now of off okay on once one only or other our out over own really
right said same say shall she should so some something sort still such tell than that the their
them then there these they thing things think this those through to too two under until up us very
want wanted was way we well were what when where which while who whom whose why will with would
yeah you your yours
"""

#: What a question asks for, whatever it is about.
_ASKS_FOR = {
    "?who": r"\bwho(?:m|se)?\b",
    "?when": r"\bwhen\b|\bhow long\b|\btime ?frame\b",
    "?where": r"\bwhere\b",
    "?why": r"\bwhy\b|\bhow come\b|\bwhat made\b|\breason",
    "?amount": r"\bhow (?:much|many|big|large|far|fast|quick)",
    "?if": r"\bwould (?:you|have)\b",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _ASKS_FOR.items()}


def asks_for(text: str) -> Iterator[str]:
    """A person, a time, a place, a reason, an amount, what would have been."""
    folded = text.casefold()
    return (name for name, pattern in _PATTERNS.items() if pattern.search(folded))
