"""What is asserted before a question, or after it: whoever answers has to grant it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.attribution import is_attributed
from app.guides.linting.hits import Hit, phrase
from app.guides.linting.judging import is_judging
from app.guides.linting.leads import IMPERATIVES, has_clause
from app.guides.linting.lexicon import words
from app.guides.linting.question import Lead, LeadKind, Question


def premises(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield what is asserted, at most one thing before the question and one after it."""
    yield from _premise(question)
    yield from _held_against_them(question)
    yield from _trailing_premise(question)
    if question.head or question.main[0]:
        yield from _authority(question, kind)
        yield from _by_its_first_words(question)


def _held_against_them(question: Question) -> Iterator[Hit]:
    """'If reliability counted, why did you go with them?': an argument, not a case."""
    asks_why = question.wh_word == "why" or question.words.said(
        question.head, question.head + 2
    ) in ("how come", "how could", "how can")
    if not asks_why or question.subject[0] < 0 or question.modal in ("would", "might"):
        return
    for lead in question.leads:
        if lead.kind is LeadKind.CONDITION and question.low[lead.first] == "if":
            yield Hit("leading", lead.first, question.end - 1, _CLAIM)


_CLAIM = "The question leans on a claim of ours."
_BY_AUTHORITY = re.compile(
    r"^(?:according to|as) (?!(?:you|your|the (?:minutes|notes|log|record|contract|file|list|"
    r"report|plan|tender|letter|email|invoice|form|sheet|books)|i|we|a|an|one)\b).*? "
)
_OPINIONS = ("think", "feel")


def _authority(question: Question, kind: str | None) -> Iterator[Hit]:
    """'According to the experts it harms; where do you stand?': a name to bow to."""
    if kind not in _OPINIONS or question.low[0] != "according":
        return
    match = _BY_AUTHORITY.match(question.line)
    if match:
        yield Hit("leading", 0, max(question.head - 1, 1), "It names an authority to agree with.")


_SINCE = re.compile(
    r"(?:since|seeing that|seeing how|because) (?!(?:you|your|it|this|there|i|we|that|when)\b)|"
    r"now that (?!(?:you|your|it|this|there|i|we)\b)(?:\w+ ){1,6}(?:no|less|half|only|without|not|"
    r"n't|even|again|\w+er)\b"
)
_OPENINGS = phrase(
    r"unlike (?:those|most|others|many|some|the (?:rest|others)|your \w+ who)",
    r"(?:frankly|honestly|personally)?(?: ,)? ?(?:i|we) (?:'d|would) (?:\w+ )?have \w+(?:ed|en|"
    r"ne|ght|ck|ft|un|ld)",
    r"(?:in my|to my|in our) (?:\w+ )?(?:view|opinion|mind|eyes|book|experience)",
    r"poor (?:you|thing|old \w+|\w+ing)|well done|congratulations|bravo|lucky you|good for you|"
    r"oh dear|"
    r"what an? (?:\w+ )?(?:shame|pity|relief|waste|nerve|cheek|mess|surprise|day|story|blow|"
    r"pleasure)|"
    r"how (?:\w+ly )?(?:awful|lovely|sad|nice|terrible|horrible|annoying|wonderful|unfair|"
    r"brave)(?= \.)|"
    r"i for one|if i were you|in your (?:shoes|place) i|such an? \w+|let 's face it|"
    r"(?:experts|doctors|scientists|lawyers|economists|critics|teachers|parents|insiders) (?:\w+ )?"
    r"(?:warn|advise|recommend|agree|say|insist|argue|believe|fear|swear)|"
    r"after all (?:that )?(?:\w+ ){1,4}(?:has|have|had|did|does|do|put)|everybody else|everyone "
    r"else|"
    r"like (?:most|any|all|every) (?:\w+ )?\w+|what with|as (?:a|an|any) (?:good|sensible|decent|"
    r"caring|"
    r"responsible|loyal|careful|true) \w+|"
    r"thanks to (?:our|the|their|his|her)|in spite of|despite (?!that\b)",
    r"(?:nine|eight|seven|six|four|three|two|most|many|nearly all|almost all|hundreds|thousands|"
    r"countless|plenty|the majority|more and more|\d+ (?:%|per ?cent|percent)|half)"
    r" (?:(?:in|out of) \w+ )?(?:of )?(?:our|the|your|all|\w+) (?:\w+ ){0,4}?(?:call|calls|say|"
    r"says|tell|find|finds|love|loves|prefer|prefers|choose|chose|switched|switch|rate|swear|"
    r"think|agree|believe|told|report|use|moved|recommend)",
    r"you (?:are|'re) (?:a|an) (?:\w+ly )?(?:careful|serious|sensible|smart|busy|modern|caring|"
    r"good|loyal|prudent|responsible|reasonable|fair|generous|clever|experienced|thrifty|honest|"
    r"decent|ambitious|demanding|cautious|frugal|patient|professional)",
    r"even (?:with|after|though|without|in)",
    r"(?:nobody|no one|none|not one|few) (?:else|other)?|(?:it|this|that) (?:seems|appears|looks|"
    r"sounds|strikes me)|in an? (?:\w+ ){1,3}(?:where|in which|when) (?:every|all|no|most|nobody)",
    r"(?:many|most|plenty of|countless|lots of|a lot of|nearly all|almost all) (?!of your\b)(?:\w+ "
    r"){1,5}?(?:feel|feels|are|have|struggle|worry|complain|want|need|prefer|find|regret|"
    r"fear|leave|stay|see|believe|hate|love)",
    r"(?:bearing|keeping|having) in mind (?:that|how|the|our|their)|(?:seeing|knowing|considering"
    r"|given) (?:that|how) (?!you\b|your\b|it\b|this\b|there\b)",
)


