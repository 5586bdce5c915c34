"""Selling in the shape of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.attribution import is_attributed
from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, LeadKind, Question

_PITCH = phrase(
    r"(?:did|do) you (?:know|realise|realize|notice|see|hear|"
    r"remember)(?: that)?(?: \w+)? (?:we|our \w+(?: \w+)?) (?:now |also |can |already |"
    r"just |recently |do |would )*(?:offer|have|include|provide|support|can|could|do|"
    r"does|is|are|launched|added|released|comes?|includes|won|supports|handles|"
    r"integrates|also|now|sell|deliver|cover)\w*",
    r"did you know that|are you aware that",
    r"(?:are|were) you aware (?:that |of )?(?:we|our|the (?:new|latest|free))",
    r"have you (?:ever |already |yet )?(?:seen|heard (?:of|about)|tried|considered|"
    r"looked at|thought about (?:our|trying|adding|upgrading)|explored) (?:our|the new|"
    r"the latest)(?: \w+)?",
    r"we (?:now|also|just|recently|already|have just|'ve just|have recently|"
    r"'ve recently) (?:\w+ )?(?:offer|added|launched|released|built|introduced|improved|"
    r"include|provide|support|cut|dropped|have|do|redesigned|rebuilt|ship|deliver|"
    r"won)\w*",
    r"we (?:'ve|have|'re|are|'ll) (?:now |just |since |recently |also )*(?:added|"
    r"launched|released|built|introduced|improved|cut|dropped|launching|releasing|"
    r"adding|introducing|rolling out|redesigned|rebuilt|fixed|offering|able to offer)",
    r"(?<!did )(?<!do )(?<!that )(?<!could )(?<!can )we (?:offer|provide|guarantee|deliver|"
    r"can (?:offer|"
    r"give|do|show|help|match|beat))",
    r"our (?:new|latest|upcoming|next|updated|improved|award-winning|market-leading|"
    r"industry-leading|patented|unique|premium|own|platform|product|software|service|"
    r"tool|system|team|solution|ai|\w+ (?:plan|package|module|release|version|"
    r"edition)) ?(?:\w+ ){0,3}(?:adds?|offers?|gives?|lets?|saves?|cuts?|includes|"
    r"comes with|solves|fixes|can do|can help|makes it|removes|will (?:let|save|help|"
    r"give|make|cut)|would (?:have )?(?:let|saved?|helped|given?|make|made|cut|solved?)|"
    r"now \w+|does (?:exactly )?that|covers|handles|takes care|already)",
    r"(?:can|could|may|shall|should|might) (?:i|we) (?:just |also |quickly |perhaps |"
    r"maybe )?(?:show|offer|send|interest|book|arrange|set up|schedule|introduce|put|"
    r"sign|demo|demonstrate|get you|tempt|give you (?:a|an|another)|tell you (?:about|"
    r"how|what|more)|walk you through|take you through|count on|win|persuade|convince|"
    r"upgrade|add you|invite|talk you|extend)",
    r"let me (?:show|tell|walk|explain|offer|send)",
    r"would you be (?:interested|open|willing|up for|keen)",
    r"would (?:you|it) (?:be )?interest(?:ed)?(?: you)?",
    r"are you interested in",
    r"would you like (?:to (?:see|try|hear|know|book|schedule|have|get|join|add|sign|"
    r"upgrade|test|take)|a|an|us to|me to|our)",
    r"(?:what|which \w+) (?:would|will|does) it take (?:for us |for you )?to (?:win|"
    r"get|earn|bring|change|close|have|make|come|sign|move|switch)",
    r"(?:what|how much|which \w+) (?:\w+ )?(?:do|must|should|would|can|could) we (?:have to |"
    r"need to )?"
    r"(?:put|bring|name|lay|throw|add|come|offer|change|do|pay|build)(?: \w+){0,4} (?:to (?:win|"
    r"get|"
    r"earn|keep|make|bring|have|be)|for you to|so that you)",
    r"give (?:us|me) (?:another|a second|one more|a) (?:chance|look|try|go)|"
    r"(?:a )?second (?:look|chance)"
    r"(?: at us)?(?= ,| now| \?|$)|com(?:e|ing) back to us|bring you round",
    r"what are you waiting for|what (?:is|'s) (?:holding|keeping|stopping) you(?: back)?(?! up)",
    r"would you (?:switch|upgrade|renew|sign up|come back|buy more)(?= |$)",
    r"who else (?:\w+ ){1,6}should (?:see|hear|know|try|have|look)",
    r"ought to (?:hear|know|see) (?:about|of)? ?(?:us|our|what we)|should (?:see|hear) what we",
    r"might (?:be of (?:use|interest|help)|interest|help|suit|fit) (?:to )?you|"
    r"of our other (?:products|services|modules|tools)",
    r"back to you with (?:a|an|our|the|another) (?:\w+ )?(?:proposal|offer|quote|price|plan)",
    r"(?:like|love) the (?:sound|idea|thought) of (?:a|an|our|not|no|getting|having|paying|one)",
    r"how (?:does|do|would) (?:that|this|it|our [\w -]+|a [\w -]+) sound|(?:put|"
    r"pencil) you (?:down|in)",
    r"make you a (?:reference|customer|fan|partner)|thanks to our|our customers (?:save|get|see|"
    r"gain|cut|win)",
    r"(?:how|where|when) (?:much |many )?(?:\w+ )?(?:would|could) (?:that|this|our \w+) be worth",
    r"(?:did|has|have) they (?:\w+ )?(?:mention|mentioned|tell you|told you|say|said) that|be of "
    r"(?:\w+ )?"
    r"(?:interest|use|help) to you|(?<! ever )be of interest|say to (?:a|an|our) (?:\w+ "
    r"){1,3}(?:that|"
    r"which|with|for)|(?:did|has) (?:our|the|your|any) (?:rep|reps|salesperson|sales \w+|team|"
    r"people|colleague|"
    r"account "
    r"manager) (?:\w+ )?(?:tell|told|show|shown|mention|mentioned|explain|"
    r"explained) (?:you )?(?:that|how "
    r"much|how many)|see (?:yourself|yourselves|you) (?:moving|coming|switching|working|signing)",
    r"if you had known (?:that |how )?(?:we|our|it|well)",
    r"what (?:can|could|would) (?:we|i) (?:do|offer|say|change|give|"
    r"show) (?:\w+ ){0,3}to (?:win|get|earn|change|bring|keep|close|make|persuade|"
    r"convince|have)",
    r"(?:give|giving) us (?:another|a second|one more|a) (?:chance|look|try|go|shot|"
    r"opportunity)",
    r"win (?:you|your business) back",
    r"(?:earn|win) your (?:business|trust) (?:back|again)?",
    r"ready to (?:sign|buy|order|start|upgrade|switch|move forward)",
    r"(?:book|schedule|set up|arrange) (?:a|another|you a) (?:demo|call|meeting|trial)",
    r"(?:special|exclusive|limited|limited-time) (?:offer|discount|price|deal)",
    r"(?:throw|threw|thrown) in (?:a|the|free|three|two)",
    r"(?:how|what) about (?:a (?:free|discount|trial|demo|pilot)|we|if we)",
    r"why not (?:try|give|take|let|book|move|switch|come)",
    r"the only (?:vendor|supplier|provider|one|platform|company|product|firm|tool) "
    r"(?:with|that|who|which|to|in)",
    r"(?:nobody|no one) else (?:in the market |on the market )?(?:has|gives|offers|does|can)",
    r"never (?:have to |again )?\w+ (?:\w+ ){1,6}again",
    r"if i (?:told|tell) you|happy to (?:throw|offer|give|send|show|add|extend)|case study",
    r"take advantage of our|like us at your side|say to the fact that (?:our|we)|"
    r"i 'd (?:love|like) to show you|(?:none of whom|no other \w+|nobody else) (?:can|"
    r"could) (?:do )?what we|all (?:that|this) for (?:one|a|the) (?:\w+ )?price|which only we "
    r"(?:give|offer|have|make)",
    r"our (?:new |latest |current )?(?:spring|summer|autumn|winter|starter|premium|loyalty|launch|"
    r"introductory|anniversary) (?:offer|package|plan|prices?|discount|bundle|deal)",
    r"how (?:soon|quickly) (?:can|could) (?:we|you) (?:start|sign|get started|begin)",
    r"when (?:can|could|shall|should) (?:we|i) (?:start|expect|send|book|meet|call|"
    r"count|come|get|put|make)(?! you (?:what|my notes|the (?:notes|minutes|summary|record)))",
    r"with our (?:new|latest|award-winning|improved|unique) \w+",
    r"(?:has|have|did) (?:anyone|anybody|somebody|someone|no one|nobody|our \w+) (?:yet |ever )?"
    r"(?:tell|told|show|shown|mention|mentioned) (?:you )?(?:that|what (?:the|our|we)|how (?:much|"
    r"many|easy|quickly|our|we))",
    r"what if (?:we|i|our \w+)",
    r"with (?:a|an|one) \w+ (?:that|which) \w+s (?:\w+ ){1,5}for you",
    r"our (?:\w+ ){0,2}(?:years|decades) (?:of|in)",
    r"if (?:we|i) (?:offered|gave|could offer|could give|were to offer|were to give|"
    r"threw in|can offer|knocked|dropped|lowered|cut|matched|halved|reduced|waived|"
    r"could get|could show|can show|could do|added|extended)(?: \w+){0,6}",
)


def pitch(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield words that offer, promise or close."""
    for hit in look_up(question, _PITCH, "pitch"):
        if question.low[hit.first] == "would" and question.wh >= 0:
            break
        before = question.main[0]
        if hit.first < before and is_attributed(question, 0, before):
            break
        yield hit
        return
    yield from _boast_inside(question)
    for lead in question.leads:
        if lead.kind in _TELLING and _sells(question, lead.first, lead.after):
            yield Hit("pitch", lead.first, lead.after - 1)
            return
    for first, after in question.sentences:
        if (first, after) != question.main and _sells(question, first, after):
            yield Hit("pitch", first, after - 1)
            return


