"""The words of `words.toml` and `body_words.toml`, read once, the patterns built from them, and each of two passages rewritten with the forms of phrases that the other one uses.

Some words count only in one genre: statutes use words of duty with more care than policies.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

from policydiff.lexicon.bodies import BODY_ENDINGS
from policydiff.lexicon.numerals import ENGLISH_NUMBER, english_number, number_value
from policydiff.lexicon.patterns import lazy_pattern, rare_pattern
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.lexicon.widths import fold, fold_words
from policydiff.model import Document, Genre, Grammar, InstrumentKind, Modal, Signal, Span


class Vocabulary(NamedTuple):
    """Words of provisions by class: modals, instruments, sanctions, rights, fillers."""

    modals: Mapping[str, Modal]
    hedges: tuple[str, ...]
    sanctions: Mapping[str, str]
    """Word → kind of sanction."""
    steps: Mapping[str, tuple[int, int]]
    """Kind of sanction → its ladder of gravity and its step on it."""
    classes: Mapping[str, int]
    """Kind of sanction → its class, 0 for the lightest (行政处罚法 art. 9)."""
    families: Mapping[str, tuple[str, ...]]
    """Kind of sanction → the kinds that it includes; it usually means the first."""
    instruments: Mapping[str, InstrumentKind]
    terms: Mapping[str, str]
    """Word of an instrument → the first of its synonyms."""
    rank: Mapping[InstrumentKind, int]
    """How heavy an instrument is for the bound party."""
    rights: tuple[str, ...]
    fillers: frozenset[str]
    style: frozenset[str]
    """Fillers without content, even if they are the only change."""
    manner: tuple[str, ...]
    """Adverbs of manner of a duty."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Pairs of acts that undo each other: 保留 and 撤销."""
    coordinates: tuple[tuple[str, ...], ...]
    """Words that stand side by side in a name without a joint: 烟 and 酒 in 烟酒."""
    contrasts: frozenset[str]
    """Words that exclude another word; no reader takes their exchange in a copy for mere wording."""


class BodyWords(NamedTuple):
    """Words that end, precede, join or generalise the name of a body."""

    endings: tuple[str, ...]
    before: frozenset[str]
    joined: tuple[str, ...]
    generic: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists of `words.toml`."""
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
    """Return the word lists of `body_words.toml`."""
    data = _table("body_words.toml")
    return BodyWords(
        endings=tuple(BODY_ENDINGS.groups["acting_endings"]),
        before=frozenset(data["before"]),
        joined=tuple(data["joined"]),
        generic=frozenset(data["generic"]),
    )


@cache
def _table(name: str) -> dict[str, Any]:
    """Return a table of words; cached, because reading takes about 30 ms and each pair of words needs it."""
    return tomllib.loads(files("policydiff.substance").joinpath(name).read_text(encoding="utf-8"))


def any_of(words: Mapping[str, object] | tuple[str, ...], beside: str = "", firsts: str = "") -> str:
    """Return a pattern of all words, longest first, guarded by a test of their first characters.

    `beside` adds alternatives, each of which begins with a character of `firsts`; the words then form the group `word`.
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
    """Return whether words only state how a duty is done, or by which proof (取得教师资格); dropping them makes the duty looser."""
    return _manner().fullmatch(words) is not None


@cache
def synonyms() -> Mapping[str, str]:
    """Return each synonym with the representing word of its group, also for that word itself, as 政府 inside 人民政府 must not be replaced alone."""
    groups: list[list[str]] = _table("words.toml")["synonym"]["groups"]
    return {word: group[0] for group in groups for word in group}


@lru_cache(maxsize=2048)
def one_writing(text: str) -> str:
    """Return folded words with synonyms unified and initial capitals lowered, because an English condition may move to the end."""
    small = _CAPITAL.sub(lambda match: match[0].lower(), text)
    return _synonyms().sub(lambda match: synonyms()[match[0]], fold_words(small))


_CAPITAL = lazy_pattern(r"[A-Z](?<=\b[A-Z])(?=[a-z]| [a-z])")


