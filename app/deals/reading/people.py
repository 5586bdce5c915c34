"""The people named on a row of deals."""

from app.deals.reading.records import DealContact, Flag
from app.deals.reading.roles import read_buying_role
from app.deals.reading.values import (
    Unreadable,
    at,
    read_email,
    read_label,
    split_name_and_email,
    split_several,
)

CONTACT_FIELDS = (
    "contact_external_id",
    "contact_name",
    "contact_first_name",
    "contact_last_name",
    "contact_email",
    "contact_title",
    "buying_role",
)


def read_contacts(
    cells: dict[str, str],
) -> tuple[tuple[DealContact, ...], tuple[Flag, ...]]:
    """Read the contact cells of a row (field -> text); ids, names and e-mails may be several.

    They are paired by position. Where there are fewer or more names than ids, nobody can say
    whose they are: the ids are kept and the names flagged.
    """
    ids = split_several(cells.get("contact_external_id", ""))
    names = split_several(cells.get("contact_name", "")) or _joined_name(cells)
    emails = split_several(cells.get("contact_email", ""))
    flags: list[Flag] = []
    if not (ids or names or emails):
        return (), ()
    if ids and names and len(ids) != len(names):
        why = f"{len(names)} names beside {len(ids)} contact ids: nobody can say whose they are"
        flags.append(Flag("contact_name", cells.get("contact_name", ""), why))
        names = []
    count = len(ids) or len(names) or len(emails)
    if len(emails) > count or (len(emails) < count and len(emails) > 1):
        why = f"{len(emails)} e-mail addresses for {count} people: nobody can say whose they are"
        flags.append(Flag("contact_email", cells.get("contact_email", ""), why))
        emails = []
    titles = split_several(cells.get("contact_title", "")) if count > 1 else []
    roles = split_several(cells.get("buying_role", "")) if count > 1 else []
    contacts = []
    for index in range(count):
        name, email_in_name = split_name_and_email(at(names, index))
        email, email_flag = flagged_email("contact_email", at(emails, index) or email_in_name)
        flags.extend(email_flag)
        role = at(roles, index) if count > 1 else cells.get("buying_role", "")
        title = at(titles, index) if count > 1 else cells.get("contact_title", "")
        contacts.append(
            DealContact(
                external_id=at(ids, index) or None,
                name=read_label(name),
                email=email,
                title=read_label(title),
                buying_role=read_buying_role(role),
                role_as_written=read_label(role),
            )
        )
    known = (
        contact for contact in contacts if contact.external_id or contact.name or contact.email
    )
    return tuple(dict.fromkeys(known)), tuple(flags)


def flagged_email(field: str, text: str) -> tuple[str | None, tuple[Flag, ...]]:
    """Read an e-mail address; a wrong one is left out and flagged, for the row is still good."""
    try:
        return read_email(text), ()
    except Unreadable as error:
        return None, (Flag(field, text, str(error)),)


def _joined_name(cells: dict[str, str]) -> list[str]:
    parts = (cells.get("contact_first_name", ""), cells.get("contact_last_name", ""))
    name = " ".join(part.strip() for part in parts if part.strip())
    return [name] if name else []
