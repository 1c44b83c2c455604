"""Turns sources into ledger entries: several hosts are read at a time, one source at a time on each host, and each item is settled by itself.

To settle an item is to decide its ledger entry from the fetched content; a version is recorded only where all checks pass.
"""

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from policydiff.errors import is_of_the_machine, worded
from policydiff.intake import document_of
from policydiff.model import Extraction
from policydiff.settings import SINGLE_KINDS, Source
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.against_last import (
    Views,
    held_against,
    plain_views,
    read_again,
    said_outside,
    words_apart,
)
from policydiff.watch.captures import Circumstances
from policydiff.watch.gather import Capture, Gathered, read_capture, reading_rules, rules_of
from policydiff.watch.judge.beside import AROUND, LABELS, FactChange
from policydiff.watch.judge.core import core_essence, text_essence
from policydiff.watch.judge.cuts import check_whole, is_unclosed
from policydiff.watch.judge.guards import Reading, check_bytes, check_reading, typed_by_signs
from policydiff.watch.ledger import Entry, Intent, Outcome
from policydiff.watch.ledger.memory import ItemState
from policydiff.watch.store_archive import Recorded, Stored, Submission


class Seen(NamedTuple):
    """An item with its memory and its fetched content."""

    source: Source
    gathered: Gathered
    state: ItemState
    now: datetime
    intent: Intent | None = None
    """The recording that an interrupted run had planned."""


def settle(seen: Seen, around: Circumstances) -> Entry:
    """Return the ledger entry of an item, after recording the version it names."""
    gathered = seen.gathered
    try:
        if gathered.failure is not None:
            raise gathered.failure
        if gathered.is_listing:
            left = (gathered.found or 0) - seen.source.limit
            detail = (
                worded(f"{left} entries beyond the limit of {seen.source.limit} are not read")
                if left > 0
                else None
            )
            return _entry(seen, around, Outcome.UNCHANGED, found=gathered.found, detail=detail)
        if gathered.capture is None:
            kept = seen.state.model_dump(include=_KEPT)
            is_unsure = seen.state.apart is not None and seen.state.watched_by is None
            return _entry(seen, around, Outcome.UNSURE if is_unsure else Outcome.UNCHANGED, **kept)
        return _judge(seen, gathered.capture, around)
    except SourceFailedError as failure:
        return _failed(seen, failure, around)
    except (
        Exception
    ) as error:  # the job runs unattended: whatever one source sends, the others are still read
        if is_of_the_machine(error):
            raise
        return _failed(seen, fault(error), around)


_KEPT = {"document", "version", "watched_by", "beside", "apart"}
"""Facts of an item that stay valid while its bytes are the same."""


def _judge(seen: Seen, capture: Capture, around: Circumstances) -> Entry:
    known = seen.source.id if seen.source.kind in SINGLE_KINDS else None
    if known is None and not (seen.source.kind in SINGLE_KINDS and seen.source.name in around.accepted):
        # A page without an id of its own is held to the document that it held: another text there is no news of a new one.
        held = seen.state.document
        known = held if held is not None and around.archive.newest(held) is not None else None
    newest = around.archive.newest(known) if known is not None else None
    check_bytes(capture.data, newest.source if newest else b"")
    rules = rules_of(seen.source, capture.pages)
    try:
        extraction = read_capture(capture.data, capture.name, rules, around.limits)
    except SourceFailedError as failure:
        raise typed_by_signs(failure, capture.data, newest.source if newest else b"") from failure
    source, views = seen.source, None
    if known is not None and (given := _given_way(seen, known, extraction, around)):
        return given
    if newest is not None and not _was_intended(seen, newest.document_id):
        again = read_again(newest, seen.source, around.limits)
        views = held_against(newest, again, extraction, capture, seen.source, around.limits)
        if views.say_the_same():
            return _same_words(seen, newest, views, extraction, around)
        if views.rules is not None:
            # The wider reading holds nothing of the document: what is recorded is what stands at its place.
            extraction = extraction.model_copy(update={"text": views.new})
            source = source.model_copy(update={"select": views.rules.select})
    reading = Reading(extraction.text, document_of(extraction))
    if known is None:
        # Guards first: an error page must not become a new document.
        check_reading(reading, seen.source.expect, None, shrink=around.settings.shrink)
    document_id = known or _new_id(seen, reading, around)
    if known is None and (given := _given_way(seen, document_id, extraction, around)):
        return given
    submission = Submission(
        document_id, source, capture, extraction, reading.document, seen.now, known is not None
    )
    return _compare(seen, submission, views, around)


