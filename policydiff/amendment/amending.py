"""An official amendment carried out on the text it amends."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.amendment.draft import Article, Draft, draft_of, renumber
from policydiff.amendment.instructions import Instruction, Order, read_instructions, titles
from policydiff.amendment.orders import CannotApplyError, carry_out, place_of_article
from policydiff.amendment.quoted import Quoted, take_quotes
from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.variants import fold_words
from policydiff.model import Document
from policydiff.model.base import Value
from policydiff.model.result import Record, Result


class AppliedInstruction(Value):
    """An order that was carried out."""

    text: str
    """As printed, with “…” for what it quotes."""
    articles: tuple[str, ...] = ()
    """Numbers, before the amendment, of the articles it changed or deleted; new numbers of those it added."""


class UnappliedInstruction(Value):
    """An order that was not carried out."""

    text: str
    reason: str


class AppliedAmendment(Result):
    """What an amendment made of a text."""

    schema_id: Literal["policydiff/applied-amendment/1"] = Field(
        default="policydiff/applied-amendment/1", alias="schema"
    )
    text: str
    """The new text, one paragraph a line."""
    modified: tuple[str, ...]
    """Numbers in the new text of the articles whose words were changed."""
    added: tuple[str, ...]
    """Numbers in the new text."""
    deleted: tuple[str, ...]
    """Numbers in the old text."""
    renumbered: tuple[tuple[str, str], ...]
    """(number in the old text, number in the new text)."""
    applied: tuple[AppliedInstruction, ...]
    """The orders that were carried out, as printed."""
    unapplied: tuple[UnappliedInstruction, ...]
    """The orders that were not, each with its reason."""

    _thing: ClassVar[str] = "instruction"

    def _items(self) -> tuple[AppliedInstruction | UnappliedInstruction, ...]:
        return *self.applied, *self.unapplied

    def _record(self, item: AppliedInstruction | UnappliedInstruction) -> Record:
        articles = "; ".join(item.articles) if isinstance(item, AppliedInstruction) else None
        reason = item.reason if isinstance(item, UnappliedInstruction) else None
        return {"applied": reason is None, "text": item.text, "articles": articles, "reason": reason}

    def _told(self) -> str:
        return f"{len(self.applied)} instructions carried out, {len(self.unapplied)} not"


def apply_amendment(old: Document, amendment: Document | str) -> AppliedAmendment:
    """Return the text an amendment (修改决定, 修正案) makes of `old`, with every order it could not carry out and why.

    Orders name places by the numbers before the amendment. An amendment of several texts is read where it speaks of
    `old` by title.

    Args:
        old: The text before the amendment.
        amendment: The amendment, as text (better: its quotes are as printed) or parsed.
    """
    text = (
        amendment
        if isinstance(amendment, str)
        else "\n".join(clause.full_text() for clause in amendment.clauses)
    )
    quoted = _about(take_quotes(text), old.title)
    draft = draft_of(old)
    before = [part for part in draft.parts if isinstance(part, Article)]
    applied: list[AppliedInstruction] = []
    unapplied: list[UnappliedInstruction] = []
    inserted: list[tuple[Instruction, list[Article]]] = []
    orders = list(read_instructions(quoted))
    for order in orders:
        try:
            articles = carry_out(order, draft, inserted)
        except CannotApplyError as failure:
            unapplied.append(UnappliedInstruction(text=order.text, reason=str(failure)))
        else:
            applied.append(AppliedInstruction(text=order.text, articles=articles))
    for order, new in inserted:
        place_of_article(order, new, draft)
    if _shifts_numbers(orders, inserted):
        renumber(draft)
    return _result(draft, before, applied, unapplied)


def _about(quoted: Quoted, title: str | None) -> Quoted:
    """Return the part of a bundle of amendments that speaks of the text with this title; all of it for one amendment."""
    headings = titles(quoted)
    if len(headings) < 2 or not title:
        return quoted
    wanted = fold_words(title)
    for place, (start, name) in enumerate(headings):
        folded = fold_words(name)
        if folded in wanted or wanted in folded:
            end = headings[place + 1][0] if place + 1 < len(headings) else len(quoted.lines)
            return Quoted(quoted.lines[start:end], quoted.quotes)
    return quoted


def _shifts_numbers(orders: list[Instruction], inserted: list[tuple[Instruction, list[Article]]]) -> bool:
    """Return whether articles are numbered through again: as ordered, or as a new plain number makes it necessary."""
    told = any(order.order is Order.RENUMBER_ALL for order in orders)
    moved = any(
        order.order in (Order.RENUMBER, Order.REPLACE)
        and any(re.fullmatch(r"第.+条", label) for label in order.becomes)
        for order in orders
    )
    plain = any("之" not in label for order, _ in inserted for label in order.becomes)
    return told or moved or plain


def _result(
    draft: Draft,
    before: list[Article],
    applied: list[AppliedInstruction],
    unapplied: list[UnappliedInstruction],
) -> AppliedAmendment:
    after = [part for part in draft.parts if isinstance(part, Article)]
    number = {id(article): clause_number(article.label) or "" for article in after}
    return AppliedAmendment(
        text=draft.text(),
        modified=tuple(number[id(part)] for part in after if part.rewritten and part.number is not None),
        added=tuple(number[id(part)] for part in after if part.number is None),
        deleted=tuple(part.number or "" for part in before if id(part) not in number),
        renumbered=tuple(
            (part.number, number[id(part)])
            for part in after
            if part.number and part.number != number[id(part)]
        ),
        applied=tuple(applied),
        unapplied=tuple(unapplied),
    )
