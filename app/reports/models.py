"""Reports: the parts that a person writes, their way to being published, and what was frozen."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import (
    Base,
    HasId,
    UtcDateTime,
    json_column,
    public_id_column,
    text_column,
    token_column,
)
from app.interviews.confidence import Audience


class ReportText(HasId, Base):
    """What a person wrote for one report: headline, recommendation, a comment per section.

    `subject` is 'quarter:2026Q3', 'themes:2026Q3' or 'deal:<public id>'.
    """

    __tablename__ = "report_texts"
    __table_args__ = (UniqueConstraint("subject"),)

    subject: Mapped[str] = text_column(personal=False, length=80)
    headline: Mapped[str] = text_column(personal=False, default="")
    to_do: Mapped[str] = text_column(personal=False, default="")
    #: By the section's name.
    comments: Mapped[dict[str, str]] = json_column(personal=False)
    written_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class ReportKind(enum.StrEnum):
    QUARTER = "quarter"
    THEMES = "themes"
    DEAL = "deal"


class FileForm(enum.StrEnum):
    """What a report is made into; the file's ending."""

    PDF = "pdf"
    XLSX = "xlsx"
    PPTX = "pptx"


class ReportState(enum.StrEnum):
    """How far a report is; while nobody asked for it to be read over, it is a draft."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class Report(HasId, Base):
    """One report for one audience, from the moment somebody asked to have it read over."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("kind", "subject", "audience", "narrowed"),)

    public_id: Mapped[str] = public_id_column()
    kind: Mapped[ReportKind] = token_column(ReportKind, name="kind")
    #: '2026Q3', or a deal's public id.
    subject: Mapped[str] = text_column(personal=False, length=80)
    audience: Mapped[Audience] = token_column(Audience, name="audience")
    #: Its filters, as an address writes them.
    narrowed: Mapped[str] = text_column(personal=False, length=2000, default="")
    state: Mapped[ReportState] = token_column(ReportState, name="state", default=ReportState.DRAFT)
    asked_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    reviewed_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Why(enum.StrEnum):
    """Why a version was issued."""

    PUBLISHED = "published"
    ANEW = "anew"
    WITHDRAWN = "withdrawn"


class Issue(HasId, Base):
    """A version of a published report, frozen: what it says never changes. Where a buyer took
    words back, its words go and another version takes its place."""

    __tablename__ = "report_issues"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        Index("ix_report_issues_served", "is_served", "report_id"),
    )

    public_id: Mapped[str] = public_id_column()
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = text_column(personal=False, length=400)
    data: Mapped[dict[str, Any]] = json_column(personal=True)
    reason_list_version: Mapped[int | None]
    #: Of the code that counts, as a checksum.
    formulas: Mapped[str] = text_column(personal=False, length=16)
    #: The document that the PDF was printed from, and the PDF; empty once words were taken back.
    html_key: Mapped[str] = text_column(personal=False, length=120, default="")
    pdf_key: Mapped[str] = text_column(personal=False, length=120, default="")
    pdf_sha256: Mapped[str] = text_column(personal=False, length=64)
    quoted_deals: Mapped[list[int]] = json_column(personal=False, default=list)
    why: Mapped[Why] = token_column(Why, name="why", default=Why.PUBLISHED)
    #: What is different from the version before, in sentences.
    changes: Mapped[list[str]] = json_column(personal=False, default=list)
    is_served: Mapped[bool] = mapped_column(default=True)
    issued_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    report: Mapped[Report] = relationship()


class ReportLink(HasId, Base):
    """An address by which a published report is read without signing in, until a day."""

    __tablename__ = "report_links"

    public_id: Mapped[str] = public_id_column()
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = text_column(personal=False, length=64, unique=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    report: Mapped[Report] = relationship()


class ReportSchedule(HasId, Base):
    """The quarter's report for an audience, mailed so many days after the quarter's end to
    everybody of that audience."""

    __tablename__ = "report_schedules"
    __table_args__ = (UniqueConstraint("audience"),)

    audience: Mapped[Audience] = token_column(Audience, name="audience")
    days_after: Mapped[int]
    #: Whether the PDF goes along; else the letter leads to it.
    as_pdf: Mapped[bool] = mapped_column(default=False)
    #: The quarter that was mailed last, such as '2026Q3'.
    mailed: Mapped[str] = text_column(personal=False, length=8, default="")
    set_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