_TELLING = (LeadKind.STATEMENT, LeadKind.PREMISE, LeadKind.TIME)
_OUR_DEED = re.compile(r"(?:(?<![DMHBT])P|O[JNKXU]*[NK])X?V")


def _boast_inside(question: Question) -> Iterator[Hit]:
    """'..., now that our tool fills in the forms': what ours does stands inside the question."""
    low, tags = question.low, question.tags
    if question.form is Form.STATEMENT or question.modal in ("should", "could"):
        return
    for match in _OUR_DEED.finditer(tags, question.head + 1, question.end):
        first, verb = match.start(), match.end() - 1
        ours = low[first] == "we" if tags[first] == "P" else low[first] == "our"
        before = tags[first - 1]
        heard = low[first - 1] == "that" and low[first - 2] in _HEARD
        told = (
            heard
            or tags[first - 1] == "W"
            or low[first - 1]
            in (
                "when",
                "before",
                "after",
                "until",
                "if",
            )
        )
        form = FORMS.get(low[verb], ("", ""))
        if not ours or told or before in "DBHM" or form[0] in _TOLD:
            continue
        if form[1] == "s" or (
            form[1] == "base" and (tags[first] == "P" or low[verb - 1][-1] == "s")
        ):
            yield Hit("pitch", first, verb)
            return


