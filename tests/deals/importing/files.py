"""Small files as CRMs export them."""

from __future__ import annotations

from pathlib import Path

from app.deals.importing.opening import InputFile

HEADER = "Deal ID,Deal Name,Company name,Deal Stage,Amount,Create Date,Close Date,Deal owner"


def deal(number: int, stage: str = "Closed lost", **cells: str) -> str:
    """One row: D1 at Account 1, lost."""
    row = {
        "id": f"D{number}",
        "name": f"Deal {number}",
        "account": f"Account {number}",
        "stage": stage,
        "amount": "1200",
        "opened": "2026-01-10",
        "closed": "2026-03-20",
        "owner": "Ana Ruiz",
    } | cells
    return ",".join(f'"{cell}"' for cell in row.values())


def text_of(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows]) + "\r\n"


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "deals.csv") -> InputFile:
    path = folder / name
    path.write_text(text_of(*rows, header=header), encoding="utf-8", newline="")
    return InputFile(path, name)
