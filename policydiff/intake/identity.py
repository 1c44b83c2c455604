"""Decides whether two texts are versions of one document, two documents, or a question for a person; chooses the id of a new document.

Texts are compared clause by clause: a text never counts as an edit of another text without a clause in common. An id is
made from the pinyin of the title, and is always the same for the same document.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.errors import worded
from policydiff.lexicon.bodies import bodies_agree
from policydiff.lexicon.document_numbers import DocumentNumber, find_numbers
from policydiff.lexicon.titles import agreement, bare_title, own_number, text_decided_on
from policydiff.lexicon.widths import fold
from policydiff.model import Document, DocumentIdentity

_MARKS = re.compile(r"[\W_]+")
_FORMULA = re.compile(
    r"(?:自|从).{0,30}(?:施行|执行|实施|生效)|由.{0,40}(?:负责)?解释|有效期|为了.{0,80}制定本|(?:公布|印发|发布)之日起|同时废止|特此(?:公告|通知|通告)"
)
_LONGEST_FORMULA = 60
"""Most letters of a clause that counts as a formula; longer clauses say more than when they take effect."""
_SHORTEST = 6
"""Least letters of a clause that identifies a text; 总则 and 附则 are in every statute."""
_RUN = 8
"""Letters of a run, by which reworded clauses are still recognised."""


def _telling(clauses: Iterable[str]) -> list[str]:
    found = []
    for words in clauses:
        letters = _MARKS.sub("", fold(words))
        if len(letters) >= _SHORTEST and not (len(letters) <= _LONGEST_FORMULA and _FORMULA.search(letters)):
            found.append(letters)
    return found


def shared(one: Document, other: Document) -> float | None:
    """Return the share of the smaller text that both have; None if either has no clause that identifies a text."""
    return shared_clauses([clause.text for clause in one.walk()], [clause.text for clause in other.walk()])


def shared_clauses(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Return the result of `shared` for texts given by the words of their clauses.

    Whole clauses are counted, and runs of letters if the clauses differ.
    """
    first, second = _telling(one), _telling(other)
    ones, others = set(first), set(second)
    if not ones or not others:
        return None
    by_clause = len(ones & others) / min(len(ones), len(others))
    if by_clause >= _ENOUGH:
        return by_clause
    runs, other_runs = _runs(first), _runs(second)
    return max(by_clause, len(runs & other_runs) / max(1, min(len(runs), len(other_runs))))


_ENOUGH = 0.2
"""Share of common clauses from which runs of letters need not be counted."""


def _runs(telling: list[str]) -> set[str]:
    letters = "".join(telling)
    return {letters[start : start + _RUN] for start in range(max(0, len(letters) - _RUN + 1))}


IN_COMMON = 0.05
"""Least share of common words of two versions of one document with the same title: a statute rewritten after thirty years
keeps more than a tenth of its runs of eight letters, two statutes of one field share a fiftieth."""
MUCH_IN_COMMON = 0.3
"""Share of common words from which a person must decide, if titles or numbers differ."""
NEARLY_THE_SAME = 0.8
"""Least share of common words of two versions of one document, if nothing but the words agrees."""
_REVISION_MARK = re.compile(
    r"[（(〔\[][^（）()〔〕\[\]]{0,40}(?:修订|修正|修改)[^（）()〔〕\[\]]{0,10}[)）〕\]]\s*\Z"
)
_REVISES = re.compile("废止|停止执行|不再执行|修订|修改|修正|替代|取代|失效")


class Sameness(StrEnum):
    """The judgement of the rules on two texts."""

    SAME = "same"
    OTHER = "other"
    DOUBT = "doubt"


class Judgement(NamedTuple):
    """The judgement of the rules, with its reason."""

    sameness: Sameness
    reason: str
    looks_alike: bool = False
    """Whether the two documents look like one document, so that a person may know better."""


class Known(NamedTuple):
    """A document to be judged: its identity, and its text, which is read on demand."""

    identity: DocumentIdentity
    document: Callable[[], Document]


