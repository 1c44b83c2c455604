"""A run in words: a few lines for a terminal, Markdown for a job summary, workflow annotations."""

from collections import Counter
from collections.abc import Iterator, Mapping

from policydiff.lexicon.labels import labels
from policydiff.watch.escape import markdown, plain, workflow_property, workflow_value
from policydiff.watch.examine import Concern, DocumentChange, RunReport
from policydiff.watch.ledger import Entry, Outcome

SUMMARY_BYTES = 900_000
"""GitHub drops a job summary beyond 1 MiB as a whole."""
_MOST_ANNOTATIONS = 10
_MOST_SIGNALS = 12
_KINDS = ("modified", "added", "removed", "split", "merged", "moved", "renumbered")


def run_lines(report: RunReport, lang: str) -> Iterator[str]:
    """Yield a run as lines for a terminal."""
    say = labels(lang)
    yield f"{say['title']} {report.result.run}: {_counts(report, say)}"
    for change in report.changes:
        yield f"  {say['changed']}: {plain(change.name)} [{change.reference.id}@{change.reference.version}] {figures(change, lang)}"
        for concern in change.concerns:
            after = concern.after
            yield (
                f"    {say[concern.role]} {plain(concern.other.title or concern.other.id or '')}: "
                f"{say['adopted']} {after.clauses_adopted}, {say['touched']} {after.clauses_touched}, "
                f"{say['omitted']} {after.clauses_omitted}"
            )
    for entry in report.result.failed:
        yield f"  {say['failed']} ({say[str(entry.failure)]}): {entry.source} {entry.item} {plain(entry.detail or '')}".rstrip()


def figures(change: DocumentChange, lang: str) -> str:
    """Return the counts of a change in short."""
    say = labels(lang)
    if change.summary is None:
        return say["first"]
    counted = [(kind, getattr(change.summary, kind)) for kind in _KINDS]
    return ", ".join(f"{say[kind]} {count}" for kind, count in counted if count) or say["wording_only"]


def _counts(report: RunReport, say: Mapping[str, str]) -> str:
    own = Counter(entry.outcome for entry in report.result.entries)
    counted = [f"{say['checked']} {len(report.result.entries)}"]
    counted += [f"{say[outcome.value]} {own[outcome]}" for outcome in Outcome if own[outcome]]
    if report.result.not_due:
        counted.append(f"{say['not_due']} {len(report.result.not_due)}")
    return ", ".join(counted)


def run_markdown(report: RunReport, lang: str, *, limit: int = SUMMARY_BYTES) -> str:
    """Return a run as Markdown, whole entries only, below a size in bytes."""
    say = labels(lang)
    head = f"## {say['title']} {report.result.run}\n\n{_counts(report, say)}\n"
    blocks = [_change_block(change, lang) for change in report.changes] or [f"{say['none']}\n"]
    failures = [_failure_row(entry, say) for entry in report.result.failed]
    parts = [head, f"### {say['changes']}\n", *_within(blocks, limit * 2 // 3, say)]
    if failures:
        header = f"### {say['failures']}\n\n| {say['source']} | | |\n|---|---|---|\n"
        parts += [header + "".join(_within(failures, limit // 4, say))]
    return "\n".join(parts)


def _within(blocks: list[str], limit: int, say: Mapping[str, str]) -> list[str]:
    used = 0
    kept: list[str] = []
    for position, block in enumerate(blocks):
        used += len(block.encode()) + 1
        if used > limit:
            return [*kept, f"\n{say['more'].format(count=len(blocks) - position)}\n"]
        kept.append(block)
    return kept


def _change_block(change: DocumentChange, lang: str) -> str:
    say = labels(lang)
    reference = change.reference
    number = f" {markdown(reference.document_number)}" if reference.document_number else ""
    lines = [f"#### {markdown(change.name)}{number}", "", f"{figures(change, lang)}", ""]
    previous = f"{say['previous']} {change.previous}, " if change.previous else ""
    where = f", <{_address(change.url)}>" if change.url else ""
    lines.append(f"- {previous}{say['version']} `{reference.id}@{reference.version}`{where}")
    for signal in change.signals[:_MOST_SIGNALS]:
        old, new = (markdown(side or "—", 80) for side in (signal.old, signal.new))
        lines.append(f"- {say[signal.type.value]}: {old} → {new}")
    left = len(change.signals) - _MOST_SIGNALS
    if left > 0:
        lines.append(f"- {say['more'].format(count=left)}")
    lines += [_concern_line(concern, say) for concern in change.concerns]
    return "\n".join(lines) + "\n"


def _concern_line(concern: Concern, say: Mapping[str, str]) -> str:
    counted = []
    for status in ("adopted", "touched", "omitted"):
        field = f"clauses_{status}"
        before = getattr(concern.before, field) if concern.before else None
        counted.append(f"{say[status]} {_moved(before, getattr(concern.after, field))}")
    return f"- {say[concern.role]} {markdown(concern.other.title or concern.other.id or '')}: {', '.join(counted)}"


def _moved(before: int | None, after: int) -> str:
    return str(after) if before is None or before == after else f"{before} → {after}"


def _address(url: str) -> str:
    return plain(url, 2000).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def _failure_row(entry: Entry, say: Mapping[str, str]) -> str:
    where = markdown(f"{entry.source} {entry.item}".strip())
    return f"| {where} | {say[str(entry.failure)]} | {markdown(entry.detail or '')} |\n"


def annotations(report: RunReport, lang: str) -> list[str]:
    """Return GitHub workflow commands: changes as notices, failures as warnings, as many as GitHub shows."""
    say = labels(lang)
    notices = [
        f"::notice title={workflow_property(change.name)}::"
        + workflow_value(f"{change.reference.id}@{change.reference.version}: {figures(change, lang)}")
        for change in report.changes
    ]
    warnings = [
        f"::warning title={workflow_property(f'{entry.source}: {say[str(entry.failure)]}')}::"
        + workflow_value(f"{entry.item} {entry.detail or ''}")
        for entry in report.result.failed
    ]
    return notices[:_MOST_ANNOTATIONS] + warnings[:_MOST_ANNOTATIONS]