def _by_its_first_words(question: Question) -> Iterator[Hit]:
    """'Unlike those who panicked, ...', 'nine in ten guests love it. How ...'"""
    firsts = [lead.first for lead in question.leads]
    firsts += [first for first, _ in question.sentences if first < question.main[0]]
    for lead in question.leads:
        asserts = lead.kind is LeadKind.PREMISE and has_clause(
            question.tags[lead.first : lead.after]
        )
        if (
            asserts
            and _SINCE.match(question.line, question.line_starts[lead.first])
            and not is_attributed(question, lead.first, lead.after)
        ):
            yield Hit("leading", lead.first, lead.after - 1, _CLAIM)
            return
    for first in firsts:
        last = _OPENINGS.begins_at(question, first)
        if last is not None and not is_attributed(question, first, question.head):
            yield Hit("leading", first, max(last, question.head - 1), _CLAIM)
            return


def _premise(question: Question) -> Iterator[Hit]:
    """Something asserted before the question: by a clause, or by a sentence of its own."""
    for lead in question.leads:
        flattering = lead.kind is LeadKind.PHRASE and _flatters(question, lead)
        claiming = lead.kind in (LeadKind.PREMISE, LeadKind.STATEMENT) and _asserts(question, lead)
        if flattering or claiming:
            yield Hit(
                "leading", lead.first, lead.after - 1, "The question leans on a claim of ours."
            )
            return
    for first, after in question.sentences:
        if (first, after) == question.main or after > question.main[0]:
            continue
        if question.low[first] in ("your", "their") and question.low[first + 1] in _PAPERS:
            continue
        if question.tags[after : after + 1] != "?" and _claims(question, first, after):
            yield Hit("leading", first, after - 1, "The question leans on a claim of ours.")
            return


_TRAILING = re.compile(
    r"[,–-] (?:given|considering|seeing|knowing|bearing in mind|even though|although|"
    r"despite|when (?:we|our))\b"
)


def _trailing_premise(question: Question) -> Iterator[Hit]:
    """'..., given that ours was the cheaper': the claim comes after the question."""
    match = _TRAILING.search(question.line)
    if match:
        first = question.word_at(match.start()) + 1
        clause = question.low[first : question.end]
        if first < question.end and (
            is_judging(question, first, question.end) or not _OURS.isdisjoint(clause)
        ):
            yield Hit("leading", first, question.end - 1, "The question leans on a claim of ours.")


_OURS = words("we our us ours")


