"""Questions that hold their answer, and tags that ask for a nod."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.attribution import is_attributed
from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.judging import is_judging, judging_word
from app.guides.linting.leads import IMPERATIVES, has_clause
from app.guides.linting.lexicon import words
from app.guides.linting.question import Form, Lead, LeadKind, Question

_AUX = "is|was|are|were|do|does|did|has|have|had|would|could|should|can|ca|wo|will|ai"
_WHO = "it|you|they|we|he|she|that|this|there|i"
_TAG = re.compile(
    rf"(?:[,–—-]|\.|…) (?:(?:{_AUX}) n't (?:{_WHO})(?: (?:think|say|agree|find|feel))?"
    rf"|(?:{_AUX}) (?:{_WHO})(?: not)?"
    r"|would you (?:not )?(?:say|agree)|do you (?:not )?agree"
    r"|right|correct|yes|no|yeah|yep|eh|huh|ok|okay|agreed|true|surely|fair|not true|you know"
    r"|or am i (?:wrong|mistaken)|am i (?:right|wrong|correct)|no doubt|i (?:suppose|imagine|guess|"
    r"assume|gather|believe|think|take it|presume|trust|reckon)|if (?:i|we) (?:remember|recall)"
    r"(?: \w+)?|if (?:i am|i 'm|we are) not mistaken|i dare say|of course|presumably|"
    r"was n't that so|if you are honest|if you 're honest|fair to say"
    r"|(?:is|was) that (?:right|correct|fair|so|true|not so|a fair \w+)"
    r"|would that be (?:right|fair|correct)|have i got that right) \?"
    rf"|(?:{_AUX}) n't (?:{_WHO}) \? *\Z"
)
_BARE_TAG = re.compile(r"(?<![,?.]) (?:right|correct|yeah|eh|no|yes|huh|innit) \?")
_PHRASES = phrase(
    r"(?:would|do|did) (?:you|n't you|you not) (?:not )?agree(?: that| with)?",
    r"how (?:much|strongly|far) (?:do|would) you agree",
    r"to what extent (?:do|would|did) you (?:agree|enjoy|like|appreciate)",
    r"(?:is|was|would) it (?:be )?(?:fair|safe|right|reasonable|true|accurate|"
    r"correct) (?:to (?:say|assume|think|conclude|suppose)|that)",
    r"could it be (?:that|because)",
    r"which of (?:the|our|your|their) many|i 'd have (?:thought|said|guessed)|how (?:clearly|"
    r"convincingly|strongly|nicely|neatly|cleverly) (?:did|do|does|has|have) (?:we|our|they|their)|"
    r"(?:the|all the) (?:time|money|hours|effort|work|crew|staff|people|space) (?:that )?(?:you|"
    r"we|our (?:\w+ ){1,2}?)(?:'ve |have |has )?(?:saved|freed|set free|gained|spared)",
    r"why (?:did|was|were|has|have|is|are|do|does) n't (?:you|anyone|anybody|your \w+|somebody|"
    r"someone|the \w+)|(?:what|anything) (?:is|'s|was) there not to (?:like|love)|not to (?:like|"
    r"love) about|what was there to (?:think|argue|discuss|decide) about|you ca n't tell me|"
    r"how (?:do|can|could) you (?:explain that you|justify)|(?:did|has|have) (?:the|our|"
    r"this|that) (?:\w+ ){1,3}cost us|(?:cope|coped|manage|managed|survive|survived) "
    r"(?:before|without) (?:you had )?us",
    r"(?:am|are) (?:i|we) (?:right|correct) (?:in|to|that)",
    r"would you (?:not )?(?:say|admit|accept|concede|grant)(?: that)? (?:it|that|this|"
    r"the|our|we|they|you|your|fenwick|his|her|their|their \w+)(?= (?:\w+ )*(?:was|were|"
    r"is|are|had|has|have|did|does|needs?|could|should|helped|made))",
    r"surely",
    r"to what (?:extent|degree) (?:do|would|did) you (?:support|share|accept)|"
    r"speaks? (?:for itself|"
    r"against)|buyer like you|(?:bank|firm|company|hospital|school|house) of your (?:standing|"
    r"size|rank)|"
    r"anybody would|may one (?:conclude|assume)|how obvious|(?:from )?the obvious (?:gap|step|"
    r"reason|"
    r"choice|answer|problem|flaw)|what(?:ever)? justified|justify passing|the safer pair|far short|"
    r"ahead of the (?:field|rest|others)|out in front|sensible (?:buyer|person|firm)",
    r"obviously",
    r"undoubtedly",
    r"the moment you (?:knew|realised|realized)|(?:had been|was) (?:staged|faked|rehearsed)|"
    r"understood you best|rewarding an? \w+",
    r"(?:most|nearly every\w*|almost every\w*|many|every) (?:\w+ ){1,5}(?:tells?|told|says?|cites?|"
    r"finds?|loves?|names?) (?:us|me|that|the)|dawn on you|(?:gave|gives) you the feeling that|"
    r"(?:was|were|is|are) to blame|was it (?:for you|yours?) (?:too|as well)|"
    r"(?:how much )?of an? (?:advantage|relief|help|burden|nuisance|improvement|comfort)|"
    r"(?:go|went|goes) (?:much |far )?further than|the (?:most|greatest) (?:help|support|"
    r"use) to you|"
    r"how do you (?:explain|justify) (?:choosing|paying|going|passing|picking|leaving|buying|"
    r"taking)|"
    r"had been (?:rushed|padded|fixed|rigged|botched|bungled|decided before)|"
    r"more (?:relieved|angry|upset|surprised|disappointed|pleased|happy|worried) or|"
    r"would n't that be|too good to be true",
    r"no doubt",
    r"doubtless",
    r"needless to say",
    r"of course",
    r"naturally(?= ,)",
    r"evidently",
    r"(?<!far )(?:as|like) (?:you|we|everyone|everybody|most people) (?:all |both |well |"
    r"probably |surely |will |may |no doubt )*(?:know|knows|agree|agrees|can see|"
    r"realise|realize|appreciate)",
    r"(?<!did )(?<!do )(?<!does )(?<!have )(?<!has )(?:everyone|everybody|anyone|most (?:people|"
    r"customers|buyers|clients|users|"
    r"companies|teams|of our \w+)|many (?:people|customers|buyers|clients|users|"
    r"of our \w+)|all our \w+|other (?:customers|buyers|clients|people|companies|users)|"
    r"our (?:other )?(?:customers|clients|users)|experts|analysts|the experts|studies|"
    r"research|nobody|no one|(?<!sales )(?<!support )(?<!it )people) (?:(?!did|do|"
    r"does)\w+ )?(?:say|says|tell|tells|told|know|knows|rave|raves|swear|swears|put|puts|"
    r"find|finds|found|agree|agrees|agreed|think|thinks|love|loves|show|shows|prefer|"
    r"prefers|call|calls|praise|praises|like|likes|confirm|confirms|see|sees|rate|"
    r"have told|has told|wants?|complains?)",
    r"(?:i|we) (?:'m sure|am sure|'re sure|are sure|assume|suppose|guess|imagine|bet|"
    r"suspect|take it|presume|trust|bel?ieve|understand|reckon|figure|gather|"
    r"am guessing|'m guessing|feel|think|expect|hear|heard)(?: that)? (?:you|it|the|"
    r"your|our|that|this|they|their|price|there)",
    r"(?:i|we) (?:both |all )?know (?:that )?(?:you|the|your|our|they|their|price|it (?:was|"
    r"is) n't)",
    r"(?:i|we) (?:'m guessing|am guessing|guess|bet|suspect|reckon|presume|take it|assume|"
    r"'d guess)",
    r"you (?:must|surely|clearly|obviously|probably|certainly|no doubt|"
    r"presumably) (?:have|be|had|were|felt|feel|think|thought|know|knew|find|found|use|"
    r"want|wanted|agree|like|noticed|see|saw|prefer|did|will|would|need|'ve)",
    r"presumably",
    r"(?:let 's|to) be (?:honest|frank)",
    r"(?:you )?(?:have to|must|'ll|will) (?:admit|agree)",
    r"admit it",
    r"admittedly",
    r"would n't (?:it|that|you)",
    r"(?:everyone|everybody) (?:else|knows)",
    r"it (?:is|'s) (?:well|widely|generally) (?:known|agreed|accepted)",
    r"despite (?:all )?(?:our|the (?:many|clear|obvious|good|better|lower))",
    r"rather than (?:just|simply|merely)",
    r"at least",
    r"do you share the|are you as (?:\w+(?:ed|y)|keen|happy|sure)|what (?:could|can|"
    r"would) possibly|"
    r"what more could|how could anyone|who would n't",
    r"from (?:what|all) (?:i|we) (?:hear|heard|see|understand|gather|know|read)|"
    r"to put it in my words",
    r"(?:sounds|looks|seems) (?:like|as if)(?= .)",
    r"how can you",
    r"how could you (?:not|possibly|ever)",
    r"who (?:could|can|would) (?:deny|blame|argue|not|say no|resist|refuse|complain|turn)",
    r"why (?:would|should|does|do|did) any(?:one|body)|why on earth|how could (?:some|any)(?:one|"
    r"body)",
    r"what (?:is|'s) not to|what is there not to|what more do you (?:need|want)",
    r"why not (?:simply|just|go|call|ask|take|stay|use|have|tell|choose|pick)",
    r"where else (?:do you get|can|could|would|will)|who else (?:answers|gives|offers)",
    r"you (?:can|could)(?: not|n't| n't) (?:tell|say|deny)|must (?:have|be) (?:been )?(?:a|an|"
    r"the|so|\w+(?:ed|en))",
    r"find (?:the )?(?:so|most|least) (?!of\b|time\b)\w+|(?:the|what was the) least (?:fair|clear|"
    r"useful|helpful|convincing)|open(?:ed|s)? your eyes|see through the|(?:simply|just) (?:do|"
    r"does|"
    r"did) n't (?:get|see|understand)|(?:that|which) you did n't see in us|why settle for|"
    r"how come (?:nobody|no one)",
    r"(?:that|it|this) (?:can|could)(?: not| n't) have been|what other reason",
)
_CLEARLY = re.compile(r"(?:^|, )clearly|(?:was|were|is|are|had|has|have|you|it|we|they) clearly ")

#: 'Roughly what share': the question word comes second.
_ABOUT = frozenset(("roughly", "about", "approximately", "around"))


def tag_question(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield the tag at the end of a sentence: ', right?', ', wasn't it?'."""
    for match in _TAG.finditer(question.line):
        first = question.word_at(match.start())
        if first == question.main[0] or _before_is_open(question, first):
            continue
        last = question.word_at(match.end() - 1)
        yield Hit("tag_question", first, last)
        return
    bare = _BARE_TAG.search(question.line) if question.form is Form.STATEMENT else None
    if bare:
        yield Hit(
            "tag_question", question.word_at(bare.start() + 1), question.word_at(bare.end() - 1)
        )


