"""Commands over the versions of one document: diff, apply."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.cli.opening import Input, Place, open_documents, open_store
from policydiff.cli.options import EverythingOption, ExitCodeOption, OutputOption, RevisionsOption
from policydiff.cli.output import Output, counted, emit, note, write
from policydiff.errors import UsageError

if TYPE_CHECKING:
    from policydiff.collection.loaded import Loaded
    from policydiff.model import RevisionSummary

_DIFFERENCES = 1
_MOST_NAMED = 5
"""Instructions named where none could be carried out: what is no amendment has hundreds."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("diff")(grouped(diff))
    app.command("apply")(grouped(apply))


def diff(
    versions: Annotated[
        list[str],
        typer.Argument(
            metavar="VERSIONS…",
            help="The versions, oldest first: files, ids, or id@date. One id alone stands for all its versions.",
        ),
    ],
    clauses: Annotated[
        list[str] | None,
        typer.Option(
            "--clause",
            metavar="NUMBER",
            help="Of more than two versions: this clause alone, by its number (第十二条) or id; may be repeated.",
        ),
    ] = None,
    given: Input = Input(),
    revisions: RevisionsOption = "final",
    strict: Annotated[
        bool, typer.Option("--strict", help="Count punctuation, width and character variants as changes.")
    ] = False,
    exit_code: ExitCodeOption = False,
    everything: EverythingOption = False,
    output: Output = Output(),
) -> None:
    """Show clause by clause what changed between two versions, or the history of each clause through more.

    Examples: policydiff diff old.docx new.docx -o changes.html; policydiff diff national/company-law --clause 第十六条
    """
    if len(versions) == 2:
        if clauses:
            raise UsageError("--clause goes with the history of one document: name its id alone")
        differs = _diff_two(versions, given, revisions, output, strict=strict, everything=everything)
    else:
        alone = len(versions) == 1
        loaded = (
            _all_versions(versions[0], given.place) if alone else open_documents(versions, given, revisions)
        )
        differs = _diff_many(loaded, clauses, output, strict=strict, everything=everything)
    if exit_code and differs:
        raise typer.Exit(_DIFFERENCES)


def _diff_two(
    named: list[str], given: Input, revisions: str, output: Output, *, strict: bool, everything: bool
) -> bool:
    """Print the diff of two versions; return whether they differ."""
    from policydiff.report import RevisionReport
    from policydiff.revision import diff_documents

    first, second = open_documents(named, given, revisions)
    result = diff_documents(
        first.parsed,
        second.parsed,
        old_reference=first.reference,
        new_reference=second.reference,
        strict=strict,
    )
    report = RevisionReport(diff=result, old=first.parsed, new=second.parsed)
    emit(report, output, everything=everything)
    return _differs(result.summary)


def _all_versions(doc: str, place: Place) -> "list[Loaded]":
    from policydiff.collection.references import load_versions, names_stored

    if Path(doc).is_file() or not names_stored(doc):
        raise UsageError(
            f"{doc} is one version: name a second one, or a document of the store for all its versions"
        )
    with open_store(place.store) as store:
        return load_versions(doc, store, as_of=place.moment())


def _diff_many(
    loaded: "list[Loaded]", clauses: list[str] | None, output: Output, *, strict: bool, everything: bool
) -> bool:
    """Print the history of each clause, or of those named; return whether any version differs from the one before."""
    from policydiff.revision import choose_clauses, history

    result = history([each.parsed for each in loaded], [each.reference for each in loaded], strict=strict)
    emit(choose_clauses(result, clauses) if clauses else result, output, everything=everything)
    return any(_differs(step.summary) for step in result.steps)


def _differs(summary: "RevisionSummary") -> bool:
    changed = summary.modified + summary.added + summary.removed + summary.split + summary.merged
    return bool(changed or summary.renumbered or summary.moved)


def apply(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The text before: a file, an id, or id@date.")],
    amendment: Annotated[
        str, typer.Argument(metavar="AMENDMENT", help="The 修改决定 or 修正案: a file, an id, or id@date.")
    ],
    given: Input = Input(),
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 if an instruction could not be carried out.")
    ] = False,
    path: OutputOption = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print text, changed articles and instructions as JSON.")
    ] = False,
) -> None:
    """Build the new text from an official amendment, and name each instruction that could not be carried out.

    Example: policydiff apply act-2018.md decision-2024.md -o built.md && policydiff diff built.md act-2024.md
    """
    from policydiff.amendment import apply_amendment

    before, change = open_documents((old, amendment), given)
    result = apply_amendment(before.parsed, change.text)
    if not result.applied:
        for each in result.unapplied[:_MOST_NAMED]:
            note(f"not carried out: {each.text} ({each.reason})")
        raise UsageError(
            f"nothing in {amendment} could be carried out on {old}: is it an amendment of that text?"
        )
    write(result.model_dump_json(indent=2) + "\n" if json else result.text, path)
    note(f"{counted(len(result.applied), 'instruction')} carried out, {len(result.unapplied)} not")
    for each in result.unapplied:
        note(f"not carried out: {each.text} ({each.reason})")
    if exit_code and result.unapplied:
        raise typer.Exit(_DIFFERENCES)
