"""Carries an official amendment out on the text it amends, and compares the result with the amended text as published."""

import pickle
import re
from collections.abc import Callable, Sized
from dataclasses import replace

from policydiff.amendment.around_headings import Settled
from policydiff.amendment.changing import change_end_mark, change_words
from policydiff.amendment.inserting import append, delete, insert_inside, note_written, refuse_overwriting
from policydiff.amendment.locating import CannotApplyError, Instruction, Order, Sentence
from policydiff.amendment.moving import exchange, merge, move, split, stand_alone
from policydiff.amendment.named_texts import NAMELESS, outer_names, same_act
from policydiff.amendment.places import Place, PlaceKind
from policydiff.amendment.quoted import take_quotes
from policydiff.amendment.restructuring import (
    divide,
    insert_annex,
    insert_articles,
    insert_heading,
    insert_preface,
    renumber,
)
from policydiff.amendment.rewriting import replace_lead, replace_words
from policydiff.amendment.scope import Decision, read_decision
from policydiff.amendment.settling import order_of_number, settle, unsound
from policydiff.amendment.statute import Article, Statute, statute_of
from policydiff.collector import collecting_seldom
from policydiff.errors import worded
from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.titles import text_decided_on
from policydiff.lexicon.widths import fold_words
from policydiff.model import Document
from policydiff.model.amended import (
    AppliedAmendment,
    AppliedInstruction,
    Difference,
    Outcome,
    Reason,
    UnappliedInstruction,
)
from policydiff.parsing import parse_text


@collecting_seldom()
def apply_amendment(
    old: Document,
    amendment: Document | str,
    *,
    title: str | None = None,
    left_out: frozenset[str] = frozenset(),
) -> AppliedAmendment:
    """Return the text made from `old` by an amendment (修改决定, 修正案; text or parsed), with each order left out and its reason.

    Orders name places by the numbers before the amendment. Only orders for the text with the name of `old`, or `title`, are
    carried out; an amendment of other texts only is refused. `left_out` are the numbers of articles that earlier amendments deleted,
    whose absence is no fault of the text.
    """
    words = _own_words(amendment) if isinstance(amendment, str) else _words_of(amendment)
    decision = read_decision(take_quotes(words))
    statute = statute_of(old)
    name = title or old.title or (NAMELESS if decision.acts == (NAMELESS,) else None)
    refused = _refusal(decision, name)
    if refused is not None:
        return AppliedAmendment(
            outcome=Outcome.REFUSED,
            text=statute.text(),
            unapplied=(refused,),
            acts=decision.acts,
            elsewhere=len(decision.sentences),
        )
    ours = [each for each in decision.sentences if _ours(each, decision, name)]
    return _Amending(old, ours, decision, left_out).result()


def _own_words(text: str) -> str:
    """Return the words of a decision without the amended text that may be printed after it."""
    document = parse_text(text)
    if document.carrier is None or text_decided_on(document.carrier.title) is None or not document.clauses:
        return text
    return text[: document.clauses[0].span.start]


def _words_of(amendment: Document) -> str:
    """Return the words of a parsed decision: its own, or those of the carrier of the amended text."""
    carrier = amendment.carrier
    if carrier is not None and text_decided_on(carrier.title) is not None:
        return f"{carrier.title}\n{carrier.text}"
    words = "\n".join(each.full_text() for each in amendment.clauses)
    return f"{amendment.title}\n{words}" if amendment.title else words


def _refusal(decision: Decision, name: str | None) -> UnappliedInstruction | None:
    """Return why an amendment is not for a text of this name; None if it is, or if it names no text."""
    if name and any(same_act(act, name) for act in decision.repealed):
        return UnappliedInstruction(
            text="", kind=Reason.REPEALED, reason=worded(f"the decision ends 《{name}》")
        )
    if not decision.acts:
        return None
    if name is None:
        reason = worded(f"the text bears no title, and the amendment is for {_list(decision.acts)}")
        return UnappliedInstruction(text="", kind=Reason.OTHER_TEXT, reason=reason)
    if any(same_act(act, name) for act in decision.acts):
        return None
    reason = worded(f"the amendment is for {_list(decision.acts)}, and the text is 《{name}》")
    return UnappliedInstruction(text="", kind=Reason.OTHER_TEXT, reason=reason)


_MOST_NAMED = 3
"""Most names given in full in a refusal; a bundle has up to fifty."""


def _list(acts: tuple[str, ...]) -> str:
    shown = "、".join(f"《{act}》" for act in acts[:_MOST_NAMED])
    return (
        shown if len(acts) <= _MOST_NAMED else worded(f"{shown} and {len(acts) - _MOST_NAMED} further texts")
    )


