"""Questions that hold their answer, and tags that ask for a nod."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.attribution import is_attributed
from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import words
from app.guides.linting.nods import nods
from app.guides.linting.premises import BALANCED, premises
from app.guides.linting.question import Form, Question

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
    r"what more could|how could anyone|(?<!and )(?<!or )who would n't",
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
    r"how (?:can|could) (?:a|an|any|such|so)|what right (?:has|have|does|do|did|had)|"
    r"who in (?:his|their|her|your) right mind|what better|what (?:is|was|'s) the (?:point|sense|"
    r"use) of|"
    r"what (?:sort|kind) of (?:\w+ )?(?:person|fool|man|woman|parent|firm|boss|idiot) (?:would|"
    r"does|"
    r"could)|who needs|how (?:is|was) it (?:right|fair|possible) that|whose fault|(?:his|her|"
    r"their|our|"
    r"your|'s) (?:own )?fault|(?:sets?|makes?|made|make) (?:us|our \w+) (?:so )?(?:apart|special|"
    r"stand|"
    r"unique|different)|did you do wrong|what lies (?:did|have|do|were)|hush(?:ed)? (?:it|this|"
    r"things|"
    r"the \w+) up|(?:eat|ate|eats) up|(?:give|gave|giving|cave|caved) in(?= \?| to)|"
    r"(?:begin|began|start|started) to (?:fail|falter|slip|crack|crumble|slide|sour|drift|decline|"
    r"struggle|rot|suffer|fade|unravel|go wrong)|take (?:you|them|him|her|it) to (?:forgive|get "
    r"over|"
    r"recover|accept|admit|forget|calm)|hurt (?:you )?(?:most|more|the most)|or (?:just|merely|"
    r"simply|"
    r"only|plain|mere|sheer|yet) (?!for|when|one|two|in|at|about)|"
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
    yield from premises(question, kind)
    yield from nods(question)


def _negative(question: Question) -> Iterator[Hit]:
    """'Don't you think', 'Isn't there', 'Did you not find': a yes is expected."""
    if question.form is Form.POLAR and question.negated:
        yield Hit("leading", question.aux, question.subject[1] - 1, "The 'not' asks for a yes.")


_ASKED_OF = words("did do does have has other as")
"""'What did people say', 'as I understand it': nothing is put into their mouths."""


def _phrases(question: Question) -> Iterator[Hit]:
    if BALANCED.search(question.line):
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
    if "clearly" in question.low and (match := _CLEARLY.search(question.line)):
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
