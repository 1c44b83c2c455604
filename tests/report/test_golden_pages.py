"""Each page as a person reads it, held in a file: a change of words, order or layout shows as a difference of the file.

`POLICYDIFF_WRITE_PAGES=1 pytest tests/report/test_golden_pages.py` writes the files anew; look at the difference.
"""

import io
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.text.paragraph import Paragraph

from policydiff.checks import CheckedChange, CheckReport, Finding
from policydiff.collection.importing import ImportItem, ImportSummary
from policydiff.collection.relations import StaleLocal, Standing
from policydiff.model import (
    ChangeKind,
    Comparison,
    Direction,
    ForceKind,
    Reference,
    RevisionDiff,
    RevisionSummary,
    Signal,
    SignalType,
    Span,
    VersionRecord,
)
from policydiff.model.base import Value
from policydiff.model.lagging import BasisChange, DocumentValidity, Ground, ValidityState
from policydiff.model.listed import DocumentList, LoggedVersion, VersionLog
from policydiff.notify import DocumentChange, ToldChange, ToldLag
from policydiff.report import Format, RenderOptions, render
from policydiff.settings.settings import Level, RuleKind
from policydiff.store import Fault, FaultKind, StoreStatus, Verification
from policydiff.watch import FailureKind
from policydiff.watch.examine import RunReport
from policydiff.watch.ledger import Entry, Outcome
from policydiff.watch.run import RunResult
from policydiff.watch.watched import Health, SourceHealth

from .test_history import HISTORY
from .test_lists import IDENTITY, RECORD
from .test_several import paced, peers, sourced

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def version(day: date, number: int) -> VersionRecord:
    return RECORD.model_copy(
        update={"version": day.isoformat(), "issued": day, "source_name": f"{number}.html"}
    )


LOG = VersionLog(
    identity=IDENTITY,
    versions=(
        LoggedVersion(
            record=version(date(2023, 5, 1), 2),
            in_force_from=date(2023, 6, 1),
            changes=RevisionSummary(modified=3, added=1, removed=2, moved=1),
        ),
        LoggedVersion(
            record=version(date(2021, 11, 29), 1),
            in_force_from=date(2022, 1, 1),
            in_force_until=date(2023, 5, 31),
        ),
    ),
    standing=DocumentValidity(
        id=IDENTITY.id,
        version="2023-05-01",
        title=IDENTITY.title,
        state=ValidityState.ENDED,
        since=date(2023, 6, 1),
        until=date(2024, 12, 31),
        ended_by="city/b@2025-01-01",
        grounds=(
            Ground(
                kind=ForceKind.ENDS,
                document="city/b@2025-01-01",
                title="某市办法",
                text="《静安区实施意见》同时废止。",
                day=date(2025, 1, 1),
            ),
        ),
    ),
)
STANDING = Standing(
    store=StoreStatus(
        folder="policies",
        commit="c0ffee",
        documents=2,
        versions=3,
        recorded_at=NOW,
        unrecorded=("documents/a/2020-01-01/text.txt",),
    ),
    stale=(
        StaleLocal(
            id="jingan/a",
            version="2021-11-29",
            title="静安区实施意见",
            superior="city/b",
            made_under="2018-07-24",
            newest="2023-01-01",
        ),
    ),
)
CHECK = CheckReport(
    checked=(
        CheckedChange(
            document="city/b",
            title="某市办法",
            version="2023-01-01",
            previous="2018-07-24",
            findings=(
                Finding(
                    rule=RuleKind.REMOVED_CLAUSE,
                    level=Level.ERROR,
                    document="city/b",
                    title="某市办法",
                    version="2023-01-01",
                    previous="2018-07-24",
                    clause="art_3",
                    label="第三条",
                    message="clause removed",
                    old="行政机关应当在二十日内作出决定。",
                ),
            ),
        ),
    ),
    unused_waivers=("removed_clause city/c",),
)
AMOUNT = Signal(
    type=SignalType.AMOUNT,
    direction=Direction.HIGHER,
    old="30万元",
    new="50万元",
    old_span=Span(11, 15),
    new_span=Span(11, 15),
    weight=0.8,
)
HEALTH = Health(
    at=NOW,
    sources=3,
    paused=1,
    items=12,
    last_run=None,
    late=(
        SourceHealth(source="city", every_hours=24, read_at=NOW, failures=2, detail="the page answers 503"),
    ),
    failing=("city /notice/1",),
    missing=("city /notice/2: city/b@2023-01-01",),
)
RUN = RunReport(
    result=RunResult(
        run="2026-01-02T03-04-05Z",
        started=NOW,
        ended=NOW,
        resumed=False,
        entries=(
            Entry(run="r", at=NOW, source="city", outcome=Outcome.CHANGED),
            Entry(run="r", at=NOW, source="district", outcome=Outcome.UNCHANGED),
            Entry(
                run="r",
                at=NOW,
                source="county",
                outcome=Outcome.FAILED,
                failure=FailureKind.BLOCKED,
                status=403,
                detail="the server refuses",
            ),
        ),
        not_due=("village",),
    ),
    changes=(
        DocumentChange(
            source="city",
            item="",
            url="https://example.org/b",
            reference=Reference(id="city/b", version="2023-01-01", title="某市办法"),
            previous="2018-07-24",
            summary=RevisionSummary(modified=1, of_substance=1),
            signals=(AMOUNT,),
            clauses=(
                ToldChange(
                    label="第三条",
                    kind=ChangeKind.MODIFIED,
                    old="对符合条件的企业给予30万元补助。",
                    new="对符合条件的企业给予50万元补助。",
                    signals=(AMOUNT,),
                    weight=0.8,
                ),
            ),
            lagging=(
                ToldLag(
                    id="jingan/a",
                    version="2021-11-29",
                    title="静安区实施意见",
                    basis="city/b",
                    basis_title="某市办法",
                    change=BasisChange.REVISED,
                    since=date(2023, 1, 1),
                    behind=("第二条",),
                    lacking=1,
                    astray=0,
                ),
            ),
        ),
    ),
)
"""Small results of the rooms above, each with something to tell in every list of its page."""