def _ours(sentence: Sentence, decision: Decision, name: str | None) -> bool:
    named = [] if sentence.understood else outer_names(sentence.text)
    if sentence.act is not None:
        named.append(sentence.act)
    elif decision.several or not decision.acts or not (sentence.understood or named):
        return True
    return name is not None and any(same_act(act, name) for act in named)


class _Amending:
    """Carries out the sentences for one text; a sentence with a failing order leaves no trace."""

    def __init__(
        self, old: Document, ours: list[Sentence], decision: Decision, left_out: frozenset[str]
    ) -> None:
        self.old = old
        self.left_out = left_out
        self.ours = ours
        self.decision = decision
        self.failed: dict[int, Failure] = {}
        self.touched: dict[int, tuple[str, ...]] = {}

    def result(self) -> AppliedAmendment:
        """Return the text after the amendment, with the outcome."""
        while True:
            statute = self._carry_out_all()
            settled = settle(statute, numbered_through=self._numbered_through())
            if not settled.failures:
                return self._told(statute, settled)
            # Leave out the sentences with conflicting orders
            for failure in settled.failures:
                self.failed[failure.sentence] = (failure.reason, failure.detail)
                self.touched.pop(failure.sentence, None)

    def _carry_out_all(self) -> Statute:
        statute = statute_of(self.old)
        for index in range(len(self.ours)):
            if index in self.failed:
                continue
            before = _may_change(self.ours[index], statute)
            try:
                self.touched[index] = self._sentence(index, statute)
            except CannotApplyError as failure:
                self.failed[index] = (failure.reason, str(failure))
                self.touched.pop(index, None)
                if before is not None and before == _may_change(self.ours[index], statute):
                    continue
                # the sentence may be half carried out: start anew and repeat the earlier sentences
                statute = statute_of(self.old)
                for done in sorted(self.touched):
                    if done < index:
                        self._sentence(done, statute)
        return statute

    def _sentence(self, index: int, statute: Statute) -> tuple[str, ...]:
        """Carry out the orders of a sentence; return the old numbers of the articles touched, or the new numbers of added articles.

        Raises CannotApplyError if a place or its quoted words are not in the text, or an order contradicts itself.
        """
        sentence = self.ours[index]
        if not sentence.understood:
            raise CannotApplyError(Reason.WORDING, "its wording is not one of the set phrases")
        if sentence.act is None and self.decision.several:
            raise CannotApplyError(Reason.OTHER_TEXT, "it does not say which of the texts it is for")
        statute.speaking = index
        touched: list[str] = []
        for told in sentence.instructions:
            order = _for_levels(told) if statute.levels else told
            refuse_overwriting(order, statute)
            numbers = _DOERS[order.order](order, statute)
            note_written(order, numbers, statute)
            touched.extend(numbers)
        return tuple(dict.fromkeys(number for number in touched if number))

    def _numbered_through(self) -> bool:
        return any(
            order.order is Order.RENUMBER_ALL
            for index, sentence in enumerate(self.ours)
            if index not in self.failed
            for order in sentence.instructions
        )

    def _told(self, statute: Statute, settled: Settled) -> AppliedAmendment:
        unapplied = [
            UnappliedInstruction(text=self.ours[index].text, kind=reason, reason=detail)
            for index, (reason, detail) in sorted(self.failed.items())
        ]
        doubts = [
            UnappliedInstruction(text="", kind=reason, reason=detail, articles=(article,) if article else ())
            for reason, detail, article in (*unsound(statute_of(self.old), self.left_out), *settled.doubts)
        ]
        elsewhere = len(self.decision.sentences) - len(self.ours)
        done = [index for index in sorted(self.touched) if index not in self.failed]
        work = [
            index
            for index in done
            if any(each.order is not Order.RENUMBER_ALL for each in self.ours[index].instructions)
        ]
        if not work:
            if not unapplied:
                told = worded("the amendment orders nothing that is read")
                unapplied.append(UnappliedInstruction(text="", kind=Reason.WORDING, reason=told))
            return AppliedAmendment(
                outcome=Outcome.REFUSED,
                text=statute_of(self.old).text(),
                unapplied=tuple(unapplied),
                acts=self.decision.acts,
                elsewhere=elsewhere,
            )
        number = {id(article): clause_number(article.label) or "" for article in statute.articles()}
        standing = statute.articles()
        return AppliedAmendment(
            outcome=Outcome.PARTIAL if unapplied or doubts else Outcome.COMPLETE,
            text=statute.text(),
            modified=tuple(number[id(each)] for each in standing if each.changed and each.number is not None),
            added=tuple(number[id(each)] for each in standing if each.number is None),
            deleted=tuple(
                each.number or ""
                for each in statute.parts
                if isinstance(each, Article) and each.gone and each.number is not None
            ),
            renumbered=tuple(
                (each.number, number[id(each)])
                for each in standing
                if each.number is not None and each.number != number[id(each)]
            ),
            applied=tuple(
                AppliedInstruction(text=self.ours[index].text, articles=self.touched[index]) for index in done
            ),
            unapplied=tuple(unapplied),
            doubts=tuple(doubts),
            acts=self.decision.acts,
            elsewhere=elsewhere,
        )