def judge(own: Known, held: Known) -> Judgement:
    """Return whether a text is a version of a document, another document, or a question for a person."""
    mine, theirs = own.identity, held.identity
    number, other_number = own_number(mine), own_number(theirs)
    agreed = agreement(mine, theirs)
    same_title = agreed.title and not agreed.is_generic
    issuers = agreed.issuers
    if number is not None and other_number is not None:
        if number.key != other_number.key:
            return _two_numbers(own, held, same_title=same_title and issuers)
        return _one_number(own, held, same_title=agreed.title, issuers=issuers)
    if agreed.is_generic:
        return _by_words(own, held, two_numbers=agreed.number is False)
    if not same_title or not issuers:
        what = "were issued by different bodies" if same_title else "bear different titles"
        return Judgement(Sameness.OTHER, f"they {what}")
    common = shared(own.document(), held.document())
    if common is None or common >= IN_COMMON:
        return Judgement(Sameness.SAME, "title and issuer agree")
    return Judgement(Sameness.DOUBT, "the title is the same, but the texts have no clause in common")


def _two_numbers(own: Known, held: Known, *, same_title: bool) -> Judgement:
    numbers = f"{own.identity.document_number} and {held.identity.document_number} are two numbers"
    if not same_title:
        return Judgement(Sameness.OTHER, numbers)
    if _says_it_revises(own, held) or _says_it_revises(held, own):
        return Judgement(Sameness.SAME, "title and issuer agree, and one says that it revises the other")
    common = shared(own.document(), held.document())
    if common is not None and common >= MUCH_IN_COMMON:
        reason = f"{numbers}, though title and issuer agree and the texts have much in common"
        return Judgement(Sameness.OTHER, reason, looks_alike=True)
    return Judgement(Sameness.OTHER, numbers)


def _one_number(own: Known, held: Known, *, same_title: bool, issuers: bool) -> Judgement:
    if not same_title and not issuers:
        return Judgement(Sameness.OTHER, "two bodies write their numbers with the same letters")
    common = shared(own.document(), held.document())
    if same_title and (common is None or common >= IN_COMMON):
        return Judgement(Sameness.SAME, "number and title agree")
    if common is not None and common >= MUCH_IN_COMMON:
        return Judgement(Sameness.SAME, "the number agrees, and so do the texts")
    what = "the texts have no clause in common" if same_title else "titles and texts differ"
    return Judgement(Sameness.DOUBT, f"both bear {own.identity.document_number}, but {what}")


def _by_words(own: Known, held: Known, *, two_numbers: bool) -> Judgement:
    if two_numbers:
        return Judgement(Sameness.OTHER, "a title like this names no document, and their numbers differ")
    common = shared(own.document(), held.document())
    if common is not None and common >= NEARLY_THE_SAME:
        return Judgement(Sameness.SAME, "their words are nearly the same")
    if (
        common is not None
        and common >= MUCH_IN_COMMON
        and bodies_agree(own.identity.issuing_bodies, held.identity.issuing_bodies)
    ):
        return Judgement(Sameness.DOUBT, "the title names no document, and the texts have much in common")
    return Judgement(Sameness.OTHER, "a title like this names no document")


def _says_it_revises(newer: Known, older: Known) -> bool:
    """Return whether `newer` calls itself a revision, is carried by its amending decision, or names the number of `older` to end or amend it."""
    document = newer.document()
    carried_by = text_decided_on(document.carrier.title) if document.carrier is not None else None
    if document.dates.amended is not None or _REVISION_MARK.search(newer.identity.title) or carried_by:
        return True
    number = own_number(older.identity)
    return number is not None and any(_ends(number, clause.text) for clause in document.walk())


def _ends(number: DocumentNumber, words: str) -> bool:
    """Return whether the words repeal or amend the document with this number, in the half-sentence that names it, in any spelling."""
    if _REVISES.search(words) is None:
        return False
    for found in find_numbers(words):
        named = DocumentNumber.parse(found.number)
        if named is None or (named.year, named.serial) != (number.year, number.serial):
            continue
        if named.key != number.key and not number.code.endswith(named.code):
            continue
        start = max(words.rfind(mark, 0, found.start) for mark in "，,。；;") + 1
        end = min((at for mark in "，,。；;" if (at := words.find(mark, found.end)) >= 0), default=len(words))
        if _REVISES.search(words, start, end):
            return True
    return False


class Doubt(NamedTuple):
    """A question for a person: the documents of which the text may be a version, and why the rules cannot decide."""

    candidates: tuple[DocumentIdentity, ...]
    reason: str