@pytest.fixture(scope="module")
def results(report: Comparison, revision: RevisionDiff) -> dict[str, Value]:
    local, superior = report.sides
    other = superior.model_copy(update={"title": "某省实施意见"})
    return {
        "comparison": report,
        "revision": revision,
        "superiors": sourced(local, superior, other),
        "peers": peers(superior, local, local.model_copy(update={"title": "徐汇区实施意见"})),
        "over-time": paced(local, superior, other),
        "history": HISTORY,
        "document": local,
        "list": DocumentList(documents=()),
        "log": LOG,
        "status": STANDING,
        "verify": Verification(
            folder="policies",
            documents=2,
            versions=3,
            faults=(
                Fault(
                    kind=FaultKind.CHANGED,
                    path="documents/a",
                    message="documents/a differs from what is recorded",
                ),
            ),
        ),
        "import": ImportSummary(added=3, unchanged=1, failed=(ImportItem(file="b.pdf", error="no text"),)),
        "check": CHECK,
        "health": HEALTH,
        "run": RUN,
    }


def told(file: bytes) -> Iterator[str]:
    """Yield the lines of a Word file: paragraphs, rows with bold words as **…**, struck ones as ~~…~~."""
    document = docx.Document(io.BytesIO(file))
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(" / ".join(marked(each) for each in cell.paragraphs) for cell in row.cells)
        else:
            yield marked(block)


def marked(paragraph: Paragraph) -> str:
    out = ""
    for run in paragraph.runs:
        sign = "~~" if run.font.strike else "**" if run.font.bold else ""
        out += f"{sign}{run.text}{sign}"
    return out.replace("****", "").replace("~~~~", "")


ALL: dict[str, object] = {"everything": True}
AS_IT_IS: dict[str, object] = {}
CASES: list[tuple[str, str, Format, str, dict[str, object]]] = [
    *((f"{name}.md", name, Format.MARKDOWN, "zh", ALL) for name in ("comparison", "revision", "superiors", "peers", "over-time", "history", "document")),
    *((f"{name}.txt", name, Format.TERMINAL, "zh", AS_IT_IS) for name in ("comparison", "revision", "list", "log", "status", "verify", "import", "check", "health", "run")),
    ("status-en.txt", "status", Format.TERMINAL, "en", {}),
    ("comparison-en.txt", "comparison", Format.TERMINAL, "en", {}),
    ("memo.md", "comparison", Format.MARKDOWN, "zh", {"brief": True}),
    ("memo-revision.md", "revision", Format.MARKDOWN, "zh", {"brief": True}),
    ("memo.docx.txt", "comparison", Format.DOCX, "zh", {"brief": True}),
    ("memo-en.docx.txt", "comparison", Format.DOCX, "en", {"brief": True}),
    ("official.docx.txt", "revision", Format.DOCX, "zh", {"style": "official"}),
    ("official-changed.docx.txt", "revision", Format.DOCX, "zh", {"style": "official", "changed_only": True, "portrait": True}),
    ("official-three.docx.txt", "revision", Format.DOCX, "zh", {"style": "official", "columns": 3}),
    ("official-comparison.docx.txt", "comparison", Format.DOCX, "zh", {"style": "official"}),
    ("run-en.txt", "run", Format.TERMINAL, "en", {}),
    ("run.md", "run", Format.MARKDOWN, "zh", {}),
    ("log.md", "log", Format.MARKDOWN, "zh", {"everything": True}),
]  # fmt: skip


@pytest.mark.parametrize(("file", "name", "form", "lang", "options"), CASES, ids=[case[0] for case in CASES])
def test_a_page_reads_as_before(
    file: str,
    name: str,
    form: Format,
    lang: str,
    options: dict[str, object],
    results: dict[str, Value],
    write_or_compare: Callable[[Path, str], None],
) -> None:
    made = render(results[name], form, lang=lang, options=RenderOptions.model_validate(options))
    text = "\n".join(told(made)) + "\n" if isinstance(made, bytes) else made
    write_or_compare(PAGES / file, text)


@pytest.fixture
def write_or_compare() -> Callable[[Path, str], None]:
    def compare(path: Path, text: str) -> None:
        if os.environ.get("POLICYDIFF_WRITE_PAGES"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text

    return compare


def test_every_file_is_a_case() -> None:
    assert {path.name for path in PAGES.iterdir()} == {case[0] for case in CASES}
