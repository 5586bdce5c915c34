"""Two things asked about at once: two aspects, two grades, two tellings."""

from __future__ import annotations

import re

from app.guides.linting.hits import Hit, phrase
from app.guides.linting.lexicon import words
from app.guides.linting.question import Form, Question

ASPECTS = words(
    """price prices cost costs quality service support speed delivery training onboarding
    documentation interface reliability security features functionality performance
    communication implementation integration integrations contract contracts terms demo demos
    proposal pricing product usability design maintenance installation setup migration reporting
    flexibility response responsiveness accuracy timeline timing packaging account manager
    billing invoicing warranty range availability people product team teams salesperson sales
    rollout roll-out hardware software app portal website dashboard dashboards reports workshop
    workshops pilot trial presentation negotiation negotiations brand reputation experience
    expertise knowledge scalability stability look feel guidance handover helpdesk licence
    licences license features budget risk scope references reference customisation configuration
    fees fee consultant consultants engineer engineers rep reps offer quote process tool tools
    system systems platform vendor competitors value ease convenience location stock safety
    comfort discount discounts brochure advice staff"""
)

FIXED_PAIRS = words(
    """terms_and_conditions research_and_development sales_and_marketing time_and_money
    time_and_effort back_and_forth pros_and_cons dos_and_donts ups_and_downs bits_and_pieces
    health_and_safety profit_and_loss supply_and_demand give_and_take trial_and_error
    nuts_and_bolts wear_and_tear plug_and_play cost_and_benefit costs_and_benefits
    strengths_and_weaknesses likes_and_dislikes advantages_and_disadvantages start_and_end
    start_and_finish first_and_last before_and_after cause_and_effect mix_and_match
    question_and_answer questions_and_answers tried_and_tested pick_and_choose look_and_feel
    bed_and_breakfast accident_and_emergency rules_and_regulations odds_and_ends touch_and_go
    wait_and_see merger_and_acquisition mergers_and_acquisitions drag_and_drop parts_and_labour
    parts_and_labor travel_and_expenses women_and_men men_and_women day_and_night pick_and_place
    track_and_trace bill_of_lading research_and_innovation buy_and_build repair_and_maintenance
    design_and_build black_and_white aches_and_pains goods_and_services learning_and_development
    people_and_culture gains_and_losses room_and_board risk_and_compliance audit_and_risk
    inputs_and_outputs peace_and_quiet now_and_then again_and_again more_and_more over_and_over
    through_and_through hit_and_miss law_and_order love_and_hate arts_and_crafts
    total_cost_and_ownership price_and_performance backup_and_restore backup_and_recovery"""
)

PAIRING = phrase(
    r"between",
    r"both sides",
    r"compar\w+",
    r"differ\w*",
    r"versus",
    r"vs",
    r"against each other",
    r"trade-?offs?",
    r"balanc\w+",
    r"together",
    r"combin\w+",
    r"choose between",
    r"weigh\w*",
    r"relationship",
    r"link\w*",
    r"gap",
    r"apart",
    r"distinguish\w*",
    r"overlap\w*",
    r"connect\w*",
    r"mix of",
    r"split",
    r"in total",
    r"altogether",
    r"shar\w+",
    r"rank\w*",
    r"match\w*",
    r"joint\w*",
    r"reconcil\w+",
    r"mattered more",
    r"matters more",
    r"counted for more|each other|settl\w+|agree\w*|meet|met|divid\w+|cooperat\w+|collaborat\w+|"
    r"negotiat(?:e|ed|es|ing)|get on|got on|work with|working with|strong and (?:the )?weak|"
    r"good and (?:the )?bad|"
    r"up and down|weigh",
)


_VIEWING = re.compile(
    r"^(?:how (?:satisfied|happy|pleased|content|confident|comfortable|clear|important|"
    r"good|easy|useful|helpful|did you (?:find|rate|like|feel|see|experience)|"
    r"do you (?:find|rate|like|feel|see|assess|judge|view|value|regard)|would you (?:rate|"
    r"describe|judge|score)|well|"
    r"was|were|is|are|did|do|does|has|have|would|much (?:did|do|does))|what (?:did|"
    r"do) you (?:think|make|like|dislike|feel)|what (?:was|is) your|what are your|did|"
    r"do|does|was|were|is|are|has|have|rate|please rate|comment|assess|evaluate|discuss|"
    r"explain|describe|tell|what were your|"
    r"why (?:did|was|were|is|are|do)|what (?:role|part|difference)|would|could|"
    r"when did)\b"
)


def two_aspects(question: Question) -> Hit | None:
    """'How satisfied were you with the price and the support': one answer, two things."""
    core = question.words.said(
        question.frame[0] if question.form is Form.REQUEST else question.head, question.end
    )
    if not _VIEWING.match(core) or PAIRING.stands_in(question):
        return None
    low, tags = question.low, question.tags
    for at in range(question.head + 1, question.end - 1):
        if tags[at] != "C" or low[at] not in ("and", "&", "or"):
            continue
        left, right = at - 1, at + 1
        if tags[left] == ",":
            left -= 1
        while right < question.end and tags[right] in "AOJXVG'" and low[right] not in ASPECTS:
            right += 1
        if right >= question.end:
            break
        if is_aspect(low[left]) and (
            is_aspect(low[right]) or not ASPECTS.isdisjoint(low[right + 1 : right + 2])
        ):
            if f"{low[left]} {low[at]} {low[right]}" in FIXED_PAIRS or _inside_before(question, at):
                continue
            return Hit("double_barrelled", left, right)
    return None


