"""The page of a run, in the reader's language: changed documents with their changes, and sources that could not be read."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from policydiff.notify import (
    Concern,
    DocumentChange,
    Message,
    ToldApart,
    ToldChange,
    ToldFact,
    ToldFailure,
    ToldLag,
    ToldLine,
    ToldRead,
)
from policydiff.report import Page, page_of
from policydiff.report.catalog import N_, Catalog, catalog
from policydiff.report.document_page import notice
from policydiff.report.half_sentences import abridged, both_texts, told
from policydiff.report.page import TEXT, Entry, Field, Findings, Made, Table, tabled
from policydiff.report.runs import (
    Cell,
    Mark,
    Run,
    badge,
    both_sides,
    cell,
    in_plain_text,
    shortened_text,
    with_both_sides,
)
from policydiff.report.standing_lists import STATES, why_unread
from policydiff.report.to_text import one_line, page_lines
from policydiff.report.words import BASIS_CHANGES, COVERAGE, OUTSIDE, counts
from policydiff.revision.wording import compare_wording
from policydiff.watch.against_last import quoted
from policydiff.watch.examine import RunReport
from policydiff.watch.judge.beside import NAMED
from policydiff.watch.ledger import Entry as Checked, Outcome

FACTS = dict(
    zip(
        NAMED,
        (
            N_("State of the document"),
            N_("Document number"),
            N_("Issuing body"),
            N_("Title"),
            N_("Issued"),
            N_("In force from"),
            N_("In force until"),
            N_("Above the text"),
            N_("Below the text"),
            N_("Around the text"),
        ),
        strict=True,
    )
)
"""Facts of every document, and places without a label on a page, with their message; other labels are printed as on the page."""
ROLES = {"superior": N_("Superior document"), "local": N_("Local document")}
_MOST_SIGNALS = 6
"""Most differences shown of one document: a notice is read on a phone."""


@page_of.register
def run_page(report: RunReport, say: Catalog) -> Page:
    """Return the report of a run."""
    title = say("Policy watch {run}", run=say.moment(report.result.started))
    own = Counter(entry.outcome for entry in report.result.entries)
    counted = [f"{say(STATES[outcome])} {own[outcome]}" for outcome in Outcome if own[outcome]]
    if report.result.not_due:
        counted.append(say("not due or paused {n}", n=len(report.result.not_due)))
    lagging = len({each.id for change in report.changes for each in change.lagging})
    if lagging:
        counted.append(say("local documents that lag now {n}", n=lagging))
    checked, told_ = say("checked {n}", n=len(report.result.entries)), say.joined(*counted)
    entries = tuple(
        Entry(
            (
                badge(say(STATES.get(each.failure or "", "")), "failed"),
                Run(f" {_named(each, report)}{say.colon}{why_unread(each, say)}"),
            ),
            kind="failed",
        )
        for each in report.result.failed
    )
    return Page(
        name="run",
        title=title,
        sides=(),
        lead=say("{documents}: {counted}.", documents=checked, counted=told_) if told_ else checked,
        findings=(
            Findings(
                "changes",
                say("What changed"),
                tuple(_change(each, say) for each in report.changes),
                empty=say("Nothing changed."),
                shown=40,
            ),
            *_concerns(report, say),
            *_lagging(report, say),
            *((Findings("failures", say("Not read"), entries, shown=40),) if entries else ()),
            *_read_again(report, say),
            *_words_of_pages(report, say),
        ),
        tables=(_table(report, say),),
        main="run",
        notice=notice(say, judged=True),
    )


def counts_of(change: DocumentChange, say: Catalog) -> str:
    """Return the counts of a change in short."""
    if change.summary is None:
        return say("first version")
    if not change.summary.differs:
        return say("no clause changed its words: only marks, layout, or what stands beside the clauses")
    return counts(change.summary, say)


def told_of(change: DocumentChange, say: Catalog, *, most: int = _MOST_SIGNALS) -> Cell:
    """Return the changes: the weightiest differences in words, else the counts."""
    facts = [
        f"{say(FACTS.get(fact.label, fact.label))}{say.colon}{_restated(fact, say)}"
        for fact in change.facts[:most]
    ]
    runs = [Run(say.semicolon.join(facts))] if facts else []
    left = max(most - len(facts), 0)
    for (label, passage), alike in islice(_one_of_each_kind(_passages(change, say), left), left):
        runs += [Run(say.semicolon)] if runs else []
        runs += [Run(f"{label}{say.colon}")] if label else []
        old, new = passage.old or "", passage.new or ""
        if passage.signals:
            runs += told(passage.signals, both_texts(old, new), say, most=2)
        else:
            runs += () if old and new else (Run((say("removed") if old else say("added")) + say.colon),)
            runs += abridged(both_sides(compare_wording(old, new)), _LONGEST_WORDING)
        if alike and most > 1:
            runs.append(Run(say(" (alike: {labels})", labels=say.joined(*alike)), Mark.MUTED))
    if not runs and change.signals:
        return told(change.signals, both_texts("", ""), say, most=most)
    return tuple(runs) or cell(counts_of(change, say))


def _restated(fact: ToldFact, say: Catalog) -> str:
    """Return a fact with both its values, or with its only value and whether the value came or went."""
    old, new = (say.day(each).strip("—") for each in (fact.old, fact.new))
    if old and new:
        return f"{old} → {new}"
    return (say("removed") if old else say("added")) + say.colon + (old or new)


_Passage = tuple[str, ToldChange | ToldLine]
"""A clause or line that differs, preceded by its label."""


def _one_of_each_kind(passages: Sequence[_Passage], most: int) -> Iterator[tuple[_Passage, list[str]]]:
    """Yield each passage where there are few; else the weightiest of each kind with labels of others of the kind: forty deadlines are told once."""
    kinds: dict[object, list[_Passage]] = {}
    for each in passages:
        kind = tuple((signal.type, signal.direction) for signal in each[1].signals[:1]) or each[1].kind
        kinds.setdefault(kind if len(passages) > most else len(kinds), []).append(each)
    for weightiest, *others in kinds.values():
        labels = [name for name, _ in others if name]
        yield weightiest, labels[:_MOST_ALIKE] + ["…"] * (len(labels) > _MOST_ALIKE)


_MOST_ALIKE = 4
"""Most labels of similar passages listed after the quoted passage; the counts give their number."""
_LONGEST_WORDING = 60
"""Most characters of both texts together, for a passage that differs only in wording: about a line of print."""


def _passages(change: DocumentChange, say: Catalog) -> list[_Passage]:
    """Return the differences with their labels: differences of substance first, clauses before lines outside them."""
    # The number of a clause without the mark behind it: a colon follows
    clauses = [((each.label or "").rstrip("、.．"), each) for each in change.clauses]
    lines = [(say(OUTSIDE[each.kind]), each) for each in change.outside]
    found: list[_Passage] = [*clauses, *lines]
    return sorted(
        (each for each in found if not change.is_fact(each[1])), key=lambda each: not each[1].signals
    )


def _change(change: DocumentChange, say: Catalog) -> Entry:
    words: list[Run] = [Run(change.name, Mark.STRONG), Run(say.colon), *told_of(change, say)]
    if change.signals:
        words += [Run(f" [{counts_of(change, say)}]", Mark.MUTED)]
    return Entry(tuple(words), f"{change.reference.id}@{change.reference.version}", kind="changed")


def _concerns(report: RunReport, say: Catalog) -> tuple[Findings, ...]:
    entries = tuple(
        Entry(
            (
                Run(change.name, Mark.STRONG),
                Run(
                    f" · {say(ROLES[concern.role])} {concern.other.title or concern.other.id or ''}{say.colon}"
                ),
                Run(_coverage(concern, say)),
            ),
            kind="concern",
        )
        for change in report.changes
        for concern in change.concerns
    )
    return (Findings("concerns", say("Documents it concerns"), entries, shown=40),) if entries else ()


def _coverage(concern: Concern, say: Catalog) -> str:
    """Return the number of measures of the superior document with each status, as the comparison counts them."""
    told_ = []
    for status, label in COVERAGE.items():
        after = getattr(concern.after.measures, status)
        before = getattr(concern.before.measures, status) if concern.before else after
        told_.append(f"{say(label)} {after if before == after else f'{before} → {after}'}")
    return say.joined(*told_)


def _lagging(report: RunReport, say: Catalog) -> tuple[Findings, ...]:
    """Return the local documents that lag since the run; a document that several changes left behind is listed once for each basis."""
    told_ = {(each.id, each.basis): each for change in report.changes for each in change.lagging}
    entries = tuple(
        Entry(
            (
                Run(each.title, Mark.STRONG),
                Run(
                    f" ({each.id}) · {each.basis_title} "
                    f"{say(BASIS_CHANGES[each.change])}{f' {each.since}' if each.since else ''}{say.colon}"
                ),
                Run(_lag(each, say)),
            ),
            f"{each.id}@{each.version}",
            kind="lagging",
        )
        for each in told_.values()
    )
    title = say("Local documents that lag now")
    return (Findings("lagging", title, entries, shown=len(entries)),) if entries else ()


def _lag(lag: ToldLag, say: Catalog) -> str:
    """Return the parts of a local document that lag, in words."""
    if lag.unread is not None:
        return say("its clauses could not be compared")
    behind, labels = len(lag.behind), "、".join(lag.behind)
    parts = [say("clauses behind {n} ({labels})", n=behind, labels=labels)] if behind else []
    parts += [say("new duties it lacks {n}", n=lag.lacking)] if lag.lacking else []
    parts += [say("references astray {n}", n=lag.astray)] if lag.astray else []
    return say.joined(*parts) or say("no clause of it is seen to lag; its basis is to be looked at")


def _read_again(report: RunReport, say: Catalog) -> tuple[Findings, ...]:
    entries = tuple(Entry((Run(_named(each, report)),), kind="read") for each in report.result.newly_read)
    return (Findings("read", say("Readable again"), entries, shown=40),) if entries else ()


def _words_of_pages(report: RunReport, say: Catalog) -> Iterator[Findings]:
    """Yield words of pages that became no version: of another source that differs, and of names beside a text, for a reader to check."""
    titles = {
        "apart": say("Pages that differ from the recorded text and became no version: recorded → page"),
        "left_out": say("Left out: names beside the text that gave place to others"),
    }
    for kind, title in titles.items():
        entries = tuple(
            Entry(
                (Run(f"{_named(each, report)}{say.colon}{one_line(words, 500)}"),),
                each.document or "",
                kind=kind,
            )
            for each in report.result.entries
            if (words := getattr(each, kind))
        )
        if entries:
            yield Findings(kind, title, entries, shown=40)


def _named(entry: Checked, report: RunReport) -> str:
    """Return the title of the document of a source with the name of the source, which the settings and `--accept` take."""
    name, title = f"{entry.source} {entry.item}".strip(), report.titles.get(entry.document or "")
    return f"{title} ({name})" if title else name


def _table(report: RunReport, say: Catalog) -> Table:
    fields = (
        Field(say("Document"), 30, lambda each: each.name, TEXT),
        Field(say("Document number"), 12, lambda each: each.reference.document_number),
        Field(say("Previous version"), 10, lambda each: each.previous),
        Field(say("Version"), 12, lambda each: f"{each.reference.id}@{each.reference.version}"),
        Field(say("What changed"), 36, lambda each: told_of(each, say, most=20), TEXT),
        Field(say("Address"), 20, lambda each: each.url),
    )
    return tabled("run", say("Versions recorded"), report.changes, fields, Made(weight=2), is_detail=True)


def subject(report: RunReport, say: Catalog) -> str:
    """Return the subject of a notice: the first changed document with its change, else the first source that fails, else the first source that differs."""
    failing, read, apart = _news(report)
    if report.changes:
        first = report.changes[0]
        room = 60 if say.lang == "zh" else 100
        words = one_line(in_plain_text(with_both_sides(told_of(first, say, most=1), room)))
        words = shortened_text(words, room)
        rest = first.differing - 1
        words = say("{what} ({n} more)", what=words, n=rest) if rest > 0 else words
        line = say("Policy watch: {name}: {what}", name=one_line(first.name, 80), what=words)
    elif failing:
        name, why = one_line(_named(failing[0], report), 80), say(STATES[failing[0].failure or ""])
        line = say("Policy watch: {name} cannot be read: {why}", name=name, why=why)
    elif read:
        line = say("Policy watch: {name} can be read again", name=one_line(_named(read[0], report), 80))
    else:
        name = one_line(_named(apart[0], report), 80)
        line = say("Policy watch: {name} differs from the recorded text", name=name)
    more = len(report.changes or failing or read or apart) - 1
    others = say.plural("{line}, and {n} other", "{line}, and {n} others", more, line=line)
    return one_line(others if more else line, 200)


def message_text(report: RunReport, say: Catalog) -> str:
    """Return the text of a notice."""
    both = "".join(_both_texts(change, say) for change in report.changes)
    page = say("Page")
    looked_at = (*report.result.failed, *(each for each in report.result.entries if each.apart))
    failing = [
        f"\n{one_line(_named(each, report))}\n  {page}{say.colon}{one_line(each.url, 2000)}\n"
        for each in looked_at[:_MOST_FAILING]
        if each.url and each.url != each.item
    ]
    return page_lines(run_page(report, say), say) + both + "".join(failing)


_MOST_FAILING = 40
"""Most failing sources, or differing pages, that a message lists with their addresses."""


_MOST_TEXTS = 8
"""Most clauses and outside lines of one document whose two texts a message quotes."""


def _both_texts(change: DocumentChange, say: Catalog) -> str:
    """Return old and new text of the weightiest clauses, and the address of the whole diff."""
    old, new, whole, page = say("Old"), say("New"), say("Whole diff"), say("Page")
    lines = [f"\n{one_line(change.name)} ({change.reference.id}@{change.reference.version})"]
    for (label, passage), _ in islice(_one_of_each_kind(_passages(change, say), _MOST_TEXTS), _MOST_TEXTS):
        lines.append(f"  {label}".rstrip())
        for side, text, other in ((old, passage.old, passage.new), (new, passage.new, passage.old)):
            if text:
                lines.append(f"    {side}{say.colon}{one_line(quoted(text, other or '', 400), 400)}")
    lines += [f"  {whole}{say.colon}{change.report}"] if change.report else []
    lines += [f"  {page}{say.colon}{one_line(change.url, 2000)}"] if change.url else []
    return "\n".join(line for line in lines if line.strip()) + "\n"


def change_line(change: DocumentChange, say: Catalog) -> str:
    """Return a change as one line, for a feed."""
    counted = f" [{counts_of(change, say)}]" if change.signals else ""
    return one_line(in_plain_text(told_of(change, say)) + counted, 400)


def compose(report: RunReport, lang: str) -> Message | None:
    """Return the message of a run, None where nothing changed and no failure began or passed: silence is not news."""
    failing, read, apart = news = _news(report)
    if not report.changes and not any(news):
        return None
    say = catalog(lang)
    named = [
        f"{change.reference.id}@{change.reference.version}/{change.reference.text_sha256}"
        for change in report.changes
    ]
    if not named:
        named = [
            f"{each.at.isoformat()} {each.source} {each.item} {each.failure or each.apart}"
            for each in (*failing, *read, *apart)
        ]
    return Message(
        id=hashlib.sha256(json.dumps(sorted(named)).encode()).hexdigest()[:32],
        run=report.result.run,
        subject=subject(report, say),
        text=message_text(report, say),
        changes=report.changes,
        failures=tuple(ToldFailure(**each.model_dump(include=_FAILURE)) for each in failing),
        read_again=tuple(ToldRead(**each.model_dump(include=_READ)) for each in read),
        apart=tuple(ToldApart(**each.model_dump(include=_APART)) for each in apart),
    )


def _news(report: RunReport) -> tuple[tuple[Checked, ...], ...]:
    """Return the news of a run other than changes: new failures, ended failures, and sources that differ."""
    return report.result.newly_failing, report.result.newly_read, report.result.newly_apart


_FAILURE, _READ, _APART = (set(told.model_fields) for told in (ToldFailure, ToldRead, ToldApart))
"""Fields of a ledger entry that a message uses."""
