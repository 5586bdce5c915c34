"""A judgement that is ours, built into the question: whoever answers has to grant it first."""

from __future__ import annotations

import re

from app.guides.linting.hits import Hit, phrase
from app.guides.linting.judging import judging_word
from app.guides.linting.lexicon import conduct, evaluation, words
from app.guides.linting.question import Form, Question

_STEERING = (
    words(
        """happy pleased glad delighted impressed excited thrilled disappointed frustrated annoyed
    angry upset worried unhappy bad good better worse slow slower fast faster quick quicker
    helpful nice smooth smoother difficult hard harder easy easier expensive cheap cheaper
    dissatisfied concerned nervous anxious confused complicated complex strong stronger weak
    weaker simple simpler convinced grateful relieved proud poor poorly badly great professional
    cool fun neat reassuring awesome friendly stressful boring tired relaxed sorry irritated
    uncomfortable reluctant surprised shocked bothered safer keen sceptical enthusiastic eager
    comforting encouraging attached hostile opposed committed passionate desperate"""
    )
    | conduct.FEELINGS
)
MOVING = words(
    """impress delight excite frustrate annoy disappoint upset bother worry scare frighten alarm
    irritate anger attract persuade convince please surprise confuse concern deter discourage
    dissuade repel reassure tempt seduce infuriate enrage disgust horrify terrify exasperate dismay
    embarrass humiliate offend hurt thrill charm captivate intimidate shock baffle bore exhaust
    overwhelm relieve unnerve rattle shake puzzle"""
)
_IMPROVE = evaluation.IMPROVING_VERBS - words("solve fix cut free reduce increase ease smooth help")
_HARM = evaluation.HARMING_VERBS - words("cost block stall break lose slow stop delay fail")


def degree(question: Question) -> Hit | None:
    """'How worried were you', 'how much better is it': the scale has one end."""
    low, end = question.low, question.end
    at = question.wh
    if at < 0 or low[at] != "how" or at + 1 >= end:
        return None
    word = low[at + 1]
    place = at + 1
    if (
        word
        in (
            "much",
            "far",
            "so",
            "deeply",
            "strongly",
            "very",
            "really",
            "absolutely",
            "truly",
            "incredibly",
        )
        and at + 2 < end
    ):
        place = at + 2
        word = low[place]
    swayed = word.endswith("ing") and question.tags[place] in "GJ" and len(word) > 6
    asks_speed = word in ("fast", "quick", "slow") and place == at + 1
    of_a_thing = question.aux >= 0 and question.subject_words[:1] not in (
        ["you"],
        ["your"],
        ["our"],
    )
    if (asks_speed or word in ("strong", "weak", "simple", "clear")) and of_a_thing:
        return None
    if (
        swayed
        or word in ("ahead", "behind")
        or word in _STEERING
        or word in evaluation.LOADED_BAD
        or word in evaluation.LOADED_GOOD
    ):
        if "or" in low[place : place + 3] or low[place + 1 : place + 2] in (["a"], ["an"]):
            return None
        return Hit("leading", at, place, "It says which way the answer goes.")
    if low[at + 1] == "much" and low[at + 2 : at + 3] in (["more"], ["less"]) and at + 3 < end:
        graded = low[at + 3].endswith(("ern", "ive", "ful", "able", "ing"))
        if question.tags[at + 3] == "J" or graded:
            return Hit("leading", at, at + 3, "It says which way the answer goes.")
    if low[at + 1] in ("badly", "poorly", "smoothly", "seamlessly"):
        return Hit("leading", at, at + 1, "It says which way the answer goes.")
    return None


_SHUNNING = words("avoid ignore refuse dislike distrust neglect mistrust fear resist despise shun")


def reason_of_a_judgement(question: Question) -> Hit | None:
    """'Why was it so slow', 'what makes it better'."""
    if question.wh_word not in ("why", "how"):
        return None
    low = question.low
    if question.wh_word == "how" and low[question.wh + 1 : question.wh + 2] != ["come"]:
        return None
    comes = question.wh_word == "how"
    if not comes and (question.aux < 0 or question.tags[question.aux] not in "BD"):
        return None
    after = question.wh + 2 if comes else question.aux + 1
    at = judging_word(question, after, question.end)
    if at is None and not comes:
        at = next((p for p in range(after, question.end) if low[p] in _SHUNNING), None)
    if at is None:
        return None
    return Hit("leading", question.wh, at, "It asks for the reason of a judgement that is ours.")


_OUR_DEEDS = words(
    "reduce cut prevent avoid eliminate solve fix speed help bring pay save remove free ease smooth"
)


