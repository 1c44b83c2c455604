"""Single orders of an amendment, carried out on a statute: at every place they name, or not at all."""

from collections.abc import Callable

from policydiff.amendment.inserting import append, delete, insert_inside
from policydiff.amendment.orders import CannotApplyError, Instruction, Order
from policydiff.amendment.restructuring import (
    insert_articles,
    insert_heading,
    insert_preface,
    merge,
    renumber,
    split,
)
from policydiff.amendment.rewriting import change_words, replace_words
from policydiff.amendment.statute import (
    Statute,
)
from policydiff.model.amended import Reason


def carry_out(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Carry out one order; return the numbers before the amendment of the articles it touched, new ones of those it adds.

    Raises:
        CannotApplyError: A place or the words it names are not in the text, or the order contradicts itself.
    """
    return _DOERS[order.order](order, statute)


def _nothing(order: Instruction, statute: Statute) -> tuple[str, ...]:  # noqa: ARG001 - one signature for all
    """Number the articles through: done once, when every order is carried out."""
    return ()


def _repeal(order: Instruction, statute: Statute) -> tuple[str, ...]:  # noqa: ARG001 - one signature for all
    raise CannotApplyError(Reason.REPEALED, "the decision ends this text")


_DOERS: dict[Order, Callable[[Instruction, Statute], tuple[str, ...]]] = {
    Order.REPLACE: replace_words,
    Order.SWAP: change_words,
    Order.DROP_WORDS: change_words,
    Order.ADD_WORDS: change_words,
    Order.DELETE: delete,
    Order.INSERT_ARTICLE: insert_articles,
    Order.INSERT_INSIDE: insert_inside,
    Order.APPEND: append,
    Order.RENUMBER: renumber,
    Order.RENUMBER_ALL: _nothing,
    Order.MERGE: merge,
    Order.SPLIT: split,
    Order.INSERT_PREFACE: insert_preface,
    Order.INSERT_HEADING: insert_heading,
    Order.REPEAL: _repeal,
}
