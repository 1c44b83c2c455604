"""A passage cut into its parts, and the parts in one writing.

Equal values, equal classes of duty and equal widths give equal strings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from policydiff.lexicon.horizons import Horizon, find_horizons
from policydiff.lexicon.measures import Measure, Quantity
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.widths import fold, fold_words
from policydiff.model import Genre, Modal
from policydiff.substance.features import ModalWord, find_modals
from policydiff.substance.vocabulary import any_of, synonyms

_CUT = re.compile(r"(?:[^，,。；;：:！？\n]|(?<=\d)[,，:：](?=\d))+[，,。；;：:！？]?|\n")
_STOP = "。；;！？\n"
_LABEL = re.compile(
    r"(?:[（(][一二三四五六七八九十〇百零\d]{1,4}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是)"
)


class Part(NamedTuple):
    """A part at `passage[start:end]`, without its mark and label."""

    start: int
    end: int
    text: str
    line: int
    """Index of its line."""
    sentence: int
    """Index of its sentence in the passage."""
    label: str
    """Label of the line, where this is its first part: （一）."""
    mark: str
    """The mark that closes it, empty at the end of a line."""


def parts_of(passage: str) -> list[Part]:
    r"""Return the parts of a passage in order.

    >>> [part.text for part in parts_of("申请人应当登记，并提交：\n（一）证明；\n（二）照片。")]
    ['申请人应当登记', '并提交', '证明', '照片']
    """
    parts: list[Part] = []
    line = sentence = 0
    opens_line = True
    for match in _CUT.finditer(passage):
        if match[0] == "\n":
            line, sentence, opens_line = line + 1, sentence + 1, True
            continue
        start, end = match.span()
        mark = passage[end - 1] if passage[end - 1] in "，,。；;：:！？" else ""
        end -= len(mark)
        label = ""
        while start < end and passage[start] in " \u3000\t":
            start += 1
        if opens_line and (found := _LABEL.match(passage, start, end)):
            label, start = found[0], found.end()
        while start < end and passage[start] in " \u3000\t":
            start += 1
        while end > start and passage[end - 1] in " \u3000\t":
            end -= 1
        opens_line = False
        if start < end:
            parts.append(Part(start, end, passage[start:end], line, sentence, label, fold(mark)))
        if mark and mark in _STOP:
            sentence += 1
    return parts


MODAL_SIGNS = {
    Modal.MUST: "㊀", Modal.MUST_NOT: "㊁", Modal.MAY: "㊂", Modal.ENCOURAGE: "㊃", Modal.PLAN: "㊄",
}  # fmt: skip
_VALUE_SIGNS = dict(zip(Measure, "㊅㊆㊇㊈㊉㊊㊋", strict=True))
_HORIZON_SIGN = "㊌"
"""One character for each class; characters that no text of the field uses otherwise."""


class Canonical(NamedTuple):
    """A part in one writing, with the features that were made one."""

    part: Part
    words: str
    """Folded words; values in normal form, modals by their class."""
    shape: str
    """The same with one sign for every value of a kind: what parts are likened by."""
    quantities: tuple[Quantity, ...]
    horizons: tuple[Horizon, ...]
    modals: tuple[ModalWord, ...]
    is_read: bool = True
    """False where `words` hold values and modals as printed, and no feature was looked for."""

    @property
    def label(self) -> str:
        """Empty: a part has no number of its own."""
        return ""


def read_parts(parts: Sequence[Part], genre: Genre) -> list[Canonical]:
    """Return parts in one writing.

    In a policy too 应当 and 必须 are one class: the grade is a matter of tone, and the words show it.
    """
    return [Canonical(part, *_read(part.text, genre)) for part in parts]


def read_sides(
    old: Sequence[Part], new: Sequence[Part], genre: Genre
) -> tuple[list[Canonical], list[Canonical]]:
    """Return the parts of two passages; those that stand on both sides are left unread (see `read_now`)."""
    shared = {part.text for part in old} & {part.text for part in new}
    return _but(old, shared, genre), _but(new, shared, genre)


def _but(parts: Sequence[Part], shared: set[str], genre: Genre) -> list[Canonical]:
    return [
        Canonical(part, words := one_writing(part.text), words, (), (), (), is_read=False)
        if part.text in shared
        else Canonical(part, *_read(part.text, genre))
        for part in parts
    ]


def read_now(side: list[Canonical], indexes: Iterable[int], genre: Genre) -> None:
    """Read the parts at these places that were left unread: they went, came, or were paired with another part."""
    for index in indexes:
        if not side[index].is_read:
            side[index] = Canonical(side[index].part, *_read(side[index].part.text, genre))


class _Reading(NamedTuple):
    words: str
    shape: str
    quantities: tuple[Quantity, ...]
    horizons: tuple[Horizon, ...]
    modals: tuple[ModalWord, ...]


def _read(text: str, genre: Genre) -> _Reading:
    names = [match.span() for match in _NAME.finditer(text)] if "《" in text else []
    quantities = tuple(
        found for found in find_quantities(text) if not _within(found.outer_start, found.outer_end, names)
    )
    horizons = tuple(
        found
        for found in find_horizons(text)
        if not _within(found.start, found.end, names)
        and not any(each.start < found.end and found.start < each.end for each in quantities)
    )
    modals = tuple(
        found
        for found in find_modals(text, policy=genre is Genre.POLICY)
        if not _within(found.start, found.end, names)
        and not any(each.outer_start <= found.start < each.outer_end for each in quantities)
    )  # 不得 of 不得少于三人 bounds a value: 至少三人
    if not (modals or quantities or horizons):
        words = one_writing(text)
        return _Reading(words, words, (), (), ())
    binding = [_Mark(found.start, found.end, MODAL_SIGNS[found.modal]) for found in modals]
    values = [mark for found in quantities for mark in _marks(found, value_writing(found))]
    values += [_Mark(found.start, found.end, f"t{found.key}t") for found in horizons]
    told = [_Mark(found.told_start, found.told_end, "") for found in quantities if found.told_end > 0]
    words = one_writing(_marked(text, [*binding, *values, *told]))
    kinds = [mark for found in quantities for mark in _marks(found, _VALUE_SIGNS[found.measure])]
    kinds += [_Mark(found.start, found.end, _HORIZON_SIGN) for found in horizons]
    kinds += told
    shape = one_writing(_marked(text, [*binding, *kinds])) if kinds else words
    return _Reading(words, shape, quantities, horizons, modals)


_NAME = lazy_pattern("《(?:[^《》]|《[^《》]*》)*》")
"""The name of a document: 《健康产业行动纲要（2019—2022年）》 sets no deadline, and 《禁止…的规定》 forbids nothing here."""


def _within(start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high for low, high in places)


def value_writing(quantity: Quantity) -> str:
    """Return a value as one run of letters and digits: signs would be folded away as marks are."""
    *rest, bound = quantity.key
    return "q".join((*map(str, rest), _BOUND_LETTERS[bound]))


_BOUND_LETTERS = {"": "", "+": "geq", "-": "leq", ">": "above", "<": "below"}


class _Mark(NamedTuple):
    start: int
    end: int
    sign: str


def _marks(quantity: Quantity, sign: str) -> Iterator[_Mark]:
    *bounds, value = quantity.places
    yield from (_Mark(*place, "") for place in bounds)
    yield _Mark(*value, sign)


def _marked(text: str, marks: list[_Mark]) -> str:
    """Return a text with signs in place of what they stand for."""
    pieces: list[str] = []
    done = 0
    for mark in sorted(marks):
        if mark.start >= done:
            pieces += [text[done : mark.start], mark.sign]
            done = mark.end
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=2048)
def one_writing(text: str) -> str:
    """Return folded words with synonyms made one."""
    return _synonyms().sub(lambda match: synonyms()[match[0]], fold_words(text))


@cache
def _synonyms() -> re.Pattern[str]:
    return re.compile(any_of(synonyms()))