class Decision(NamedTuple):
    """Decision on the document of a text."""

    document: DocumentIdentity | None
    """The document of which the text is a version; None if it is a document of its own, or in doubt."""
    reason: str
    doubt: Doubt | None = None
    lookalike: DocumentIdentity | None = None
    """A document that looks like this one but is kept apart from it; None for none."""


def decide(own: Known, held: Iterable[Known]) -> Decision:
    """Return the decision which of the similar documents in `held` a text belongs to, if any."""
    judged = [(each.identity, judge(own, each)) for each in held]
    same = [(identity, judgement) for identity, judgement in judged if judgement.sameness is Sameness.SAME]
    like = next(((identity, judgement) for identity, judgement in judged if judgement.looks_alike), None)
    by_number = [
        each
        for each in same
        if (number := own_number(own.identity)) is not None
        and (theirs := own_number(each[0])) is not None
        and number.key == theirs.key
    ]
    chosen = by_number or same
    if len(chosen) == 1:
        return Decision(chosen[0][0], chosen[0][1].reason)
    if chosen:
        reason = "it agrees with several documents of the store"
        return Decision(None, reason, Doubt(tuple(identity for identity, _ in chosen), reason))
    doubtful = [
        (identity, judgement) for identity, judgement in judged if judgement.sameness is Sameness.DOUBT
    ]
    if doubtful:
        doubt = Doubt(tuple(identity for identity, _ in doubtful), doubtful[0][1].reason)
        return Decision(None, doubt.reason, doubt)
    if like is not None:
        return Decision(None, like[1].reason, lookalike=like[0])
    return Decision(None, worded("no document of the store is like it"))


_FOREIGN = re.compile(r"[^a-z0-9]+")


def spell(words: str, limit: int = 60) -> str:
    """Return words in full pinyin syllables, `沪府发` → `hufufa`; as initials if they would exceed `limit` letters."""
    full = "".join(_letters(character) for character in words)
    return full if len(full) <= limit else initials(words, limit)


def initials(words: str, limit: int = 24) -> str:
    """Return the first letters of the pinyin of words, at most `limit`: `静安区` → `jaq`."""
    return "".join(_letters(character)[:1] for character in words)[:limit]


def fingerprint(words: str) -> str:
    """Return six letters and digits that distinguish words with the same initials."""
    return hashlib.sha256(words.encode()).hexdigest()[:6]


def _letters(character: str) -> str:
    known = _readings().get(character)
    if known is not None:
        return known
    if character.isascii() or not character.isalnum():
        return _FOREIGN.sub("", character.lower())
    return f"u{ord(character):x}"


@cache
def _readings() -> dict[str, str]:
    table = files(__package__).joinpath("pinyin.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {character: syllable for syllable, characters in rows for character in characters}


def apart_id(document_id: str, words: str) -> str:
    """Return the id of a document whose derived id is already taken by another document, made unique by `words`."""
    return f"{document_id[:_LONGEST_BEFORE]}-{fingerprint(words)}"


_LONGEST_BEFORE = 200
"""Most characters of an id kept before the fingerprint of a further document; folders allow 255."""
_AS_IN_PLACES = str.maketrans("长重厦都蚌番", "常充夏督崩盘")
"""Characters with another reading in place names than in most words (长宁, 重庆, 厦门, 成都, 蚌埠, 番禺), each with a character of
this reading. Used for document numbers, whose first character is a place; ids already in a store stay as they are."""


def derive_id(
    title: str, document_number: str | None, issuing_bodies: Sequence[str], *, is_statute: bool
) -> str:
    """Return the id of a document: code, year and serial of its number; for a statute, or without a number, first issuer and title."""
    number = None if document_number is None or is_statute else DocumentNumber.parse(document_number)
    if number is not None and number.names_one_document:
        code = spell((number.code + number.series).translate(_AS_IN_PLACES))
        if code:
            return f"{code}/{number.year}/{number.serial}"
    issuer = initials(issuing_bodies[0]) if issuing_bodies else ""
    bare = bare_title(title)
    return f"{issuer or 'unknown'}/{initials(bare) or 'untitled'}-{fingerprint(bare)}"
