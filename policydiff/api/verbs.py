"""The public functions on documents: parse, read, diff, history, compare.

Each function imports its package on the first call, so that a program that only diffs does not load the comparison.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack, overload

from policydiff.api.arguments import Day, listed, pairs_of
from policydiff.api.opening import (
    Lookup,
    Revisions,
    Source,
    Where,
    name_of,
    names_file,
    opened_store,
    refuse_address,
)
from policydiff.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from policydiff.comparison.encoders import SentenceEncoder
    from policydiff.extract import Limits
    from policydiff.intake import Loaded
    from policydiff.model import (
        Comparison,
        Document,
        PaceComparison,
        PeerComparison,
        RevisionBatch,
        RevisionDiff,
        RevisionHistory,
        SourcedComparison,
    )
    from policydiff.reuse import DocumentSources


def parse(text: str) -> "Document":
    r"""Return the document that a text is: metadata, clause tree, citations, targets, responsibilities.

    Any text has a document; doubts are in `Document.diagnostics`. Spans are offsets into `text`.

    Args:
        text: The text, one paragraph a line.

    Raises:
        UsageError: if it is no string, the name of a file alone, or holds half of a surrogate pair.

    Examples:
        >>> document = parse("某市促进办法\n第一条 为了促进发展，制定本办法。\n第二条 本办法自公布之日起施行。")
        >>> [(clause.id, clause.text) for clause in document]
        [('art_1', '为了促进发展，制定本办法。'), ('art_2', '本办法自公布之日起施行。')]
    """
    from policydiff.intake import load_text
    from policydiff.model.base import refuse_half_pairs

    if not isinstance(text, str):
        raise UsageError(
            f"parse takes a text, not {type(text).__name__}: policydiff.read reads files and bytes"
        )
    refuse_address(text)
    if names_file(text):
        raise UsageError(f"{text} is the name of a file, not a text: policydiff.read reads it")
    refuse_half_pairs(text)
    return load_text(text).document


def read(
    source: Source,
    *,
    revisions: "Revisions" = "final",
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "Document":
    """Return the document in a file of any supported format; the content determines the format.

    Args:
        source: A path, bytes, a file opened in binary mode or, with a store, an id or `id@date`.
        revisions: Tracked changes of a Word file: accepted (`final`) or refused (`original`).
        limits: Sizes beyond which the file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        UsageError: if the source is an address or nothing that names a document.
        UnreadableInputError: if the file is missing, empty, damaged or of an unsupported format.
    """
    with opened_store(store) as found:
        return Lookup(found, as_of, revisions, limits).open(source).document


def diff(
    old: Source,
    new: Source,
    *,
    strict: bool = False,
    revisions: "Revisions" = "final",
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "RevisionDiff":
    r"""Return the changes between two versions of one document, clause by clause.

    Args:
        old: The earlier version: a `Document`, or anything that `read` takes.
        new: The later version.
        strict: Count punctuation, width and character variants as changes too.
        revisions: Tracked changes of Word files: accepted (`final`) or refused (`original`).
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        UsageError: if a side names no document.
        UnreadableInputError: if a file holds no readable text.

    Examples:
        >>> found = diff(parse("某办法\n第一条 补助30万元。"), parse("某办法\n第一条 补助50万元。"))
        >>> [(change.kind.value, change.new[0].text) for change in found if change.wording]
        [('modified', '补助50万元。')]
    """
    from policydiff.revision.diffing import diff_documents

    with opened_store(store) as found:
        lookup = Lookup(found, as_of, revisions, limits)
        return diff_documents(lookup.open(old).parsed, lookup.open(new).parsed, strict=strict)


def diff_pairs(
    pairs: Iterable[tuple[Source, Source]],
    *,
    strict: bool = False,
    revisions: "Revisions" = "final",
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "RevisionBatch":
    """Return the changes in each of many pairs of versions; an unreadable pair bears its error and does not stop the rest.

    Args:
        pairs: Pairs of an earlier and a later version, each as `diff` takes it.
        strict: As for `diff`.
        revisions: As for `diff`.
        limits: As for `diff`.
        store: As for `diff`.
        as_of: As for `diff`.

    Raises:
        UsageError: if an item is no pair.
    """
    from policydiff.errors import PolicydiffError
    from policydiff.model import ComparedPair, RevisionBatch
    from policydiff.revision.diffing import diff_documents

    compared = []
    with opened_store(store) as found:
        lookup = Lookup(found, as_of, revisions, limits)
        for old, new in pairs_of(pairs, "pairs"):
            result, error = None, None
            try:
                result = diff_documents(lookup.open(old).parsed, lookup.open(new).parsed, strict=strict)
            except PolicydiffError as refused:
                error = str(refused)
            compared.append(ComparedPair(old=name_of(old), new=name_of(new), diff=result, error=error))
    return RevisionBatch(pairs=tuple(compared))


def history(
    *versions: Source,
    clauses: Iterable[str] = (),
    strict: bool = False,
    revisions: "Revisions" = "final",
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "RevisionHistory":
    """Return every clause of one document, followed through all its versions.

    Args:
        versions: The versions, oldest first; with a store one id alone stands for all its versions.
        clauses: Only these clauses, by printed number (`第十二条`) or id; empty for all.
        strict: Count punctuation, width and character variants as changes too.
        revisions: Tracked changes of Word files: accepted (`final`) or refused (`original`).
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        UsageError: if one version is named that is no document of the store.
        NotFoundError: if no version has a clause that is asked for.
    """
    from policydiff.revision.diffing import choose_clauses, history as history_of

    with opened_store(store) as found:
        lookup = Lookup(found, as_of, revisions, limits)
        if not versions:
            raise UsageError("name the versions, oldest first")
        loaded = (
            lookup.open_versions(versions[0])
            if len(versions) == 1 and not isinstance(versions[0], list | tuple)
            else [lookup.open(version) for version in versions]
        )
    result = history_of([each.parsed for each in loaded], strict=strict)
    return choose_clauses(result, listed(clauses, "clauses")) if clauses else result


class Reading(TypedDict, total=False):
    """Options of `compare`: the reading of its documents, and the encoder that compares them."""

    encoder: "SentenceEncoder | None"
    revisions: "Revisions"
    limits: "Limits | None"
    store: "Where"
    as_of: "Day | None"


@overload
def compare(local: Source, /, **how: Unpack[Reading]) -> "Comparison | DocumentSources": ...
@overload
def compare(local: Source, superior: Source, /, **how: Unpack[Reading]) -> "Comparison": ...
@overload
def compare(
    local: Source, first: Source, second: Source, /, *further: Source, **how: Unpack[Reading]
) -> "SourcedComparison": ...
@overload
def compare(
    local: Source, superior: Source, /, *, before: Source, **how: Unpack[Reading]
) -> "PaceComparison": ...
@overload
def compare(
    local: Source, /, *superior: Source, peers: Sequence[Source], **how: Unpack[Reading]
) -> "PeerComparison": ...
@overload
def compare(
    local: Source,
    /,
    *superiors: Source,
    peers: Sequence[Source] | None = None,
    before: Source | None = None,
    **how: Unpack[Reading],
) -> "Comparison | SourcedComparison | PaceComparison | PeerComparison | DocumentSources": ...
def compare(
    local: Source,
    /,
    *superiors: Source,
    peers: Sequence[Source] | None = None,
    before: Source | None = None,
    encoder: "SentenceEncoder | None" = None,
    revisions: "Revisions" = "final",
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "Comparison | SourcedComparison | PaceComparison | PeerComparison | DocumentSources":
    """Return the measures and sentences of a superior document that a local document adopted, adapted or left out, and the sentences it added.

    With several superiors the result also names the superior from which each sentence comes; with `peers`
    it has a matrix of measures across documents of one level; with `before` it marks local clauses that lag
    behind a revision. With a store, its documents of the same level and subject are searched too: the
    earliest document with a new sentence is named beside it (`seen_in`).

    Args:
        local: The implementing document: a `Document`, or anything that `read` takes.
        superiors: The directive it implements, or several. With a store none may be named: the one it cites is taken, and
            where it cites none that the store holds, the answer is that of `Store.sources_of`, which says how each
            source was found.
        peers: Documents of the same level as `local`; a superior then gives the measures that are looked for.
        before: The superior's text before its revision.
        encoder: A sentence encoder that adds meaning to the words compared; the base needs none.
        revisions: Tracked changes of Word files: accepted (`final`) or refused (`original`).
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        UsageError: if the documents named do not fit together.
        UnreadableInputError: if a file holds no readable text.
        NotFoundError: if no superior is named and the store holds none that the document cites or takes its words from.
    """
    from policydiff.comparison.several import compare_many, compare_over_time

    if isinstance(encoder, str) or not (encoder is None or hasattr(encoder, "encode")):
        raise UsageError(f"encoder takes a SentenceEncoder, not {type(encoder).__name__}")
    if peers is not None and before is not None:
        raise UsageError("peers and before ask two different questions: give one of them")
    with opened_store(store) as found:
        lookup = Lookup(found, as_of, revisions, limits)
        if peers is not None:
            return _peers(lookup, [local, *listed(peers, "peers")], superiors, encoder)
        if not superiors:
            own, above = lookup.open_with_superior(local)
            return _by_wording(lookup, own, local) if above is None else _pair(own, above, encoder, lookup)
        own, *above_all = [lookup.open(each) for each in (local, *superiors)]
        earlier = None if before is None else lookup.open(before)
        if earlier is None and len(above_all) == 1:
            return _pair(own, above_all[0], encoder, lookup)
    if earlier is not None:
        if len(above_all) != 1:
            raise UsageError("before goes with one local document and the revised text of its superior")
        return compare_over_time(own.document, earlier.document, above_all[0].document, encoder=encoder)
    return compare_many(own.document, [each.document for each in above_all], encoder=encoder)


def _by_wording(lookup: Lookup, own: "Loaded", local: Source) -> "DocumentSources":
    """Return the sources found by shared wording, for a document that cites no source in the store."""
    from policydiff.api.opened_store import as_held, opened_grams
    from policydiff.reuse.sourcing import document_sources

    if lookup.store is None:
        raise UsageError("a source is looked for in a store: name one")
    with opened_grams(lookup.store) as grams:
        found = document_sources(grams, as_held(own, grams.index))
    if not found.sources:
        name = name_of(local)
        raise NotFoundError(
            f"{name} cites no document that the store holds, and shares no wording with one of a higher level: "
            f"name its superior, or add it (policydiff cites {name} lists what it cites)"
        )
    return found


def _pair(own: "Loaded", above: "Loaded", encoder: "SentenceEncoder | None", lookup: Lookup) -> "Comparison":
    """Return the comparison; with a store, each new passage names the earliest neighbour that has it."""
    from policydiff.comparison.compare import compare_documents
    from policydiff.comparison.several import name_siblings

    found = compare_documents(own.document, above.document, encoder=encoder)
    if lookup.store is not None:
        from policydiff.collection.lookalikes import neighbours_of

        near = neighbours_of(own.reference, above.reference, lookup.store, as_of=lookup.moment)
        found = name_siblings(found, own.document, [each.document for each in near])
    return found


def _peers(
    lookup: Lookup,
    documents: Sequence[Source],
    superiors: Sequence[Source],
    encoder: "SentenceEncoder | None",
) -> "PeerComparison":
    from policydiff.comparison.several import compare_peers

    if len(superiors) > 1:
        raise UsageError("peers are compared on the measures of one superior at most: name one, or none")
    if len(documents) < 2:
        raise UsageError("peers are compared with each other: name a second document")
    opened = [lookup.open(each).document for each in documents]
    above = lookup.open(superiors[0]).document if superiors else None
    return compare_peers(opened, above, encoder=encoder)
