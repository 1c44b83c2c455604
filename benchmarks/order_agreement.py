"""Every order of every decision at hand held against the published text: do its new words stand at the place it names?

The old texts are not needed. An order is read by the program; the number its article has after the decision follows from
the articles that the decision deletes, adds and renumbers. New words must stand in that article, replaced or deleted
words must not. An order whose article a later decision at hand amends again is not held against the text of today.

    python -m benchmarks.order_agreement

Orders that have no words (第五条改为第四条, 删去第四条) cannot be held against a text alone; they are counted apart.
Differences that the publisher or a later decision made are named in `benchmarks/gold/order_agreement.json`, read one by one.
"""

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from benchmarks.amendments import folded, members, text_of
from benchmarks.sources import ROOT, SHARED
from policydiff.amendment.locating import Instruction, Order, Sentence
from policydiff.amendment.named_texts import same_act
from policydiff.amendment.places import Place, PlaceKind
from policydiff.amendment.quoted import take_quotes
from policydiff.amendment.scope import read_decision
from policydiff.amendment.statute import PREFACE, Statute, statute_of
from policydiff.lexicon.numerals import clause_number
from policydiff.parsing import parse_text

TEXTS = Path(os.environ.get("POLICYDIFF_AMENDMENT_TEXTS", ROOT / "benchmarks/gold/amendment-texts"))
"""Folder of the decisions that are no part of the project."""
_NOTED = ROOT / "benchmarks/gold/order_agreement.json"
_WORDLESS = {Order.DELETE, Order.RENUMBER, Order.RENUMBER_ALL}
_LABEL = re.compile(r"(第[^\s　]{1,9}条(?:之.)?)[\s　]")
_MAKES = {Order.MERGE, Order.SPLIT, Order.STAND_ALONE}
"""Their words stand in the articles that they make, not in those that they name."""
_CHANGES = {Order.SWAP, Order.DROP_WORDS, Order.ADD_WORDS}


@dataclass(frozen=True)
class _Decision:
    name: str
    text: str
    day: str
    """The day it was decided, as far as its name or text tells; sorts decisions on one text."""


@dataclass(frozen=True)
class _Asked:
    """One order of a decision, and the articles of the published text in which it must be seen."""

    decision: str
    act: str
    order: Instruction
    printed: str
    articles: tuple[str, ...]


def main() -> int:
    if not SHARED.is_dir():
        print(f"development data not found at {SHARED}: nothing is measured")
        return 0
    told = _Told(json.loads(_NOTED.read_text("utf-8")) if _NOTED.is_file() else {})
    texts = _texts()
    decisions = sorted(decisions_at_hand(), key=lambda each: each.day, reverse=True)
    for decision in decisions:
        told.take(decision, texts)
    verdicts = told.verdicts
    words = verdicts.total() - verdicts["no words to look for"] - verdicts["amended again"]
    print(
        f"decisions {len(decisions)}, texts {told.texts}, sentences {told.sentences}, not read {told.unread}; "
        f"orders {verdicts.total()}"
    )
    for verdict, count in verdicts.most_common():
        print(f"  {verdict:32} {count}")
    print(
        f"  orders with words: {words}, agree with the published text {verdicts['agrees']}, "
        f"differ without a reason {verdicts['differs']}"
    )
    for key in sorted(told.noted.keys() - told.found):
        print(f"  named in the gold, and no difference: {key}")
    return 1 if verdicts["differs"] or told.noted.keys() - told.found else 0


