"""Idioms that imply: something stood in the way, was lost, or fell short."""

from __future__ import annotations

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import evaluation, people, words
from app.guides.linting.question import Form, Question

_THINK = phrase(*people.THINK_FRAMES)
_IN_THE_WAY = phrase(
    r"(?:got|came|gets?) in (?:the|your) way",
    r"(?:held|holds|holding|kept|keeps|put|puts|turned|"
    r"drove|scared) you (?:back|off|away|from \w+ing)",
    r"stopped you",
    r"bugs? you|bugged you|gets? on your nerves|keeps? you (?:anxious|worried|awake|nervous|busy)",
    r"did we (?:do|say|get|miss|overlook|fail)(?: \w+)? (?:to lose|wrong|to upset|"
    r"to annoy)|should we stop|did we fail",
    r"talked (?:you|them) out of",
    r"prevented you",
    r"(?:was|were|went|turned|spoke up) (?:so |most |dead |strongly )?(?:against|"
    r"opposed to) (?:us|it|the|this|our)",
    r"who (?:over there |on \w+ \w+ |in \w+ \w+ |at \w+ \w+ )?(?:opposed|blocked|resisted|"
    r"sabotaged|undermined|vetoed|obstructed|tried to (?:block|stop|sink|kill|derail))",
    r"what (?:was|is|were|'s) (?:so )?(?:wrong|broken|bad|confusing|difficult|hard|"
    r"missing|unclear|frustrating|annoying) (?:about|with|in)",
    r"(?:what|which \w+) (?:made|makes) (?:you|it|them|your \w+) (?:so |"
    r"really )?(?:regret|hesitate|doubt|unhappy|angry|leave us|stop)",
)


def in_the_way(question: Question) -> Hit | None:
    """'What held you back', 'who was against us': that something did, that somebody was."""
    if question.wh_word in ("what", "which", "who", "how") and question.form is Form.OPEN:
        return next(look_up(question, _IN_THE_WAY, "presuming", first=question.head), None)
    return None


