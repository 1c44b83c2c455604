"""Changes of words as amendments say them: 将…中的“甲”修改为“乙”, 删去…中的“甲”, 在“甲”之后增加“乙”.

A change goes on in the place before it (“丙”修改为“丁”); a place may be left out (除第三条外), told by the words around
(“甲”后的“乙”) or counted (第一处“甲”).
"""

import re
from dataclasses import replace

from policydiff.amendment import set_phrases as phrases
from policydiff.amendment.locating import Instruction, Order
from policydiff.amendment.places import Place, PlaceKind, read_places
from policydiff.amendment.set_phrases import Cursor
from policydiff.lexicon.numerals import to_int

_Words = tuple[str, ...]
_BETWEEN_CHANGES = re.compile(r"(?:[、，,；;\s]|和|及|以及|并将|并|同时将|同时|将|在)*")
_NTH = re.compile(rf"(?:的)?(?:第(?P<nth>{phrases.N})处|首处|(?P<last>最后一处|末处))(?:出现的)?(?:的)?")
_BESIDE = re.compile(rf"(?:之)?(?P<side>后|前)(?:面)?的(?={phrases.Q})")
_UP_TO = re.compile(rf"[，,、]?\s*(?P<words>{phrases.Q})\s*(?:之)?前(?=[，,]?(?:再)?(?:增加|增写))")
_UNITS_OF_WORDS = ("句", "行")
"""Units that are added beside quoted words; 款 and 项 go beside places."""
_MARK_NAMES = {"分号": "；", "句号": "。", "逗号": "，", "顿号": "、", "冒号": "："}
_END_MARK = re.compile(
    rf"(?:(?:句末|末尾|最后|结尾)?的?)?(?:标点符号)?(?:由)?(?P<old>{'|'.join(_MARK_NAMES)})"
    rf"(?:修改|改|调整|变更)为(?P<new>{'|'.join(_MARK_NAMES)})"
)