class _Told:
    """Counts, decision by decision from the newest on; prints what is not read and what differs."""

    def __init__(self, noted: dict[str, str]) -> None:
        self.noted = noted
        self.verdicts: Counter[str] = Counter()
        self.texts = self.sentences = self.unread = 0
        self.later: dict[str, set[str]] = defaultdict(set)
        self.renumbered: dict[str, list[_Numbers]] = defaultdict(list)
        self.found: set[str] = set()

    def take(self, decision: _Decision, texts: list[tuple[str, str, str]]) -> None:
        """Hold the orders of a decision against the texts it amends."""
        read = read_decision(take_quotes(decision.text))
        ours: dict[str, set[str]] = defaultdict(set)
        numbered: dict[str, _Numbers] = {}
        for act in read.acts:
            day, published = _published(act, texts)
            if published is None or (day and day < decision.day):
                continue  # none, or the text before the decision
            self.texts += 1
            statute = statute_of(parse_text(published))
            mine = [each for each in read.sentences if each.act is not None and same_act(each.act, act)]
            self.sentences += len(mine)
            for sentence in mine:
                if not sentence.understood:
                    self.unread += 1
                    print(f"  not read: {decision.name[:24]} {sentence.text[:90]}")
            numbered[_key(act)] = _Numbers(mine)
            steps = [numbered[_key(act)], *reversed(self.renumbered[_key(act)])]
            for asked in _asked(decision.name, act, mine, steps):
                ours[_key(act)].update(asked.articles)
                self._count(asked, statute)
        for name, numbers in ours.items():
            self.later[name] |= numbers
        for name, changed in numbered.items():
            self.renumbered[name].append(changed)

    def _count(self, asked: _Asked, statute: Statute) -> None:
        verdict = _verdict(asked, statute, self.later[_key(asked.act)])
        if verdict == "differs":
            key = f"{asked.act} {'、'.join(asked.articles)} {asked.order.order}"
            self.found.add(key)
            if key not in self.noted:
                print(f"  differs: {key}: {asked.printed[:60]}")
            else:
                verdict = "differs, the reason is named"
        self.verdicts[verdict] += 1


def _key(act: str) -> str:
    return re.sub(r"[《》〈〉]|中华人民共和国", "", act)


def decisions_at_hand() -> Iterator[_Decision]:
    """Yield the decisions of the development data, and those laid beside the gold."""
    for name, data in members("laws.tar.xz", ".md"):
        stem = Path(name).stem
        if re.search(r"关于修改.*决定$|修正案", stem) and "时间效力" not in stem:
            text = data.decode("utf-8")
            day = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text)
            yield _Decision(
                stem,
                text,
                f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else "0000",
            )
    for path in sorted(TEXTS.glob("2*.txt")):
        yield _Decision(path.stem, path.read_text("utf-8"), path.stem[:10])


def _texts() -> list[tuple[str, str, str]]:
    """Return (title, day, text) of the newest published text of each name; no day where its file's name gives none."""
    found: dict[str, tuple[str, str]] = {}
    for name, data in members("laws.tar.xz", ".md"):
        stem = Path(name).stem
        if re.search(r"关于修改.*决定$|修正案", stem):
            continue
        text = text_of(data, "x.md")
        title = data.decode("utf-8").split("\n", 1)[0].strip("# ")
        day = (re.search(r"\((\d{4}-\d\d-\d\d)\)", stem) or ["", ""])[1]
        if title not in found or found[title][0] < day:
            found[title] = (day, text)
    for _, data in members("npc_docx.tar.xz", ".docx"):
        text = text_of(data, "x.docx")
        title = parse_text(text).title or ""
        if title and title not in found:
            found[title] = ("", text)
    return [(title, day, text) for title, (day, text) in found.items()]


def _published(act: str, texts: list[tuple[str, str, str]]) -> tuple[str, str | None]:
    return next(((day, text) for title, day, text in texts if title and same_act(act, title)), ("", None))


def _asked(decision: str, act: str, sentences: list[Sentence], steps: list["_Numbers"]) -> Iterator[_Asked]:
    """Yield the orders with their articles as numbered today; `steps` are this decision and those after it, in turn."""
    for sentence in sentences:
        for order in sentence.instructions:
            made = order.order in _MAKES and any(each.article for each in order.becomes)
            named = order.becomes if made or order.order is Order.INSERT_ARTICLE else order.places
            articles: list[str] = []
            for place in named:
                if place.kind is PlaceKind.PREFACE:
                    articles.append(PREFACE)
                elif place.article is not None:
                    spread = _spread(place.article, place.last)
                    new = made or place.made or order.order in (Order.INSERT_ARTICLE, Order.INSERT_HEADING)
                    articles.extend(spread if new else map(steps[0].after, spread))
            if order.order is Order.INSERT_ARTICLE and not articles:
                articles = [
                    clause_number(found[1]) or ""
                    for quote in order.words
                    if (found := _LABEL.match(quote[0]))
                ]
            for later in steps[1:]:
                articles = [later.after(each) for each in articles]
            yield _Asked(decision, act, order, sentence.text, tuple(articles))


def _spread(first: str, last: str | None) -> list[str]:
    if last is None or not (first.isdecimal() and last.isdecimal()):
        return [first]
    return [str(number) for number in range(int(first), int(last) + 1)]


def _decimals(places: Sequence[Place]) -> set[int]:
    spread = (number for each in places for number in _spread(each.article or "", each.last))
    return {int(number) for number in spread if number.isdecimal()}


