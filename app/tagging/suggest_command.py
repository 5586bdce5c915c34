"""`because tags suggest`: suggestions for sentences in a file, learnt from another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.core.commandline import refuse
from app.core.marked_yaml import UnreadableFileError
from app.tagging.suggesting import files
from app.tagging.suggesting.keywords import Keywords

if TYPE_CHECKING:
    from app.tagging.suggesting.model import Model, Suggested

T = TypeVar("T")

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("tags")
def tags() -> None:
    """Tags: suggest them."""


@tags.command("suggest")
@click.argument("file", type=_FILE, metavar="FILE.jsonl")
@click.option(
    "--train",
    "training",
    type=_FILE,
    required=True,
    metavar="FILE.jsonl",
    help='Lines of {"text", "tags": [...]} to learn from.',
)
@click.option(
    "--codebook",
    type=_FILE,
    help="Seed words of each tag: a reason list (YAML), or JSON, JSON lines or CSV.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def suggest(file: Path, training: Path, codebook: Path | None, as_json: bool) -> None:
    """Suggest tags for the sentences of FILE, lines of {"id", "text"}.

    What is 'confident' is the prediction. Where the model is sure of none, the list holds three
    tags that are not confident, in no order of likelihood. Nothing is kept, and no workspace is
    needed.
    """
    from app.tagging.suggesting.training import train  # brings numpy, which few commands need

    learnt_from = _read(training, files.read_training)
    seeds = _read_codebook(codebook) if codebook else None
    sentences = _read(file, files.read_sentences)
    model = train(learnt_from.examples, Keywords(files.seeds_for(learnt_from, seeds)))
    found = model.suggest([sentence.text for sentence in sentences])
    if as_json:
        rows = [
            {"id": sentence.id, "tags": [_as_json(one) for one in suggested]}
            for sentence, suggested in zip(sentences, found, strict=True)
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for sentence, suggested in zip(sentences, found, strict=True):
        click.echo(f"{sentence.id}: {_said(suggested)}")
    click.echo(_how(model))


def _as_json(suggested: Suggested) -> dict[str, Any]:
    return {"tag": suggested.tag, "confident": suggested.is_sure, "score": suggested.score}


def _said(suggested: list[Suggested]) -> str:
    if not suggested:
        return "nothing"
    names = ", ".join(
        one.tag if one.score is None else f"{one.tag} ({one.score:.0%})" for one in suggested
    )
    return names if suggested[0].is_sure else f"not sure: perhaps {names}"


def _how(model: Model) -> str:
    """Which of the two suggested, and why."""
    if model.learnt_f1 is None or model.keywords_f1 is None:
        return "By keywords alone: too few examples to learn from."
    by = "By what was learnt" if model.learnt else "By keywords"
    return f"{by}: macro-F1 {model.learnt_f1:.2f} learnt, {model.keywords_f1:.2f} by keywords."


def _read(path: Path, reading: Callable[[str], T]) -> T:
    try:
        return reading(path.read_text(encoding="utf-8-sig"))
    except (files.UnreadableLines, UnicodeDecodeError) as problem:
        refuse(f"{path}: {problem}")


def _read_codebook(path: Path) -> files.SeedWords:
    try:
        return files.read_seed_words(path.read_text(encoding="utf-8-sig"), path.name)
    except (files.UnreadableLines, UnreadableFileError, UnicodeDecodeError) as problem:
        refuse(f"{path}: {problem}")