def _before_is_open(question: Question, first: int) -> bool:
    """Say whether an open question comes before the tag, as in 'what was it, do you think?'"""
    return (
        question.form is Form.OPEN
        and "n't" not in question.low[first : question.end]
        and question.wh < first
        and question.low[first + 1] in ("do", "did", "would", "have")
    )


def leading(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield what steers the answer."""
    yield from _negative(question)
    yield from _phrases(question)
    yield from _statement(question)
    yield from _premise(question)
    yield from _trailing_premise(question)
    yield from _offered_reason(question)
    yield from _claim_under_opinion(question)


def _negative(question: Question) -> Iterator[Hit]:
    """'Don't you think', 'Isn't there', 'Did you not find': a yes is expected."""
    if question.form is Form.POLAR and question.negated:
        yield Hit("leading", question.aux, question.subject[1] - 1, "The 'not' asks for a yes.")


_ASKED_OF = words("did do does have has other as")
"""'What did people say', 'as I understand it': nothing is put into their mouths."""


def _phrases(question: Question) -> Iterator[Hit]:
    if _BALANCED.search(question.line):
        return
    for hit in look_up(question, _PHRASES, "leading"):
        if hit.first and question.low[hit.first - 1] in _ASKED_OF:
            continue
        if question.low[hit.first] == "at" and question.form is not Form.POLAR:
            continue
        agreeing = question.low[hit.first] in ("do", "did", "would")
        if agreeing and 0 <= question.wh < hit.first and question.form is Form.OPEN:
            continue
        if question.low[hit.first] == "of" and hit.first and question.tags[hit.first - 1] == "N":
            continue
        yield hit
    if match := _CLEARLY.search(question.line):
        place = question.word_at(match.end() - 1)
        yield Hit("leading", place, place)


def _statement(question: Question) -> Iterator[Hit]:
    """A statement with a question mark asks for a nod; what they said before does not."""
    first, after = question.main
    asked = question.tags[after : after + 1] == "?" or question.low[first] in ("so", "and", "but")
    begins = question.low[question.head] if question.head < after else ""
    alone = len(question.sentences) == 1 and begins not in ("i", "we")
    if (
        question.form is not Form.STATEMENT
        or not (asked or alone)
        or begins in ("if", "when", "because")
        or begins in _ABOUT
    ):
        return
    if is_attributed(question, first, after) or _ASKS_TO_HEAR.search(question.line):
        return
    yield Hit("leading", question.head, after - 1, "This says it for them, and asks for a nod.")


_ASKS_TO_HEAR = re.compile(
    r"\b(?:hear|learn|understand|know|curious|interested|wonder\w*|tell|question)\b"
)


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
    if _BALANCED.search(said):
        return False
    if _THEIR_VIEW.match(said) or _PRAISE_OF_OTHERS.search(said):
        return True
    if low[0] in ("i", "we") and not _OURS.isdisjoint(low[:1]) and _FRAMING.search(" ".join(low)):
        return False
    return is_judging(question, first, after)


_BALANCED = re.compile(
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
_REASON = re.compile(
    r"^(?:was|is|were|did|do|does|has|have|are)\b.*\b(?:because|due to|thanks to|only|"
    r"just|merely|simply|mainly|mostly|really|even|the reason|the main reason|a (?:big|"
    r"major|key|large|deciding|significant|main|decisive) (?:factor|reason|part|problem|"
    r"issue|concern))\b"
)
_CLEFT = re.compile(r"^(?:was|is|were) it (?:\S+ ){1,8}(?:that|who|which) ")


def _offered_reason(question: Question) -> Iterator[Hit]:
    """'Was it the price that ...', 'did you leave because ...': the answer lies on the table."""
    if question.form is not Form.POLAR:
        return
    rest = question.words.said(question.head, question.end) + " "
    if (_CLEFT.match(rest) and "anything" not in rest) or _REASON.match(rest):
        yield Hit(
            "leading", question.head, question.end - 1, "It offers the answer; ask what it was."
        )


_OPINION = re.compile(
    r"^(?:do|did|would|do n't|can|could) (?:you|your \w+|they) (?:also |not |really |"
    r"still |now |personally |honestly )*(?:think|feel|believe|find|say|agree|accept|"
    r"admit|see|consider|realise|realize|understand|appreciate|recognise|recognize)\b"
)


def _claim_under_opinion(question: Question) -> Iterator[Hit]:
    """'Do you think our price was too high?': a judging claim, for a yes."""
    if question.form is not Form.POLAR:
        return
    rest = question.words.said(question.head, question.end)
    match = _OPINION.match(rest)
    if match:
        at = judging_word(question, question.verb + 1, question.end)
        if at is not None:
            yield Hit("leading", question.head, at, "It gives the judgement, and asks for a yes.")
