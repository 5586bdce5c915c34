"""What the model sees of a question: its words, the shape of its clauses, its kind."""

from __future__ import annotations

from collections.abc import Iterator

from app.guides.linting.lexicon import evaluation
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, Question

_CLASSES = (
    ("loaded", evaluation.LOADED_BAD | evaluation.LOADED_GOOD | evaluation.LOADED_NOUNS),
    ("bad", evaluation.MILD_BAD),
    ("good", evaluation.MILD_GOOD),
    ("problem", evaluation.PROBLEM_NOUNS),
    ("gain", evaluation.GAIN_NOUNS),
    ("better", evaluation.IMPROVING_VERBS),
    ("worse", evaluation.HARMING_VERBS | evaluation.LOADED_VERBS),
)
_CLASS_OF: dict[str, str] = {word: name for name, members in _CLASSES for word in members}
_CLASS_OF |= {
    form: _CLASS_OF[base]
    for form, (base, _) in FORMS.items()
    if base in _CLASS_OF and form not in _CLASS_OF
}


def features(question: Question, kind: str | None) -> set[str]:
    """Return the features of a question, each once."""
    seen = set(_of_words(question))
    seen.update(_of_shape(question, kind))
    return seen


def _of_words(question: Question) -> list[str]:
    before = "^"
    seen = []
    # The line holds one word for each tag; a word with a space in it is cut short.
    shown_words = question.line.split(" ")
    for low, word, tag in zip(question.low, shown_words, question.tags, strict=False):
        shown = tag if tag in "KQU" else word
        seen.append("w=" + shown)
        seen.append(f"w={before} {shown}")
        if low in _CLASS_OF and tag not in "KQ":
            seen.append("c=" + _CLASS_OF[low])
            seen.append(f"c={before} {_CLASS_OF[low]}")
        before = shown
    seen.append(f"w={before} $")
    return seen


def _of_shape(question: Question, kind: str | None) -> Iterator[str]:
    low, tags = question.low, question.tags
    aux = low[question.aux] if question.aux >= 0 else "-"
    base = question.base(question.verb) or "-"
    subject = question.subject_words[0] if question.subject_words else "-"
    wh = question.wh_word or "-"
    asked = f"{question.form.value} {wh} {aux}"
    yield f"form={question.form.value}"
    yield f"asked={asked}"
    yield f"who={wh} {aux} {subject}"
    yield f"verb={base}"
    yield f"does={subject} {base}"
    yield f"wh verb={wh} {base}"
    yield f"kind={kind}"
    yield f"kind form={kind} {question.form.value} {wh}"
    yield f"kind aux={kind} {aux}"
    yield f"kind verb={kind} {base}"
    if question.hedged:
        yield "hedged"
        yield f"hedged={asked}"
    for lead in question.leads:
        yield f"lead={lead.kind.value} {low[lead.first]}"
    yield f"sentences={min(len(question.sentences), 3)}"
    yield f"length={min(len(low) // 5, 6)}"
    yield f"ends={tags[-1:]}"
    core = tags[question.head : question.end]
    for at in range(len(core) - 2):
        yield f"t={core[at : at + 3]}"
    yield f"begins={core[:4]}"
    if question.form is not Form.OPEN and question.wh >= 0:
        yield f"inside={wh}"