_HEARD = words("learn hear told tell know out read say said notice")
_TOLD = words(
    "check handle run give show see deal come go write learn get take think feel say ask need "
    "want know do have talk discuss send call mean understand use"
)
_OFFERS = re.compile(
    r"^our (?!(?:records|notes|call|last|conversation|meeting|contract|first|second)\b)|"
    r"percent\b|"
    r"% off|\b(?:for free|free of charge|discount\w*|special offer|guarantee[ds]?|with us\b|"
    r"our (?:new|latest|improved)|you can now|is (?:now )?(?:live|available|included|free))"
)
_WE_NOW = re.compile(
    r"^(?:[\w,]+ ){0,3}?(?:we|our (?:\w+ ){1,3}?)(?: (?:now|also|just|already|recently|"
    r"frankly|actually))* ?"
    r"(?:have|has|do|does|can|will|'ve|'ll|are|is|'re|offer|support|provide|include|"
    r"guarantee|build|"
    r"make|sell|help|solve|work|deliver|cover|integrate|come|comes|handles|gives|lets|"
    r"cuts|saves|halves?|doubles?|removes?|beats?|runs?|takes?|needs?)\b"
)
_ABOUT_THE_TALK = re.compile(
    r"\b(?:we|i) (?:'d|would|'ll|will|are|'re|want|have|can|do|'ve)? ?(?:\w+ )?(?:like|"
    r"want|ask|talk|"
    r"trying|interested|curious|learn|understand|hear|know|turn|move|spoke|begin|start|go|come|"
    r"minutes|questions?|record|write|note|sell|time|almost|nearly|collecting|gathering|"
    r"writing)\b"
)


def _sells(question: Question, first: int, after: int) -> bool:
    """Say whether a sentence beside the question tells what we have, do or can."""
    said = question.words.said(first, after)
    if is_attributed(question, first, after):
        return False
    if _OFFERS.search(said) or _what_ours_does(question, first, after):
        return True
    return _WE_NOW.match(said) is not None and _ABOUT_THE_TALK.search(said) is None


_OURS_DOES = re.compile(r"O[JNKXU]*[NK](?:R[AO]?[JN]*[NK]+)?X?V")


def _what_ours_does(question: Question, first: int, after: int) -> bool:
    """'Our depot in the port runs round the clock; ...'"""
    match = _OURS_DOES.match(question.tags, first, after)
    if match is None or question.low[first] != "our":
        return False
    form = FORMS.get(question.low[match.end() - 1], ("", ""))
    return form[1] == "s" and form[0] not in _TOLD