@cache
def _synonyms() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, synonyms()), key=len, reverse=True)))


@lru_cache(maxsize=256)
def _kept_marks(text: str) -> str:
    """Return a normalised text that keeps its punctuation marks, with one sign for every number: 三十人以内 and 30人以内 are one form."""
    return _NUMBER.sub("㊇", _synonyms().sub(lambda match: synonyms()[match[0]], fold(text)))


_NUMBER = lazy_pattern(r"[〇零一二两三四五六七八九十百千万亿\d.]+")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Return the forms of `words.toml`: each a pattern and its equivalent wordings."""
    return tuple((rare_pattern(form[0]), tuple(form[1:])) for form in _table("words.toml")["form"]["forms"])


@lru_cache(maxsize=8)
def _phrases(passage: str) -> tuple[tuple[re.Match[str], tuple[str, ...]], ...]:
    """Return the phrases of a passage that have an equivalent form, with the wordings; cached for both directions."""
    return tuple((found, writings) for pattern, writings in _forms() for found in pattern.finditer(passage))


class InForm(NamedTuple):
    """A passage whose phrases are written in the form of another passage."""

    text: str
    places: tuple[tuple[int, int, int, int], ...] = ()
    """Span of each phrase in `text`, and its span in the original passage."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original passage of words in `text`; for a fraction of a phrase, the phrase's whole span."""
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
"""Characters on either side of a phrase that identify its place in the other passage."""
_LONG = 8
"""Least number of characters by which a phrase is recognised without the words beside it."""


def in_form_of(passage: str, other: str, names: Iterable[tuple[int, int, str]] = ()) -> InForm:
    """Return a passage with each phrase in the form that the `other` passage uses at the same place, and each of `names` as given.

    >>> in_form_of("作出受理或者不予受理的决定", "决定是否受理").text
    '决定是否受理'
    """
    there = _kept_marks(other)
    taken = [*names, *_numbers_in_form(passage, other), *_lists_in_form(passage, there)]
    for found, writings in _phrases(passage):
        before, after = passage[: found.start()][-_BESIDE:], passage[found.end() :][:_BESIDE]
        is_taken = any(start < found.end() and found.start() < end for start, end, _ in taken)
        if is_taken or _kept_marks(before + found[0] + after) in there:
            continue
        for words in map(found.expand, writings):
            beside = (before and before + words, after and words + after)
            known = [words] if len(words) >= _LONG or not any(beside) else filter(None, beside)
            places = (there.find(_kept_marks(each)) for each in known if words != found[0])
            if any(at >= 0 and "或" not in there[max(0, at - 2) : at] for at in places):  # 或者支持
                taken.append((*found.span(), words))
                break
    return rewritten(passage, taken)


def rewritten(passage: str, taken: Iterable[tuple[int, int, str]]) -> InForm:
    """Return a passage with other words at the given places."""
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
    """Yield numbers in words that the other passage writes in digits beside the same words or alone in a table cell: 第一季度 → 第1季度, five years → 5 years."""
    for found in chain(_SPOKEN.finditer(passage), ENGLISH_NUMBER.finditer(passage)):
        digits = str(number_value(fold(found[0])) if found[0][0] > "z" else english_number(found[0]))
        if passage[: found.start()][-_BESIDE:] + digits + passage[found.end() :][:_BESIDE] in other:
            yield (*found.span(), digits)


_LABEL = "(?:[（(][一二三四五六七八九十]{1,3}[)）]|\\d{1,2}[.．、])"
_SET_OUT = lazy_pattern(rf"：\n?{_LABEL}(?P<members>[^：；。\n]+(?:；\n?{_LABEL}[^：；。\n]+)+)")
_BETWEEN = lazy_pattern(rf"；\n?{_LABEL}")


def _lists_in_form(passage: str, there: str) -> Iterator[tuple[int, int, str]]:
    """Yield lists with numbered items for which the other passage has a list in one line after the same words."""
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
"""Words that a list in one line omits: 提交下列材料：（一）申请书；（二）身份证明 → 提交申请书和身份证明."""


