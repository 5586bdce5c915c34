"""Learning and suggesting, in the worker alone: the web process never loads what learns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.core.jobs import JobContext, job
from app.core.storage import Storage
from app.tagging.suggestions import learning, making, queries

_AT_ONCE = 20


@job("tagging.learn", every=timedelta(minutes=10))
def learn(context: JobContext) -> dict[str, Any]:
    """Learn where enough is new; a run that finds nothing new costs three questions."""
    with context.db.reading() as session:
        lesson = learning.what_to_learn(session)
    if lesson is None:
        return {}
    from app.tagging.suggesting.directions import learn_directions
    from app.tagging.suggesting.keeping import Suggester, as_bytes  # brings numpy
    from app.tagging.suggesting.keywords import Keywords
    from app.tagging.suggesting.training import train

    model = train(lesson.examples, Keywords(lesson.seeds))
    storage = _storage(context)
    suggester = Suggester(model, learn_directions(lesson.directions))
    file = storage.put("suggester", as_bytes(suggester), "npz")
    with context.db.writing() as session:
        version, old = learning.keep_version(session, lesson, model, file)
        result = {"confirmed": version.confirmed, "learnt": version.is_learnt}
    for key in old:
        storage.delete(key)
    return result


@job("tagging.suggest", every=timedelta(minutes=2))
def suggest(context: JobContext) -> dict[str, Any]:
    """Suggest for the interviews that wait for a tagger and for the latest version."""
    with context.db.reading() as session:
        version = queries.latest_version(session)
        if version is None or version.file is None:
            return {}
        version_id, file = version.id, version.file
        waiting = queries.interviews_to_suggest_for(session, version)
    if not waiting:
        return {}
    from app.tagging.suggesting.keeping import UnreadableModel, from_bytes  # brings numpy

    try:
        suggester = from_bytes(b"".join(_storage(context).open_range(file)))
    except UnreadableModel:  # of an earlier release: it is learnt anew within minutes
        return {}
    kept = 0
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        with context.db.reading() as session:
            texts = {each: making.texts_of(session, each) for each in some}
            rivals = making.rivals_of(session)
        found = {each: making.find(suggester, texts[each], rivals) for each in some}
        with context.db.writing() as session:
            for each in some:
                kept += making.keep(session, each, version_id, found[each])
        context.progress(start + len(some), len(waiting))
    return {"interviews": len(waiting), "suggestions": kept}


def _storage(context: JobContext) -> Storage:
    storage: Storage = context.app.extensions["because_storage"]
    return storage
