"""Reason lists: how a file is read, and what the shipped lists promise."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.core.marked_yaml import UnreadableFileError
from app.tagging.codebook_files import SHIPPED, Codebook, ReasonEntry, read_codebook

SCHEMA = json.loads((SHIPPED / "codebook.schema.json").read_text(encoding="utf-8"))

LIST = """\
id: small
title: Small list
about: For trying.
categories:
  - key: money
    name: Money
    definition: What it costs.
    reasons:
      - key: price
        name: Price
        definition: The amount asked.
        includes: Discounts.
        excludes: Running costs (Total cost).
        seeds:
          en: [too expensive, cheaper]
          de: [zu teuer]
      - key: total_cost
        name: Total cost
        definition: All that it costs.
        includes: Fees.
        excludes: The price (Price).
        seeds:
          en: [hidden costs]
"""


def list_with(old: str, new: str) -> str:
    assert LIST.count(old) == 1, f"{old!r} should stand once in the example"
    return LIST.replace(old, new)


def messages_of(text: str) -> list[str]:
    with pytest.raises(UnreadableFileError) as caught:
        read_codebook(text, "small.yaml")
    return [str(problem) for problem in caught.value.problems]


def shipped(name: str) -> Codebook:
    return read_codebook((SHIPPED / name).read_text(encoding="utf-8"), name)


STARTER = shipped("starter.yaml")
HEALTH = shipped("health_systems.yaml")
TECHNOLOGY = shipped("technology_choices.yaml")
SHIPPED_LISTS = (STARTER, HEALTH, TECHNOLOGY)
SHIPPED_REASONS = [reason for book in SHIPPED_LISTS for reason in book.reasons]


def every_reason() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("reason", SHIPPED_REASONS, ids=lambda reason: reason.key)


def test_everything_in_the_file_is_in_the_list() -> None:
    codebook = read_codebook(LIST, "small.yaml")
    (money,) = codebook.categories
    assert (codebook.id, codebook.title, money.key, money.name) == (
        "small",
        "Small list",
        "money",
        "Money",
    )
    assert codebook.reasons[0] == ReasonEntry(
        key="price",
        name="Price",
        definition="The amount asked.",
        includes="Discounts.",
        excludes="Running costs (Total cost).",
        seeds={"en": ("too expensive", "cheaper"), "de": ("zu teuer",)},
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "key: total_cost",
            "key: price",
            "small.yaml:17:14: reason 'price': key 'price' is used twice",
        ),
        (
            "key: price",
            "key: money",
            "small.yaml:9:14: reason 'money': key 'money' is used twice",
        ),
        (
            "name: Total cost",
            "name: price",
            "small.yaml:18:15: reason 'total_cost': name 'price' is used twice",
        ),
        (
            "[hidden costs]",
            "[Cheaper]",
            "small.yaml:23:15: reason 'total_cost': 'Cheaper' is already a seed of 'price'",
        ),
        (
            "[too expensive, cheaper]",
            "[cheaper, cheaper]",
            "small.yaml:15:15: reason 'price': 'cheaper' is already a seed of 'price'",
        ),
        (
            "de: [zu teuer]",
            "German: [zu teuer]",
            "small.yaml:16:11: reason 'price': 'German' is not a language; seeds take a language",
        ),
        (
            "includes: Discounts.",
            "include: Discounts.",
            "small.yaml:12:9: reason 'price': unknown key 'include'; did you mean includes?",
        ),
        (
            "        seeds:\n          en: [hidden costs]\n",
            "        seeds: {}\n",
            "small.yaml:22:16: reason 'total_cost': seeds is empty",
        ),
        (
            "        definition: The amount asked.\n",
            "",
            "small.yaml:9:9: reason 'price': definition is missing",
        ),
        (
            "en: [hidden costs]",
            "en: hidden costs",
            "small.yaml:23:15: reason 'total_cost': en is 'hidden costs'; it takes a list",
        ),
    ],
)
def test_a_mistake_is_shown_at_its_place(old: str, new: str, message: str) -> None:
    shown = messages_of(list_with(old, new))
    assert any(line.startswith(message) for line in shown), shown


def test_the_checksum_follows_the_content_alone() -> None:
    checksum = read_codebook(LIST, "small.yaml").checksum
    assert read_codebook(f"# Mine\n{LIST}", "small.yaml").checksum == checksum
    reworded = list_with("Discounts", "Rebates")
    assert read_codebook(reworded, "small.yaml").checksum != checksum


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_json_schema_takes_the_shipped_lists(path: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: total_cost", "key: Total Cost"),
        ("includes: Discounts.", "include: Discounts."),
        ("de: [zu teuer]", "German: [zu teuer]"),
        ("en: [hidden costs]", "en: []"),
    ],
)
def test_the_json_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = list_with(old, new)
    assert messages_of(text)
    assert not Draft202012Validator(SCHEMA).is_valid(yaml.safe_load(text))


def test_the_starter_list_has_about_forty_reasons_in_eight_categories() -> None:
    assert len(STARTER.categories) == 8
    assert 38 <= len(STARTER.reasons) <= 45
    assert all(3 <= len(category.reasons) <= 7 for category in STARTER.categories)


def test_the_health_systems_list_holds_what_decides_there() -> None:
    assert {
        "layers_of_veto",
        "health_compliance",
        "record_system",
        "low_risk_tolerance",
        "local_allegiance",
        "too_many_vendors",
    } <= {reason.key for reason in HEALTH.reasons}


def test_the_technology_list_holds_what_engineers_weigh() -> None:
    assert {
        "tech_effort",
        "tech_upkeep",
        "tech_dependencies",
        "tech_compatibility",
        "tech_maturity",
        "tech_speed",
    } <= {reason.key for reason in TECHNOLOGY.reasons}


def test_the_lists_can_be_used_together() -> None:
    """Keys are unique over all lists, categories included, and so are names and seeds."""
    entries = [entry for book in SHIPPED_LISTS for entry in (*book.categories, *book.reasons)]
    keys = [entry.key for entry in entries]
    names = [entry.name for entry in entries]
    assert len(set(keys)) == len(keys)
    assert len(set(names)) == len(names)
    for language in ("en", "de"):
        seeds = [seed.casefold() for r in SHIPPED_REASONS for seed in r.seeds[language]]
        assert len(set(seeds)) == len(seeds)


@every_reason()
def test_a_shipped_reason_has_seeds_enough_to_be_found(reason: ReasonEntry) -> None:
    assert len(reason.seeds["en"]) >= 8
    assert len(reason.seeds["de"]) >= 3


@every_reason()
def test_a_shipped_reason_has_a_short_name_and_a_sentence_for_each_field(
    reason: ReasonEntry,
) -> None:
    assert len(reason.name.split()) <= 5
    for sentence in (reason.definition, reason.includes, reason.excludes):
        assert sentence.endswith(".")


@every_reason()
def test_what_a_shipped_reason_excludes_is_named_as_it_is_called(reason: ReasonEntry) -> None:
    """'The price itself (Price)' must point at a reason that exists."""
    names = {entry.name for entry in SHIPPED_REASONS}
    pointed = [part.split(")")[0] for part in reason.excludes.split("(")[1:]]
    assert pointed
    assert {name.removesuffix(", in the starter list") for name in pointed} <= names