def _given_way(seen: Seen, document_id: str, extraction: Extraction, around: Circumstances) -> Entry | None:
    """Return the entry of an item whose document another source watches, with the words that differ there; None where none does."""
    owner = around.owner(document_id, seen.source)
    if owner is None or owner == (seen.source.name, seen.gathered.item):
        return None
    # A message of the site is a failure of this source, and no other text of the document.
    reading = Reading(extraction.text, document_of(extraction))
    check_reading(reading, seen.source.expect, None, shrink=around.settings.shrink)
    newest, watcher = around.archive.newest(document_id), " ".join(owner).strip()
    return _entry(
        seen,
        around,
        Outcome.UNCHANGED,
        document=document_id,
        detail=worded(f"the same document is watched by {watcher}"),
        watched_by=watcher,
        beside=newest.version if newest else None,
        apart=words_apart(newest, extraction.text) if newest else None,
    )


def _compare(seen: Seen, submission: Submission, views: Views | None, around: Circumstances) -> Entry:
    document_id, extraction = submission.document_id, submission.extraction
    previous = around.archive.newest(document_id)
    if previous is not None and views is None:
        views = plain_views(previous, extraction)
        if views.say_the_same() and not _was_intended(seen, document_id):
            return _same_words(seen, previous, views, extraction, around)
    old = None
    reading = Reading(extraction.text, submission.document)
    if previous is not None and views is not None:
        old = Reading(views.old, views.old_document(previous))
        reading = Reading(views.new, document_of(extraction.model_copy(update={"text": views.new})))
    accept = seen.source.name in around.accepted
    data, before = submission.capture.data, previous.source if previous else b""
    try:
        if old is not None and views is not None and not accept:
            check_whole(data, reading.text, before, old.text, views.shown)
        check_reading(reading, seen.source.expect, old, shrink=around.settings.shrink, accept=accept)
    except SourceFailedError as failure:
        raise typed_by_signs(failure, data, before) from failure
    essence = core_essence(extraction.text)
    wanted = around.settings.confirm if previous else 1
    if previous and any(core_essence(text) == essence for _, text in around.archive.texts(document_id)[:-1]):
        # Caches serve old copies now and then: a text that comes back must be seen twice.
        wanted = max(wanted, 2)
    sightings = seen.state.sightings + 1 if seen.state.unconfirmed == essence else 1
    if sightings < wanted and not _was_intended(seen, document_id):
        return _entry(
            seen,
            around,
            Outcome.UNCONFIRMED,
            document=document_id,
            essence=essence,
            sightings=sightings,
            detail=f"seen in {sightings} of {wanted} runs",
        )
    return _record(seen, submission, previous, essence, around)


def _record(
    seen: Seen, submission: Submission, previous: Stored | None, essence: str, around: Circumstances
) -> Entry:
    intent = Intent(
        run=around.run,
        source=seen.source.name,
        item=seen.gathered.item,
        document=submission.document_id,
        text_sha256=essence,
        previous=previous.version if previous else None,
    )
    around.announce(intent)
    kept = around.captures.keep(submission, seen.gathered.item)
    recorded: Recorded = around.archive.add(submission)
    if recorded.refusal is not None:
        around.captures.drop(kept)
        raise SourceFailedError(FailureKind.STRUCTURE, recorded.refusal, status=seen.gathered.status)
    # After a crash between recording and ledger the store knows the text already; the intent tells it was this run's.
    resumed = seen.intent if seen.intent is not None and seen.intent.text_sha256 == essence else None
    is_known = not recorded.is_new and resumed is None
    before = None if is_known else (resumed or intent).previous
    if resumed is not None and before and not around.archive.proof(resumed.document, before):
        before = None
    if is_known:
        held = previous.version if previous else None
        if recorded.version != held == seen.state.version and seen.source.name not in around.accepted:
            raise SourceFailedError(
                FailureKind.STRUCTURE,
                f"the page went back to the words of {recorded.version}, and the newest version is {held}",
                status=seen.gathered.status,
            )
    return _entry(
        seen,
        around,
        Outcome.UNCHANGED if is_known else Outcome.CHANGED,
        document=recorded.document_id,
        version=recorded.version,
        previous=before,
        essence=essence,
    )


def _same_words(
    seen: Seen,
    newest: Stored,
    views: Views,
    extraction: Extraction,
    around: Circumstances,
) -> Entry:
    """Return the entry of a page whose document has the words of the last version: unchanged, unsure, or a version that declares something else."""
    capture = seen.gathered.capture
    facts, apart = said_outside(newest, views, capture, seen.source) if capture is not None else ((), None)
    beside = views.beside()
    if beside and "—" in beside:
        apart = beside  # that a name came or went, a person hears
    left_out = " → ".join(beside) if beside else None
    accepted = seen.source.name in around.accepted
    if apart and accepted:
        facts = (FactChange(AROUND, *apart),)
    if capture is None or not facts:
        outcome = Outcome.UNSURE if apart else Outcome.UNCHANGED
        held = {"document": newest.document_id, "version": newest.version, "left_out": left_out}
        return _entry(seen, around, outcome, apart=" → ".join(apart) if apart else None, **held)
    is_link = all(fact.new == "—" or fact.label not in LABELS for fact in facts)
    if is_link and not accepted and is_unclosed(capture.data, newest.source):
        # What is gone from a page that breaks off may stand behind the break.
        raise SourceFailedError(
            FailureKind.TRANSIENT, "the page is cut: its closing tags and what it linked to are gone"
        )
    submission = Submission(
        newest.document_id, seen.source, capture, extraction, document_of(extraction), seen.now, True, facts
    )
    said = " ".join(f"{fact.label}\x1f{fact.old}\x1f{fact.new}" for fact in facts)
    return _record(seen, submission, newest, text_essence(extraction.text + said), around)


