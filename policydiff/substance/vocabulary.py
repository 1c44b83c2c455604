"""The words of `words.toml` and `body_words.toml`, read once, the patterns built from them, and each of two passages rewritten with the forms of phrases that the other one uses.

Some words count only in one genre: statutes use words of duty with more care than policies.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

from policydiff.lexicon.bodies import BODY_ENDINGS
from policydiff.lexicon.numerals import ENGLISH_NUMBER, english_number, number_value
from policydiff.lexicon.patterns import lazy_pattern, rare_pattern
from policydiff.lexicon.widths import fold, fold_words
from policydiff.model import Document, Genre, Grammar, InstrumentKind, Modal, Signal, Span


class Vocabulary(NamedTuple):
    """Words of provisions by their class: modals, instruments, sanctions, rights, fillers."""

    modals: Mapping[str, Modal]
    hedges: tuple[str, ...]
    sanctions: Mapping[str, str]
    """Word → kind of sanction."""
    steps: Mapping[str, tuple[int, int]]
    """Kind of sanction → its ladder and its place on it."""
    classes: Mapping[str, int]
    """Kind of sanction → its class, 0 for the lightest (行政处罚法 art. 9)."""
    families: Mapping[str, tuple[str, ...]]
    """Kind of sanction → the kinds that it takes in, the first of which it mostly stands for."""
    instruments: Mapping[str, InstrumentKind]
    terms: Mapping[str, str]
    """Word of an instrument → the first of the words that stand for the same."""
    rank: Mapping[InstrumentKind, int]
    """How heavy an instrument is for the one who is bound."""
    rights: tuple[str, ...]
    fillers: frozenset[str]
    style: frozenset[str]
    """The fillers that say nothing even where they are all that changed."""
    manner: tuple[str, ...]
    """How a duty is done."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Acts that undo each other: 保留 and 撤销."""
    coordinates: tuple[tuple[str, ...], ...]
    """Words that stand beside each other in one name without a joint: 烟 and 酒 of 烟酒."""
    contrasts: frozenset[str]
    """Words that exclude another one: of a copy with one of them in place of another no reader takes it for wording."""