_GRANTED = phrase(
    r"(?:lose|loses|losing|(?<!for )(?<!of )lost) (?:time|money|hours|days|patience|interest|"
    r"faith|sleep|ground)",
    r"(?:gave|given|have to give|did you give|you give) up(?: on)?",
    r"(?:second thoughts|cold feet|run out of patience|patience (?:run|ran) out)",
    r"(?:benefit|benefits|benefited|profit|profited) (?:\w+ )?from",
    r"(?:talk|talked|bring|brought|win|won) (?:\w+ ){1,4}(?:round|over)(?! to\b)",
    r"(?:has|have|had) to go wrong|goes? wrong|going wrong|get(?:s)? (?:it |this )?wrong",
    r"(?:was|were|is|are|'s) (?:\w+ )?(?:lacking|missing from|missing in|wanting|too (?:slow|"
    r"late|dear|expensive|"
    r"weak|complex|complicated))(?: (?:in|from|with|for|about))?",
    r"(?:cost|costs) us|(?:gave|gives|give) (?:them|him|her|[a-z]+) the edge|lets? (?:you|us) down",
    r"do(?:es)? better|did better|pushed? (?:for|back)|(?<!for )so (?:afraid|anxious|uneasy|wary|"
    r"long)(?= |$)",
    r"(?:miss|missed) (?:most|last)|took you so long|made up for|"
    r"make up for",
    r"(?:afraid|scared|ashamed|wary|suspicious) of|unhappy with|tired of|put you under pressure",
    r"(?:your|our|their|his|her) (?:mistakes?|errors?|faults?|failures?|weaknesses|weak (?:spot|"
    r"point)s?|"
    r"shortcomings|hesitation|reluctance|resistance|disappointment|frustration|impatience)",
    r"(?<!in )(?<!before )(?<!about )the (?:snag|catch|hitch|bottleneck|rush|"
    r"hurry|hold-up|pressure|resistance|"
    r"hesitation|reluctance|fuss|downside|drawback|sticking point|stumbling block)",
    r"(?:could|can|did) we not(?! \?)|(?<!who )turn(?:s|ed)? up late|(?:still|yet) (?:go|goes|"
    r"fail|fails|lack|"
    r"missing|annoy|bother|hurt)\w*|finally (?:accept|see|understand|give|let|admit|move)\w*|"
    r"after we (?:let|failed|missed|forgot|lost|broke|ignored)|stop(?:ped)? (?:\w+ ){1,3}from",
    r"(?:could|should) (?:we|our \w+|they) (?:\w+ )?have (?:\w+ )*(?:better|differently|more|"
    r"earlier)|"
    r"(?:could|did) (?:they|we|he|she) (?:\w+ )+that we (?:could|did) n't|"
    r"(?:could|did) (?:they|we|he|she) (?:\w+ )+that we (?:could|did) not|"
    r"(?:have|had|get|got) (?:your |first |serious |any )?doubts about|(?:deadlines?|"
    r"dates?) did we miss|"
    r"(?:one|single) thing that (?:annoys|bothers|irks|frustrates|worries)|win over|"
    r"(?:un(?:convincing|clear|helpful|satisfying|persuasive)|weak|poor)(?= \?)",
    r"(?:swing|swung|bring|brought|won|win|talk|talked|pull|pulled) you (?:round|over|in|back)|"
    r"(?:came|come|arrived|was|were|is|are|went|took|ran|got) (?:\w+ )?too (?:late|slow\w*|long|"
    r"high|"
    r"far|little|much|soon|early|often|quickly|thin|loud|small|tight|short)|"
    r"(?:find|found|finds) (?:it )?(?:hard|difficult|tricky|tough|impossible|easy) to|"
    r"(?:cost|costs) (?:them|him|her|your \w+|the \w+) (?:the|your|their|his|her)|"
    r"(?:could|should|can|might) (?:the|our|your|their) (?:\w+ ){1,2}(?:learn|improve|do better)|"
    r"make (?:the|our|it|this|that) (?:\w+ )?(?:useful|good|fun|safe|attractive|worth\w*|"
    r"popular) again|"
    r"(?:you|they|he|she|we) (?:lied|stole|cheated)|"
    r"since when (?:have|has|did|do|are|were) (?:\w+ ){1,3}(?:aware|known?)|"
    r"(?:broke|break|broken) (?:\w+ ){0,2}(?:promises?|word|rules?|law)|(?:promises?|rules?|word) "
    r"(?:did|has|have) (?:\w+ ){1,3}(?:break|broken)|"
    r"(?:say|said|held|hold|count|counted) against (?:us|them|you)|"
    r"fail(?:ed|s)? (?:you|us|them|him|her)|the (?:hole|holes|crack|cracks|loophole|error|flaw|"
    r"trap|"
    r"gaps?) in|"
    r"(?:miss|missed) (?:the )?(?:mark|chance|boat|signs?|warnings?)|warnings? (?:did|do) you miss",
    r"(?:did|does|do) (?!we|you|they)(?:\w+ ){2,5}that (?:we|you) (?:did|do|could|had|were) "
    r"(?:n't|not)|that (?:we|you|they) (?:got|"
    r"did|had) wrong|(?:let|lets) (?:the|it|this|that|your|our) (?:\w+ )?(?:slip|slide|lapse|drift|"
    r"drop)|(?:the|a) wrong (?:choice|supplier|vendor|carrier|partner|decision|firm|horse|"
    r"provider|person|people|product|tool|system)|"
    r"(?:(?<!ever )lose|lost) you(?= \?| with| over| on| in| to)|wear off|wore off|edge over|"
    r"head start|upper hand|last straw|"
    r"turning point against|deal-?breaker was",
)


_SAID = words("said say says told thought wrote claimed argued found")
"""'Who said it was too much?': it is theirs."""


def granted_by_words(question: Question) -> Hit | None:
    """'What did you sacrifice', 'who had second thoughts': that there was something."""
    if question.form is not Form.OPEN or question.wh < 0 or question.modal == "would":
        return None
    if _THINK.stands_in(question):
        return None
    for hit in look_up(question, _GRANTED, "presuming", first=question.head):
        return None if hit.first and question.low[hit.first - 2] in _SAID else hit
    if question.verb >= 0 and question.base(question.verb) in evaluation.GRANTING_VERBS:
        return Hit("presuming", question.head, question.verb)
    return None