def is_aspect(word: str) -> bool:
    return word in ASPECTS or word.endswith(("ness", "ility", "iency", "etence", "ship", "acy"))


_TWO_NOUNS = re.compile(r"[AO][JN]*N(?:R[AO]?[JN]*[NK])?C[AO][JN]*N")


def two_tellings(question: Question) -> Hit | None:
    """'Describe your role and the reasons for your choice'."""
    if question.form is not Form.REQUEST or PAIRING.stands_in(question) or question.wh >= 0:
        return None
    match = _TWO_NOUNS.search(question.tags, question.frame[0], question.end)
    if match and question.low[question.frame[0] : question.frame[0] + 1] != ["compare"]:
        return Hit("double_barrelled", question.tags.index("C", match.start()), match.end() - 1)
    return None


_EACH_WITH_ARTICLE = re.compile(r"[AO][JNG]*[NK](?:R[AO]?[JN]*[NK])?C[AO][JNG]*[NK]")


def two_things(question: Question) -> Hit | None:
    """'Your view of the trainer and the material': a view of each, asked for at once."""
    core = question.words.said(question.head, question.end)
    if not _VIEWING.match(core) or question.form is not Form.OPEN or PAIRING.stands_in(question):
        return None
    for match in _EACH_WITH_ARTICLE.finditer(question.tags, question.head, question.end):
        joint = question.tags.index("C", match.start())
        both = question.low[match.start()] in ("both", "between")
        joins = question.low[joint] == "and" or question.tags[joint + 1] == "O"
        if joins and not both and not _inside_before(question, joint):
            return Hit("double_barrelled", joint, match.end() - 1)
    return None


_OWNED_BY_ONE = re.compile(r"(?:'|O)[JN]*[NG]C[J]*[NG]$")


def two_of_ones(question: Question) -> Hit | None:
    """'The new teacher's manner and marking'."""
    core = question.words.said(question.head, question.end)
    if question.form is not Form.OPEN or not _VIEWING.match(core) or PAIRING.stands_in(question):
        return None
    match = _OWNED_BY_ONE.search(question.tags[question.head : question.end])
    if match is None:
        return None
    joint = question.tags.index("C", question.head + match.start())
    pair = " ".join(question.low[joint - 1 : joint + 2])
    if question.low[joint] != "and" or pair in FIXED_PAIRS or _inside_before(question, joint):
        return None
    return Hit("double_barrelled", joint, question.end - 1)


def two_grades(question: Question) -> Hit | None:
    """'How quick and complete', 'how useful and easy to follow'."""
    at = question.wh
    if question.wh_word != "how" or question.tags[at + 1 : at + 2] not in ("J", "N", "V", "X"):
        return None
    if question.low[at + 2 : at + 3] != ["and"] or at + 3 >= question.end:
        return None
    if question.low[at + 1] in ("much", "many", "long", "often") or question.wh != question.head:
        return None
    following = question.tags[at + 3]
    if following in "JV" or (following in "NX" and question.tags[at + 4 : at + 5] in tuple("BVDt")):
        return Hit("double_barrelled", at + 1, at + 3)
    return None


def preposition_again(question: Question) -> Hit | None:
    """'About the price and about the people': the second one has a preposition of its own."""
    if PAIRING.stands_in(question) or question.wh_word in ("where", "who"):
        return None
    low, tags = question.low, question.tags
    for at in range(question.head + 2, question.end - 2):
        if tags[at] != "C" or low[at] == "or" or tags[at + 1] not in "Rt":
            continue
        before = low[question.head : at]
        if low[at + 2] in ("whatever", "whichever"):
            continue
        if low[at + 1] in before and low[at + 1] not in ("from", "between", "by", "than"):
            return Hit("double_barrelled", at, question.end - 1)
    return None


_GAPPED = re.compile(r",C[AO][JN]*N+(R)(?:[AO][JN]*N|[PN]).*")


def one_more_for_each(question: Question) -> Hit | None:
    """'What did the surgeons say about the table, and the porters about the lift?'"""
    match = _GAPPED.search(question.tags, question.head, question.end)
    if match is None or question.verb < 0:
        return None
    again = question.low[match.start(1)] in question.low[question.verb : match.start()]
    return Hit("double_barrelled", match.start(), question.end - 1) if again else None


_AT_ONE_TIME = words("during after before while when once since until throughout")
_THEN = words("once when while after before since during")


def two_times(question: Question) -> Hit | None:
    """'How did you feel during the talks and once they were over?'"""
    low = question.low
    for at in range(max(question.verb, question.wh) + 3, question.end - 3):
        if low[at] == "and" and low[at + 1] in _THEN and low[at - 1] not in _AT_ONE_TIME:
            earlier = low[question.verb + 1 : at]
            if (
                low[at + 1] not in earlier
                and not _AT_ONE_TIME.isdisjoint(earlier)
                and not PAIRING.stands_in(question)
            ):
                return Hit("double_barrelled", at, question.end - 1)
    return None


def _inside_before(question: Question, at: int) -> bool:
    """Say whether a place lies in a clause of time under the question."""
    before = question.low[question.head : at]
    return any(
        word in ("when", "before", "after", "while", "during", "until") for word in before[1:]
    )
