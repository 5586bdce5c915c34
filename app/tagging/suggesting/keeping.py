"""Models as bytes and back: arrays and JSON in one .npz, never a pickle. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import Any

import numpy as np

from app.tagging.suggesting.directions import Directions
from app.tagging.suggesting.examples import FORMAT
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Learnt, Measured, Model
from app.tagging.suggesting.vectors import Vectors

_ARRAYS = ("weights", "shifts", "thresholds")
_VALUES = ("slope", "shift", "says_percent", "sure_from", "picks_one")


class UnreadableModel(ValueError):
    """The file is of another format, or no model at all."""


@dataclass(frozen=True)
class Suggester:
    """What suggests reasons, and what says which way the words speak."""

    reasons: Model
    directions: Directions = field(default_factory=Directions)


def as_bytes(suggester: Suggester) -> bytes:
    models = {"reasons": suggester.reasons, "directions": suggester.directions.learnt}
    told = {"format": FORMAT} | {name: _told(model) for name, model in models.items() if model}
    arrays = {
        f"{name}_{each}": array
        for name, model in models.items()
        if model and model.learnt
        for each, array in _arrays(model.learnt).items()
    }
    text = json.dumps(told, ensure_ascii=False).encode()
    kept = BytesIO()
    np.savez_compressed(kept, told=np.frombuffer(text, dtype=np.uint8), **arrays)
    return kept.getvalue()


def from_bytes(content: bytes) -> Suggester:
    """Raises UnreadableModel."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            told = json.loads(arrays["told"].tobytes())
            if told["format"] != FORMAT:
                raise UnreadableModel(f"format {told['format']}, not {FORMAT}")
            directions = _model(told, arrays, "directions") if "directions" in told else None
            return Suggester(_model(told, arrays, "reasons"), Directions(directions))
    except UnreadableModel:
        raise
    except (ValueError, KeyError, TypeError, OSError) as problem:
        raise UnreadableModel(str(problem)) from problem


def _told(model: Model) -> dict[str, Any]:
    told: dict[str, Any] = {
        "seeds": model.keywords.seeds,
        "keywords_f1": model.keywords_f1,
        "learnt_f1": model.learnt_f1,
        "confirmed": model.confirmed,
        "measured": {tag: asdict(one) for tag, one in model.measured.items()},
    }
    learnt = model.learnt
    if learnt is not None:
        told["learnt"] = {name: getattr(learnt, name) for name in _VALUES} | {
            "tags": learnt.tags,
            "words": learnt.vectors.words.vocabulary,
            "pieces": learnt.vectors.pieces.vocabulary,
        }
    return told


def _arrays(learnt: Learnt) -> dict[str, Any]:
    return {name: getattr(learnt, name) for name in _ARRAYS} | {
        "words_rarity": learnt.vectors.words.rarity,
        "pieces_rarity": learnt.vectors.pieces.rarity,
    }


def _model(all_told: dict[str, Any], all_arrays: Any, name: str) -> Model:
    told = all_told[name]
    keywords = Keywords(told["seeds"])
    learnt = None
    if "learnt" in told:
        each = (*_ARRAYS, "words_rarity", "pieces_rarity")
        arrays = {part: all_arrays[f"{name}_{part}"] for part in each}
        learnt = _learnt(told["learnt"], arrays, keywords)
    measured = {tag: Measured(**one) for tag, one in told["measured"].items()}
    return Model(
        keywords, learnt, told["keywords_f1"], told["learnt_f1"], told["confirmed"], measured
    )


def _learnt(told: dict[str, Any], arrays: dict[str, Any], keywords: Keywords) -> Learnt:
    vectors = Vectors.known(told["words"], told["pieces"], keywords)
    vectors.words.rarity = arrays["words_rarity"]
    vectors.pieces.rarity = arrays["pieces_rarity"]
    return Learnt(
        tags=tuple(told["tags"]),
        vectors=vectors,
        **{name: arrays[name] for name in _ARRAYS},
        **{name: told[name] for name in _VALUES},
    )
