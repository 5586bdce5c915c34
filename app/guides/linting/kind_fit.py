"""A view asked for, where the question is marked as a fact."""

from __future__ import annotations

from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import evaluation, words
from app.guides.linting.question import Form, Question

_VIEWING = words(
    """think feel believe expect prefer like love hate enjoy wish trust value dislike consider
    reckon suppose regret appreciate hope mind rate recommend guess perceive judge rank suspect
    worry want doubt imagine anticipate admire dread resent favour favor"""
)
_VIEWS = phrase(
    r"(?:your|the) (?:\w+ )?(?:opinion|view|views|impression|impressions|feeling|feelings|"
    r"preference|expectations?|satisfaction|sense|thoughts|favou?rite|verdict|assessment|"
    r"hopes?|ideal)",
    r"in your (?:eyes|view|opinion|mind|experience|judg(?:e)?ment)",
    r"(?:weak|strong) points?|the quality of",
    r"to your mind|as you see it|(?:what|who|how|when|where|why|which \w+|(?<!that )(?<!who "
    r")(?:you|we|"
    r"they|it)) (?:should|ought to)|how do you see|would you say|"
    r"struck you|(?:stood|stands?|stuck) out (?:for|to) you|how much (?:trust|of a risk|faith)|"
    r"feels? (?:slow|fast|right|wrong|good|heavy|clumsy|natural)",
    r"(?:most|more|least|less) (?:important|\w+(?:ing|ive|ful|able|ible|ant|ent|ous|al))(?= \w)",
    r"matters? (?:most|more|to you)|counts? most|mattered (?:most|more|to you)|convinced you",
    r"what impression|how would you (?:describe|sum up|characteri[sz]e|put)|the atmosphere|"
    r"the mood|"
    r"how (?:big|great|large|small|strong|important) an? \w+|how close (?:did|was|were|is|are)|"
    r"most weight|more weight|came across|come across as|"
    r"your (?:reading|take|understanding) (?:of|on)|"
    r"(?:suit|suited|suits) you|your gut|what did you make of|too (?:strict|lax|long|short|slow|"
    r"fast|"
    r"vague|complex|complicated|small|big|little|loose|tight|dear)|strong (?:side|suit)s?|"
    r"(?:main|real|chief|root) (?:cause|reason|risk|difficulty)|the right (?:number|size|kind|"
    r"amount)|"
    r"(?:counted|weighed|mattered) (?:more|less|most)|a good \w+ (?:need|have|look)|find (?:hard|"
    r"easy|"
    r"difficult|too|well)",
    r"(?:the )?(?:best|worst|ideal|right|perfect) "
    r"(?:way|thing|part|time|approach|solution|supplier|product|choice|offer|team|value|fit)",
    r"how did you find (?:our|their|its|it|working)",
    r"(?:seem|seems|seemed|looked|sounded|felt) (?:to you|\w+)",
)
_MEASURES = words(
    """long often far much many soon early late big large small old high recently wide tall deep
    frequently close quickly fast regularly"""
)
_GRADES = (
    evaluation.MILD_BAD
    | evaluation.MILD_GOOD
    | evaluation.LOADED_BAD
    | evaluation.LOADED_GOOD
    | words(
        """important relevant critical essential realistic adequate sufficient appropriate suitable
        credible convincing plausible acceptable reasonable serious significant likely necessary
        familiar"""
    )
) - words("late early lost stuck delayed right clear missing thin cheap cheaper high higher dearer")
_TO_MIND = phrase(
    r"in your (?:eyes|view|opinion|mind|judg(?:e)?ment)",
    r"to your mind",
    r"(?:do|did|would) you (?:think|suppose|reckon|believe|guess)",
)
_WRITTEN = phrase(
    r"(?:say|said|write|wrote|written|note|noted|recorded|list|listed|stated?|put down|read|tell|"
    r"told|"
    r"marked) (?:down )?(?:\w+ ){0,4}(?:about|as|was|were|in|on|that|to|of|how)",
    r"in (?:your|the) (?:\w+ )?(?:sheet|scoring|matrix|minutes|form|file|report|table|papers?)",
    r"in points|by points|think through",
)
_EVENT = words("when whom whose where")


