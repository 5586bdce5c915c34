"""What is found, in what order, and by whom: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import itertools
import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core.db import Database
from app.deals.models import Deal
from app.deals.operations import set_competitors
from app.identity.acting import ActingFor
from app.identity.models import Role
from app.interviews.confidence import sight_of
from app.interviews.models import Interview, Scope
from app.search import filters, indexing, queries
from app.search.asking import Asked, Term, is_marked, read
from app.search.filters import conditions
from app.search.models import Kind, SearchDocument
from app.search.queries import find, may_read
from app.search.stems import LANGUAGES, searchable, stem, words
from app.tagging.models import Verbatim
from app.transcripts.models import Segment, Speaker, Transcript
from tests.factories import Factory

WORDS = (
    *("price", "prices", "Preis", "Preise", "slow", "slower", "prix", "élevé", "eleve", "support"),
    *("didn't", "가격", "가격이", "3.5", "2e5", "x1", "Straße", "the", "und", "les"),
)


@pytest.fixture
def manager(make: Factory) -> ActingFor:
    make.workspace()
    return ActingFor.of(make.user(Role.PROGRAMME_MANAGER), "Europe/Berlin")


def found(session: Session, viewer: ActingFor, typed: str, kind: Kind = Kind.QUOTE) -> list[str]:
    """The words that are found, newest first."""
    session.flush()
    asked = read(typed)
    narrowed = conditions(session, asked.filters)
    hits = find(session, viewer, asked, narrowed, kind).hits
    return [_text(hit.document) for hit in hits]


def _text(document: SearchDocument) -> str:
    for thing in (document.verbatim, document.answer, document.segment, document.note):
        if thing is not None:
            return thing.text
    thing = document.deal or document.contact
    assert thing is not None
    return thing.name


def quote(make: Factory, text: str, interview: Interview | None = None, **values) -> Verbatim:
    interview = interview or make.interview()
    made = make.verbatim(make.answer(interview, text), **values)
    indexing.index_interview(make.session, interview.id)
    return made


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("answer", {"They did not answer us.", "Your answers were late, and dear."}),
        ('"did not answer"', {"They did not answer us."}),
        ("answ*", {"They did not answer us.", "Your answers were late, and dear."}),
        ("answer -late", {"They did not answer us."}),
        ("-answer", {"Die Kündigungen kamen spät."}),
        ("kundigung", {"Die Kündigungen kamen spät."}),
        ("answer kundigung", set()),
        ("ANSWERED", {"They did not answer us.", "Your answers were late, and dear."}),
    ],
)
def test_words_phrases_beginnings_and_forms(
    session: Session, make: Factory, manager: ActingFor, typed: str, expected: set[str]
):
    for text in (
        "They did not answer us.",
        "Your answers were late, and dear.",
        "Die Kündigungen kamen spät.",
    ):
        quote(make, text)
    assert set(found(session, manager, typed)) == expected


def test_a_database_answers_as_reading_every_text_would(
    session: Session, make: Factory, manager: ActingFor
):
    """A hundred questions, each against what reading finds: the same on either database."""
    rng = random.Random(11)
    interview = make.interview()
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(2, 7))) for _ in range(60)]
    for number, text in enumerate(texts):
        make.verbatim(make.answer(interview, f"{text} n{number}"))
    indexing.index_interview(session, interview.id)
    held = {row.text for row in session.scalars(select(Verbatim))}
    for _ in range(100):
        typed = _question(rng)
        asked = read(typed)
        expected = {text for text in held if _answers(text, asked)}
        hits = find(session, manager, asked, conditions(session, ()), Kind.QUOTE, size=100).hits
        assert {_text(hit.document) for hit in hits} == expected, typed


def _question(rng: random.Random) -> str:
    word = rng.choice(WORDS)
    return rng.choice(
        [
            word,
            f"{word} {rng.choice(WORDS)}",
            f'"{word} {rng.choice(WORDS)}"',
            f"{word[:2]}*",
            f"{word} -{rng.choice(WORDS)}",
            f"-{word}",
        ]
    )


def _answers(text: str, asked: Asked) -> bool:
    return all(_has(text, term) for term in asked.wanted) and not any(
        _has(text, term) for term in asked.unwanted
    )


def _has(text: str, term: Term) -> bool:
    """By reading: the words beside each other, in the stems of one language."""
    said = [word.text for word in words(text)]
    if term.is_beginning and len(term.words) == 1:
        return any(is_marked(word, [term]) for word in said)
    stems = searched(text)
    size = len(term.words)
    return any(
        stems[at : at + size] == [stem(word, language) for word in term.words]
        for at in range(len(stems) - size + 1)
        for language in LANGUAGES
    )


def searched(text: str) -> list[str]:
    return searchable(text).split()


def test_the_newest_comes_first_and_pages_are_exact(
    session: Session, make: Factory, manager: ActingFor
):
    interview = make.interview()
    for number in range(45):
        make.verbatim(make.answer(interview, f"The price was {number}."))
    indexing.index_interview(session, interview.id)
    seen: list[str] = []
    after = None
    asked, nothing = read("price"), conditions(session, ())
    for _ in range(3):
        page = find(session, manager, asked, nothing, Kind.QUOTE, after=after)
        seen += [_text(hit.document) for hit in page.hits]
        after = page.after
    assert after is None
    assert seen == [f"The price was {number}." for number in reversed(range(45))]


@pytest.mark.parametrize("few", [0, 1000])
def test_a_reasons_quotes_are_paged_exactly_while_more_are_tagged(
    session: Session, make: Factory, manager: ActingFor, monkeypatch, few: int
):
    monkeypatch.setattr(filters, "FEW_TAGS", few)
    price, other = make.reason("Price"), make.reason("Other")
    for number in range(45):
        make.tag(quote(make, f"It was dear, {number}."), price if number % 3 else other)
    asked = read("reason:price")
    seen: list[str] = []
    after = None
    while not seen or after is not None:
        narrowed = conditions(session, asked.filters)
        page = find(session, manager, asked, narrowed, Kind.QUOTE, after=after, size=7)
        seen += [_text(hit.document) for hit in page.hits]
        after = page.after
        make.tag(quote(make, "Tagged while somebody turned the page."), price)
        session.flush()
    assert seen == [f"It was dear, {number}." for number in reversed(range(45)) if number % 3]


def test_few_quotes_are_found_as_many_are(
    session: Session, make: Factory, manager: ActingFor, monkeypatch
):
    price, trust = make.reason("Price"), make.reason("Trust")
    for number in range(6):
        said = quote(make, f"They said {number}.")
        make.tag(said, price, evidence="fact" if number % 2 else "think")
        make.tag(said, trust)
    for typed in ("reason:price", "reason:price evidence:fact", "said -reason:trust", "reason:x"):
        monkeypatch.setattr(filters, "FEW_TAGS", 1000)
        few = found(session, manager, typed)
        monkeypatch.setattr(filters, "FEW_TAGS", 0)
        assert found(session, manager, typed) == few


def test_common_words_are_found_as_rare_ones_are(
    session: Session, make: Factory, manager: ActingFor, monkeypatch
):
    for number in range(6):
        quote(make, f"They said {number} is dear." if number % 2 else f"They said {number}.")
    for typed in ("said", "said dear", '"is dear"', "sai*", "said -dear", "nobody"):
        monkeypatch.setattr(queries, "FEW_DOCUMENTS", 400)
        rare = found(session, manager, typed)
        monkeypatch.setattr(queries, "FEW_DOCUMENTS", 0)
        assert found(session, manager, typed) == rare


def test_names_narrow_to_one_tag_that_has_it_all(
    session: Session, make: Factory, manager: ActingFor
):
    price, trust = make.reason("Price"), make.reason("Trust")
    both = quote(make, "Dear, and nobody we trusted.")
    make.tag(both, price, evidence="think")
    make.tag(both, trust, evidence="fact")
    fact = quote(make, "It cost 40 a seat.")
    make.tag(fact, price, evidence="fact")
    assert set(found(session, manager, "reason:price")) == {both.text, fact.text}
    assert found(session, manager, "reason:price evidence:fact") == [fact.text]
    assert found(session, manager, "reason:price -evidence:think") == [fact.text]
    assert found(session, manager, "reason:price direction:for") == []


def test_a_category_stands_for_its_reasons(session: Session, make: Factory, manager: ActingFor):
    category = make.reason("Cost")
    made = quote(make, "Too dear.")
    make.tag(made, make.reason("Price", parent=category))
    assert found(session, manager, "reason:cost") == [made.text]


def test_deals_narrow_by_outcome_quarter_and_competitor(
    session: Session, make: Factory, manager: ActingFor
):
    acme = make.competitor("Acme", aliases=["Acme Inc"])
    lost = quote(make, "They said no.", make.interview(make.deal("lost", won_by=acme)))
    set_competitors(session, lost.interview.deal, [acme])
    won = quote(make, "They said yes.", make.interview(make.deal("won")))
    assert found(session, manager, "said outcome:lost") == [lost.text]
    assert found(session, manager, "said -outcome:lost") == [won.text]
    assert found(session, manager, "said quarter:2026Q3 outcome:won") == [won.text]
    assert found(session, manager, "said quarter:2025Q3") == []
    assert found(session, manager, 'said competitor:"acme inc"') == [lost.text]
    assert found(session, manager, "said -competitor:acme") == [won.text]


@pytest.mark.parametrize(
    "typed", ["reason:prce", "competitor:nobody", "outcome:maybe", "quarter:soon", "evidence:guess"]
)
def test_a_name_that_nothing_has_is_said_and_finds_nothing(
    session: Session, make: Factory, manager: ActingFor, typed: str
):
    quote(make, "They said no.")
    assert found(session, manager, typed) == []
    assert conditions(session, read(typed).filters).problems


def test_deals_and_people_are_found_by_name_product_and_account(
    session: Session, make: Factory, manager: ActingFor
):
    deal = make.deal(account=make.account("Müller & Söhne"), name="Fleet", product="Routing")
    make.deal_contact(deal, make.contact(deal.account, name="Zoë Okafor", job_title="Buyer"))
    indexing.index_deals(session, [deal.id])
    assert found(session, manager, "muller routing", Kind.DEAL) == ["Fleet"]
    assert found(session, manager, "zoe okafor", Kind.PERSON) == ["Zoë Okafor"]


def test_a_transcript_is_found_by_its_segments(session: Session, make: Factory, manager: ActingFor):
    interview = make.interview()
    transcript = make.add(
        Transcript(interview=interview, file_name="call.vtt", format="vtt", checksum="x")
    )
    speaker = make.add(Speaker(transcript_id=transcript.id, label="Ada"))
    make.add(
        Segment(transcript_id=transcript.id, position=0, speaker=speaker, text="We waited weeks.")
    )
    indexing.index_interview(session, interview.id)
    assert found(session, manager, "waiting", Kind.SEGMENT) == ["We waited weeks."]


def test_a_note_is_found_by_whoever_wrote_it_alone(session: Session, make: Factory):
    make.workspace()
    author, other = make.user(Role.PROGRAMME_MANAGER), make.user(Role.ADMINISTRATOR)
    answer = make.answer(make.interview())
    make.note(answer, author, "Ask about security.")
    indexing.index_interview(session, answer.interview_id)
    assert found(session, ActingFor.of(author, "UTC"), "security", Kind.NOTE)
    assert not found(session, ActingFor.of(other, "UTC"), "security", Kind.NOTE)


def test_nobody_finds_words_that_they_may_not_read(session: Session, make: Factory):
    """Every role against every scope, against what the pages themselves allow."""
    make.workspace()
    people = [make.user(role) for role in Role]
    people += [make.user(Role.INTERVIEWER), make.user(Role.INTERVIEWER, is_tagger=True)]
    for seller_user, holder, scope, quote_scope, may in itertools.product(
        (None, people[2], people[-1]),
        (None, people[-2]),
        (None, *Scope),
        (None, *Scope),
        (None, True, False),
    ):
        seller = make.seller(user=seller_user) if seller_user else None
        interview = make.interview(
            make.deal(seller=seller), scope=scope, interviewer=holder, seller_may_read=may
        )
        make.verbatim(make.answer(interview, "Secret."), scope=quote_scope)
    session.commit()
    quotes = session.scalars(
        select(Verbatim).options(
            joinedload(Verbatim.interview).joinedload(Interview.deal).joinedload(Deal.seller)
        )
    ).all()
    for person in people:
        viewer = ActingFor.of(person, "UTC")
        readable = set(
            session.scalars(
                select(Verbatim.id)
                .join(Verbatim.interview)
                .join(Interview.deal)
                .outerjoin(Deal.seller)
                .where(may_read(viewer, Verbatim.scope))
            )
        )
        expected = {
            each.id for each in quotes if sight_of(viewer, each.interview, each.scope).words
        }
        assert readable == expected, person.role


def test_who_sees_only_own_deals_finds_only_in_them(session: Session, make: Factory):
    make.workspace()
    user = make.user(Role.INTERVIEWER)
    mine = quote(make, "Said to me.", make.interview(make.deal(seller=make.seller(user=user))))
    quote(make, "Said to others.")
    assert found(session, ActingFor.of(user, "UTC"), "said") == [mine.text]


def test_a_deal_that_is_only_described_is_not_found_by_its_name(session: Session, make: Factory):
    make.workspace()
    deal = make.deal(name="Fleet", is_anonymous=True)
    make.deal_contact(deal, make.contact(name="Zoë"))
    indexing.index_deals(session, [deal.id])
    product = ActingFor.of(make.user(Role.PRODUCT), "UTC")
    assert found(session, product, "fleet", Kind.DEAL) == []
    assert found(session, product, "zoe", Kind.PERSON) == []


def test_what_is_withdrawn_is_found_no_more_at_once(
    session: Session, make: Factory, db: Database, manager: ActingFor
):
    made = quote(make, "They said no.", scope=Scope.ROLE)
    leader = ActingFor.of(make.user(Role.LEADERSHIP), "UTC")
    assert found(session, leader, "said")
    made.scope = Scope.COUNT
    assert not found(session, leader, "said")
    session.delete(made.answer)
    assert not found(session, manager, "said")
    assert not session.scalars(select(SearchDocument).where(SearchDocument.kind == "quote")).all()


def test_new_words_take_the_place_of_the_old_in_the_index(
    session: Session, make: Factory, manager: ActingFor
):
    deal = make.deal(name="Fleet")
    indexing.index_deals(session, [deal.id])
    deal.name = "Harbour"
    indexing.index_deals(session, [deal.id])
    assert found(session, manager, "fleet", Kind.DEAL) == []
    assert found(session, manager, "harbour", Kind.DEAL) == ["Harbour"]


def test_making_everything_anew_changes_nothing(
    session: Session, make: Factory, db: Database, manager: ActingFor
):
    quote(make, "They said no.")
    session.commit()
    told: list[int] = []
    indexing.rebuild(db, told.append)
    before = {row.id: row.words for row in session.scalars(select(SearchDocument))}
    session.rollback()
    indexing.rebuild(db, told.append)
    session.expire_all()
    assert {row.id: row.words for row in session.scalars(select(SearchDocument))} == before
    assert told
    assert queries.newest_document(session) == max(before)
