"""What is told to people and programs: one message a run that changed something."""

import hashlib
import json
from typing import Literal

from pydantic import Field

from policydiff.model import Value
from policydiff.report.catalog import catalog
from policydiff.watch.examine import DocumentChange, RunReport
from policydiff.watch.run_page import message_text, subject


class Message(Value):
    """The changes of one run, ready to be sent."""

    schema_id: Literal["policydiff/notice/1"] = Field(default="policydiff/notice/1", alias="schema")
    id: str
    """The same for the same versions, however often it is sent: receivers drop doubles by it."""
    run: str
    subject: str
    text: str
    changes: tuple[DocumentChange, ...]


def compose(report: RunReport, lang: str) -> Message | None:
    """Return the message of a run, None where nothing changed: silence is not news."""
    if not report.changes:
        return None
    say = catalog(lang)
    named = [
        f"{change.reference.id}@{change.reference.version}/{change.reference.text_sha256}"
        for change in report.changes
    ]
    return Message(
        id=hashlib.sha256(json.dumps(sorted(named)).encode()).hexdigest()[:32],
        run=report.result.run,
        subject=subject(report, say),
        text=message_text(report, say),
        changes=report.changes,
    )
