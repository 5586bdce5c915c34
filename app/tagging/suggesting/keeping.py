"""A model as bytes and back: arrays and JSON in one .npz, never a pickle. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BytesIO
from typing import Any

import numpy as np

from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Learnt, Measured, Model
from app.tagging.suggesting.vectors import Vectors

#: Changes when an older file could no longer be understood.
FORMAT = 1
_ARRAYS = ("weights", "shifts", "thresholds")
_VALUES = ("slope", "shift", "says_percent", "sure_from", "picks_one")


class UnreadableModel(ValueError):
    """The file is of another format, or no model at all."""


def as_bytes(model: Model) -> bytes:
    told: dict[str, Any] = {
        "format": FORMAT,
        "seeds": model.keywords.seeds,
        "keywords_f1": model.keywords_f1,
        "learnt_f1": model.learnt_f1,
        "confirmed": model.confirmed,
        "measured": {tag: asdict(one) for tag, one in model.measured.items()},
    }
    arrays: dict[str, Any] = {}
    learnt = model.learnt
    if learnt is not None:
        told["learnt"] = {name: getattr(learnt, name) for name in _VALUES} | {
            "tags": learnt.tags,
            "words": learnt.vectors.words.vocabulary,
            "pieces": learnt.vectors.pieces.vocabulary,
        }
        arrays = {name: getattr(learnt, name) for name in _ARRAYS} | {
            "words_rarity": learnt.vectors.words.rarity,
            "pieces_rarity": learnt.vectors.pieces.rarity,
        }
    text = json.dumps(told, ensure_ascii=False).encode()
    kept = BytesIO()
    np.savez_compressed(kept, told=np.frombuffer(text, dtype=np.uint8), **arrays)
    return kept.getvalue()


def from_bytes(content: bytes) -> Model:
    """Raises UnreadableModel."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            told = json.loads(arrays["told"].tobytes())
            if told["format"] != FORMAT:
                raise UnreadableModel(f"format {told['format']}, not {FORMAT}")
            keywords = Keywords(told["seeds"])
            learnt = _learnt(told["learnt"], arrays, keywords) if "learnt" in told else None
    except UnreadableModel:
        raise
    except (ValueError, KeyError, TypeError, OSError) as problem:
        raise UnreadableModel(str(problem)) from problem
    measured = {tag: Measured(**one) for tag, one in told["measured"].items()}
    return Model(
        keywords, learnt, told["keywords_f1"], told["learnt_f1"], told["confirmed"], measured
    )


def _learnt(told: dict[str, Any], arrays: Any, keywords: Keywords) -> Learnt:
    vectors = Vectors.known(told["words"], told["pieces"], keywords)
    vectors.words.rarity = arrays["words_rarity"]
    vectors.pieces.rarity = arrays["pieces_rarity"]
    return Learnt(
        tags=tuple(told["tags"]),
        vectors=vectors,
        **{name: arrays[name] for name in _ARRAYS},
        **{name: told[name] for name in _VALUES},
    )
