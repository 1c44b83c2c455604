"""Patterns for the set phrases of amendments, a cursor that moves through a sentence phrase by phrase, and the changes of words.

A change of words without a place belongs to the place of the change before it (“丙”修改为“丁”). A place may be excepted
(除第三条外), given by neighbouring words (“甲”后的“乙”) or by a count (第一处“甲”). `grammar` combines the phrases. The phrases are
those of 立法技术规范（试行）（一） part 5 (法工委发〔2009〕62号, 修改形式) and part （二） (法工委发〔2011〕5号), and of the
amendments to the criminal law, the constitution and judicial interpretations.
"""

import re
from dataclasses import replace

from policydiff.amendment.locating import Instruction, Order
from policydiff.amendment.places import N, Place, PlaceKind, Q, read_places, widened
from policydiff.amendment.quoted import Quoted
from policydiff.lexicon.numerals import to_int

QS = re.compile(rf"{Q}(?:\s*(?:、|，|和|及|以及|与|或者|或)?\s*{Q})*")
LINK = re.compile(
    r"(?:[\s　，,、；;。]|并相应|并将|并在|并对|并把|并且|并|同时将|同时在|同时|再|且|另外|另|此外|其中的(?!第)|其中(?!第)|相应地?|分别|一并|(?:后续|其他|其余|原)?条[文款](?:顺序|序号)(?:保持)?不变|(?:原条文)?(?:其他|其余|第[一二三四五六七八九十、和至第款项]{1,9}[款项])(?:各?[条款项]|内容|条款)?(?:保持)?不变|和|及|以及)*"
)
LEAD = re.compile(r"(?:将|把|对|在|于)?")
_FIGURE = "(?:[一-鿿]{0,4}(?:数额|金额|额度|幅度|标准|期限|年限|时限|比例|范围|上限|下限|起点|数量|人数))"
"""The name of a figure before its change: 罚款幅度由“…”提高到“…”."""
IN = re.compile(
    r"(?:(?:前|后|最后)[一二两三四]句|规定|条文|内容)?(?:中|里|内)?(?:的|之|所列的|规定的|所称的|列举的)?(?:(?:所有|全部|各处)(?:的)?)?"
    r"(?:(?:下列|以下|有关|相关|部分)*(?:用语|词语|表述|文字|(?:机构|部门|机关|单位)?名称)(?:作|做|进行)?(?:出)?"
    r"(?:如下|以下|下列|统一|相应)*(?:的)?(?:修改|规范|调整|替换)?)?"
    rf"{_FIGURE}?(?:[：:，,])?(?:将|把|由|从)?"
)
AS = re.compile(
    r"(?:[，,、]?\s*(?:并|均|都|统一|分别|相应地?|全部|一律|各自|予以|全文)?)*(?:修改为|修订为|改为|改成|修改成|替换为|调整为|更改为|变更为|更名为|修正为|表述为|修改如下)(?:[：:，,\s]*)"
)
NUMBERED = re.compile(
    r"[，,]?\s*(?:的?(?:条文|条款)?(?:序号|条序|序数|顺序))?(?:分别|依次|相应地?)*(?:改为|作为|改作|变更为|调整为|修改为|(?:顺延|[后前]移)[为至]|成为|列为)(?:该[条款项])?(?:的)?\s*"
)
DELETE = re.compile(r"(?:予以|全部|均|整条)?(?:删去|删除|去掉|删掉|取消|删|废止(?=第))")
ADD = re.compile(
    rf"[，,]?(?:再|分别|各|又)?增加(?:规定)?(?P<count>{N})?(?P<unit>条|款|项|目|句|但书|章|节|编|标题|自然段|段|段落|行|个?附件|个?附表)?"
    r"(?:规定|内容)?(?:[：:，,\s]*)"
)
BECOMES = re.compile(r"(?:分别)?(?:作为|列为|为)(?:该[条款项])?(?:的)?\s*")
INTRODUCING = re.compile(r"[，,。]?(?:规定|内容为|内容如下|其内容为|具体内容为|即|表述为)?[：:，,\s]*")
TAIL = re.compile(
    r"(?:一词|两词|一语|一句|字样|等字样|的字样|等词|等表述|的表述|的规定|等规定|的内容|等内容|部分|几个字|[两二三四五六七八九十]+字)*"
)
BETWEEN = re.compile(r"之间(?=[，,]?(?:再|分别|各)?增加)")
SIDE = re.compile(r"(?:这?一行|所在行)?(?:之|的)?(?P<side>后|前)(?:面)?(?:的)?")
CHAPTER_NAME = re.compile(r"[，,]?(?:章名|节名|编名|标题|名称)(?:为|：|:)?\s*")
CHANGED = re.compile(
    r"(?:作|做|进行)(?:出|了)?(?:如下|以下|下列|部分|相应)*(?:的)?(?:修改|修正|修订)[，,：:]\s*"
)
"""对第五条作如下修改：, the place of the following orders."""
NAMED_HEADING = re.compile(
    rf"(?:(?P<words>{Q})(?P<called>部分|一?[章节])?|(?P<own>总则|附则)(?:部分|一?章)?)(?:中|下|内|里)?(?:的)?(?=增加|第)"
)
"""A heading named by its words: “二、工程价款”部分, “法律责任”一章, 附则."""
LEAD_PART = re.compile(r"(?:的)?(?:条首|款首|项首|开头|开始|首)部分")
WITH_ARTICLES = re.compile(rf"[；;，,]\s*(?:并)?增加(?P<count>{N})条[，,]?(?:分别|依次)*作为")
IN_PARTS = re.compile(rf"[，,]?\s*(?:共)?分为{N}(?:条|节)(?=[，,]?包括)")
HOLDING = re.compile(r"[，,；;]?\s*内容(?:为|如下)[：:，,]\s*")
COMPRISING = re.compile(r"[，,]?(?:包括|由)\s*")
MERGE = re.compile(
    r"(?:[，,]?\s*合并(?:修改)?(?:为|成)?(?:一[条款项])?|[，,]?\s*(?:修改|改)?(?:合并)?为一[条款项])(?:[，,：:\s]*)"
)
SPLIT = re.compile(
    rf"[，,]?\s*(?:(?:拆分|分拆|拆|分)(?:为|成)|(?<!修)改为(?=[^第]{{1,3}}[条款项][，,]))(?P<count>{N})(?P<unit>[条款项])(?:[，,：:\s]*)"
)
NARROWED = re.compile(
    rf"(?P<words>{Q})(?:中|里|内)(?=第|增加|再增加|的{Q})"
    rf"|(?:中|里|内)?(?:的)?(?P<row>{Q})(?:这?一行|所在行)(?:中|里|内)?(?:的)?(?:[一-鿿]{{0,6}}由)?(?={Q})"
)
"""Words that identify a paragraph or a row: “…”中增加一项, “厅级”一行的“500元”."""
DIVIDED = re.compile(rf"(?P<title>{Q})?分为(?P<count>{N})(?P<unit>[章节条])[：:，,]?")
"""第二章“…”分为六节：, 第一章“…”分为六条，包括…."""
EXCHANGE = re.compile(
    r"(?:的)?(?:顺序|位置|序号|次序)?(?:相互|互相)?(?:互换|对调|调换)(?:顺序|位置|序号|次序)?"
)
MOVED_TO = re.compile(r"[，,]?(?:移至|移到|移作|移为|调整到|调整至|调至)")
JOINED_TO = re.compile(r"[，,]?(?:并入|合并到|归入)")
ALONE = re.compile(
    r"[，,]?(?:单列|单作|单独(?:作为|列为|成为?)|独立(?:作为|成为?))(?:为|成)?(?:一[条款])?[，,]?"
)
ANNEX_NUMBER = re.compile(rf"[（(]?(?P<number>{N})[）)]?")
ORDERLY = re.compile(
    r"(?:条文|章节|条款|款项|条文的?|各条|条、款|其他条款|条目|序号|项|款)+(?:的)?(?:顺序|序号|编号|排列)"
)
ADJUSTED = re.compile(r"作?(?:相应|适当)?(?:的)?(?:调整|变动|顺延|排列|修改)")
RENUMBERED = re.compile(
    r"(?:作|做|进行)?(?:相应|适当|部分)?(?:地)?(?:修改|修正|调整)?[，,、]?(?:并|后)?[，,]?(?:对|将|重新)?(?:《[^《》]*》)?(?:的)?"
    r"(?:部分)?(?:条文|章节|条款|条、款|款项|条款项|条目|各条|有关条文|法律条文|其他条文)(?:的)?(?:顺序|序号|编号|排列顺序)"
    r"(?:[，,]?(?:作|做|进行|予以|重新|依次))?(?:了)?(?:相应|适当)?(?:地|的)?(?:调整|变动|顺延|排列|编排|更改|修改)"
)
THROUGH = re.compile(
    rf"{RENUMBERED.pattern}|调整条文顺序"
    r"|(?:条文|条款|章节|序号)[^。；]{0,8}(?:依次|相应|重新)?[^。；]{0,4}(?:顺延|排列|编号)"
)
SHIFTED = re.compile("(?:的?(?:条文|条款)?(?:顺序|序号|条序))?(?:依次|相应|分别)*(?:顺延|后移|前移)")
BESIDE_ADDITION = re.compile(r"(?:之|的)?(后|前)(?:面)?(?=[，,]?(?:再|分别|各)?增加)")
WHOLE_UNIT = re.compile(r"将(?:该|本|这一)(?P<unit>[条款项])(?:相应)?(?:修改为|改为)[：:，,\s]*")


