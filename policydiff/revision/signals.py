"""What a change of wording touches: duty, numbers, bodies, scope, penalty, citations, dates; with the words that show it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Postfix

from policydiff.model import Signal, SignalType, Wording
from policydiff.revision.folding import fold_words
from policydiff.revision.following import Numbering, only_follows
from policydiff.revision.hunks import Hunk, hunks
from policydiff.revision.lexicon import lexicon
from policydiff.revision.lists import compare_lists
from policydiff.revision.modality import DutyChanges
from policydiff.revision.offices import body_signals
from policydiff.revision.quantities import Quantity, QuantityKind, direction, quantity
from policydiff.revision.stretches import Stretch, changed_stretches
from policydiff.revision.tokens import Token, TokenKind, tokenize
from policydiff.revision.wording import rebuild

_TYPES = {
    QuantityKind.AMOUNT: SignalType.AMOUNT,
    QuantityKind.PERCENTAGE: SignalType.PERCENTAGE,
    QuantityKind.DURATION: SignalType.DEADLINE,
    QuantityKind.DATE: SignalType.DEADLINE,
    QuantityKind.NUMBER: SignalType.NUMBER,
}
_RANGE = re.compile(r"(?<!职责)(?<!职权)(?<!权限)范围(?!内)")
_VERB = re.compile(r"应当|可以|不得|必须|负责|会同")
_TELLING = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两《〔第可应要须]")
"""Characters without one of which words hold no number, citation or modal of one character."""
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
    duties = DutyChanges()
    for hunk in hunks(wording):
        if hunk.old and hunk.new and only_follows(hunk.old, hunk.new, numbering):
            continue
        old, new = (tokenize(words) if _TELLING.search(words) else [] for words in (hunk.old, hunk.new))
        duties.add(hunk, old, new)
        yield from _quantities(hunk, old, new)
        yield from _citations(old, new, numbering)
    yield from duties.signals()
    bodies = body_signals(wording)
    yield from _by_stretch(wording, numbering, bodies)
    yield from bodies
    for change in compare_lists(rebuild(wording, new=False), rebuild(wording, new=True)):
        if change.dropped or change.added or change.reordered:
            yield Signal(
                type=SignalType.LIST,
                old="、".join(change.dropped) or None,
                new="、".join(change.added) or None,
                detail="reordered" if change.reordered else None,
            )


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


def _by_stretch(
    wording: Sequence[Wording], numbering: Numbering, bodies: Sequence[Signal]
) -> Iterator[Signal]:
    """Tell from the clauses an edit stands in whether it is about sanctions or about what is covered."""
    renames = [(each.old or "", each.new or "") for each in bodies if each.type is SignalType.BODY_RENAMED]
    words = lexicon()
    for stretch in changed_stretches(wording):
        kinds = [
            kind
            for kind, marks in ((SignalType.PENALTY, words.penalty), (SignalType.SCOPE, words.scope))
            if _holds(stretch.old, marks) or _holds(stretch.new, marks)
        ]
        if SignalType.SCOPE not in kinds and _is_about_range(stretch):
            kinds.append(SignalType.SCOPE)
        if kinds and not _only_names(stretch, renames) and not only_follows(*stretch, numbering):
            old, new = stretch.quotes()
            yield from (Signal(type=kind, old=old, new=new) for kind in kinds)


def _is_about_range(stretch: Stretch) -> bool:
    """Return whether the edit stands in what 范围 speaks of: not with another subject, and not in 职责范围内."""
    tail = Postfix.similarity(*stretch)
    return any(
        (found := _RANGE.search(side)) is not None
        and not _VERB.search(side[len(side) - tail : found.start()])
        for side in stretch
    )


def _only_names(stretch: Stretch, renames: Iterable[tuple[str, str]]) -> bool:
    """Return whether the sides are the same when bodies are called by their new names."""
    old = stretch.old
    for before, after in renames:
        old = old.replace(before, after)
    return fold_words(old) == fold_words(stretch.new)


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