class _Numbers:
    """New numbers of old articles, from the numbers given and the articles deleted, added and made by one decision."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self.given: dict[str, str] = {}
        self.gone: set[int] = set()
        self.new: set[int] = set()
        self.through = False
        self.left: dict[str, set[int]] = defaultdict(set)
        """Paragraphs that leave an article for another one."""
        for sentence in sentences:
            for order in sentence.instructions:
                self._take(order)
        for article, paragraphs in self.left.items():
            # A first paragraph that leaves with others leaves nothing behind: what stays would be renumbered by an order.
            if 1 in paragraphs and len(paragraphs) > 1 and article not in self.given and article.isdecimal():
                self.gone.add(int(article))

    def _take(self, order: Instruction) -> None:
        whole = [
            each for each in order.places if each.article and each.paragraph is None and each.item is None
        ]
        if order.order is Order.RENUMBER_ALL:
            self.through = True
        elif order.order is Order.RENUMBER and len(whole) == len(order.places):
            old = [number for each in order.places for number in _spread(each.article or "", each.last)]
            new = [number for each in order.becomes for number in _spread(each.article or "", each.last)]
            self.given.update(zip(old, new, strict=False))
        elif order.order is Order.DELETE:
            self.gone |= _decimals(whole)
        elif order.order in (Order.INSERT_ARTICLE, Order.INSERT_HEADING):
            self.new |= _decimals(order.becomes) | {
                int(number)
                for quote in order.words
                for line in quote
                if (found := _LABEL.match(line)) and (number := clause_number(found[1]) or "").isdecimal()
            }
        elif order.order in _MAKES and any(each.article for each in order.becomes):
            made = [each.article or "" for each in order.becomes]
            if whole:
                self.given[whole[0].article or ""] = made.pop(0)
                self.gone |= _decimals(whole[1:])
            self.new |= {int(each) for each in made if each.isdecimal()}
            for each in order.places:
                if each.paragraph is not None:
                    self.left[each.article or ""].add(each.paragraph)

    def after(self, number: str) -> str:
        """Return the number after the decision."""
        if number in self.given:
            return self.given[number]
        if not number.isdecimal() or not (self.through or self.given or self.new):
            return number
        given = {int(new) for new in self.given.values() if new.isdecimal()}
        moved = {int(old) for old in self.given if old.isdecimal()}
        rank = sum(1 for each in range(1, int(number) + 1) if each not in self.gone and each not in moved)
        place = 0
        while rank:
            place += 1
            rank -= place not in self.new and place not in given
        return str(place)


def _verdict(asked: _Asked, statute: Statute, later: set[str]) -> str:
    order = asked.order
    if order.order in _WORDLESS or not (order.words or order.old_words):
        return "no words to look for"
    if later & set(asked.articles) or (later and not asked.articles):
        return "amended again"
    body = folded(statute.text())
    heading = order.order is Order.INSERT_HEADING
    places = [_article(statute, number) for number in asked.articles if not heading] or [body]
    if order.order in _CHANGES:
        return "agrees" if _changed(order, places) else "differs"
    quotes = list(order.words)
    if len(quotes) == len(places):
        pairs = list(zip(places, quotes, strict=True))
    else:
        pairs = [(body, quote) for quote in quotes]
    return "agrees" if all(_holds(place, quote) for place, quote in pairs) else "differs"


def _article(statute: Statute, number: str) -> str:
    found = statute.article(number)
    return folded(found.text().removeprefix(found.label)) if found is not None else ""


def _holds(place: str, quote: tuple[str, ...]) -> bool:
    at = 0
    for line in quote:
        at = place.find(_bare(line), at)
        if at < 0:
            return False
    return True


def _bare(line: str) -> str:
    return folded(
        re.sub(r"^(?:第[^\s　]{1,9}条(?:之.)?[\s　]+|[（(][一二三四五六七八九十]{1,3}[）)])", "", line)
    )


def _changed(order: Instruction, places: list[str]) -> bool:
    new = [folded("".join(quote)) for quote in order.words]
    old = [folded("".join(quote)) for quote in order.old_words]
    for place in places:
        if order.order is Order.ADD_WORDS:
            if not all(words in place for words in new):
                return False
            continue
        left = place
        for words in sorted(new, key=len, reverse=True):
            if words and words not in place:
                return False
            left = left.replace(words, "") if words else left
        if any(one and one in left for one, _ in zip_longest(old, new)):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