def as_printed(
    signal: Signal, old: str, new: str, forms: tuple[InForm, InForm] = (InForm(""), InForm(""))
) -> Signal:
    """Return the signal with words and spans of the printed passages, which were compared in other characters or forms."""
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
    """Return the contrasting words (such as 境内, 境外) among the given words."""
    return {word for word in vocabulary().contrasts if word in words}


def are_contrary(old: str | None, new: str | None) -> bool:
    """Return whether old and new words exclude or undo each other: 县级以上 → 县级以下, 保留 → 撤销, 并纳入 → 不纳入."""
    sides = old or "", new or ""
    held = contrasts_of(sides[0]), contrasts_of(sides[1])
    denied = [_DENIES.fullmatch(words) is not None for words in sides]
    lowered = any(
        one.startswith(_WHOLLY) and other.startswith(_IN_PART) for one, other in (sides, sides[::-1])
    )
    return (all(held) and held[0] != held[1]) or undo_each_other(*sides) or denied[0] != denied[1] or lowered


_WHOLLY, _IN_PART = ("全面", "全部", "全量", "全覆盖", "完全"), ("基本", "部分", "大部分", "主要", "多数")
"""A result in full and a lower degree of it: 全覆盖 → 基本覆盖, 全部 → 部分."""


NEGATION = (
    "(?:不(?!可移动|同程度|断|仅|但|动产|论|管|限于|特定|少于|超过|低于|满)|未(?!来|成年)"
    "|非(?!法|公|机动|营利|居|遗|税|物质)|(?<!有)无(?!论|障碍|偿|人机|线|形))"
)
_DENIES = lazy_pattern(f"[并均也应可]?(?:{NEGATION}|没有)[一-鿿]{{0,4}}(?<!的)")
"""Words that deny what the other passage states: 予以 → 不予, 并书面 → 不书面; a longer denial or a condition is a rule of its own."""


def is_other_task(old: str, new: str) -> bool:
    """Return whether verbs of making replaced verbs of carrying out or the reverse: 建立台账 → 负责台账, 执行标准 → 制定标准."""
    making, doing = map(frozenset, _table("words.toml")["task"].values())
    sides = [frozenset(cut_known_words(words)) for words in (old, new)]
    return all(sides) and any(one <= making and other <= doing for one, other in (sides, sides[::-1]))


@cache
def say_alike(old: str, new: str) -> bool:
    """Return whether drafters exchange the words, or lists of them, without changing meaning: 时间 and 时限, 高等院校、企业 and 企业、高校."""
    members = [re.split("[、和及与]", words) for words in (old, new)]
    if len(members[0]) == len(members[1]) > 1:
        return all(any(one == other or say_alike(one, other) for other in members[1]) for one in members[0])
    table = _table("words.toml")["synonym"]
    return any(old in group and new in group for group in table["groups"] + table["near"])


def undo_each_other(old: str, new: str) -> bool:
    """Return whether an act was replaced by the act that undoes it: 保留 → 撤销."""
    return any(
        _holds(old, one) and _holds(new, other) and not _holds(old, other)
        for acts in vocabulary().opposites
        for one, other in (acts, acts[::-1])
    )


def _holds(words: str, acts: frozenset[str]) -> bool:
    return any(act in words for act in acts)


def graver(old: str, new: str) -> bool | None:
    """Return whether sanction `new` is graver than `old`; None if the two have no order."""
    steps, classes = vocabulary().steps, vocabulary().classes
    for ranks in ((steps.get(old), steps.get(new)), ((0, classes.get(old)), (0, classes.get(new)))):
        (one, place), (other, behind) = (rank or (None, None) for rank in ranks)
        if place is not None and behind is not None and one == other and place != behind:
            return behind > place
    return None


def instrument_rank(key: str) -> int:
    """Return how heavy an instrument is for the bound party."""
    return vocabulary().rank[InstrumentKind(key)]


def genre_of(document: Document) -> Genre:
    """Return `statute` for a text in articles, `policy` for any other."""
    return Genre.STATUTE if document.grammar is Grammar.LEGISLATION else Genre.POLICY