class BodyWords(NamedTuple):
    """Words that end, precede, join or generalise the name of a body."""

    endings: tuple[str, ...]
    before: frozenset[str]
    joined: tuple[str, ...]
    generic: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words."""
    data = _table("words.toml")
    return Vocabulary(
        modals={word: Modal(kind) for kind, words in data["modal"].items() for word in words},
        hedges=tuple(data["hedge"]["words"]),
        sanctions={word: kind for kind, words in data["sanction"].items() for word in words},
        steps={
            kind: (ladder, place)
            for ladder, kinds in enumerate(data["ladder"]["kinds"])
            for place, kind in enumerate(kinds)
        },
        classes={kind: place for place, kinds in enumerate(data["ladder"]["classes"]) for kind in kinds},
        families={whole: tuple(members) for whole, members in data["family"].items()},
        instruments={
            word: InstrumentKind(kind)
            for kind, terms in data["instrument"].items()
            for term in terms
            for word in term.split("|")
        },
        terms={
            word: term.split("|")[0]
            for terms in data["instrument"].values()
            for term in terms
            for word in term.split("|")
        },
        rank={InstrumentKind(kind): rank for kind, rank in data["rank"].items()},
        rights=tuple(data["right"]["words"]),
        fillers=frozenset(data["filler"]["words"] + data["filler"]["style"]),
        style=frozenset(data["filler"]["style"]),
        manner=tuple(data["manner"]["words"]),
        opposites=tuple((frozenset(one), frozenset(other)) for one, other in data["opposite"]["acts"]),
        coordinates=tuple(map(tuple, data["coordinate"]["groups"])),
        contrasts=frozenset(data["contrast"]["words"]),
    )


@cache
def body_words() -> BodyWords:
    """Return the words about bodies."""
    data = _table("body_words.toml")
    return BodyWords(
        endings=tuple(BODY_ENDINGS.groups["acting_endings"]),
        before=frozenset(data["before"]),
        joined=tuple(data["joined"]),
        generic=frozenset(data["generic"]),
    )


@cache
def _table(name: str) -> dict[str, Any]:
    """Return a table of words; it takes some 30 ms to read, and is asked for again with each pair of words."""
    return tomllib.loads(files("policydiff.substance").joinpath(name).read_text(encoding="utf-8"))


def any_of(words: Mapping[str, object] | tuple[str, ...], beside: str = "", firsts: str = "") -> str:
    """Return a pattern of all words, the longest first; it is tried only where one of their first characters stands.

    Where further alternatives stand `beside` them, each of which begins with one of the characters `firsts`, the words are the group `word`.
    """
    begin = re.escape("".join(sorted({word[0] for word in words}.union(firsts))))
    longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return f"(?=[{begin}])(?:{f'(?P<word>{longest})|{beside}' if beside else longest})"


@cache
def _manner() -> re.Pattern[str]:
    return re.compile(
        f"(?:[^，。；、]{{2,8}}[前后])?(?:(?:向|面向)?(?:全?社会|公众)|以?(?:{any_of(vocabulary().manner)})+|[在于]?(?:显著|醒目)(?:位置|处))(?:的?(?:形式|方式))?(?:通知|告知|公[布示开]|申请|报告|答复)?"
        "|[^，。；、]{0,12}(?:职业|执业|从业|专业|教师|医师|技[能术])[^，。；、]{0,8}(?:证书?|资格|等级|学历|职称|经验)的?"
    )


def is_manner(words: str) -> bool:
    """Return whether words only say how a duty is done, or by what a paper or a person passes (取得教师资格): without them less is asked for."""
    return _manner().fullmatch(words) is not None


@cache
def synonyms() -> Mapping[str, str]:
    """Return words that say the same as another, with the word that stands for both; that word too, for 政府 of 人民政府 is not to be read alone."""
    groups: list[list[str]] = _table("words.toml")["synonym"]["groups"]
    return {word: group[0] for group in groups for word in group}


@lru_cache(maxsize=2048)
def one_writing(text: str) -> str:
    """Return folded words with synonyms made one, and capitals at the head of words small: an English condition may go to the end."""
    small = _CAPITAL.sub(lambda match: match[0].lower(), text)
    return _synonyms().sub(lambda match: synonyms()[match[0]], fold_words(small))


_CAPITAL = lazy_pattern(r"[A-Z](?<=\b[A-Z])(?=[a-z]| [a-z])")


@cache
def _synonyms() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, synonyms()), key=len, reverse=True)))


@lru_cache(maxsize=256)
def _kept_marks(text: str) -> str:
    """Return a text in one writing but for its marks."""
    return _synonyms().sub(lambda match: synonyms()[match[0]], fold(text))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Return the forms of words.toml: a pattern, and the words that say the same."""
    return tuple((rare_pattern(form[0]), tuple(form[1:])) for form in _table("words.toml")["form"]["forms"])


@lru_cache(maxsize=8)
def _phrases(passage: str) -> tuple[tuple[re.Match[str], tuple[str, ...]], ...]:
    """Return the phrases of a passage that have another form, with the words of it; each of two passages is read in the other's form."""
    return tuple((found, writings) for pattern, writings in _forms() for found in pattern.finditer(passage))


class InForm(NamedTuple):
    """A passage with phrases in the form that another passage has."""

    text: str
    places: tuple[tuple[int, int, int, int], ...] = ()
    """Where each phrase stands in `text`, and where in the passage."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where words of `text` stand in the passage; of part of a phrase, where the phrase does."""
        found = [start, end]
        for begin, stop, first, last in self.places:
            if begin <= start < stop:
                found[0] = first
            elif start >= stop:
                found[0] = start + last - stop
            if begin < end <= stop:
                found[1] = last
            elif end > stop:
                found[1] = end + last - stop
        return found[0], found[1]


