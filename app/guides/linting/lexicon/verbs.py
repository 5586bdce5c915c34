"""Verbs and their forms: enough of them to tell a verb from a noun in a buyer's interview."""

from __future__ import annotations

from app.guides.linting.lexicon import evaluation, words

_REGULAR = words(
    """abandon accept access accuse achieve acquire act adapt add address adjust admit adopt advise
    advocate affect agree aim align allow alter amaze amount analyse analyze announce annoy
    answer anticipate appeal appear apply appoint appreciate approach approve argue arrange
    arrive ask assess assign assist assume attend attract audit authorise authorize automate
    avoid award back badger balance base beg behave believe belong benefit bet better block
    boost borrow bother breach brief budget bump burden burn calculate call calm cancel care
    carry cause challenge change charge chase chat cheat check cite claim clarify clash clean
    clear click climb close collect combine comment commit communicate compare compete complain
    complete complicate concede concern conclude confirm conflict confuse connect consider
    consist consult consume contact contain continue contract contribute control convert
    convince cooperate cope copy correct count cover crash create criticise criticize cross
    damage date deal decide decline deem defend define delay delegate delete deliver demand
    demonstrate deny depend deploy describe deserve design desire destroy detect determine
    develop differ disagree disappear disappoint discard discount discover discuss dislike
    dismiss display distinguish ditch divide document dominate double doubt download draft drag
    drop dump earn ease edge educate eliminate email embrace emerge employ empower enable
    encounter encourage end endorse endure engage enhance enjoy ensure enter entail escalate
    escape establish estimate evaluate exceed excite exclude execute exist expand expect
    experience explain explore export express extend face fail favour favor fear feature figure
    file fill filter finalise finalize finance finish fire fit fix flag focus follow force form
    free frighten frustrate fulfil fulfill fund gain gather generate govern grade grant grasp
    greet guarantee guess guide handle happen harm hate head help hesitate highlight hinder hint
    hire hope host identify ignore imagine impact implement imply import impress improve include
    increase indicate influence inform inherit initiate insist inspect inspire install integrate
    intend interest interview introduce invest investigate invite invoice involve irritate
    isolate issue itch join judge jump justify kick kill knock label lack land last launch learn
    let license lift like limit link list listen live load lobby locate log look lower maintain
    manage march mark market match matter mean measure meddle mention merge message migrate mind
    miss mistrust modify monitor motivate move multiply name need negotiate note notice notify
    object observe obtain occur offer onboard open operate oppose order organise organize
    outgrow outperform outsource outweigh overcome overhaul overlook overpay oversee owe own
    pack park part participate pass pause penalise perceive perform permit persuade phone pick
    pilot pitch place plague plan play please point pose position post postpone prefer prepare
    present press pressure prevent price print prioritise prioritize proceed process procure
    produce profit promise promote prompt propose protect prove provide publish pull purchase
    push qualify question queue quote raise rank rate reach react realise realize rebuild recall
    receive reckon recognise recognize recommend reconsider record recover recruit redo reduce
    refer refine reflect refuse regard register regret reject relate release relieve rely remain
    remember remind remove renegotiate renew repair repeat replace reply report represent
    request require rescue resent resist resolve respect respond restore restrict result resume
    retain retire return reveal review revise reward rip risk roll rule rush sabotage sack
    sample satisfy save scale scare schedule score scrap scrutinise search secure select
    separate serve settle share shift ship shop shortlist show sign signal simplify skip slip
    slow smooth solve sort source specify speed split spoil sponsor spot stall standardise start
    state stay steer stem step stop store streamline stress stretch structure struggle stuff
    submit subscribe succeed suffer suggest suit sum supply support suppose surface surprise
    survey survive suspect switch talk target taste tempt tend tender test thank threaten tie
    tip tire tolerate total touch trace track trade train transfer transform transition trap
    treat trial trick trigger triple trouble trust try tune turn tweak type undercut
    underestimate unlock update upgrade urge use value vary veto view visit gouge fleece milk
    squeeze nag pester fool dupe lure stifle slog shine thrive ghost snub foresee envisage
    envision predict volunteer vote vouch love adore wait walk want warm warn waste watch weigh
    welcome wish wonder work worry wreck zoom quantify reassure overrun underperform overpromise
    lag stagger reorganise slash outline recap tackle bundle champion enforce oblige compel
    reassess retrain trim outbid dissuade deter drain eat hurt juggle wrestle grapple lose suck
    cripple botch mess poach embarrass exhaust overwhelm unnerve rattle baffle bore shock comfort
    thrill soothe confess hog attribute spare swing"""
)
_IRREGULAR = """
be was been|become became become|begin began begun|bend bent bent|bet bet bet|
bid bid bid|bind bound bound|bite bit bitten|blow blew blown|break broke broken|
bring brought brought|build built built|buy bought bought|cast cast cast|
catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|
deal dealt dealt|dig dug dug|do did done|draw drew drawn|drive drove driven|
eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|
find found found|fly flew flown|forbid forbade forbidden|forget forgot forgotten|
forgive forgave forgiven|get got got|give gave given|go went gone|grow grew grown|
hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|
hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|leave left left|
lend lent lent|let let let|lie lay lain|lose lost lost|make made made|mean meant meant|
meet met met|pay paid paid|put put put|quit quit quit|read read read|ride rode ridden|
ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|
sell sold sold|send sent sent|set set set|shake shook shaken|show showed shown|
shrink shrank shrunk|shut shut shut|sit sat sat|sleep slept slept|slide slid slid|
speak spoke spoken|spend spent spent|split split split|spread spread spread|
stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|
swear swore sworn|take took taken|teach taught taught|tear tore torn|tell told told|
think thought thought|throw threw thrown|understand understood understood|wear wore worn|
win won won|withdraw withdrew withdrawn|write wrote written|overcome overcame overcome|
outgrow outgrew outgrown|oversee oversaw overseen|undercut undercut undercut|
overspend overspent overspent|rebuild rebuilt rebuilt|redo redid redone|
undertake undertook undertaken|foresee foresaw foreseen|upset upset upset|
outsell outsold outsold|learn learnt learnt"""
_DOUBLING = words(
    """hog mar con rob rig flop shrug blab skim nit-pick ship drop stop plan ban slip skip trap
    refer prefer commit permit admit submit cancel travel
    label model signal log flag tag trim tip rip stem step sum fit beg bet chat jog let plug
    spot sit swap clip grab scrap scan pin rub run get set put cut hit dig zip zap occur defer
    deter compel rebel bid begin equip kit map pop prop shop shred star stir strip tap top
    transfer trim wrap slam snap spur stun tug vet drag nag wed hop lag cop"""
)
AMBIGUOUS = words(
    """access aim amount answer appeal approach audit award back balance base benefit bid block
    boost budget burden call care cause challenge change charge chat check claim clash close
    comment concern conflict contact contract control cost count cover crash damage date deal
    delay demand design desire discount dislike display document double doubt download draft
    drag drop ease edge email end estimate experience export face fear feature figure file
    filter finance fire fit fix flag focus force form fund gain grade grant guarantee guess
    guide handle harm head help hint host impact import increase influence interest interview
    invoice issue label lack land last launch license lift like limit link list load log look
    mark market match matter mean measure mention message mind mistrust move name need note
    notice object offer open order own pack park part pass pause phone pick pilot pitch place
    plan play point position post present press pressure price print process produce profit
    promise prompt purchase push question queue quote raise rank rate reach record release
    repair reply report request rescue respect rest result return review reward risk roll rule
    rush sample scale schedule score search share shift ship shop show sign signal slip source
    speed split sponsor spot stall start state stay step stop store stress structure struggle
    stuff sum supply support surface surprise survey suspect switch talk target taste tender
    test tie tip total touch trace track trade train transfer transition trap treat trial trick
    trigger trouble trust try turn type update upgrade use value view visit vote wait walk want
    waste watch welcome wish work worry run cut hit set read let put hold win lead break feed
    fight drive buy sell meeting live left saw found better well free slow smooth warm secure
    separate correct complete clean clear calm lower mess champion bundle tackle outline fear
    lay set drain hurt feel find say make stand rise fall build alarm bug slog moan grumble hound
    bully dump ditch scrap slash squeeze sabotage cheat trap snub fool lure struggle rant boast
    sneer rebuke insult gripe fudge loot rig ace charm relish treasure taint smear shove bore
    shock comfort thrill attribute spare swing mar con rob flop thwart plunder blunder hassle
    torpedo splurge meddle boss"""
)
"""Base forms that are nouns or adjectives as often as verbs; their neighbours decide."""


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base in _DOUBLING:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def _present_participle(base: str) -> str:
    if base in _DOUBLING:
        return base + base[-1] + "ing"
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + "ing"


def _forms() -> dict[str, tuple[str, str]]:
    """Return every form with its base and what it is: base, s, past, part or ing."""
    forms: dict[str, tuple[str, str]] = {}
    irregular = {}
    for entry in _IRREGULAR.replace("\n", "").split("|"):
        base, past, participle = entry.split()
        irregular[base] = (past, participle)
    judging = (
        evaluation.LOADED_VERBS
        | evaluation.GRANTING_VERBS
        | evaluation.IMPROVING_VERBS
        | evaluation.HARMING_VERBS
    )
    regular = _REGULAR | {base for base in judging - irregular.keys() if base.isalpha()}
    for base in sorted(regular | irregular.keys()):
        past, participle = irregular.get(base, (_past(base), _past(base)))
        forms.setdefault(_third(base), (base, "s"))
        forms.setdefault(_present_participle(base), (base, "ing"))
        forms.setdefault(participle, (base, "part"))
        forms.setdefault(past, (base, "past"))
    for base in regular | irregular.keys():
        forms[base] = (base, "base")
    return forms


FORMS: dict[str, tuple[str, str]] = _forms()
"""Form -> (base, kind of form)."""
