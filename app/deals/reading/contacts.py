"""The people of a file (`--contacts`), to be joined with deals by id or e-mail address."""

from collections.abc import Iterator

from app.deals.reading.files import Row, Table
from app.deals.reading.headers import Mapping
from app.deals.reading.people import flagged_email
from app.deals.reading.records import ContactRecord, Flag, Ignored, Problem, Refusal
from app.deals.reading.roles import read_buying_role
from app.deals.reading.triage import sound_rows
from app.deals.reading.values import Unreadable, read_boolean, read_label


def read_contacts(table: Table, mapping: Mapping) -> Iterator[ContactRecord | Refusal | Ignored]:
    """Read one person a row; map the header with CONTACT_LABELS."""
    columns = mapping.columns
    seen: dict[str, int] = {}
    for row in sound_rows(table, mapping, "external_id"):
        if not isinstance(row, Row):
            yield row
            continue
        labels = {field: read_label(row.cells[index]) or "" for field, index in columns.items()}
        email, flags = flagged_email("email", labels.get("email", ""))
        name = labels.get("name") or _joined_name(labels) or email
        external_id = labels.get("external_id") or None
        if not name or not (external_id or email):
            yield _refused(row, has_name=bool(name))
            continue
        key = external_id or (email or "").casefold()
        if key in seen:
            yield Ignored(row.line, key, f"the person of line {seen[key]} again")
            continue
        seen[key] = row.line
        do_not_contact, unclear = _do_not_contact(labels.get("do_not_contact", ""))
        role = labels.get("buying_role", "")
        yield ContactRecord(
            line=row.line,
            external_id=external_id,
            name=name,
            email=email,
            title=labels.get("title") or None,
            account=labels.get("account") or None,
            account_external_id=labels.get("account_external_id") or None,
            buying_role=read_buying_role(role),
            role_as_written=role or None,
            language=labels.get("language") or None,
            time_zone=labels.get("time_zone") or None,
            do_not_contact=do_not_contact,
            flags=flags + unclear,
        )


def _joined_name(labels: dict[str, str]) -> str:
    parts = (labels.get("first_name", ""), labels.get("last_name", ""))
    return " ".join(part for part in parts if part)


def _refused(row: Row, *, has_name: bool) -> Refusal:
    if has_name:
        problem = Problem("external_id", "", "has neither an id nor an e-mail address")
    else:
        problem = Problem("name", "", "has neither a name nor an e-mail address")
    return Refusal(row.line, (problem,), tuple(row.cells))


def _do_not_contact(text: str) -> tuple[bool, tuple[Flag, ...]]:
    """Whether the person asked to be left alone; in doubt they did."""
    try:
        return read_boolean(text) is True, ()
    except Unreadable as error:
        why = f"{error}: taken as 'do not contact'"
        return True, (Flag("do_not_contact", text, why),)