class UnreadError(Exception):
    """Words that match no set phrase; the message gives them."""


class Cursor:
    """Takes patterns, quotes and places from a sentence in order."""

    def __init__(self, quoted: Quoted) -> None:
        self.quoted = quoted
        self.current: tuple[Place, ...] = ()
        self.spoken = False
        """Whether an order was already read in this sentence; words without a place then belong to the previous place."""
        self.made: tuple[tuple[Place, ...], Place] | None = None
        """The article that an order makes of a paragraph, with the places current then; further additions go into it."""
        self.line = ""
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the match of a pattern at the cursor and return it; None if there is none."""
        match = pattern.match(self.line, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def peek(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches at the cursor."""
        return pattern.match(self.line, self.at) is not None

    def quotes(self, *, new: bool = False) -> tuple[tuple[str, ...], ...]:
        """Take the quotes at the cursor; the last of several new quotes before a verb begins a change of its own."""
        match = self.take(QS)
        if match is None:
            return ()
        marks = [(place, mark) for place, mark in enumerate(match[0]) if re.match(Q, mark)]
        if new and len(marks) > 1 and self.verb_follows():
            self.at = match.start() + marks[-1][0]
            marks.pop()
        else:
            self.take(TAIL)
        return tuple(self.quoted.of(mark) for _, mark in marks)

    def verb_follows(self) -> bool:
        """Return whether a change of words follows, to which the quote before belongs."""
        side = SIDE.match(self.line, self.at)
        return self.peek(AS) or (side is not None and ADD.match(self.line, side.end()) is not None)

    def places(self) -> tuple[Place, ...]:
        """Take the places named at the cursor; they become the current places."""
        if len(self.current) > 1 and self.take(re.compile("其(?=中(?!第))")) is not None:
            self.current = tuple(dict.fromkeys(widened((place,), "条")[0] for place in self.current))
            return self.current
        named = NAMED_HEADING.match(self.line, self.at)
        words = "" if named is None else named["own"] or "".join(self.quoted.of(named["words"]))
        level = re.match(r"([一二三四五六七八九十]{1,3})、", words)
        if named is not None and (named["called"] or named["own"] or level):
            self.at = named.end()
            text = f"“{words}”部分"
            if level is None or re.compile("增加[^款项目，。]{0,3}条").match(self.line, self.at):
                # 在“二、工程价款”部分增加一条: a heading named by its words
                self.current = (Place(kind=PlaceKind.HEADING, heading="", holding=words, text=text),)
                return self.current
            # “二、加强监督检查”部分第（二）项: article 2 (第二条) named by its words
            self.current = (Place(article=str(to_int(level[1])), heading=words, text=text),)
            places, self.at = read_places(self.line, self.at, self.current)
            self.current = places or self.current
            return self.current
        places, self.at = read_places(self.line, self.at, self.current)
        if places:
            self.current = places
        return places

    def unread(self) -> UnreadError:
        """Return the error for a sentence whose next words match no set phrase."""
        return UnreadError(re.sub(Q, "“…”", self.line[self.at :])[:40])