_BESIDE = 2
"""Characters on either side of a phrase by which its place is known in the other passage."""
_LONG = 8
"""Characters from which a phrase is known again by itself."""


def in_form_of(passage: str, other: str) -> InForm:
    """Return a passage with each phrase in the form that the other passage has in its place.

    >>> in_form_of("作出受理或者不予受理的决定", "决定是否受理").text
    '决定是否受理'
    """
    there = _kept_marks(other)
    taken = [*_numbers_in_form(passage, other), *_lists_in_form(passage, there)]
    for found, writings in _phrases(passage):
        before, after = passage[: found.start()][-_BESIDE:], passage[found.end() :][:_BESIDE]
        is_taken = any(start < found.end() and found.start() < end for start, end, _ in taken)
        if is_taken or _kept_marks(before + found[0] + after) in there:
            continue
        for words in map(found.expand, writings):
            beside = (before and before + words, after and words + after)
            known = [words] if len(words) >= _LONG or not any(beside) else filter(None, beside)
            if words != found[0] and any(_kept_marks(each) in there for each in known):
                taken.append((*found.span(), words))
                break
    pieces: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    done = length = 0
    for start, end, words in sorted(taken):
        length += start - done
        pieces += [passage[done:start], words]
        places.append((length, length + len(words), start, end))
        done, length = end, length + len(words)
    return InForm("".join([*pieces, passage[done:]]), tuple(places))


_SPOKEN = lazy_pattern(
    r"(?=[〇零一二两三四五六七八九十百千万亿])(?:"
    r"(?:(?<=第)[一二三四五六七八九十]{1,3}(?![条款项章节编目])|[一二三四五六七八九]?[十百千][一二三四五六七八九十百零]+)(?![〇零一二两三四五六七八九十百])(?=[一-鿿])"
    r"|(?<![^\t\n|])[〇零一二两三四五六七八九十百千万亿]+(?![^\t\n|]))"
)


