"""Asking what others think, want or plan, which the buyer cannot know."""

from __future__ import annotations

from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import people, words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Question

_THINK = phrase(*people.THINK_FRAMES)


def knowledge(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield a question about the inside of somebody else's head or house."""
    if (
        question.wh < 0
        or question.hedged
        or question.modal == "should"
        or _THINK.stands_in(question)
    ):
        return
    hit = (
        _their_plans(question)
        or _their_reason(question)
        or _their_mind(question)
        or _moved_others(question)
        or _moved_one(question)
        or _inside_heads(question)
        or _their_grounds(question)
        or _their_move(question)
        or _who_there(question, kind)
    )
    if hit:
        yield hit


def _others(question: Question, first: int, after: int) -> bool:
    """Say whether words name somebody other than the buyer and us."""
    low, tags = question.low, question.tags
    for at in range(first, after):
        word = low[at]
        if tags[at] == "R" and at > first:
            return False
        if word in ("they", "their", "he", "she", "his", "her", "everyone", "everybody"):
            return True
        if tags[at] == "P":
            continue
        if tags[at] == "K" or word in people.ROLES or word in people.OTHERS:
            return True
    return False


def _their_plans(question: Question) -> Hit | None:
    """'What is Fenwick's strategy', 'what are their plans'."""
    if question.wh_word not in ("what", "which", "how") or question.aux < 0:
        return None
    if question.tags[question.aux] != "B":
        return None
    low, tags = question.low, question.tags
    first, after = question.aux + 1, min(question.end, question.aux + 9)
    for at in range(first, after):
        if low[at] in people.PRIVATE_NOUNS and tags[at] in "NVGJ":
            owner_before = (
                "'" in tags[first:at] or low[first] in ("their", "his", "her")
            ) and _others(question, first, at)
            owner_after = low[at + 1 : at + 2] in (["of"], ["behind"], ["at"], ["for"]) and _others(
                question, at + 1, question.end
            )
            if owner_before or owner_after:
                return Hit("knowledge", question.wh, at)
    return None


def _is_person(question: Question) -> bool:
    first, after = question.subject
    if first < 0 or first <= question.wh or question.subject_words[:1] in (["you"], ["we"], ["i"]):
        return False
    words_ = question.subject_words
    if words_ and words_[-1] in people.OWN_HOUSE:
        return False
    return _others(question, first, after)


def _their_reason(question: Question) -> Hit | None:
    """'Why did your CFO veto it'."""
    if question.wh_word != "why" or not _is_person(question):
        return None
    return Hit("knowledge", question.wh, question.subject[1] - 1)


def _their_mind(question: Question) -> Hit | None:
    """'What did the board want', 'how does Fenwick set its prices'."""
    if question.wh_word == "why":
        return None
    if _feels(question):
        return Hit("knowledge", question.wh, question.verb)
    if not _is_person(question):
        return None
    base = question.base(question.verb)
    aux = question.low[question.aux] if question.aux >= 0 else ""
    object_ = question.low[question.verb + 1 : question.verb + 2]
    sees_us = base == "see" and object_ in (["you"], ["us"], ["it"], ["this"], ["our"])
    if base in people.MENTAL_VERBS - {"decide", "see", "look"} or sees_us:
        return Hit("knowledge", question.wh, question.verb)
    if aux == "did" and _outside(question) and base in _INNER and "you" not in question.low:
        return Hit("knowledge", question.wh, question.verb)
    then = "those" in question.low or "before" in question.low
    imagined = aux in ("would", "will") and not then and question.subject_words[-1] not in _TOGETHER
    if imagined and "we" not in question.low:
        return Hit("knowledge", question.wh, question.verb)
    present = aux in ("does", "do", "is", "are", "will", "'s")
    if present and _outside(question) and "you" not in question.low:
        return Hit("knowledge", question.wh, max(question.verb, question.aux))
    return None


_REGARDING = words("see view regard judge rate find perceive assess")
_FEELING = words(
    """intend think want hope like dislike love hate fear prefer believe expect worry wish regret
    trust
    dread respect reckon suspect fancy favour favor"""
)


def _feels(question: Question) -> bool:
    """Say whether whoever it is wants or fears: only people do, and only they know."""
    first, after = question.subject
    if question.wh < 0 or first <= question.wh or question.tags[after - 1] not in "NK":
        return False
    if question.low[first] in ("you", "your", "we", "our") and question.low[after - 1] in (
        people.OWN_HOUSE
    ):
        return False
    base = question.base(question.verb)
    makes_of = (
        base == "make"
        and question.low[after - 1] != "people"
        and question.low[question.verb + 1 : question.verb + 2] == ["of"]
    )
    about = question.low[question.verb + 1 : question.verb + 2] in (["about"], ["when"], ["that"])
    sought = question.low[question.verb + 1 : question.verb + 2] == ["for"]
    seeking = base in ("look", "go") and sought and question.low[question.aux] != "did"
    if question.low[first] == "your" and question.low[after - 1] == "team":
        return False
    regards = (
        question.wh_word == "how"
        and base in _REGARDING
        and _others(question, first, after)
        and question.low[question.aux] in ("do", "does")
    )
    return regards or base in _FEELING or seeking or makes_of or (base == "feel" and about)


_INNER = words(
    "calculate price develop build set fund staff train organise organize win earn spend plan"
)


_TOGETHER = words("team teams people staff you firm company department users colleagues")
_MOVES = words(
    """make drive lead prompt push move cause bring persuade convince motivate get induce"""
)


def _moved_others(question: Question) -> Hit | None:
    """'What made your director say no', 'what drove the landlord to sell'."""
    verb = question.verb
    if question.wh_word not in ("what", "which") or verb < 0 or question.base(verb) not in _MOVES:
        return None
    if question.subject[0] > question.wh or question.tags[verb + 1 : verb + 2] not in (
        "A",
        "O",
        "K",
    ):
        return None
    after = verb + 1
    while after < question.end and question.tags[after] in "AOJNK'":
        after += 1
    moved = after < question.end and question.tags[after] in "VtJ"
    if moved and question.low[verb + 1] != "our" and _others(question, verb + 1, after):
        return Hit("knowledge", question.wh, after)
    return None


_SWAYING = words(
    """convince persuade sway worry please annoy impress surprise matter count tip appeal bother
    attract motivate decide frighten upset reassure win swing put"""
)


def _moved_one(question: Question) -> Hit | None:
    """'What tipped the scale for your chairman', 'what convinced the board'."""
    verb = question.verb
    if question.wh_word not in ("what", "which") or verb < 0 or question.subject[0] > question.wh:
        return None
    if question.base(verb) not in _SWAYING or "you" in question.low:
        return None
    first = question.end - 1
    while first > verb + 1 and question.tags[first - 1] in "JNGK":
        first -= 1
    whose = question.tags[first - 1] in "AO" and question.tags[first - 2] in "VRt"
    if whose and _others(question, first, question.end):
        return Hit("knowledge", question.wh, question.end - 1)
    return None


_DECIDING = words(
    """cancel reject refuse choose decide close sell buy drop raise change join veto vote leave
    avoid pick prefer delay postpone merge hire fire appoint ban allow approve promise lie"""
)
_PLANNING = words("plan hope hide think aim prepare mean wait fear expect wonder intend")


def _their_move(question: Question) -> Hit | None:
    """'Why did the airline cancel the route', 'what is the bank planning'."""
    first, after = question.subject
    if first <= question.wh or question.tags[after - 1] not in "NK" or question.verb < after:
        return None
    if question.low[first] in ("you", "your", "we", "our", "it", "this", "that"):
        return None
    base = question.base(question.verb)
    moved = question.wh_word == "why" and base in _DECIDING
    present = (
        question.low[question.aux] in ("is", "are", "'s") and question.tags[question.verb] == "G"
    )
    if moved or (present and base in _PLANNING):
        return Hit("knowledge", question.wh, question.verb)
    return None


_GROUNDS = phrase(
    r"(?:on what|on which|for what|for which) (?:grounds?|reasons?)|with what (?:aim|intention|"
    r"motive|idea)"
)


def _their_grounds(question: Question) -> Hit | None:
    """'On what grounds did the brewery turn it down'."""
    place = _GROUNDS.place(question, 0)
    if (
        place
        and place[1] < question.end - 2
        and question.subject_words[:1]
        not in (
            ["you"],
            ["we"],
            ["i"],
            ["it"],
            ["this"],
        )
    ):
        return Hit("knowledge", *place)
    return None


def _outside(question: Question) -> bool:
    """Say whether the subject is another company, or 'they'."""
    return any(
        question.tags[at] == "K" or question.low[at] in people.OTHERS
        for at in range(*question.subject)
    )


_INSIDE = phrase(
    r"(?:has|have|had|got) (?:\w+ ){0,3}in (?:mind|store)|"
    r"(?:was|were|is|are) (?:\w+ ){1,4}(?:really|actually) (?:after|thinking|up to|looking for)|"
    r"(?:goes|went|going|go|gone) (?:on )?through (?!your head|"
    r"your mind)(?:\w+ )*(?:'s )?(?:head|heads|mind|minds)|"
    r"(?:was|were|is|are) (?:\w+ ){1,5}(?:afraid of|hoping for|worried about|proud of|angry about|"
    r"up to|after|unhappy (?:about|with)|happy (?:about|with))(?= \?|$| in| with| when)|"
    r"pulls? the strings|(?:predecessor|boss|director|board|management|"
    r"they) (?:\w+ )?have in mind|up to with|behind your back|hold against|"
    r"awake at night|secretly|privately|deep down|in secret",
    r"(?:in|inside|through) (?:the |your \w+ ?'s |his |her |their )?(?:head|heads|mind|"
    r"minds|hearts?|thoughts)(?: of)?",
    r"(?:reasons?|motives?|thinking|agenda|rationale|logic|intention|motivation) (?:that |"
    r"why |for which )?"
    r"(?:the|your|their|his|her) \w+(?: \w+)? (?:\w+ed|chose|went|said|took|made|did|had|"
    r"was|were|got|gave)",
    r"(?:reasons?|motives?|thinking|agenda|rationale|logic|intention|motivation) (?:of|behind) "
    r"(?:the|your|their|his|her) (?:\w+ )?(?:decision of |choice of )?\w+",
)


def _names_others(question: Question, first: int) -> bool:
    return any(_others(question, at, at + 1) for at in range(first, question.end))


def _inside_heads(question: Question) -> Hit | None:
    """'What goes on in the head of your director', 'the reason your board turned it down'."""
    hit = next(look_up(question, _INSIDE, "knowledge"), None)
    if hit and (_names_others(question, question.wh) or "their" in question.low):
        return hit
    return None


_VIEWS = ("think", "feel")
_OTHER_HOUSES = people.OTHERS | words("winning losing rival other competing")


def _who_there(question: Question, kind: str | None) -> Hit | None:
    """'Who at Fenwick decides on discounts': how another house works inside."""
    at = question.wh
    tags, verb = question.tags, question.verb
    if question.wh_word != "who" or tags[at + 1 : at + 2] != "R" or verb < 0:
        return None
    now = FORMS.get(question.low[verb], ("", ""))[1] == "s"
    if "K" in tags[at + 2 : verb] and now:
        return Hit("knowledge", at, verb)
    theirs = kind in _VIEWS and not _OTHER_HOUSES.isdisjoint(question.low[at + 2 : verb])
    return Hit("knowledge", at, verb) if theirs else None