_Words = tuple[str, ...]
_BETWEEN_CHANGES = re.compile(
    r"(?:[、，,；;\s]|和|及|以及|并将|并|同时将|同时|将|在)*(?:"
    rf"{_FIGURE}(?:由|从))?"
)
_NTH = re.compile(rf"(?:的)?(?:第(?P<nth>{N})处|首处|(?P<last>最后一处|末处))(?:出现的)?(?:的)?")
_BESIDE = re.compile(rf"(?:之)?(?P<side>后|前)(?:面)?的(?={Q})")
_UP_TO = re.compile(rf"[，,、]?\s*(?P<words>{Q})\s*(?:之)?前(?=[，,]?(?:再)?增加)")
_UNITS_OF_WORDS = ("句", "行")
"""Units added beside quoted words; 款 and 项 are added beside places."""
_MARK_NAMES = {"分号": "；", "句号": "。", "逗号": "，", "顿号": "、", "冒号": "："}
_END_MARK = re.compile(
    rf"(?:(?:句末|末尾|最后|结尾)?的?)?(?:标点符号)?(?:由)?(?P<old>{'|'.join(_MARK_NAMES)})"
    rf"(?:修改|改|调整|变更)为(?P<new>{'|'.join(_MARK_NAMES)})"
)


class WordReader(Cursor):
    """Reads changes of words in places that are already read."""

    def changes(self, places: tuple[Place, ...]) -> list[Instruction]:
        """Read changes of words, one after another in the same places; empty if there is none."""
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
            if not (self.peek(QS) or self.peek(_NTH)):
                self.at = last
                return _together(orders)

    def several_places(self, first: tuple[Place, ...]) -> list[Instruction]:
        """Read 第十四条中的“甲”、第十五条中的“乙”分别修改为“丙”、“丁”; the first place is already read."""
        groups: list[tuple[tuple[Place, ...], tuple[_Words, ...]]] = []
        places = first
        while True:
            self.take(IN)
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
        if len(groups) < 2 or self.take(AS) is None:
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
        """Read ，但第二条除外 after an order."""
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
        """Take the changed words; “甲”后的“乙” is read as “甲乙”, “甲”前的“乙” as “乙甲” (see `_change`)."""
        start = self.at
        self._around = ("", "")
        first = re.compile(Q).match(self.line, self.at)
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
    """Words before and after the changed words, by which the order marks their place."""

    def _with_words_around(self, words: tuple[_Words, ...]) -> tuple[_Words, ...]:
        before, behind = self._around
        return ((f"{before}{chr(10).join(words[0])}{behind}",),) if len(words) == 1 else ()

    def _change(
        self, places: tuple[Place, ...], old: tuple[_Words, ...], *, everywhere: bool
    ) -> Instruction | None:
        around = any(self._around)
        if not old:
            return None
        if (changed := self.take(AS)) is not None:
            new = self.quotes(new=True)
            if not new:
                return None
            if around:
                new = self._with_words_around(new)
            whole = everywhere or any(each in changed[0] for each in ("统一", "均", "一律"))
            return Instruction(Order.SWAP, places, old_words=old, words=new, everywhere=whole)
        if (where := self.take(SIDE)) is not None:
            up_to = self.take(_UP_TO) if where["side"] == "后" else None
            added_unit = None if around else self.take(ADD)
            if added_unit is not None and (added_unit["unit"] or "句") in _UNITS_OF_WORDS:
                self.take(INTRODUCING)
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
        if self.take(re.compile(r"[，,]?(?:的)?(?:内容)?" + DELETE.pattern)) is not None:
            return self.dropped(places, old, everywhere=everywhere)
        return None

    def dropped(
        self, places: tuple[Place, ...], old: tuple[_Words, ...], *, everywhere: bool = False
    ) -> Instruction:
        """Return the order that deletes words; quoted words around them, which only mark the place, stay."""
        return Instruction(
            Order.DROP_WORDS, places, old_words=old, everywhere=everywhere, around=self._around
        )


def _together(orders: list[Instruction]) -> list[Instruction]:
    """Join neighbouring changes of words in one place into one order, so that they are made at once and not in turn.

    “农业主管部门”修改为“甲”，“农业、林业主管部门”修改为“乙”: the shorter change must not alter the longer words.
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