def effect(question: Question) -> Hit | None:
    """'How did our support help you', 'how has it improved your work'."""
    if (
        question.wh_word not in ("how", "what", "when", "why", "which", "where")
        or question.verb < 0
    ):
        return None
    if question.form is Form.STATEMENT:
        return None
    base = question.base(question.verb)
    subject = question.subject_words
    passive = (
        question.aux >= 0
        and question.tags[question.aux] == "B"
        and question.low[question.verb].endswith("ed")
    )
    if question.verb == question.wh + 1 or question.low[question.verb + 1 : question.verb + 2] == [
        "or"
    ]:
        return None
    if passive or not subject or subject == ["you"] or question.wh_word == "who":
        return None
    ours = subject[0] in ("we", "our") or subject[:2] == ["the", "new"]
    if ours and base in _OUR_DEEDS and question.wh_word in ("how", "which", "where"):
        return Hit("leading", question.head, question.verb, "It takes the effect for granted.")
    if (
        base in _IMPROVE
        or base in _HARM
        or (base == "help" and subject[0] not in ("who", "what", "which"))
    ):
        if (
            base in MOVING
            and question.wh_word in ("what", "which")
            and question.subject[0] <= question.wh
        ):
            return None
        return Hit("leading", question.head, question.verb, "It takes the effect for granted.")
    return None


_QUANTITY = re.compile(
    r"^(?:how (?:much|many)|to what extent|how quickly) (?:more |extra |less |fewer )?"
    r"(?:of )?(?:\w+ ){0,3}(?:did|has|"
    r"have|does|do|are|is|were|was) .*\b(?:save|saved|saving|waste|wasted|lose|lost|"
    r"gain|gained|benefit|benefited|improve|improved|spare|spared|prevent|prevented|avoid|"
    r"avoided|"
    r"get faster|got faster|benefit from|profit from|paid off|pay off|regret|enjoy|"
    r"appreciate|love|like|value|trust|overpay|overpaid|suffer|suffered|help|helped|"
    r"miss|missed|sway|swayed|unsettle|unsettled|surpass|outdo|comfort|calm|soothe)\b"
)


def core_of(question: Question) -> str:
    return question.words.said(question.head, question.end)


def quantity_gained(question: Question) -> Hit | None:
    match = _QUANTITY.match(core_of(question))
    if match:
        return Hit(
            "leading", question.head, question.end - 1, "It takes the gain or the loss for granted."
        )
    return None


JUDGEMENTS = (
    evaluation.MILD_BAD | evaluation.MILD_GOOD | evaluation.LOADED_BAD | evaluation.LOADED_GOOD
) - words("right clear perfect ideal safe")


def made_so(question: Question) -> Hit | None:
    """'What made our offer better', 'what makes it so good'."""
    if question.wh_word not in ("what", "which", "who") or question.verb < 0:
        return None
    if question.base(question.verb) != "make" or question.low[
        question.verb + 1 : question.verb + 2
    ] == ["of"]:
        return None
    low = question.low
    if low[question.verb + 2 : question.verb + 3] in (["say"], ["call"], ["think"], ["describe"]):
        return None
    for at in range(question.verb + 1, min(question.end, question.verb + 9)):
        word = low[at]
        so = any(low[place] == "so" for place in range(at, min(question.end, at + 4)))
        if question.tags[at] == "A" and not so and (word in ("a", "an") or at == question.verb + 1):
            break
        if word in ("cheaper", "bigger", "other", "smaller") or question.tags[at] == "W":
            break
        if word in JUDGEMENTS and low[at + 1 : at + 2] not in (["and"], ["or"]):
            return Hit("leading", question.head, at, "It takes the judgement for granted.")
        if word in (
            "stand",
            "special",
            "unique",
            "regret",
            "stop",
            "hesitate",
            "doubt",
            "lose",
            "unhappy",
        ):
            return Hit("presuming", question.head, at)
    return None


_OURS_SO = words(
    """clean solid sound neat tidy modern fresh lower faster better superior stronger easier
    simpler cheaper slow slower weak weaker bad worse good limited higher clear clearer strong
    quick fast speedy open generous prompt quicker smooth smoother friendly helpful professional
    flexible complicated confusing
    expensive pricey high quality deeper richer wider broader unbeaten safer tighter shorter
    longer nicer greater closer finer effective efficient thorough careful honest fair deep wide
    unusual special premium advanced convincing"""
)


_OF_THE_THING = words(
    """poor weak smooth slow bad sour messy clumsy thorough friendly helpful professional careful
    rude unhelpful sloppy generous confusing lengthy frosty clever shaky flimsy damning inflated
    hostile rigid useless unnecessary unreliable inadequate aggressive steep hefty ugly pointless
    silly foolish noisy dirty cramped dull boring tedious awkward unfair unjust careless weird
    strange odd shabby lousy stingy hasty rash half-hearted cold icy harsh lovely charming
    splendid brave kind warm wise beautiful delicious tasty"""
)


