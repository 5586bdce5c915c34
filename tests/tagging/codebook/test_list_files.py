"""The reason list goes out as CSV and as a REFI-QDA codebook, and comes back with nothing lost."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import venv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import Role
from app.market.models import Life
from app.tagging import queries, reasons
from app.tagging.codebook.entries import Entry, UnreadableList
from app.tagging.codebook.exchanging import bring_in, entries_of
from app.tagging.codebook.files import read_list
from app.tagging.codebook.list_csv import COLUMNS, read_csv, write_csv
from app.tagging.codebook.loading import load_reason_list
from app.tagging.codebook.merging import merge_reason
from app.tagging.codebook.queries import latest_version
from app.tagging.codebook.refi.codes import NAMESPACE, read_qdc, write_qdc
from app.tagging.codebook_files import shipped_codebook
from app.tagging.reasons import ReasonText
from tests.factories import Factory, sign_in_as
from tests.tagging.codebook.refi_rules import CODEBOOK, broken_rules

_READER = "portableqda==0.4.2"


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


MONEY = Entry(guid(1), "money", "Money", True, definition="What it costs.")
PRICE = Entry(
    guid=guid(2),
    key="price",
    name="Price “as asked” & <more>",
    is_category=False,
    under=0,
    definition="What is asked.\n\nAlso counts: no label, but a sentence.\n\\Key: nor this.",
    includes="Discounts.\nExamples:\nnot examples",
    excludes="=SUM(A1), and whether money was there (Budget).",
    examples=("It was twice the other.", "- With a dash", "'=quoted"),
    seeds={"en": ("too dear", "a, b: c"), "de": ("zu teuer", "Straße 🚲")},
    aliases=("Cost", "Pris på dansk"),
    colour="#1f7a8c",
)
DISCOUNTS = Entry(guid(3), "discounts", "Discounts", False, 1, "+5 % off", is_retired=True)
NOTHING_SAID = Entry(guid(4), "nothing_said", "Nothing said", False, 0)
LIST = [MONEY, PRICE, DISCOUNTS, NOTHING_SAID]

_PIECES = [
    "a",
    " ",
    "\n",
    "\n\n",
    "\\",
    "Also counts: ",
    "Key:",
    "- ",
    "'",
    "=",
    "🚲",
    "é",
    ",",
    ";",
]
_PIECES += ['"', "<", "&amp;", "]]>", "Words that buyers say (en):", "Examples:", "@", "\t", "#"]


def any_text(random: random.Random) -> str:
    return "".join(random.choices(_PIECES, k=random.randint(0, 8)))


def any_list(seed: int) -> list[Entry]:
    rolled = random.Random(seed)
    lines = [line for line in (any_text(rolled).replace("\n", "").strip() for _ in "four") if line]
    return [
        MONEY,
        replace(
            PRICE,
            definition=any_text(rolled),
            includes=any_text(rolled),
            excludes=any_text(rolled),
            examples=tuple(lines),
            seeds={"en": tuple(dict.fromkeys(lines))} if lines else {},
            aliases=tuple(lines),
        ),
        replace(DISCOUNTS, definition=any_text(rolled), is_retired=rolled.random() < 0.5),
    ]


# Nothing is lost


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_a_list_is_read_back_as_it_was_written(ending: str):
    assert read_list(written(LIST, ending), f"list.{ending}") == LIST


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_whatever_stands_in_it_is_read_back(ending: str):
    for seed in range(300):
        entries = any_list(seed)
        assert read_list(written(entries, ending), f"list.{ending}") == entries, seed


def written(entries: list[Entry], ending: str) -> bytes:
    return write_csv(entries).encode() if ending == "csv" else write_qdc(entries)


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_the_shipped_lists_go_to_another_house_and_come_back(
    session: Session, ending: str, app: Flask
):
    for name in ("starter", "health_systems", "technology_choices"):
        load_reason_list(session, SYSTEM, shipped_codebook(name))
    out = entries_of(session)
    again = bring_in(session, SYSTEM, read_list(written(out, ending), f"x.{ending}"), "x")
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(out))
    assert entries_of(session) == out


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_an_empty_house_takes_the_list_with_ids_order_and_depth(session: Session, ending: str):
    loaded = bring_in(session, SYSTEM, read_list(written(LIST, ending), f"x.{ending}"), "x")
    assert loaded.added == 4
    assert entries_of(session) == LIST


# CSV


def test_a_spreadsheet_never_runs_a_cell():
    rows = list(csv.DictReader(io.StringIO(write_csv(LIST).removeprefix("\ufeff"), newline="")))
    assert rows[1]["excludes"].startswith("'=SUM")
    assert rows[2]["definition"] == "'+5 % off"
    assert tuple(rows[0]) == COLUMNS


def test_a_hand_written_sheet_needs_names_alone():
    sheet = "Name;Under;Seeds\nMoney;;\nPrice;money;en: too dear, cheaper\n"
    assert [(e.name, e.under, dict(e.seeds)) for e in read_csv(sheet.encode())] == [
        ("Money", None, {}),
        ("Price", 0, {"en": ("too dear", "cheaper")}),
    ]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("a,b\n1,2\n", "no headings ‘name’ and ‘under’"),
        ("name,under\n", "no rows below"),
        ("name,under\nPrice,Money\n", "Row 2: ‘Price’ stands under ‘Money’, which no row above"),
        ("name,under,colour\nMoney,,teal\n", "Row 2: ‘teal’ is no colour"),
        ("name,under,in_use\nMoney,,perhaps\n", "takes yes or no"),
        ("name,under,seeds\nMoney,,nonsense words: a\n", "is no language"),
        ('name,under,seeds\nMoney,,"{""en"": 3}"\n', "cannot be read as JSON"),
        ("name,under\n,Money\n", "Row 2: there is no name"),
    ],
)
def test_a_mistake_is_said_with_its_row(sheet: str, said: str):
    with pytest.raises(UnreadableList, match=said):
        read_csv(sheet.encode())


def test_a_sheet_of_another_encoding_is_refused_with_what_to_do():
    with pytest.raises(UnreadableList, match="CSV UTF-8"):
        read_csv("name,under\nGrün,\n".encode("latin-1"))


# .qdc


def test_a_codebook_keeps_every_rule_of_the_standard():
    assert broken_rules(write_qdc(LIST), NAMESPACE, CODEBOOK) == []


def test_the_shipped_lists_keep_every_rule_of_the_standard(session: Session):
    load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    assert broken_rules(write_qdc(entries_of(session)), NAMESPACE, CODEBOOK) == []


def test_a_character_that_xml_cannot_hold_is_replaced():
    (money,) = read_qdc(write_qdc([replace(MONEY, definition="a\x0bb")]))
    assert money.definition == "a\ufffdb"


FOREIGN = b"""<?xml version="1.0" encoding="UTF-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="Another program"><Codes>
  <Code guid="{ABCDEF01-0000-4000-8000-000000000001}" name="Barriers" isCodable="true" color="#F00">
    <Description>What gets in the way: time.</Description>
    <Code guid="abcdef01-0000-4000-8000-000000000002" name="Time" isCodable="true"/>
  </Code></Codes>
  <Sets><Set guid="abcdef01-0000-4000-8000-000000000009" name="All"/></Sets>
