"""A decision held against the text as published: every change has its order, and every order its change."""

from policydiff.amendment.statute import Article, Statute, statute_of
from policydiff.lexicon.variants import fold_words
from policydiff.model import Document
from policydiff.model.amended import AppliedAmendment, AppliedInstruction, Difference


def account(
    applied: AppliedAmendment, made: Document, old: Document, published: Document
) -> AppliedAmendment:
    """Return the result of an amendment with what the text as published has otherwise.

    Width and marks of punctuation that differ between editions are no difference.

    Args:
        applied: What the amendment made of `old`.
        made: The same text, parsed.
        old: The text before.
        published: The text after, as it was published.
    """
    by_orders, in_print = _articles(statute_of(made)), _articles(statute_of(published))
    numbers = sorted({*by_orders, *in_print}, key=_order)
    differences = tuple(
        Difference(article=number, made=by_orders.get(number, ""), published=in_print.get(number, ""))
        for number in numbers
        if _folded(by_orders.get(number, "")) != _folded(in_print.get(number, ""))
    )
    before = _articles(statute_of(old))
    kept = {_folded(_bare(text)) for text in in_print.values()}
    unseen = tuple(order for order in applied.applied if _leaves_no_trace(order, before, kept))
    return applied.model_copy(update={"differences": differences, "without_change": unseen})


def _leaves_no_trace(order: AppliedInstruction, before: dict[str, str], kept: set[str]) -> bool:
    """Return whether every article the order touches stands in the published text with its old words."""
    touched = [before[number] for number in order.articles if number in before]
    new = [number for number in order.articles if number not in before]
    return (
        bool(touched)
        and not new
        and all(_folded(_bare(text)) in kept for text in touched)
        and "改为" not in order.text
    )


def _articles(statute: Statute) -> dict[str, str]:
    """Return articles by number, and everything around them under the empty number."""
    around = [part.text() for part in statute.parts if not (isinstance(part, Article) and part.numbered)]
    texts = {"": "\n".join(around)}
    texts.update({article.number or "": article.text() for article in statute.articles()})
    return texts


def _bare(text: str) -> str:
    return text.partition("　")[2]


def _folded(text: str) -> str:
    return "".join(character for character in fold_words(text) if character.isalnum())


def _order(number: str) -> tuple[int, int]:
    base, _, inserted = number.partition("-")
    return (int(base) if base.isdecimal() else 0, int(inserted) if inserted.isdecimal() else 0)
