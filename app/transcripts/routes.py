"""The transcript of an interview: bringing it in, who is who, and laid along the guide."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.core.panels import render_panels
from app.deals import operations as deals
from app.deals.access import title_for
from app.deals.models import Contact
from app.deals.queries import people_of
from app.identity.models import User
from app.interviews.loading import load_conversation
from app.interviews.models import Interview
from app.interviews.queries import possible_interviewers
from app.transcripts import drafting, operations, queries, speakers, words
from app.transcripts.forms import (
    NEW_CONTACT,
    SOMEBODY_ELSE,
    SOMEBODY_OF_OURS,
    ImportForm,
    SpeakersForm,
)
from app.transcripts.models import Part, Transcript
from app.transcripts.reading import MOST_BYTES, TOO_LARGE, NotATranscript
from app.transcripts.showing import name_of, overview, spoken

INVALID = 422
_FORM_AROUND = 1 << 20

blueprint = Blueprint(
    "transcripts",
    __name__,
    template_folder="templates",
    url_prefix="/interviews/<public_id>/transcript",
)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "parts": Part, "name_of": name_of}


@blueprint.url_value_preprocessor
def _refuse_too_large(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything of it is read."""
    request.max_content_length = MOST_BYTES + _FORM_AROUND
    if (request.content_length or 0) > MOST_BYTES + _FORM_AROUND:
        abort(413, TOO_LARGE)


@blueprint.get("")
@guarded("interviews.hold")
def page(public_id: str) -> Any:
    """The transcript beside the guide with its drafts."""
    interview = interview_of_page(public_id)
    transcript = queries.transcript_of(current_session(), interview)
    if transcript is None:
        return redirect(url_for("transcripts.bring_in", public_id=public_id))
    people = queries.speakers_of(current_session(), transcript)
    if not queries.is_settled(people):
        return redirect(url_for("transcripts.who_is_who", public_id=public_id))
    segments = queries.segments_of(current_session(), transcript)
    by_id = {speaker.id: speaker for speaker in people}
    conversation = load_conversation(current_session(), interview)
    drafts = queries.drafts_of(current_session(), transcript)
    return render_template(
        "transcripts/transcript.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        transcript=transcript,
        spoken=spoken(segments, by_id),
        count=len(segments),
        people=people,
        has_both_sides=queries.has_both_sides(people),
        conversation=conversation,
        overview=overview(transcript, drafts, segments, by_id, conversation),
        player=render_panels("transcript.player", interview),
    )


@blueprint.route("/import", methods=["GET", "POST"])
@guarded("interviews.hold")
def bring_in(public_id: str) -> Any:
    """A file, or its words pasted."""
    interview = interview_of_page(public_id)
    there = queries.transcript_of(current_session(), interview)
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(interview, there, form), INVALID if form.is_submitted() else 200
    try:
        imported = operations.import_transcript(
            current_session(),
            viewer().actor,
            interview,
            _file(form),
            replace=bool(form.replace.data),
        )
    except (NotATranscript, operations.CannotImport) as problem:
        discard_changes()
        field = form.file if form.file.data and form.file.data.filename else form.pasted
        field.errors = [str(problem)]
        return _import_page(interview_of_page(public_id), there, form), INVALID
    if imported.outcome is operations.Outcome.UNCHANGED:
        flash("This is the transcript that was there already; nothing was changed.")
        return redirect(url_for("transcripts.page", public_id=public_id), 303)
    return redirect(url_for("transcripts.who_is_who", public_id=public_id), 303)


def _file(form: ImportForm) -> operations.File:
    """Raises NotATranscript."""
    upload = form.file.data
    if upload is not None and upload.filename:
        content = upload.stream.read(MOST_BYTES + 1)
        name = upload.filename.replace("\\", "/").rsplit("/", 1)[-1]
        return operations.read_file(content, name, form.told_format)
    return operations.read_file(form.pasted.text.encode(), "Pasted words", form.told_format)


def _import_page(interview: Interview, there: Transcript | None, form: ImportForm) -> str:
    return render_template(
        "transcripts/import.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        form=form,
        there=there,
    )