def _flatters(question: Question, lead: Lead) -> bool:
    """'In light of our excellent record, ...'"""
    said = question.low[lead.first : lead.after]
    if said[:2] in (["as", "a"], ["as", "an"], ["as", "someone"], ["as", "somebody"]):
        return _is_praise_of_them(question, lead)
    return not _OURS.isdisjoint(said) and is_judging(question, lead.first, lead.after)


_PAPERS = words(
    """review note notes form mail email e-mail letter report comment comments survey answer rating
    ticket complaint message post feedback"""
)
_VALUING = words("values care cares knows understands expects appreciates wants loves demands")


def _is_praise_of_them(question: Question, lead: Lead) -> bool:
    """'As a quality-minded firm, ...', 'as someone who cares about ...'; not 'as a nurse'."""
    said = question.low[lead.first : lead.after]
    return (
        not _VALUING.isdisjoint(said)
        or any("-" in word for word in said)
        or is_judging(question, lead.first, lead.after)
        or any(question.tags[at] == "J" for at in range(lead.first, lead.after))
    )


_OWN_OPINION = re.compile(
    r"^(?:i|we) (?:\w+ )?(?:thought|believed?|felt|feel|think|"
    r"saw) .*\b(?:we|our|us)\b"
)


def _asserts(question: Question, lead: Lead) -> bool:
    if lead.kind is LeadKind.PREMISE:
        clause = question.low[lead.first : lead.after]
        if not has_clause(question.tags[lead.first : lead.after]):
            return not _OURS.isdisjoint(clause) and is_judging(question, lead.first, lead.after)
        return not is_attributed(question, lead.first, lead.after) and (
            is_judging(question, lead.first, lead.after)
            or not _OURS.isdisjoint(clause)
            or _THEIR_VIEW.match(" ".join(clause[2 if clause[1] == "that" else 1 :])) is not None
        )
    return _claims(question, lead.first, lead.after)


def _claims(question: Question, first: int, after: int) -> bool:
    """Say whether words assert something that judges, and that the buyer has not said."""
    if question.low[first] in IMPERATIVES:
        return False
    tags = question.tags[first:after]
    if not has_clause(tags) or is_attributed(question, first, after):
        return False
    low = question.low[first:after]
    if _OWN_OPINION.match(" ".join(low)):
        return True
    said = " ".join(low)
    if BALANCED.search(said):
        return False
    if _THEIR_VIEW.match(said) or _PRAISE_OF_OTHERS.search(said):
        return True
    if low[0] in ("i", "we") and not _OURS.isdisjoint(low[:1]) and _FRAMING.search(" ".join(low)):
        return False
    return is_judging(question, first, after)


BALANCED = re.compile(
    r"\b(?:some \w+ .* others|different things|no right answer|awkward|strong and)\b|"
    r"\bboth (?!know|agree|see)|\b(?:good|praise|strengths?|pros|better|well) (?:and|or) (?:bad|"
    r"criticism|"
    r"complaints|weaknesses|cons|worse|badly)\b|\bif any\b|\bwhether\b|\bno right or wrong\b"
)
_THEIR_VIEW = re.compile(
    r"^(?:so |and |but |well )?you (?:all |both |clearly |really |already |do |did |always )*"
    r"(?:like[ds]?|loved?|enjoy(?:ed)?|trust(?:ed)?|care|cared|value[ds]?|prefer(?:red)?|hated?|"
    r"want(?:ed)?|knew|believed?|were (?:\w+ )?(?:happy|keen|convinced|sure|unhappy|angry))\b"
)
_PRAISE_OF_OTHERS = re.compile(
    r"\b(?:put|puts|ranks?|ranked|rated?|rates|named?|names|voted|called?|calls|consider\w*) us\b|"
    r"\b(?:rave|swear by|queue for|envy|admire|recommend)\b|\bwe did (?:everything|all)\b"
)
_FRAMING = re.compile(
    r"\b(?:i|we) (?:'d |would |'ll |will |'m |am |are |'re |want |now )*(?:like|want|"
    r"turn|move|come|understand|trying|interested|curious|ask|talk|begin|start|learn|go|"
    r"hear|know|have a)\b"
)
