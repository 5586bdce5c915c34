"""Whom a question is about: the buyer, us, or others whose minds the buyer cannot read."""

from __future__ import annotations

from app.guides.linting.lexicon import words

ROLES = words(
    """cfo ceo cto cio coo cmo ciso chro boss bosses manager managers management director directors
    board leadership executive executives execs president vp chair chairman chairwoman partner
    partners colleague colleagues procurement purchasing finance legal it buyer buyers
    committee council mayor minister department departments peers staff engineers nurses doctors
    clinicians consultants clerks users employees workers foreman controller auditor auditors
    accountant accountants lawyers union shareholders owners owner investors parent headquarters
    customers customer clients client patients citizens residents head supervisor superiors
    stakeholders sponsor treasurer operators drivers wife husband people superintendent trustees
    governors regulator regulators landlord neighbours neighbors tenants pupils parents teachers
    franchisees wholesaler wholesalers drivers guys girls folks shoppers guests passengers
    recruiters dealers agents trainers caretaker caretakers foremen predecessor successor
    councillors carriers
    insurers insurer broker brokers secretary assistants surgeons"""
)
ROLES |= {role[:-1] for role in ROLES if role.endswith("s") and role not in ("boss", "superiors")}
OTHERS = words(
    """competitor competitors rival rivals vendor vendors supplier suppliers provider providers
    bidder bidders winner loser incumbent firms market industry competition reseller resellers
    integrator
    manufacturer manufacturers companies others opponent"""
)
OWN_HOUSE = words(
    """company organisation organization firm business school hospital agency shop practice plant
    factory office authority site depot branch warehouse lab laboratory ward clinic campus"""
)
PRIVATE_NOUNS = words(
    """strategy strategies roadmap plan plans pricing margin margins motive motives motivation
    motivations reasoning intention intentions goal goals agenda thinking opinion opinions
    view views vision positioning incentive incentives rationale ambition ambitions
    feeling feelings mindset expectations weakness weaknesses strength strengths secret
    growth turnover revenue profit profits costs direction motivation priorities objective
    objectives attitude concerns worries fears fear concern worry hopes preference preferences
    share tactics approach model intent reaction reasons reason aim aims policy objection doubts
    impression impressions headcount thoughts"""
)
MENTAL_VERBS = words(
    """think want feel expect believe prefer need like value hope fear plan intend care consider
    see perceive love hate dislike worry know understand assume suspect regret trust respect
    motivate aim decide wish dream resent dread prioritise prioritize appreciate imagine look"""
)
THINK_FRAMES = (
    r"(?:do|did|would) (?:n't )?you (?:now |then |yourself |personally )?(?:think|"
    r"suppose|believe|reckon|feel|guess|imagine|say|make|see|understand|hear|gather)",
    r"(?:in|from|to) your (?:own )?(?:eyes|view|opinion|mind|sense|impression|"
    r"experience|perspective|side|seat|chair|point of view|estimation|judg(?:e)?ment|"
    r"understanding|knowledge)",
    r"as far as you",
    r"as you (?:saw|see|understood|remember|recall)",
    r"from where you",
    r"your (?:own )?(?:sense|impression|view|opinion|guess|take|reading|understanding|"
    r"thoughts?|feeling)",
    r"did (?:you|they|he|she) (?:tell|say|mention|give|write)",
    r"did (?:he|she|they|\w+) (?:say|tell|give you)",
    r"seem(?:s|ed)?",
    r"strike you",
    r"struck you",
    r"you (?:heard|saw|were told|noticed|think|thought)",
    r"how do you see",
    r"from what (?:they|he|she|you|people)",
    r"(?:told|tell|showed|shown|wrote to|said to) you",
)