</CodeBook>"""


def test_another_programs_codes_come_with_their_nesting_colours_and_ids(session: Session):
    bring_in(session, SYSTEM, read_qdc(FOREIGN), "foreign.qdc")
    (each,) = queries.reason_list(session)
    barriers, time = each.reasons
    assert each.category.name == "Brought in"
    assert (barriers.public_id, barriers.colour) == (
        "abcdef01-0000-4000-8000-000000000001",
        "#ff0000",
    )
    assert (barriers.definition, time.parent_id) == ("What gets in the way: time.", barriers.id)
    again = bring_in(session, SYSTEM, read_qdc(FOREIGN), "foreign.qdc")
    assert (again.added, again.changed) == (0, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no XML", "not a REFI-QDA file"),
        (b"<Project/>", "it begins with ‘Project’"),
        (b"<CodeBook><Codes/></CodeBook>", "holds no codes"),
        (b"<CodeBook><Codes><Code guid='x' name='A'/></Codes></CodeBook>", "‘x’ is no GUID"),
        (b"<CodeBook><Codes><Code name=''/></Codes></CodeBook>", "has no name"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><CodeBook>&b;</CodeBook>", "not a REFI-QDA file"),
        (b"<a>" * 200 + b"</a>" * 200, "nested too deeply"),
    ],
)
def test_what_is_no_codebook_is_refused_in_words(content: bytes, said: str):
    with pytest.raises(UnreadableList, match=said):
        read_qdc(content)


_READ = """
import json, sys, portableqda
codebook = portableqda.codebookCls(output=sys.argv[2])
codebook.readQdcFile(sys.argv[1])
found = {e.get("guid"): [e.get("name"), e.get("color"), e.getparent().get("guid")]
         for e in codebook.tree.iter() if e.tag.endswith("}Code")}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def portableqda(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that has it, for it needs an environment of its own: made where CI is set; elsewhere
    PORTABLEQDA_PYTHON names one."""
    if named := os.environ.get("PORTABLEQDA_PYTHON"):
        return named
    if not os.environ.get("CI"):
        pytest.skip("PORTABLEQDA_PYTHON names no Python of an environment that has portableqda")
    folder = tmp_path_factory.mktemp("portableqda")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", _READER]
    if subprocess.run(install, capture_output=True, check=False).returncode:
        pytest.skip(f"pip cannot install {_READER} here")
    return str(python)


def test_another_programs_reader_finds_the_same_codes(
    session: Session, tmp_path: Path, portableqda: str
):
    load_reason_list(session, SYSTEM, shipped_codebook("starter"))
    entries = entries_of(session)
    entries[1] = replace(entries[1], colour="#1f7a8c")
    file = tmp_path / "list.qdc"
    file.write_bytes(write_qdc(entries))
    said = subprocess.run(
        [portableqda, "-c", _READ, str(file), str(tmp_path / "out.qdc")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stdout.splitlines()[-1]) == {
        entry.guid: [
            entry.name,
            entry.colour or None,
            entries[entry.under].guid if entry.under is not None else None,
        ]
        for entry in entries
    }


# What an import does


def test_an_import_is_one_version_and_leaves_the_rest_alone(session: Session):
    money = reasons.add_category(session, SYSTEM, "Money")
    kept = reasons.add_reason(session, SYSTEM, money, ReasonText("Budget", "There.", "", "", {}))
    before = latest_version(session).number
    bring_in(session, SYSTEM, [replace(MONEY, guid="", key=""), PRICE], "prices.csv")
    version = latest_version(session)
    assert (version.number, version.why) == (before + 1, "prices.csv")
    assert [row.name for row in queries.usable_reasons(session)] == ["Budget", PRICE.name]
    assert kept.definition == "There."


def test_an_entry_is_known_by_its_id_then_its_key_then_its_name(session: Session):
    bring_in(session, SYSTEM, LIST, "first")
    renamed = replace(PRICE, name="Cost of it")
    by_key = replace(DISCOUNTS, guid="", name="What was taken off")
    by_name = replace(NOTHING_SAID, guid="", key="", definition="Now something.")
    loaded = bring_in(session, SYSTEM, [MONEY, renamed, by_key, by_name], "second")
    assert (loaded.added, loaded.changed) == (0, 3)
    assert [entry.name for entry in entries_of(session)] == [
        "Money",
        "Cost of it",
        "What was taken off",
        "Nothing said",
    ]


def test_two_reasons_never_get_one_name(session: Session):
    bring_in(session, SYSTEM, LIST, "first")
    with pytest.raises(UnreadableList, match="is the name of another reason already"):
        bring_in(session, SYSTEM, [MONEY, replace(PRICE, name="Nothing said")], "second")


def test_a_merged_reason_stays_merged(session: Session):
    bring_in(session, SYSTEM, LIST, "first")
    price, nothing = (queries.reason_by_key(session, key) for key in ("price", "nothing_said"))
    merge_reason(session, SYSTEM, nothing, price, why="One thing.")
    assert "Nothing said" not in [entry.name for entry in entries_of(session)]
    bring_in(session, SYSTEM, LIST, "again")
    assert nothing.life is Life.RETIRED
    assert nothing.merged_into_id == price.id


def test_a_file_that_says_only_names_leaves_the_words_alone(session: Session):
    bring_in(session, SYSTEM, LIST, "first")
    bare = [Entry(e.guid, "", e.name, e.is_category, e.under) for e in LIST]
    bare[2] = replace(bare[2], is_retired=True)
    assert bring_in(session, SYSTEM, bare, "bare").changed == 0


# The page


@pytest.fixture
def sign_in(
    app: Flask, db: Database, make: Factory, session: Session
) -> Callable[..., FlaskClient]:
    def as_role(role: Role) -> FlaskClient:
        make.workspace()
        bring_in(session, SYSTEM, LIST, "first")
        user = make.user(role)
        make.commit()
        return sign_in_as(app, db, user)

    return as_role


def test_the_list_is_downloaded_and_brought_back_on_the_page(sign_in, db: Database):
    client = sign_in(Role.PROGRAMME_MANAGER)
    content = client.get("/reasons/list.csv").data.replace(b"Discounts.", b"Rebates.")
    taken = client.post("/reasons/files", data={"file": (io.BytesIO(content), "reasons.csv")})
    assert taken.status_code == 303
    page = client.get(taken.location).text
    assert "reasons.csv" in page
    assert "Rebates." in page
    with db.reading() as session:
        assert entries_of(session)[1].includes.startswith("Rebates.")


def test_a_refused_file_changes_nothing_and_says_why(sign_in, db: Database):
    client = sign_in(Role.PROGRAMME_MANAGER)
    for name, content in (("x.csv", b"name,under\nA,B\n"), ("x.doc", b"x"), ("x.yaml", b"x: [")):
        page = client.post("/reasons/files", data={"file": (io.BytesIO(content), name)})
        assert page.status_code == 422
    with db.reading() as session:
        assert entries_of(session) == LIST


def test_every_row_that_cannot_be_read_is_named(sign_in):
    sheet = b"name,under,colour\nMoney,,teal\n,Money,\n" + b",,red\n" * 20
    page = sign_in(Role.PROGRAMME_MANAGER).post(
        "/reasons/files", data={"file": (io.BytesIO(sheet), "x.csv")}
    )
    assert "Nothing was brought in: mend these rows first" in page.text
    assert "<li>Row 2: ‘teal’ is no colour" in page.text
    assert "<li>Row 3: there is no name.</li>" in page.text
    assert "<li>And 2 more.</li>" in page.text


def test_everybody_may_take_the_list_out_and_only_who_keeps_it_brings_one_in(sign_in):
    client = sign_in(Role.INTERVIEWER)
    assert client.get("/reasons/list.qdc").status_code == 200
    assert client.get("/reasons/list.doc").status_code == 404
    assert client.get("/reasons/files").status_code == 403
