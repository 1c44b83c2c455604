"""Reads the set phrases of amendments word by word: a sentence is read as a whole or not at all.

The phrases are those of 立法技术规范（试行）（一） part 5 (法工委发〔2009〕62号, 修改形式) and part （二）
(法工委发〔2011〕5号), and of the amendments to the criminal law, the constitution and judicial
interpretations. A word that belongs to no phrase leaves the whole sentence unread (`UnreadError`).
"""

import re
from dataclasses import replace
from itertools import pairwise

from policydiff.amendment import set_phrases as phrases
from policydiff.amendment.addition_phrases import AdditionReader
from policydiff.amendment.locating import Instruction, Order
from policydiff.amendment.places import N, Place, PlaceKind, Q, are_neighbours, read_places
from policydiff.lexicon.numerals import to_int


def renumbers_all(line: str) -> bool:
    """Return whether a sentence orders to number the articles through: 对条文顺序作相应调整."""
    return phrases.THROUGH.search(line) is not None


class OrderReader(AdditionReader):
    """Reads the orders of one sentence after another; 该条 and a bare 第二款 belong to the place named last."""

    def read(self, line: str) -> tuple[Instruction, ...]:
        """Return the orders of a sentence without its number and the name of its text.

        Raises UnreadError if a part of the sentence is no set phrase.
        """
        self.line, self.at = line, 0
        orders: list[Instruction] = []
        while True:
            self.spoken = bool(orders)
            self.take(phrases.LINK)
            if self.at >= len(self.line):
                return tuple(orders)
            start, current = self.at, self.current
            if self.take(phrases.LEAD) and self.places() and self.take(phrases.CHANGED):
                continue  # 对第五条作如下修改：
            self.at, self.current = start, current
            orders.extend(self._order())

    def _order(self) -> list[Instruction]:
        """Read one order and its continuations in the same place: 将“甲”修改为“乙”、“丙”修改为“丁”."""
        for read in (
            self._numbered_through, self._parts_gone, self._deletion, self.new_preface, self._addition_anywhere, self._at_places,
        ):  # fmt: skip
            start, current = self.at, self.current
            found = read()
            if found:
                return found
            self.at, self.current = start, current
        raise self.unread()

    def _numbered_through(self) -> list[Instruction]:
        match = self.take(
            re.compile(
                rf"(?:对|将)?(?:{phrases.RENUMBERED.pattern}|{phrases.ORDERLY.pattern}(?:{phrases.ADJUSTED.pattern})?(?:依次)?(?:顺延|排列)?)"
            )
        )
        if match is None:
            match = self.take(
                re.compile(
                    rf"(?:原?第{N}条(?:及|和))?(?:以下|以后|之后|其后|其余|其他|此后|后面|后续)(?:的)?(?:各)?(?P<unit>条款|条文|条序|条|款|项|目)+(?:的)?(?:顺序|序号|编号)?(?:依次|相应|作相应)*(?:顺延|类推|调整|后移|前移|递增|递减|递补)"
                )
            )
            if match is not None and match["unit"] in ("款", "项", "目"):
                return [Instruction(Order.RENUMBER)]  # they are numbered through anyway
        return [Instruction(Order.RENUMBER_ALL), *self._listed_numbers()] if match else []

    def _parts_gone(self) -> list[Instruction]:
        """Read ，其下各目删去 after the new words of an item, which already replace its parts."""
        gone = re.compile(r"其下(?:的)?(?:各|全部)目(?:相应|一并|予以|均)*(?:删去|删除)")
        return [Instruction(Order.RENUMBER)] if self.spoken and self.take(gone) else []

    def _listed_numbers(self) -> list[Instruction]:
        """Read 条文顺序作相应调整：“第八条”调整为“第七条”，…, the new numbers of articles, each in a quote."""
        start = self.at
        orders: list[Instruction] = []
        self.take(re.compile(r"[：:，,]\s*(?:将|把|即)?"))
        while (one := self._quoted_place()) is not None:
            if self.take(phrases.NUMBERED) is None or (other := self._quoted_place()) is None:
                raise self.unread()
            orders.append(Instruction(Order.RENUMBER, (one,), (other,)))
            self.take(re.compile(r"[，,、；;\s]*"))
        if not orders:
            self.at = start
        return orders

    def _quoted_place(self) -> Place | None:
        """Take a quote that holds only the number of one article."""
        mark = re.compile(Q).match(self.line, self.at)
        if mark is None:
            return None
        words = "".join(self.quoted.of(mark[0]))
        places, end = read_places(words, 0, ())
        if len(places) != 1 or end != len(words) or not places[0].is_article():
            return None
        self.at = mark.end()
        return places[0]

    def _deletion(self) -> list[Instruction]:
        """Read 删去第四条、第五条, or 删去第二条中的“甲”和第三条中的“乙”."""
        if self.take(phrases.DELETE) is None:
            return []
        orders: list[Instruction] = []
        while True:
            start = self.at
            places = self.places()
            if places:
                self.take(phrases.IN)
            words = self._old_words()
            if not places and not words:
                self.at = start
                break
            if words:
                orders.append(self.dropped(places or self.current, words))
            else:
                self.take(phrases.TAIL)
                orders.append(Instruction(Order.DELETE, _all_names(places)))
            joined = self.at
            if self.take(re.compile(r"(?:和|、|及|以及|，(?=第))")) is None or not (
                read_places(self.line, self.at, self.current)[0] or self.peek(phrases.QS)
            ):
                self.at = joined
                break
        if not orders:
            raise self.unread()
        return orders

    def _addition_anywhere(self) -> list[Instruction]:
        """Read 增加一条，作为第六条：“…”, an addition without a place before the verb."""
        self.take(phrases.LEAD)
        return self.addition((), "") if self.peek(phrases.ADD) else []

    def _at_places(self) -> list[Instruction]:
        self.take(phrases.LEAD)
        but = self.excepted()
        if but:
            self.take(re.compile("(?:将|把)?"))
        before = self.current
        places = self._narrowed(self.places())
        side = ""
        if places and (match := self.take(phrases.BESIDE_ADDITION)) is not None:
            side = "after" if match[1] == "后" else "before"
        elif are_neighbours(places) and self.take(phrases.BETWEEN) is not None:
            places, side = places[:1], "after"
        self.take(re.compile(r"(?:中|里|内)?[，,：:]?(?=(?:再|分别|各)?增加)"))
        if self.peek(phrases.ADD):
            return self.addition(places, side)
        if not places and self.spoken and self.peek(phrases.SPLIT):
            places = self.current
        if not places and not self.peek(phrases.QS):
            return []
        for act in (
            self._merged, self._divided, self._split, self._exchanged, self._moved, self._stood_alone,
            self._renumbered, self._moved_on, self._replaced, self._removed, self.end_mark, self.several_places,
        ):  # fmt: skip
            start = self.at
            found = act(places)
            if found:
                return found
            self.at = start
        self.take(phrases.IN)
        found = self.changes(places)
        if not found:
            self.current = before
        return [replace(each, but=but) for each in found] if but else found

    def _narrowed(self, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Read words that identify a paragraph: 第六十二条“全国人民代表大会行使下列职权”中增加一项."""
        match = phrases.NARROWED.match(self.line, self.at) if places else None
        if match is None:
            return places
        self.at = match.end()
        words = "".join(self.quoted.of(match["words"] or match["row"]))
        self.current = tuple(replace(place, holding=words) for place in places)
        current = self.current
        return self.places() or current

    def _merged(self, places: tuple[Place, ...]) -> list[Instruction]:
        if len(places) == 1 and places[0].is_article():  # 第四条的两款合并为一款
            several = self.take(re.compile(rf"(?:的)?(?P<count>{N})款(?=[，,]?合并)"))
            if several is not None:
                numbers = range(1, (to_int(several["count"]) or 0) + 1)
                places = tuple(replace(places[0], paragraph=number) for number in numbers)
        if not places or self.take(phrases.MERGE) is None:
            return []
        becomes = self.given_numbers()
        words = self.new_words()
        return [Instruction(Order.MERGE, places, becomes, words=words)] if len(words) == 1 else []

    def _divided(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 第二章“…”分为六节：第一节“…”，包括第七条至第九条；…, and 第一章“…”分为六条，包括第一条至第六条."""
        match = self.take(phrases.DIVIDED) if len(places) == 1 else None
        if match is None or places[0].kind is not PlaceKind.HEADING:
            return []
        title = "".join(self.quoted.of(match["title"])) if match["title"] else ""
        named = replace(places[0], holding=f"{places[0].heading}{title}" if title else "")
        if match["unit"] == "条" and self.take(phrases.COMPRISING) is not None:
            inside, self.at = read_places(self.line, self.at, ())
            return [Instruction(Order.DIVIDE, (named, *inside))] if inside else []
        orders: list[Instruction] = []
        held: list[Place] = []
        while True:
            heading, self.at = read_places(self.line, self.at, ())
            words = self.quotes() if len(heading) == 1 else ()
            if not words or self.take(phrases.COMPRISING) is None:
                break
            inside, self.at = read_places(self.line, self.at, ())
            held.extend(inside)
            orders.append(Instruction(Order.INSERT_HEADING, inside, heading, words=words, unit="包括"))
            self.take(re.compile("[；;，,。]?"))
        if len(orders) != to_int(match["count"]) or not _in_a_row(held):
            raise self.unread()
        return [Instruction(Order.DIVIDE, (named, *held)), *orders]

    def _exchanged(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 第十五条与第十六条互换顺序."""
        if len(places) != 2 or self.take(phrases.EXCHANGE) is None:
            return []
        return [Instruction(Order.EXCHANGE, places)]

    def _moved(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 将第九条移作第八条第四款; 将第十六条移至第十四条之前; 将第三章并入第二章."""
        if len(places) != 1:
            return []
        if self.take(phrases.JOINED_TO) is not None:
            heading, self.at = read_places(self.line, self.at, ())
            both = [*places, *heading]
            if len(both) != 2 or any(each.kind is not PlaceKind.HEADING for each in both):
                return []
            return [Instruction(Order.DELETE, (replace(places[0], text=f"{places[0].text}名"),))]
        if self.take(phrases.MOVED_TO) is None:
            return []
        target, self.at = read_places(self.line, self.at, places, 1)
        side = self.take(re.compile(r"(?:的)?(?:之)?(?P<side>前|后)(?:面)?"))
        self.take(re.compile("[，,]"))
        becomes = self.given_numbers()
        if not target:
            return []
        told = {"前": "before", "后": "after"}[side["side"]] if side else ""
        return [Instruction(Order.MOVE, (*places, *target), becomes, side=told)]

    def _stood_alone(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 将第八条第三款单列一条，作为第九条，修改为：“…”."""
        if len(places) != 1 or self.take(phrases.ALONE) is None:
            return []
        becomes = self.given_numbers()
        if len(becomes) != 1:
            return []
        return [Instruction(Order.STAND_ALONE, places, becomes, words=self.new_words())]

    def _split(self, places: tuple[Place, ...]) -> list[Instruction]:
        match = self.take(phrases.SPLIT) if places else None
        if match is None:
            return []
        sentence, at = read_places(self.line, self.at, places, 1)
        if sentence and sentence[0].paragraph is not None and match["unit"] == "条":
            return self._at_places()  # 第七十二条改为两条，第一款作为第八十条；…
        if sentence and sentence[0].sentence is not None:  # 第五条分为两款，第二句作为第二款
            self.at = at
            becomes = self.given_numbers()
            return [Instruction(Order.STAND_ALONE, sentence, becomes)] if len(becomes) == 1 else []
        becomes = self.given_numbers()
        words = self.new_words()
        if not words:
            return []
        count = to_int(match["count"])
        return [Instruction(Order.SPLIT, places, becomes, words=words, count=count, unit=match["unit"])]

    def _renumbered(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 第五条改为第四条，修改为：“…”, or 第三款至第五款改为第四款至第六款."""
        start = self.at
        if not places or self.take(phrases.NUMBERED) is None:
            return []
        current = self.current
        becomes, self.at = read_places(self.line, self.at, places, len(places))
        if not becomes:
            self.at = start
            return []
        self.current = current
        if split := self.into_several(places, becomes):
            return split
        parts = any(place.paragraph is not None for place in places)
        orders = [
            Instruction(
                Order.STAND_ALONE if parts and "条" in becomes[0].text else Order.RENUMBER, places, becomes
            )
        ]
        if orders[0].order is Order.STAND_ALONE:
            self.made = (current, Place(article=becomes[0].article, text=becomes[0].text, made=True))
        rest = self.at
        self.take(re.compile(r"[，,：:]?(?:并)?(?:将其|将该[条款项])?(?:内容)?"))
        words = self.new_words()
        if not words:
            self.at = rest
            return orders
        if orders[0].order is Order.STAND_ALONE:
            return [replace(orders[0], words=words)]
        return [*orders, Instruction(Order.REPLACE, places, words=words)]

    def _moved_on(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 原第四项、第五项顺延; items and paragraphs are numbered through anyway, articles only if ordered."""
        if not places or self.take(phrases.SHIFTED) is None:
            return []
        whole = all(map(Place.is_article, places))
        return [Instruction(Order.RENUMBER_ALL if whole else Order.RENUMBER)]

    def _replaced(self, places: tuple[Place, ...]) -> list[Instruction]:
        if not places:
            return []
        lead = self.take(phrases.LEAD_PART) is not None
        self.take(re.compile(r"(?:全文|的?内容|整条)?"))
        changed = self.take(phrases.AS)
        if changed is None:
            return []
        if "更名" in changed[0]:
            places = tuple(replace(place, text=f"{place.text}名称") for place in places)
        counted = self.take(re.compile(rf"(?P<count>{N})(?P<unit>条|款|项)[，,：:]?"))
        becomes = self.given_numbers() if counted else ()
        self.take(phrases.INTRODUCING)
        words = self.quotes()
        if not words or self.peek(phrases.AS):
            return []
        count = to_int(counted["count"]) if counted else None
        order = Order.REPLACE_LEAD if lead else Order.REPLACE
        unit = counted["unit"] if counted else ""
        if (count or 0) > 1 and not lead:
            order = Order.SPLIT
        return [Instruction(order, places, becomes, words=words, count=count, unit=unit)]

    def _removed(self, places: tuple[Place, ...]) -> list[Instruction]:
        start = self.at
        if not places or self.take(phrases.DELETE) is None:
            return []
        if read_places(self.line, self.at, places)[0]:  # 第九条删去第二项
            self.at = start
            return self._deletion()
        return [Instruction(Order.DELETE, _all_names(places))]


def _in_a_row(articles: list[Place]) -> bool:
    """Return whether articles and ranges of articles follow each other without gap or overlap."""
    spans = [(each.article or "", each.last or each.article or "") for each in articles]
    if not all(number.isdecimal() for span in spans for number in span):
        return False
    return all(int(one[1]) + 1 == int(other[0]) for one, other in pairwise(spans))


def _all_names(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return places as names of headings if the last is one: 删去第一节、第二节节名."""
    if len(places) < 2 or not places[-1].text.endswith(("章名", "节名", "编名", "标题", "名称")):
        return places
    return tuple(
        replace(each, text=f"{each.text}名") if each.kind is PlaceKind.HEADING else each for each in places
    )
