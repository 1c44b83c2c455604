"""Further public functions, beside those of `verbs`: apply, draft, check and redline."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policydiff.api.arguments import Day, pairs_of
from policydiff.api.opening import (
    Lookup,
    Source,
    Where,
    is_file,
    name_of,
    opened_store,
    read_stream,
)
from policydiff.errors import AmendmentRefusedError, UsageError, worded
from policydiff.model import Document
from policydiff.platforms import local_day

if TYPE_CHECKING:
    from policydiff.checks import CheckReport
    from policydiff.extract import Limits
    from policydiff.intake import Loaded
    from policydiff.model import Comparison
    from policydiff.model.amended import AppliedAmendment, AppliedInstruction, DraftedAmendment
    from policydiff.model.base import Language
    from policydiff.redlining import Redline, RedlineChoices
    from policydiff.redlining.margin_comments import Annotated


def check(
    old: Source | None = None,
    new: Source | None = None,
    *,
    pairs: Iterable[tuple[Source, Source]] | None = None,
    against: Source | None = None,
    store: "Where" = None,
    limits: "Limits | None" = None,
    today: date | None = None,
) -> "CheckReport":
    r"""Return the findings of the rules on the change between two versions; `report.fails` is the gate.

    With `against`, a document is held against the directive it implements: rules on `effect` and `signal` look at the
    provisions taken from the directive; without any such rule, a rule on `effect` holds (`loosened`, `different`).

    Args:
        old: The earlier version: a `Document`, or anything that `read` takes; with `against` the local document.
        new: The later version.
        pairs: Many pairs of an earlier and a later version, in place of `old` and `new`.
        against: The document that `old` implements; then no later version is given.
        store: The store whose rules and waivers hold and in which ids are looked up; None for the usual rules.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        today: The day that waivers are held against; None for today.

    Raises:
        UsageError: if neither two versions nor pairs are given.
        UnreadableInputError: if a file holds no readable text.

    Examples:
        >>> from policydiff import parse
        >>> report = check(parse("某办法\n第一条 企业应当报告。\n第二条 略。"), parse("某办法\n第一条 企业应当报告。"))
        >>> [(finding.rule.value, finding.label) for finding in report]
        [('removed_clause', '第二条')]
    """
    from policydiff.api.opened_store import rules_of
    from policydiff.checks.checking import Pair, check as check_pairs
    from policydiff.settings.settings import CheckSettings

    if against is not None:
        if old is None or new is not None or pairs is not None:
            raise UsageError("check with against takes one document: the one that implements it")
        return _held_against(old, against, store, limits, today)
    given: list[tuple[Source | None, Source | None]] = [(old, new)]
    if pairs is not None:
        if old is not None or new is not None:
            raise UsageError("check takes two versions or pairs of them, not both")
        given = list(pairs_of(pairs, "pairs"))
    with opened_store(store) as found:
        lookup = Lookup(found, None, "final", limits)
        rules = rules_of(found) if found is not None else CheckSettings()
        opened = (Pair(lookup.open(_side(one)), lookup.open(_side(other))) for one, other in given)
        return check_pairs(opened, rules, today or local_day())


def _side(given: Source | None) -> Source:
    if given is None:
        raise UsageError("check takes the earlier and the later version, or pairs of them")
    return given


_MOST_NAMED = 5
"""Most instructions named in the error if none could be carried out; a text that is no amendment has hundreds."""


def apply(
    old: Source,
    amendment: Source,
    *further: Source,
    published: Source | None = None,
    title: str | None = None,
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "AppliedAmendment":
    """Return the text that official amendments make of a text, with each order that could not be carried out.

    Only orders for the text named like `old` are carried out, each at every place it names or not at all;
    `outcome` says whether the whole amendment is in the text.

    Args:
        old: The text before the amendment: a `Document`, or anything that `read` takes.
        amendment: The 修改决定 or 修正案.
        further: Later amendments, each carried out on the text that the amendment before it made.
        published: The amended text as it was published: `differences` then holds the changes without an order.
        title: Name under which the amendment speaks of the text, where its own title is another.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        AmendmentRefusedError: if nothing of an amendment could be carried out on this text.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.amendment.amending import account, apply_amendment
    from policydiff.parsing import parse_text

    with opened_store(store) as found:
        lookup = Lookup(found, as_of, "final", limits)
        before = lookup.open(old)
        changes = [(each, lookup.open(each)) for each in (amendment, *further)]
        after = lookup.open(published) if published is not None else None
    texts = [change.text or change.parsed.text for _, change in changes]
    for place, (source, _) in enumerate(changes):
        if texts[place] and texts[place] in texts[:place]:
            raise UsageError(f"{name_of(source)} is named twice: an amendment is carried out once")
    document = before.parsed
    deleted: frozenset[str] = frozenset()
    carried_out: list[AppliedInstruction] = []
    for number, (source, change) in enumerate(changes):
        result = apply_amendment(document, change.text or change.parsed, title=title, left_out=deleted)
        deleted |= frozenset(result.deleted)
        if not result.applied:
            raise AmendmentRefusedError(_refusal(name_of(source), name_of(old), result))
        if number < len(changes) - 1 and result.outcome != "complete":
            raise AmendmentRefusedError(
                f"{name_of(source)} is carried out in part only: the amendments after it would be carried out on a wrong text. "
                + _refusal(name_of(source), name_of(old), result)
            )
        document = parse_text(result.text)
        carried_out += result.applied
    commences = tuple(said for _, change in changes for said in _commencing(change.document))
    result = result.model_copy(update={"applied": tuple(carried_out), "commences": commences})
    if after is not None:
        result = account(result, document, before.parsed, after.parsed)
    return result.made_from(before.parsed)


