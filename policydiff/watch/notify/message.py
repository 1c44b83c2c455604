"""What is told to people and programs: one message a run that changed something."""

import hashlib
import json
from typing import Literal

from pydantic import Field

from policydiff.lexicon.labels import labels
from policydiff.model import Value
from policydiff.watch.escape import plain
from policydiff.watch.examine import DocumentChange, RunReport
from policydiff.watch.telling import figures, run_lines


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
    say = labels(lang)
    named = [
        f"{change.reference.id}@{change.reference.version}/{change.reference.text_sha256}"
        for change in report.changes
    ]
    first = report.changes[0]
    more = len(report.changes) - 1
    subject = f"{say['title']}: {plain(first.name, 80)} ({figures(first, lang)})"
    if more:
        subject += f", {say['more'].format(count=more)}"
    return Message(
        id=hashlib.sha256(json.dumps(sorted(named)).encode()).hexdigest()[:32],
        run=report.result.run,
        subject=plain(subject, 200),
        text="\n".join(run_lines(report, lang)) + "\n",
        changes=report.changes,
    )
