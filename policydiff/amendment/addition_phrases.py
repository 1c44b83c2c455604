"""Phrases with which amendments add articles, chapters and annexes: 增加一条，作为第六条：“…”, 增加一章，作为第三章, 增加引言, 增加附件3."""

import re

from policydiff.amendment import set_phrases as phrases
from policydiff.amendment.locating import Instruction, Order
from policydiff.amendment.places import Place, PlaceKind, read_places, widened
from policydiff.amendment.set_phrases import WordReader
from policydiff.lexicon.numerals import to_int


class AdditionReader(WordReader):
    """Reads additions at places that are already read."""

    def new_words(self) -> tuple[tuple[str, ...], ...]:
        """Take the quotes that an order gives as new words (，修改为：“…”); empty, and nothing is taken, if no quote follows."""
        start = self.at
        self.take(phrases.AS)
        self.take(phrases.INTRODUCING)
        words = self.quotes()
        if not words:
            self.at = start
        return words

    def given_numbers(self) -> tuple[Place, ...]:
        """Take the numbers that an order gives: 作为第六条."""
        start = self.at
        self.take(phrases.BECOMES)
        becomes, self.at = read_places(self.line, self.at, ())
        if not becomes:
            self.at = start
        self.take(re.compile(r"[，,：:\s]*"))
        return becomes

    def into_several(self, places: tuple[Place, ...], becomes: tuple[Place, ...]) -> list[Instruction]:
        """Read on in 第三十条改为第三十三条、第三十四条，修改为：“…”: one article gets several numbers, all printed in the quotes."""
        start = self.at
        joined = re.compile("[、和及]").match(self.line, self.at)
        if joined is None or len(places) != 1 or not all(map(Place.is_article, (*places, *becomes))):
            return []
        more, self.at = read_places(self.line, joined.end(), becomes)
        apart = re.compile(r"[，,]\s*(?:分别)?修改为").match(self.line, self.at)
        self.take(phrases.AS)
        words = self.quotes()
        printed = [line.split("　")[0].split(" ")[0] for quote in words for line in quote]
        numbers = [each.text for each in (*becomes, *more)]
        if not more or [line for line in printed if line in numbers] != numbers:
            if (
                more and apart and words
            ):  # the words are for both numbers, and where the second begins is not said
                self.at = start
                raise self.unread()
            self.at = start
            return []
        count = len(numbers)
        return [Instruction(Order.SPLIT, places, (*becomes, *more), words=words, count=count, unit="条")]

    def addition(self, places: tuple[Place, ...], side: str) -> list[Instruction]:
        """Read an addition at `places`, or after or before them (`side`)."""
        match = self.take(phrases.ADD)
        if match is None:
            return []
        unit = match["unit"] or ""
        if unit in ("章", "节", "编"):
            return self._heading(places, side)
        unit, becomes = self._what_is_new(unit, places)
        moved = self._made_of_a_paragraph(becomes) if unit == "条" else []
        self.take(phrases.INTRODUCING)
        # 在第一百六十五条中增加一款作为第二款，将该条修改为：“…”: the quote holds the whole article.
        whole = self.take(phrases.WHOLE_UNIT)
        words = () if moved else self.quotes()
        if not words:
            return moved
        if unit.endswith(("附件", "附表")):
            return [Instruction(Order.INSERT_ANNEX, (), becomes, words=words)]
        if whole is not None:
            return [Instruction(Order.REPLACE, widened(places or self.current, whole["unit"]), words=words)]
        where = places or self._spoken_of(becomes)
        order = Order.INSERT_HEADING if unit == "标题" else Order.APPEND
        if unit == "条" or (not unit and becomes and becomes[0].is_article()):
            order, where, unit = Order.INSERT_ARTICLE, places, "条"
        elif unit in ("款", "项", "目", "自然段", "段") and becomes:
            order = Order.INSERT_INSIDE
        count = to_int(match["count"]) if match["count"] else None
        return [Instruction(order, where, becomes, words=words, side=side, count=count, unit=unit)]

    def _what_is_new(self, unit: str, places: tuple[Place, ...]) -> tuple[str, tuple[Place, ...]]:
        """Return the unit of the added words and its numbers: 增加一项，作为第四项; 增加第（四）项; 增加附件3."""
        becomes = self._numbers_of_new_ones(places or self.current, said=not unit)
        if not unit and becomes and becomes[0].text[-1] in "款项目":
            return becomes[0].text[-1], becomes
        if unit.endswith(("附件", "附表")) and (numbered := self.take(phrases.ANNEX_NUMBER)) is not None:
            label = f"{unit[-2:]}{to_int(numbered['number']) or numbered['number']}"
            becomes = (Place(kind=PlaceKind.ANNEX, heading=label, text=label),)
        return unit, becomes

    def _spoken_of(self, becomes: tuple[Place, ...]) -> tuple[Place, ...]:
        """Return the place of an addition that names none: the article made last, or else the current place."""
        if self.made is None:
            return self.current
        current, made = self.made
        named = becomes and becomes[0].article == made.article and "条" in becomes[0].text
        return (made,) if named or current == self.current else self.current

    def _made_of_a_paragraph(self, becomes: tuple[Place, ...]) -> list[Instruction]:
        """Read 增加一条，作为第十一条，将第九条第三款修改后作为本条第一款：“…”."""
        start, current = self.at, self.current
        if len(becomes) == 1 and self.take(re.compile(r"[，,]\s*将")) is not None:
            places, self.at = read_places(self.line, self.at, ())
            number = self.take(re.compile(r"(?:修改后)?作为(?:本条|该条)第一款"))
            if places and number is not None:
                self.take(phrases.INTRODUCING)
                words = self.quotes()
                self.made = (current, Place(article=becomes[0].article, text=becomes[0].text, made=True))
                return [Instruction(Order.STAND_ALONE, places, becomes, words=words)]
        self.at = start
        return []

    def new_preface(self) -> list[Instruction]:
        """Read 增加引言：“…”, words before the first article of a text without an introduction."""
        match = self.take(re.compile(r"(?:将|在)?增加(引言|序言|前言)[：:，,\s]*"))
        words = self.quotes() if match is not None else ()
        place = Place(kind=PlaceKind.PREFACE, text="引言")
        return [Instruction(Order.INSERT_PREFACE, (place,), words=words)] if words else []

    def _numbers_of_new_ones(self, places: tuple[Place, ...], *, said: bool) -> tuple[Place, ...]:
        """Read 作为第六条; with `said` the number may also follow the verb directly: 增加第十六条之一."""
        start = self.at
        if self.take(phrases.BECOMES) is None and not said:
            return ()
        becomes, self.at = read_places(self.line, self.at, places)
        if not becomes:
            self.at = start
        return becomes

    def _heading(self, places: tuple[Place, ...], side: str) -> list[Instruction]:
        """Read 增加一章，作为第三章，章名为“…”，包括第十条至第十二条, or 增加一章，作为第三章：“…” with articles."""
        words = self.quotes()  # 增加一章“…”，作为第三章
        self.take(re.compile("[，,]?"))
        becomes = self.given_numbers()
        if not words:
            self.take(phrases.CHAPTER_NAME)
            self.take(phrases.INTRODUCING)
            words = self.quotes()
        if not becomes or not words:
            return []
        if (listed := self._listed_below(becomes, words)) is not None:
            return listed
        moved, numbers = self._moved_below()
        self.take(phrases.IN_PARTS)
        inside: tuple[Place, ...] = ()
        if self.take(phrases.HOLDING) is not None and (articles := self.quotes()):
            lines = (words[0][0], *(line for quote in articles for line in quote))
            return [*moved, Instruction(Order.INSERT_HEADING, places, becomes, words=(lines,), side=side)]
        if (further := self.take(phrases.WITH_ARTICLES)) is not None:
            inside, self.at = read_places(self.line, self.at, ())
            self.take(phrases.INTRODUCING)
            words = self.quotes()
            becomes = (*becomes, *numbers, *inside)
            added = Instruction(
                Order.INSERT_HEADING,
                places,
                becomes,
                words=words,
                side=side,
                count=(to_int(further["count"]) or 0) + len(numbers),
            )
            return [*moved, added] if words else []
        if self.take(phrases.COMPRISING) is not None:
            inside, self.at = read_places(self.line, self.at, ())
            self.take(re.compile("(?:组成)?[：:，,]?"))
            if articles := self.quotes():
                # 包括第十四条至第十五条：“…”: the articles are new, and quoted after their numbers
                lines = (words[0][0], *(line for quote in articles for line in quote))
                return [
                    Instruction(Order.INSERT_HEADING, places, (*becomes, *inside), words=(lines,), side=side)
                ]
        return [
            Instruction(
                Order.INSERT_HEADING,
                (*places, *inside),
                becomes,
                words=words,
                side=side,
                unit="包括" if inside else "",
            )
        ]

    def _listed_below(
        self, becomes: tuple[Place, ...], words: tuple[tuple[str, ...], ...]
    ) -> list[Instruction] | None:
        """Read 增加一章，作为第九章“附则”，将第五十四条改为第六十六条，列入本章: old articles move below a new chapter."""
        start, current = self.at, self.current
        if self.take(re.compile(r"[，,；;]\s*(?:并)?将(?=第)")) is not None:
            places = self.places()
            self.take(phrases.NUMBERED)
            numbers, self.at = read_places(self.line, self.at, places, len(places))
            listed = self.take(re.compile(r"[，,]?(?:列入|归入|编入)(?:本章|该章|本节|该节)"))
            self.current = current
            if listed is not None and numbers and all(map(Place.is_article, (*places, *numbers))):
                heading = Instruction(Order.INSERT_HEADING, numbers, becomes, words=words, unit="包括")
                return [Instruction(Order.RENUMBER, places, numbers), heading]
        self.at, self.current = start, current
        return None

    def _moved_below(self) -> tuple[list[Instruction], tuple[Place, ...]]:
        """Read ；对第三十条进行修改，作为第七十条 in an order for a new chapter, whose quote holds the article's words."""
        start, current = self.at, self.current
        if self.take(re.compile(r"[；;，,]\s*(?:并)?(?:对|将)(?=第)")) is not None:
            places = self.places()
            self.current = current
            if (
                places
                and self.take(re.compile(r"(?:进行|作出?|加以)?修改[，,](?:并|后)?(?=作为)")) is not None
            ):
                numbers = self.given_numbers()
                if len(numbers) == len(places) and all(map(Place.is_article, (*places, *numbers))):
                    return [Instruction(Order.RENUMBER, places, numbers)], numbers
        self.at, self.current = start, current
        return [], ()