_GOES_WITH_BAD = words(
    "news debt debts luck weather cop guys relief box law store storage room chain"
)


def the_poor(question: Question) -> Hit | None:
    """'The poor turnout', 'such a smooth start': the judgement comes with the thing."""
    low, tags = question.low, question.tags
    for at in range(question.head + 1, question.end - 2):
        if low[at] not in ("the", "that", "this", "such", "these", "those"):
            continue
        if low[at - 1] == "and":
            return None
        place = at + 2 if low[at + 1] in ("a", "rather", "very", "so", "much") else at + 1
        if not _GOES_WITH_BAD.isdisjoint(low[place + 1 : place + 2]):
            continue
        if low[place] in _OF_THE_THING and tags[place + 1 : place + 2] in ("N", "K", "G"):
            return Hit("leading", at, place + 1, "They have to grant the judgement to answer.")
    return None


def our_better(question: Question) -> Hit | None:
    """'Our lower price', 'their slow support': whoever answers has to grant it first."""
    low = question.low
    for at in range(question.main[0], question.end - 2):
        if question.tags[at] in "O'" and low[at] != "your":
            graded = question.tags[at + 1] == "X" or low[at + 1] in ("much", "far")
            place = at + 2 if graded else at + 1
            if low[place] in _OURS_SO and question.tags[place + 1 : place + 2] in ("N", "K", "G"):
                return Hit("leading", at, place + 1, "They have to grant the judgement to answer.")
    return None


BY_AN_ACCOUNT = phrase(
    r"(?:by|in|according to) (?:the|your|his|her|their) (?:\w+ )?(?:'s )?own (?:\w+)",
    r"by your count|according to|in (?:minutes|hours|days|weeks|months|metres|meters|miles|kilos|"
    r"euros|"
    r"pounds|dollars|points|seconds|percent|kilometres|inches|feet)",
)
JUDGES = phrase(
    r"(?:did|do|have|had) (?:we|our \w+|they|their \w+) (?:\w+ )?(?:miss|fail|overlook|get wrong|"
    r"fall short|lose|let)\w*|(?:deadlines?|dates?) did we miss",
    r"(?:could|can|did) (?:we|they) not|that we (?:could|did) (?:n't|not)",
    r"after we (?:let|failed|missed|forgot|lost|broke|ignored)|(?:cost|costs) us",
    r"(?:gave|gives|give) (?:\w+ )?the edge|edge over|head start|upper hand|did better|do(?:es)? "
    r"better|last straw",
    r"put you under pressure|made up for|make up for|took you so long|(?:went|gone|going|go|"
    r"goes) (?:\w+ )?wrong|lets? (?:\w+ )?down|fall short|fell short|finally (?:accept|see|"
    r"understand|admit)\w*",
    r"(?:our|their|his|her|your|whose) (?:\w+ )?(?:mistakes?|errors?|faults?|failures?|weaknesses|"
    r"weak (?:spot|point)s?|shortcomings|strengths|advantages|delays|gaps|flaws|reluctance|"
    r"resistance|hesitation|impatience)",
    r"(?:lose|loses|losing|lost) (?:time|money|hours|days|patience|interest|faith|trust|"
    r"confidence|sleep|ground)",
    r"(?:benefit|benefits|benefited|profit|profited) (?:\w+ )?from",
    r"(?:was|were|is|are|'s) (?:so |most |really |)(?:too (?:slow|late|dear|expensive|weak|complex|"
    r"complicated)|wrong with|broken|lacking|confusing|frustrating|annoying)",
    r"(?:one|single) thing that (?:annoys|bothers|irks|frustrates|worries)|(?<!who )turn(?:s|"
    r"ed)? up late|(?:un(?:convincing|clear|helpful|satisfying|persuasive)|weak|poor)(?= \?)",
    r"a cut above|(?:head|heads|far|miles) above|above the (?:rest|others)|leagues? (?:ahead|of "
    r"its "
    r"own)|(?:put|puts|turned|scared|drove) (?:you|them|him|her) (?:off|away)|talked (?:you|"
    r"them) (?:out of|into)|getting rid of|get rid of|got rid of",
)
"""Blame or praise of somebody's doing, ours or theirs or the buyer's own."""


def blames_or_praises(question: Question, hit: Hit) -> Hit:
    """The hit as a leading one, where what it found was only presumed."""
    if hit.rule != "presuming":
        return hit
    why = "It takes for granted that something was good or bad, which is theirs to say."
    return Hit("leading", hit.first, hit.last, why)
