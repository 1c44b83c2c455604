"""The public verbs over amending decisions: apply and draft."""

from typing import TYPE_CHECKING

from policydiff.api.opening import Lookup, Source, name_of, opened_store
from policydiff.errors import AmendmentRefusedError

if TYPE_CHECKING:
    import os

    from policydiff.api.opening import Day, HasStore
    from policydiff.extract import Limits
    from policydiff.model.amended import AppliedAmendment, DraftedAmendment

    Where = HasStore | str | os.PathLike[str] | None

_MOST_NAMED = 5
"""Instructions named where none could be carried out: a text that is no amendment has hundreds."""


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
        further: Later amendments, carried out in turn on what the one before made.
        published: The text after, as it was published: `differences` then holds the changes without an order.
        title: Name under which the amendment speaks of the text, where its own title is another.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        AmendmentRefusedError: if nothing of an amendment could be carried out on this text.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.amendment import account, apply_amendment
    from policydiff.parsing import parse_text

    with opened_store(store) as found:
        lookup = Lookup(found, as_of, "final", limits)
        before = lookup.open(old)
        changes = [(each, lookup.open(each)) for each in (amendment, *further)]
        after = lookup.open(published) if published is not None else None
    document = before.parsed
    for number, (source, change) in enumerate(changes):
        result = apply_amendment(document, change.text or change.parsed, title=title)
        if not result.applied:
            raise AmendmentRefusedError(_refusal(name_of(source), name_of(old), result))
        if number < len(changes) - 1 and result.outcome != "complete":
            raise AmendmentRefusedError(
                f"{name_of(source)} is carried out in part only: the amendments after it would be carried out on a wrong text. "
                + _refusal(name_of(source), name_of(old), result)
            )
        document = parse_text(result.text)
    if after is not None:
        result = account(result, document, before.parsed, after.parsed)
    return result.made_from(before.parsed)


def draft(
    old: Source,
    new: Source,
    *,
    limits: "Limits | None" = None,
    store: "Where" = None,
    as_of: "Day | None" = None,
) -> "DraftedAmendment":
    """Return the amending decision that turns one version of a statute into another, in the form of the drafting standard.

    The decision is proved: carried out on the old text it yields the new one, line for line.

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
    from policydiff.amendment import draft_amendment

    with opened_store(store) as found:
        lookup = Lookup(found, as_of, "final", limits)
        before, after = lookup.open(old), lookup.open(new)
    return draft_amendment(before.parsed, after.parsed).made_from(before.parsed, after.parsed)


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