@blueprint.route("/speakers", methods=["GET", "POST"])
@guarded("interviews.hold")
def who_is_who(public_id: str) -> Any:
    """Each label of the file matched by a person."""
    interview, transcript = transcript_of_page(public_id)
    people = queries.speakers_of(current_session(), transcript)
    contacts = [row.contact for row in people_of(current_session(), interview.deal)]
    users = possible_interviewers(current_session())
    suggested = speakers.suggest(current_session(), interview, people, contacts, users)
    form = SpeakersForm()
    if not form.is_submitted():
        for speaker in people:
            form.speakers.append_entry(
                {
                    "speaker": speaker.public_id,
                    "who": _current_key(speaker)
                    or (suggested[speaker.id].key if speaker.id in suggested else ""),
                }
            )
    form.offer(_choices(interview, contacts, users))
    if form.validate_on_submit():
        try:
            _identify(interview, transcript, form)
            return redirect(url_for("transcripts.page", public_id=public_id), 303)
        except speakers.CannotIdentify as refusal:
            discard_changes()
            flash(str(refusal), "error")
            return redirect(url_for("transcripts.who_is_who", public_id=public_id), 303)
    counts = queries.count_segments(current_session(), transcript)
    html = render_template(
        "transcripts/speakers.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        transcript=transcript,
        form=form,
        rows=[
            (speaker, counts.get(speaker.id, 0), suggested.get(speaker.id)) for speaker in people
        ],
        said=queries.first_words(current_session(), transcript),
    )
    return html, INVALID if form.is_submitted() else 200


def _current_key(speaker: Any) -> str:
    if speaker.contact is not None:
        return speakers.contact_key(speaker.contact)
    if speaker.user is not None:
        return speakers.user_key(speaker.user.id)
    keys = {Part.INTERVIEWER: SOMEBODY_OF_OURS, Part.OTHER: SOMEBODY_ELSE}
    return keys.get(speaker.part, "")


def _choices(interview: Interview, contacts: Any, users: Any) -> list[tuple[str, str]]:
    """The interviewer first, then the deal's contacts, then everybody else of ours."""
    own = sorted(users, key=lambda user: user.id != interview.interviewer_id)
    first = [
        (speakers.user_key(user.id), f"{user.name}, the interviewer")
        for user in own
        if user.id == interview.interviewer_id
    ]
    buyers = [(speakers.contact_key(each), f"{each.name}, buyer") for each in contacts]
    others = [
        (speakers.user_key(user.id), f"{user.name}, one of us")
        for user in own
        if user.id != interview.interviewer_id
    ]
    return [
        *first,
        *buyers,
        (NEW_CONTACT, "A buyer who is not listed yet"),
        *others,
        (SOMEBODY_OF_OURS, "Somebody else of ours"),
        (SOMEBODY_ELSE, "Somebody else, or several people"),
    ]


def _identify(interview: Interview, transcript: Transcript, form: SpeakersForm) -> None:
    by_public_id = {
        row.public_id: row for row in queries.speakers_of(current_session(), transcript)
    }
    contacts = {
        speakers.contact_key(row.contact): row.contact
        for row in people_of(current_session(), interview.deal)
    }
    users = {speakers.user_key(user.id): user for user in possible_interviewers(current_session())}
    identities: dict[int, speakers.Identity] = {}
    for entry in form.speakers:
        speaker = by_public_id.get(entry.form.speaker.data or "")
        if speaker is None:
            raise NotFound
        identities[speaker.id] = _identity(interview, entry.form, contacts, users)
    if identities.keys() != {row.id for row in by_public_id.values()}:
        raise NotFound
    speakers.identify(current_session(), viewer().actor, interview, transcript, identities)
    _lay_out(interview, transcript)


def _identity(
    interview: Interview, part: Any, contacts: dict[str, Contact], users: dict[str, User]
) -> speakers.Identity:
    who = part.who.data
    if who == NEW_CONTACT:
        person = deals.Person(name=part.name.text)
        added = deals.add_person(current_session(), viewer().actor, interview.deal, person)
        return speakers.Identity(Part.BUYER, contact=added.contact)
    if who in contacts:
        return speakers.Identity(Part.BUYER, contact=contacts[who])
    if who == SOMEBODY_ELSE:
        return speakers.Identity(Part.OTHER)
    return speakers.Identity(Part.INTERVIEWER, user=users.get(who))


def _lay_out(interview: Interview, transcript: Transcript) -> None:
    conversation = load_conversation(current_session(), interview)
    guide = interview.guide_version
    language = guide.content.get("language", "en") if guide is not None else "en"
    drafting.lay_out(current_session(), transcript, conversation, language)


@blueprint.route("/delete", methods=["GET", "POST"])
@guarded("interviews.hold")
def take_away(public_id: str) -> Any:
    """Asks first, and says what stays."""
    interview, transcript = transcript_of_page(public_id)
    if request.method == "POST":
        operations.delete_transcript(current_session(), viewer().actor, transcript)
        flash("The transcript is deleted. Answers made from it stay.")
        return redirect(url_for("interviews.page", public_id=public_id), 303)
    return render_template(
        "transcripts/delete.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        transcript=transcript,
        answers=queries.count_answers_from(current_session(), transcript),
    )


def interview_of_page(public_id: str) -> Interview:
    return queries.interview_to_transcribe(current_session(), viewer(), public_id)


def transcript_of_page(public_id: str) -> tuple[Interview, Transcript]:
    interview = interview_of_page(public_id)
    transcript = queries.transcript_of(current_session(), interview)
    if transcript is None:
        raise NotFound
    return interview, transcript