def _was_intended(seen: Seen, document_id: str) -> bool:
    return seen.intent is not None and seen.intent.document == document_id


def _new_id(seen: Seen, reading: Reading, around: Circumstances) -> str:
    proposed = around.archive.propose_id(reading.document, seen.source)
    if proposed is None:
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            "neither number nor title give a document id: watch it as a page with an id of its own",
            status=seen.gathered.status,
        )
    return proposed


def _entry(seen: Seen, around: Circumstances, outcome: Outcome, **more: object) -> Entry:
    gathered = seen.gathered
    facts = {
        "run": around.run,
        "at": seen.now,
        "source": seen.source.name,
        "outcome": outcome,
        "rules": reading_rules(seen.source),
        **{name: getattr(gathered, name) for name in ("item", "status", "url", "source_sha256", "attempts")},
        **gathered.validators._asdict(),
    }
    document, version = more.get("document"), more.get("version")
    if isinstance(document, str) and isinstance(version, str):
        proof = around.archive.proof(document, version)
        if proof is not None:
            facts |= {"version_source": proof.source_sha256, "version_text": proof.text_sha256}
    return Entry.model_validate(facts | more)


def _failed(seen: Seen, failure: SourceFailedError, around: Circumstances) -> Entry:
    is_gone = failure.kind is FailureKind.GONE
    later = seen.now + timedelta(seconds=failure.retry_after) if failure.retry_after else None
    return Entry(
        run=around.run,
        at=seen.now,
        source=seen.source.name,
        item=seen.gathered.item,
        outcome=Outcome.GONE if is_gone else Outcome.FAILED,
        status=failure.status or seen.gathered.status,
        failure=failure.kind,
        document=seen.state.document,
        detail=failure.detail[:500],
        url=seen.gathered.url or seen.source.url,
        attempts=max(failure.attempts, seen.gathered.attempts),
        not_before=later,
    )


class Read(NamedTuple):
    """One step of a crawl."""

    source: Source
    gathered: Gathered | None
    """None when everything of the source has been given."""


GatherOne = Callable[[Source], Iterable[Gathered]]


def crawl(sources: Sequence[Source], gather_one: GatherOne, workers: int) -> Generator[Read, None, None]:
    """Yield the answers of the sources as they arrive; answers of the same host keep the order of its sources.

    At most a few captures wait at a time, so memory does not grow with the number of sources.
    """
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault((urlsplit(source.url).hostname or "") if source.url else "", []).append(source)
    belt = _Belt(2 * workers)
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="host") as pool:
        for group in groups.values():
            pool.submit(_work, group, gather_one, belt)
        left = len(sources)
        try:
            while left:
                read = belt.take()
                left -= read.gathered is None
                yield read
        finally:
            belt.stop()


class _Belt:
    """A queue of steps from the workers to the run; after it is stopped it accepts no step and blocks no worker."""

    def __init__(self, size: int) -> None:
        self._steps: queue.Queue[Read] = queue.Queue(maxsize=size)
        self._stopped = threading.Event()

    def put(self, read: Read) -> bool:
        while not self._stopped.is_set():
            try:
                self._steps.put(read, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def take(self) -> Read:
        return self._steps.get()

    def stop(self) -> None:
        self._stopped.set()


def _work(group: list[Source], gather_one: GatherOne, belt: _Belt) -> None:
    for source in group:
        with closing(_guarded(source, gather_one)) as steps:
            for gathered in steps:
                if not belt.put(Read(source, gathered)):
                    return
        if not belt.put(Read(source, None)):
            return


def _guarded(source: Source, gather_one: GatherOne) -> Generator[Gathered, None, None]:
    """Yield the results of a source; an error of policydiff on one hostile page becomes that source's failure, so that further sources are still read."""
    steps: Iterator[Gathered] = iter(gather_one(source))
    try:
        yield from steps
    except Exception as error:  # the job runs unattended: one page must not stop the others
        # The run, which takes the step, ends where nothing can be written.
        failure = error if is_of_the_machine(error) else fault(error)
        yield Gathered("", failure=failure, is_listing=source.kind.value in {"listing", "feed", "folder"})


def fault(error: Exception) -> SourceFailedError:
    """Return the failure that reports an error of policydiff itself."""
    return SourceFailedError(
        FailureKind.STRUCTURE,
        f"policydiff itself failed on this source ({type(error).__name__}: {error}): please report it",
    )
