"""Which person had a part in which deal (`--links`), as HubSpot and Salesforce export it."""

from collections.abc import Iterator

from app.deals.reading.files import Row, Table
from app.deals.reading.headers import Mapping
from app.deals.reading.records import Ignored, LinkRecord, Problem, Refusal
from app.deals.reading.roles import read_buying_role
from app.deals.reading.triage import sound_rows
from app.deals.reading.values import read_label


def read_links(table: Table, mapping: Mapping) -> Iterator[LinkRecord | Refusal | Ignored]:
    """Read one link a row; map the header with LINK_LABELS."""
    columns = mapping.columns
    seen: set[tuple[str, str]] = set()
    for row in sound_rows(table, mapping, "deal_external_id"):
        if not isinstance(row, Row):
            yield row
            continue
        labels = {field: read_label(row.cells[index]) or "" for field, index in columns.items()}
        deal, contact = labels.get("deal_external_id", ""), labels.get("contact_external_id", "")
        if not deal or not contact:
            missing = "contact_external_id" if deal else "deal_external_id"
            problem = Problem(missing, "", "is blank: a link needs a deal and a contact")
            yield Refusal(row.line, (problem,), tuple(row.cells))
            continue
        if (deal, contact) in seen:
            yield Ignored(row.line, deal, f"the link with contact {contact} again")
            continue
        seen.add((deal, contact))
        role = labels.get("buying_role", "")
        yield LinkRecord(row.line, deal, contact, read_buying_role(role), role or None)