def opinion_in_fact(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield words of opinion where a fact is asked for."""
    if kind != "fact" or _WRITTEN.stands_in(question) or question.hedged:
        return
    if question.wh_word in _EVENT and question.wh_word != "where":
        yield from look_up(question, _TO_MIND, "opinion_in_fact", first=question.main[0])
        return
    hit = _ruling(question) or _viewing(question) or _grading(question)
    if hit:
        yield hit
    elif question.wh_word != "who":
        yield from look_up(question, _VIEWS, "opinion_in_fact", first=question.main[0])
    else:
        yield from look_up(question, _TO_MIND, "opinion_in_fact", first=question.main[0])


def _ruling(question: Question) -> Hit | None:
    """'What should the tender have contained'."""
    if question.modal in ("should", "ought"):
        return Hit("opinion_in_fact", question.aux, question.aux)
    return None


def _viewing(question: Question) -> Hit | None:
    """'What do you think', 'what do you expect'."""
    base = question.base(question.verb)
    if base not in _VIEWING or question.wh_word == "who":
        return None
    counted = question.words.said(question.wh, question.wh + 2) in ("how many", "how often")
    of_a_date = question.tags[question.wh + 1 : question.wh + 2] == "N" and "did" in question.low
    asked = question.subject_words[:1] in (["you"], ["your"]) or question.form is Form.POLAR
    if base == "hope" and question.low[question.aux] in ("was", "were"):
        return None
    set_down = (base in ("rank", "rate", "judge") and question.low[question.aux] == "did") or (
        base in ("want", "consider") and question.low[question.aux] in ("did", "had")
    )
    if counted or of_a_date or set_down or not asked:
        return None
    if base in ("mind", "want") and question.form is Form.REQUEST:
        return None
    return Hit("opinion_in_fact", question.verb, question.verb)


def _grading(question: Question) -> Hit | None:
    """'How realistic were the dates', 'which steps were difficult', 'was it fair'."""
    low, tags, at = question.low, question.tags, question.wh
    if low[at + 1 : at + 2] in (["share"], ["number"], ["part"], ["percentage"], ["many"]):
        return None
    if question.wh_word == "how" and at + 1 < question.end:
        scale = low[at + 1]
        following = tags[at + 2 : at + 3]
        graded = (
            tags[at + 1] == "J"
            or (tags[at + 1] == "N" and following in "DBH")
            or (tags[at + 1] == "X" and scale.endswith(("ly", "well")))
        )
        if graded and scale not in _MEASURES:
            return Hit("opinion_in_fact", at, at + 1)
    if question.wh_word in ("which", "who", "what", "where") and question.form is Form.OPEN:
        for place in range(at + 1, question.end):
            if low[place + 1 : place + 2] == ["and"] or low[place - 1] == "and":
                continue
            if (
                low[place] in ("best", "worst")
                or _is_most(question, place)
                or _is_superlative(low[place])
                or low[place] in _MORE
            ):
                return Hit("opinion_in_fact", at, place)
    if question.aux >= 0 and tags[question.aux] == "B" and question.form is not Form.REQUEST:
        first = question.aux + 1 if question.wh_word else question.subject[1]
        while first < question.end and tags[first] in "XT":
            first += 1
        for place in range(first, min(first + 1, question.end)):
            if low[place] in _GRADES and tags[place] == "J":
                return Hit("opinion_in_fact", place, place)
    return None


def _is_most(question: Question, place: int) -> bool:
    """'Most professionally', 'most competent'."""
    following = question.low[place + 1 : place + 2]
    return (
        question.low[place] in ("most", "least")
        and bool(following)
        and (following[0].endswith(("ly", "ent", "ant", "ive", "ful", "able", "ing", "ous")))
    )


_NO_JUDGEMENT = words(
    """interest request latest earliest test invest guest suggest nearest largest oldest newest
    biggest longest highest lowest cheapest smallest shortest furthest closest rest west modest
    harvest contest protest digest forest manifest honest arrest fastest slowest quest conquest
    priciest dearest youngest tallest"""
)


_MORE = words(
    """better worse easier harder clearer nicer fairer safer stronger weaker friendlier smoother
    riskier"""
)


def _is_superlative(word: str) -> bool:
    return word.endswith("est") and len(word) > 5 and word not in _NO_JUDGEMENT
