"""What a change of wording touches: duty, numbers, bodies, scope, penalty, citations, dates; with the words that show it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from policydiff.model import Signal, SignalType, Wording
from policydiff.revision.following import Numbering, only_follows
from policydiff.revision.hunks import Hunk, clauses, hunks
from policydiff.revision.lexicon import lexicon
from policydiff.revision.lists import compare_lists
from policydiff.revision.offices import body_signals
from policydiff.revision.quantities import Quantity, QuantityKind, direction, quantity
from policydiff.revision.tokens import Token, TokenKind, tokenize
from policydiff.revision.wording import rebuild

_LONGEST = 80
_TYPES = {
    QuantityKind.AMOUNT: SignalType.AMOUNT,
    QuantityKind.PERCENTAGE: SignalType.PERCENTAGE,
    QuantityKind.DURATION: SignalType.DEADLINE,
    QuantityKind.DATE: SignalType.DEADLINE,
    QuantityKind.NUMBER: SignalType.NUMBER,
}
_PROHIBITION = 6
_DUTY = 4
_TELLING = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两《〔第可应要须]")
"""Characters without one of which words hold no number, citation or modal of one character."""
_STOPS = "，。；：\n"
_STOP = re.compile(r"[，。；：\n]")
_BARE_NUMERAL = re.compile(r"[一二三四五六七八九十]|[（(].*[）)]")


def find_signals(wording: Sequence[Wording], numbering: Numbering) -> tuple[Signal, ...]:
    """Return the changes of substance in a wording, each once, in the order they appear by kind of finding.

    Args:
        wording: The runs of a changed pair.
        numbering: Where clauses went, so that a reference that only follows a renumbering is no change.
    """
    found: dict[tuple[SignalType, str | None, str | None], Signal] = {}
    for signal in _all(wording, numbering):
        found.setdefault((signal.type, signal.old, signal.new), signal)
    return tuple(found.values())


def _all(wording: Sequence[Wording], numbering: Numbering) -> Iterator[Signal]:
    for hunk in hunks(wording):
        if hunk.old and hunk.new and only_follows(hunk.old, hunk.new, numbering):
            continue
        old, new = (tokenize(words) if _TELLING.search(words) else [] for words in (hunk.old, hunk.new))
        yield from _modality(hunk, old, new)
        yield from _quantities(hunk, old, new)
        yield from _citations(old, new, numbering)
        yield from _by_sentence(hunk)
    yield from body_signals(wording)
    for change in compare_lists(rebuild(wording, new=False), rebuild(wording, new=True)):
        if change.dropped or change.added or change.reordered:
            yield Signal(
                type=SignalType.LIST,
                old="、".join(change.dropped) or None,
                new="、".join(change.added) or None,
                detail="reordered" if change.reordered else None,
            )


@cache
def _modals() -> re.Pattern[str]:
    words = "|".join(sorted(lexicon().modality, key=len, reverse=True))
    return re.compile(rf"(?:{words})(?![求素点约对用邀变急付届免是])")


def _modality(hunk: Hunk, old: Sequence[Token], new: Sequence[Token]) -> Iterator[Signal]:
    """Compare the words of duty and permission of both sides, in order."""
    strength = lexicon().modality
    before, after = _modal_words(hunk.old, old), _modal_words(hunk.new, new)
    if before and after and len(clauses(hunk.old)) == len(clauses(hunk.new)) == 1:
        for one, other in zip(before, after, strict=False):
            if strength[one] != strength[other]:
                yield Signal(type=_modal_type(strength[other] - strength[one]), old=one, new=other)
        before, after = before[len(after) :], after[len(before) :]
    for words, text, is_new in ((before, hunk.old, False), (after, hunk.new, True)):
        for word in words:
            if strength[word] >= _DUTY and (clause := _clause_with(word, text)):
                kind = SignalType.DUTY_STRENGTHENED if is_new else SignalType.DUTY_WEAKENED
                yield Signal(type=kind, old=None if is_new else clause, new=clause if is_new else None)


def _modal_words(text: str, tokens: Sequence[Token]) -> list[str]:
    words = {token.text for token in tokens}
    return [match[0] for match in _modals().finditer(text) if len(match[0]) > 1 or match[0] in words]


def _modal_type(rise: int) -> SignalType:
    return SignalType.DUTY_STRENGTHENED if rise > 0 else SignalType.DUTY_WEAKENED


def _clause_with(word: str, text: str) -> str | None:
    """Return the whole new or dropped duty; None where the word stands in a scrap of a sentence."""
    clause = next((clause for clause in clauses(text) if word in clause), "")
    return _short(clause.removeprefix("但")) if len(clause) >= len(word) + 3 else None


def _quantities(hunk: Hunk, old: Sequence[Token], new: Sequence[Token]) -> Iterator[Signal]:
    """Pair the quantities of one kind in order."""
    sides = [list(_numbers(tokens)) for tokens in (old, new)]
    for kind in QuantityKind:
        one, other = ([item for item in side if item.kind is kind] for side in sides)
        for index in range(max(len(one), len(other))):
            before = one[index] if index < len(one) else None
            after = other[index] if index < len(other) else None
            if before and after and before.text == after.text:
                continue
            yield Signal(
                type=_quantity_type(kind, hunk),
                old=before.text if before else None,
                new=after.text if after else None,
                detail=direction(before, after) if before and after else None,
            )
            if (
                (before or after)
                and kind is not QuantityKind.DATE
                and _holds(hunk.sentence, lexicon().target)
            ):
                yield Signal(
                    type=SignalType.TARGET,
                    old=before.text if before else None,
                    new=after.text if after else None,
                    detail=direction(before, after) if before and after else None,
                )


def _numbers(tokens: Sequence[Token]) -> Iterator[Quantity]:
    for token in tokens:
        found = None if _BARE_NUMERAL.fullmatch(token.text) else quantity(token)
        if found is not None:
            yield found


def _quantity_type(kind: QuantityKind, hunk: Hunk) -> SignalType:
    if kind in (QuantityKind.DATE, QuantityKind.DURATION) and _holds(hunk.sentence, lexicon().effect):
        return SignalType.EFFECTIVE_DATE
    return _TYPES[kind]


def _citations(old: Sequence[Token], new: Sequence[Token], numbering: Numbering) -> Iterator[Signal]:
    for kinds in ((TokenKind.TITLE, TokenKind.DOCUMENT), (TokenKind.REFERENCE,)):
        gone = [token.text for token in old if token.kind in kinds]
        come = [token.text for token in new if token.kind in kinds]
        for index in range(max(len(gone), len(come))):
            before = gone[index] if index < len(gone) else None
            after = come[index] if index < len(come) else None
            same = before == after or (before and after and only_follows(before, after, numbering))
            if not same:
                yield Signal(type=SignalType.CITATION, old=before, new=after)


def _by_sentence(hunk: Hunk) -> Iterator[Signal]:
    """Tell from the sentence around an edit whether it is about sanctions, scope or the time in force."""
    if not hunk.old.strip() and not hunk.new.strip():
        return
    words = lexicon()
    for kind, marks in ((SignalType.PENALTY, words.penalty), (SignalType.SCOPE, words.scope)):
        if _holds(f"{_lead(hunk)}{hunk.old}{hunk.new}{_tail(hunk)}", marks):
            yield Signal(type=kind, old=_quote(hunk, hunk.old), new=_quote(hunk, hunk.new))


def _quote(hunk: Hunk, words: str) -> str | None:
    """Return the words of one side with enough around them to be read: the rest of the clause they stand in."""
    if not words.strip("，。；、： \n"):
        return None
    quoted = f"{_lead(hunk)[-20:]}{words}{_tail(hunk)[:20]}"
    return _short(quoted.replace("\n", "").strip("，。；、： "))


def _lead(hunk: Hunk) -> str:
    """Return what stands before an edit in the same clause."""
    return "" if hunk.new[:1] in _STOPS and hunk.old[:1] in _STOPS else _STOP.split(hunk.before)[-1]


def _tail(hunk: Hunk) -> str:
    """Return what follows an edit in the same clause."""
    return _STOP.split(hunk.after)[0]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