class WordReader(Cursor):
    """Reads changes of words in places that are read already."""

    def changes(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read changes of words, one after another in the same places; none where the words are no such change."""
        everywhere = any(place.kind is PlaceKind.WHOLE for place in places)
        goes_on = not places and bool(self.current) and self.spoken
        where = places or (self.current if goes_on else ())
        orders: list[Instruction] = []
        while True:
            start = self.at
            nth = self.take(_NTH)
            old = self._old_words()
            found = self._change(where, old, everywhere=everywhere) if old else None
            if found is None:
                self.at = start
                return _together(orders)
            told = None if nth is None else -1 if nth["last"] else to_int(nth["nth"] or "1")
            orders.append(replace(found, nth=told, widening=goes_on, but=self._left_out()))
            last = self.at
            self.take(_BETWEEN_CHANGES)
            if not (self.peek(phrases.QS) or self.peek(_NTH)):
                self.at = last
                return _together(orders)

    def several_places(self, first: tuple[Place, ...]) -> list[Instruction]:
        """Read 第十四条中的“甲”、第十五条中的“乙”分别修改为“丙”、“丁”; the first place is read already."""
        groups: list[tuple[tuple[Place, ...], tuple[_Words, ...]]] = []
        places = first
        while True:
            self.take(phrases.IN)
            old = self.quotes()
            if not old or not places:
                return []
            groups.append((places, old))
            start = self.at
            if self.take(re.compile(r"(?:、|，|和|及|以及|，以及)(?:将)?")) is None:
                break
            places, self.at = read_places(self.line, self.at, places)
            if not places:
                self.at = start
                break
        if len(groups) < 2 or self.take(phrases.AS) is None:
            return []
        new = self.quotes(new=True)
        if len(new) == 1:
            new = new * sum(len(old) for _, old in groups)
        orders: list[Instruction] = []
        for where, old in groups:
            orders.append(Instruction(Order.SWAP, where, old_words=old, words=new[: len(old)]))
            if len(new) < len(old):
                return []
            new = new[len(old) :]
        return orders if not new else []

    def end_mark(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read 将第四项句末的分号改为句号."""
        match = self.take(_END_MARK) if places else None
        if match is None:
            return []
        old, new = _MARK_NAMES[match["old"]], _MARK_NAMES[match["new"]]
        return [Instruction(Order.END_MARK, places, old_words=((old,),), words=((new,),))]

    def excepted(self) -> tuple[Place, ...]:
        """Read 除第三条外 before an order."""
        return self._places_between(re.compile("除"), re.compile(r"(?:以)?外[，,]?"))

    def _left_out(self) -> tuple[Place, ...]:
        """Read ，但第二条除外 behind an order."""
        return self._places_between(re.compile(r"[，,；;]?\s*(?:但是?)?[，,]?(?=第)"), re.compile("除外"))

    def _places_between(self, before: re.Pattern[str], behind: re.Pattern[str]) -> tuple[Place, ...]:
        start = self.at
        if self.take(before) is None:
            return ()
        places, self.at = read_places(self.line, self.at, ())
        if not places or self.take(behind) is None:
            self.at = start
            return ()
        return places

    def _old_words(self) -> tuple[_Words, ...]:
        """Take the words that are changed; “甲”后的“乙” is read as “甲乙”, “甲”前的“乙” as “乙甲”, see `_change`."""
        start = self.at
        self._around = ("", "")
        first = re.compile(phrases.Q).match(self.line, self.at)
        if first is not None:
            self.at = first.end()
            if (beside := self.take(_BESIDE)) is not None:
                words = "".join(self.quoted.of(first[0]))
                self._around = (words, "") if beside["side"] == "后" else ("", words)
                return self._with_words_around(self.quotes())
        self.at = start
        old = self.quotes()
        self.take(re.compile(r"(?:[，,]?\s*(?:后|之后)的内容)?"))
        return old

    _around = ("", "")
    """Words before and behind those that are changed, by which the order tells them."""

    def _with_words_around(self, words: tuple[_Words, ...]) -> tuple[_Words, ...]:
        before, behind = self._around
        return ((f"{before}{chr(10).join(words[0])}{behind}",),) if len(words) == 1 else ()

    def _change(
        self, places: tuple[Place, ...], old: tuple[_Words, ...], *, everywhere: bool
    ) -> Instruction | None:
        around = any(self._around)
        if not old:
            return None
        if (changed := self.take(phrases.AS)) is not None:
            new = self.quotes(new=True)
            if not new:
                return None
            if around:
                new = self._with_words_around(new)
            whole = everywhere or any(each in changed[0] for each in ("统一", "均", "一律"))
            return Instruction(Order.SWAP, places, old_words=old, words=new, everywhere=whole)
        if (where := self.take(phrases.SIDE)) is not None:
            up_to = self.take(_UP_TO) if where["side"] == "后" else None
            added_unit = None if around else self.take(phrases.ADD)
            if added_unit is not None and (added_unit["unit"] or "句") in _UNITS_OF_WORDS:
                self.take(phrases.INTRODUCING)
                new = self.quotes(new=True)
                side = "after" if where["side"] == "后" else "before"
                before = self.quoted.of(up_to["words"]) if up_to else ()
                unit = "行" if added_unit["unit"] == "行" else ""
                added = Instruction(
                    Order.ADD_WORDS,
                    places,
                    old_words=old,
                    words=new,
                    side=side,
                    everywhere=everywhere,
                    unit=unit,
                )
                return replace(added, before=before) if new else None
        if self.take(re.compile(r"[，,]?(?:的)?(?:内容)?" + phrases.DELETE.pattern)) is not None:
            return self.dropped(places, old, everywhere=everywhere)
        return None

    def dropped(
        self, places: tuple[Place, ...], old: tuple[_Words, ...], *, everywhere: bool = False
    ) -> Instruction:
        """Return the order that deletes words; those around them, by which it tells them, stay."""
        return Instruction(
            Order.DROP_WORDS, places, old_words=old, everywhere=everywhere, around=self._around
        )


def _together(orders: list[Instruction]) -> list[Instruction]:
    """Put changes of one place that are said one after another into one order: they are made at once, not in turn.

    “农业主管部门”修改为“甲”，“农业、林业主管部门”修改为“乙”: the longer words are not those that the shorter order means.
    """
    merged: list[Instruction] = []
    for order in orders:
        last = merged[-1] if merged else None
        alike = last is not None and replace(order, old_words=(), words=()) == replace(
            last, old_words=(), words=()
        )
        if last is not None and alike and order.order is Order.SWAP and _paired(order) and _paired(last):
            merged[-1] = replace(
                last, old_words=(*last.old_words, *order.old_words), words=(*last.words, *order.words)
            )
        else:
            merged.append(order)
    return merged


def _paired(order: Instruction) -> bool:
    return len(order.old_words) == len(order.words)
