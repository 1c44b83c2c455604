"""What is told to people and programs: one message for a run that changed something, or that can no longer read a source."""

import hashlib
import json
from typing import Literal

from pydantic import Field

from policydiff.model import Value
from policydiff.report.catalog import catalog
from policydiff.watch.examine import DocumentChange, RunReport
from policydiff.watch.failure import FailureKind
from policydiff.watch.run_page import message_text, subject


class ToldFailure(Value):
    """A source that can no longer be read."""

    source: str
    item: str
    failure: FailureKind
    detail: str | None


class Message(Value):
    """The changes of one run, ready to be sent."""

    schema_id: Literal["policydiff/notice/1"] = Field(default="policydiff/notice/1", alias="schema")
    id: str
    """The same for the same versions, however often it is sent: receivers drop doubles by it."""
    run: str
    subject: str
    text: str
    changes: tuple[DocumentChange, ...]
    failures: tuple[ToldFailure, ...] = ()
    """Sources that failed in this run and did not before."""


def compose(report: RunReport, lang: str) -> Message | None:
    """Return the message of a run, None where nothing changed and nothing began to fail: silence is not news."""
    failing = report.result.newly_failing
    if not report.changes and not failing:
        return None
    say = catalog(lang)
    named = [
        f"{change.reference.id}@{change.reference.version}/{change.reference.text_sha256}"
        for change in report.changes
    ]
    if not named:
        named = [f"{each.at.isoformat()} {each.source} {each.item} {each.failure}" for each in failing]
    return Message(
        id=hashlib.sha256(json.dumps(sorted(named)).encode()).hexdigest()[:32],
        run=report.result.run,
        subject=subject(report, say),
        text=message_text(report, say),
        changes=report.changes,
        failures=tuple(
            ToldFailure(source=each.source, item=each.item, failure=each.failure, detail=each.detail)
            for each in failing
            if each.failure is not None
        ),
    )