_QUOTED = re.compile("“[^“”]*”")
"""Words quoted from another text; a day of commencement inside them does not belong to the amendment."""


def _commencing(amendment: Document) -> Iterator[str]:
    """Yield the sentences on the commencement of the amendment itself, without those of the amended text printed after it."""
    is_below = amendment.carrier is not None
    for said in amendment.validity.statements:
        own = _QUOTED.sub("", said.text)
        is_own = any(verb in own for verb in ("施行", "生效", "实施", "执行"))
        if said.kind == "commences" and is_own and not (is_below and said.clause):
            yield said.text


def draft(
    old: Source,
    new: Source,
    *,
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "DraftedAmendment":
    """Return the amending decision that turns one version of a statute into another, in the form of the drafting standard.

    The decision is proved: carried out on the old text it yields the new text, line for line.

    Args:
        old: The text before: a `Document`, or anything that `read` takes.
        new: The text after.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        UsageError: if the texts do not differ, or differ in a part that no order can name.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.amendment.drafting import draft_amendment
    from policydiff.revision.diffing import diff_documents

    with opened_store(store) as found:
        lookup = Lookup(found, as_of, "final", limits)
        before, after = lookup.open(old), lookup.open(new)
    drafted = draft_amendment(before.parsed, after.parsed)
    doubt = diff_documents(before.parsed, after.parsed).doubt
    return drafted.model_copy(update={"doubt": doubt}).made_from(before.parsed, after.parsed)


def _refusal(amendment: str, old: str, result: "AppliedAmendment") -> str:
    first = "; ".join(
        f"{each.text} ({each.reason})" if each.text else each.reason
        for each in result.unapplied[:_MOST_NAMED]
    )
    return (
        f"nothing of {amendment} is carried out on {old}: {first}"
        if not result.applied
        else f"Not carried out: {first}"
    )


def redline(
    old: Source,
    new: Source,
    *,
    choices: "RedlineChoices | None" = None,
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "Redline":
    """Return the old version's own Word file with tracked changes that turn its text into the text of the new version.

    Accepting all changes gives the new text and rejecting all gives the old file; both are checked before anything is
    returned. Where the old version is no DOCX, a plain Word file is made of its text first, and `Redline.notes` says so.

    Args:
        old: The earlier version, or anything that `read` takes; its file is marked.
        new: The later version, of any format.
        choices: Author and date of the marks, fate of changes tracked already, references left unmarked.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        RedlineRefusedError: if no redline can be made or proved; the part of the Word package is named.
        UsageError: if a side is nothing that names a document.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.extract import DEFAULT_LIMITS
    from policydiff.redlining import RedlineChoices
    from policydiff.redlining.drawing_up import make_redline, plain_file
    from policydiff.revision.diffing import diff_documents

    chosen = choices or RedlineChoices()
    with opened_store(store) as found:
        lookup = Lookup(found, as_of, "original" if chosen.existing == "reject" else "final", limits)
        before, after = _Side(old, lookup), _Side(new, lookup)
        within = limits or DEFAULT_LIMITS
        notes: tuple[str, ...] = ()
        file = before.word_file
        if file is None:
            file = plain_file(before.loaded.text, within)
            notes = (
                worded("the old version is no DOCX: a plain Word file was made of its text, and marked"),
            )
        result = make_redline(file, after.word_file or after.loaded.text, chosen, limits=within)
        doubt = diff_documents(before.loaded.parsed, after.loaded.parsed).doubt
    return result.with_notes((*notes, doubt.told) if doubt else notes)


def annotated(
    local: Source,
    comparison: "Comparison",
    *,
    lang: "Language | None" = None,
    author: str = "policydiff",
    limits: "Limits | None" = None,
    store: "Where" = None,
) -> "Annotated":
    """Return the local Word file with a comment beside each sentence: source, effect, signals, and words of the source left out.

    Args:
        local: The local document's own DOCX: a path, bytes or, with a store, an id.
        comparison: The result of `compare` for that document.
        lang: Language of the labels; None for the user's own.
        author: Name that Word shows beside each comment.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.

    Raises:
        RedlineRefusedError: if the local document is no DOCX.
    """
    from policydiff.api.rendering import language
    from policydiff.extract import DEFAULT_LIMITS
    from policydiff.redlining import RedlineRefusedError, Refusal
    from policydiff.redlining.margin_comments import annotate_file
    from policydiff.report.catalog import catalog

    with opened_store(store) as found:
        file = _Side(local, Lookup(found, None, "final", limits)).word_file
    if file is None:
        raise RedlineRefusedError(
            Refusal.NOT_WORD,
            "the local document",
            "it is no DOCX: save it as one, or use --format docx for a report",
        )
    return annotate_file(
        file, comparison, catalog(language(lang)), author=author, limits=limits or DEFAULT_LIMITS
    )


class _Side:
    """One version of a document: its Word file if it is a DOCX, and its text. An open file or a pipe is read only once."""

    def __init__(self, source: Source, lookup: Lookup) -> None:
        is_open = not isinstance(source, Document | str | bytes | bytearray | memoryview)
        if isinstance(source, str | os.PathLike) and is_file(os.fspath(source)) and Path(source).is_fifo():
            source = Path(source).read_bytes()
        self._source = read_stream(source)[0] if is_open and hasattr(source, "read") else source
        self._lookup = lookup
        from policydiff.extract.sniff import FileKind, sniff

        data = self._bytes()
        self.word_file = data if data is not None and sniff(data) is FileKind.DOCX else None

    @property
    def loaded(self) -> "Loaded":
        """The text."""
        found = self._lookup.open(self._source)
        if not found.text:
            raise UsageError("this document does not hold its text: give the file it was read from")
        return found

    def _bytes(self) -> bytes | None:
        """Return the bytes of the source: its own, those of a path, or those captured for a version of the store."""
        from policydiff.extract.decoding import bytes_of_file

        source: Source | None = self._source
        if isinstance(source, Document):
            name = source.reference.file
            source = name if name is not None and is_file(name) else None
        if isinstance(source, bytes | bytearray | memoryview):
            return bytes(source)
        if isinstance(source, str) and not is_file(source):
            reference, store = self._lookup.open(source).reference, self._lookup.store
            if store is None or reference.id is None or reference.version is None:
                return None
            return store.source(reference.id, reference.version)
        return bytes_of_file(Path(source)) if isinstance(source, str | os.PathLike) else None


def _held_against(
    local: Source, superior: Source, store: "Where", limits: "Limits | None", today: date | None
) -> "CheckReport":
    from policydiff.api.opened_store import rules_of
    from policydiff.api.verbs import compare
    from policydiff.checks import check_comparison
    from policydiff.settings.settings import CheckSettings

    with opened_store(store) as found:
        rules = rules_of(found) if found is not None else CheckSettings()
    compared = compare(local, superior, store=store, limits=limits)
    return check_comparison(compared, rules, today or local_day())