Failure = tuple[Reason, str]
_INSIDE_ARTICLES = frozenset({
    Order.REPLACE, Order.REPLACE_LEAD, Order.SWAP, Order.DROP_WORDS, Order.ADD_WORDS, Order.DELETE, Order.INSERT_INSIDE, Order.APPEND,
    Order.END_MARK,
})  # fmt: skip


def _may_change(sentence: Sentence, statute: Statute) -> bytes | None:
    """Return a pickled state of the articles that a sentence names; None if the sentence may change more than these."""
    orders = sentence.instructions
    places = [place for order in orders for place in order.places]
    numbers = [each.article for each in places if each.kind is PlaceKind.ARTICLE and not each.last]
    bounded = all(each.order in _INSIDE_ARTICLES and each.places and not each.everywhere for each in orders)
    if not bounded or len(numbers) < len(places):
        return None
    articles = [number and statute.article(number) for number in numbers]
    return pickle.dumps((articles, [len(each) for each in vars(statute).values() if isinstance(each, Sized)]))


def _for_levels(order: Instruction) -> Instruction:
    """Return an order for a text numbered 一、 二、, in which 第一部分 and 第一条 mean the same."""

    def article(place: Place) -> Place:
        if place.kind is not PlaceKind.HEADING or not (place.heading or "").endswith("部分"):
            return place
        return replace(
            place, kind=PlaceKind.ARTICLE, article=clause_number(place.heading or ""), heading=None
        )

    return replace(
        order, places=tuple(map(article, order.places)), becomes=tuple(map(article, order.becomes))
    )


def _nothing(order: Instruction, statute: Statute) -> tuple[str, ...]:  # noqa: ARG001 - one signature for all
    """Do nothing: articles are numbered through once, after all orders."""
    return ()


def _unsaid(order: Instruction, statute: Statute) -> tuple[str, ...]:  # noqa: ARG001 - one signature for all
    raise CannotApplyError(Reason.NO_PLACE, "it does not say which words change")


_DOERS: dict[Order, Callable[[Instruction, Statute], tuple[str, ...]]] = {
    Order.REPLACE: replace_words,
    Order.REPLACE_LEAD: replace_lead,
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
    Order.INSERT_ANNEX: insert_annex,
    Order.UNSAID: _unsaid,
    Order.DIVIDE: divide,
    Order.MOVE: move,
    Order.STAND_ALONE: stand_alone,
    Order.EXCHANGE: exchange,
    Order.END_MARK: change_end_mark,
}


_NUMBER_ONLY = re.compile("(?<!修)改为第|顺序")
"""An order that only gives an article another number and keeps its words."""


def account(
    applied: AppliedAmendment, made: Document, old: Document, published: Document
) -> AppliedAmendment:
    """Return `applied` with the differences between the text it made (`made`) and the published text.

    Differing widths and marks of punctuation, which vary between editions, are no difference.
    """
    by_orders, in_print = _articles(statute_of(made)), _articles(statute_of(published))
    numbers = sorted({*by_orders, *in_print}, key=order_of_number)
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
    """Return whether every article that the order touches is published with its old words."""
    touched = [before[number] for number in order.articles if number in before]
    new = [number for number in order.articles if number not in before]
    return (
        bool(touched)
        and not new
        and all(_folded(_bare(text)) in kept for text in touched)
        and _NUMBER_ONLY.search(order.text) is None
    )


def _articles(statute: Statute) -> dict[str, str]:
    """Return the articles by number, and all text around them under the empty number."""
    around = [part.text() for part in statute.parts if not (isinstance(part, Article) and part.numbered)]
    texts = {"": "\n".join(around)}
    texts.update({article.number or "": article.text() for article in statute.articles()})
    return texts


def _bare(text: str) -> str:
    return text.partition("　")[2]


def _folded(text: str) -> str:
    return "".join(character for character in fold_words(text) if character.isalnum())