def _numbers_in_form(passage: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers in words that the other passage has in digits between the same words, or alone in a cell: 第一季度, 第1季度; five years, 5 years."""
    for found in chain(_SPOKEN.finditer(passage), ENGLISH_NUMBER.finditer(passage)):
        digits = str(number_value(fold(found[0])) if found[0][0] > "z" else english_number(found[0]))
        if passage[: found.start()][-_BESIDE:] + digits + passage[found.end() :][:_BESIDE] in other:
            yield (*found.span(), digits)


_LABEL = "(?:[（(][一二三四五六七八九十]{1,3}[)）]|\\d{1,2}[.．、])"
_SET_OUT = lazy_pattern(rf"：\n?{_LABEL}(?P<members>[^：；。\n]+(?:；\n?{_LABEL}[^：；。\n]+)+)")
_BETWEEN = lazy_pattern(rf"；\n?{_LABEL}")


def _lists_in_form(passage: str, there: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lists that are set out with numbers, behind words that the other passage has before a list in one line."""
    for found in _SET_OUT.finditer(passage):
        members = _BETWEEN.sub("、", found["members"])
        lead = _kept_marks(passage[: found.start()][-_LONG:] + "：")
        at = there.find(lead) + len(lead)
        start = _THE_FOLLOWING.sub("", passage[: found.start()])
        if lead in there and "、" in there[at:] and not re.match(f"\n|{_LABEL}", there[at:]):
            yield (*found.span(), "：" + members)
        elif all(each in there for each in _kept_marks(start[-_LONG:] + members).split("、")):
            yield (len(start), found.end(), members)


_THE_FOLLOWING = lazy_pattern("(?:下列|以下)[一-鿿]{2,4}$")
"""Words that a list in one line does without: 提交下列材料：（一）申请书；（二）身份证明, 提交申请书和身份证明."""


def as_printed(
    signal: Signal, old: str, new: str, forms: tuple[InForm, InForm] = (InForm(""), InForm(""))
) -> Signal:
    """Return a signal with the words as the passages have them, which were read in other characters or forms."""
    told: dict[str, str | Span | None] = {}
    for side, words, span, text, form in (
        ("old", signal.old, signal.old_span, old, forms[0]),
        ("new", signal.new, signal.new_span, new, forms[1]),
    ):
        if words is not None and span is not None:
            shown = form.place(span.start, span.start + len(words.rstrip("…")))
            told[side] = text[slice(*shown)] + "…" * words.endswith("…")
            told[f"{side}_span"] = Span(*form.place(span.start, span.end))
    return signal.model_copy(update=told)


def contrasts_of(words: str) -> set[str]:
    """Return the words among some that exclude others: 境内, 境外."""
    return {word for word in vocabulary().contrasts if word in words}


def are_contrary(old: str | None, new: str | None) -> bool:
    """Return whether words took the place of words that they exclude or undo: 县级以上, 县级以下; 保留, 撤销; 并纳入, 不纳入."""
    sides = old or "", new or ""
    held = contrasts_of(sides[0]), contrasts_of(sides[1])
    denied = [_DENIES.fullmatch(words) is not None for words in sides]
    return (all(held) and held[0] != held[1]) or undo_each_other(*sides) or denied[0] != denied[1]


NEGATION = (
    "(?:不(?!可移动|同程度|断|仅|但|动产|论|管|限于|特定|少于|超过|低于|满)|未(?!来|成年)"
    "|非(?!法|公|机动|营利|居|遗|税|物质)|(?<!有)无(?!论|障碍|偿|人机|线|形))"
)
_DENIES = lazy_pattern(f"[并均也应可]?(?:{NEGATION}|没有)[一-鿿]{{0,4}}(?<!的)")
"""Words that deny, where the other passage says them: 予以, 不予; 并书面, 不书面. A longer denial, or a condition (未公示价格的), is a rule of its own."""


@cache
def say_alike(old: str, new: str) -> bool:
    """Return whether drafters put words, or lists of them, in each other's place without another meaning: 时间, 时限; 高等院校、企业, 企业、高校."""
    members = [re.split("[、和及与]", words) for words in (old, new)]
    if len(members[0]) == len(members[1]) > 1:
        return all(any(one == other or say_alike(one, other) for other in members[1]) for one in members[0])
    table = _table("words.toml")["synonym"]
    return any(old in group and new in group for group in table["groups"] + table["near"])


def undo_each_other(old: str, new: str) -> bool:
    """Return whether an act took the place of the act that it undoes: 保留, 撤销."""
    return any(
        _holds(old, one) and _holds(new, other) and not _holds(old, other)
        for acts in vocabulary().opposites
        for one, other in (acts, acts[::-1])
    )


def _holds(words: str, acts: frozenset[str]) -> bool:
    return any(act in words for act in acts)


def graver(old: str, new: str) -> bool | None:
    """Return whether the one kind of sanction is graver than the other; None where the two have no order."""
    steps, classes = vocabulary().steps, vocabulary().classes
    for ranks in ((steps.get(old), steps.get(new)), ((0, classes.get(old)), (0, classes.get(new)))):
        (one, place), (other, behind) = (rank or (None, None) for rank in ranks)
        if place is not None and behind is not None and one == other and place != behind:
            return behind > place
    return None


def instrument_rank(key: str) -> int:
    """Return how heavy an instrument is for the one who is bound by it."""
    return vocabulary().rank[InstrumentKind(key)]


def genre_of(document: Document) -> Genre:
    """Return `statute` for a text in articles, `policy` for any other."""
    return Genre.STATUTE if document.grammar is Grammar.LEGISLATION else Genre.POLICY
