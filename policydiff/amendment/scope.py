"""Assigns each order of an amendment to the text it amends, by the title, introduction, headings and orders of the amendment.

An amendment of several texts names each in one of many ways: 一、修改《甲》; 对《甲》作出修改; 《甲》作如下修改：; 关于《甲》;
《甲》 alone; an annex with a list; or in each order: 将《甲》第二条修改为…. A name holds for all orders up to the next name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policydiff.amendment.grammar import OrderReader, renumbers_all
from policydiff.amendment.locating import Instruction, Order, Sentence
from policydiff.amendment.named_texts import (
    ACT,
    BELOW,
    NAMED_AMENDMENT,
    NUMBER,
    PLAIN_NAME,
    Below,
    PlaceAbove,
    Repeals,
    by_act,
    outer_names,
    plain_name,
    same_act,
    with_name,
    without_passing,
)
from policydiff.amendment.places import N, in_full, read_places
from policydiff.amendment.quoted import Quoted, is_mark
from policydiff.amendment.set_phrases import UnreadError
from policydiff.lexicon.titles import ACT_KINDS, TEXT_KINDS

_ENUMERATOR = re.compile(
    rf"^[\s　#*]*(?:(?:[（(]{N}[）)]|{N}[、．.]|第{N}条(?=[\s　：:](?![\s　]*(?:修改为|改为|删去|删除|中的|分为|增加[一二三四五六七八九]?[款项]|[、，和至]|第{N}款|第[（(]?{N}[）)]?项))|对《|将《|《|修改《)|[①-⑳]|第{N}(?=[，、])|\|?{N}[\t|](?=《))[\s　：:]*)+"
)
_BARE = rf"(?!下列|以下|有关|相关|其他|各|上述)(?:中华人民共和国)?(?:(?!第)[一-鿿]){{0,18}}?(?:{TEXT_KINDS})"
_HEADING = re.compile(
    rf"(?:对|将|关于|就|在)?(?:修改|修订|修正)?[ 　]*(?:[^，。；：《》第\ue000-\uf76f]{{2,20}}的)?(?P<act>{ACT}){NUMBER}[ 　]*(?:中|修正案(?:草案)?)?[，,]?"
    rf"(?:(?:的)?(?:部分条款|有关条款|条款|部分内容)?(?:的)?(?:作出|作|做出|做|进行)?(?:了)?(?:如下|以下|下列|部分|相应)?(?:的)?"
    rf"(?:修改|修正|修订|调整)?(?:内容|事项|条款)?(?:如下|为)?)?(?:[：:。|]?|(?:[：:。|\t]|(?<=》)[ 　])\s*(?P<rest>(?![、，和及与《]).+))$"
)
"""A name above its orders, or before them in one line: 二、《甲》：删去第五条。"""
_BASIS = re.compile(
    "为|根据|依据|依照|按照|遵照|参照|贯彻|落实|鉴于|由于|因|结合|经|与|在[^《]{0,20}(?:前|后|中)"
)
"""Beginning of a line that names the basis of the decision, not an amended text."""
_NAME_FIRST = re.compile(rf"(?:对|将|关于|就|在|把)?(?:[^，。；：《》第]{{2,20}}的)?{ACT}")
_TITLE = re.compile(
    rf"关于(?P<verb>修改|修订|修正|废止|修改和废止|废止和修改)(?P<names>[^。；]{{1,400}}?)的(?:{ACT_KINDS})(?:[（(][^（()）]{{1,12}}[）)])?$"
)
_INTRODUCTION = re.compile(
    rf"(?:对|将)\s*(?P<act>{ACT}){NUMBER}\s*(?:(?:的)?(?P<place>第{N}条)|(?P<more>等))?[^。；：:]{{0,30}}?(?:作出?|做出?|进行)?(?:如下|以下|下列)[^。；：:]{{0,6}}修[改正订]"
)
_SHORT = re.compile(
    rf"(?P<act>{ACT})\s*[（(][^（()）]{{0,40}}?以下(?:简称|称)(?:为)?[：:]?《?(?P<short>[^《》（()）]{{2,20}})》?[）)]"
)
_INLINE = re.compile(
    rf"^(?P<lead>(?:并|同时)?(?:将|在|对|把|删去|删除)?\s*)(?P<act>{ACT}|(?P<bare>{_BARE}))(?P<number>{NUMBER})(?:的|中的?|中)?(?=\s*原?(?:第{N}(?:[编章节条款项]|部分)|序言|引言|前言|名称|题目|标题|附件|全文|中|[\ue000-\uf76f]))"
)
_PURPOSE = re.compile(
    r"^(?:为了?[^。；：《》\ue000-\uf76f]{4,200}?|(?:为与?|根据|依据|依照|按照|参照|结合|鉴于|由于|因)(?![^，]*(?:删|增加|[修更]?改为|废止))[^。；：\ue000-\uf76f]{2,200}?)，(?=(?:现)?(?:决定)?(?:在|将|对|把|删去|增加)?(?:《[^《》]*》|[一-鿿]{2,12}法|本[一-鿿]{1,3})?(?:的|中)?(?:第|引言|序言|名称))"
)
"""The purpose or basis at the beginning of an order: 为了惩治…的犯罪，将刑法第三百四十二条修改为; 根据《甲》第九条，将第十一条中的…."""
_OWN = re.compile(rf"^本?(?:自治|公司)?(?:{TEXT_KINDS})$")
_CLOSING = re.compile(
    r"(?:本决定|本修正案|本决议|以上|上述)[^。]*(?:施行|实施|生效)|(?:重新公布|予以公布|公布施行)"
)
_OTHER_LAW = r"(?:(?!本)[一-鿿〈〉《》]){2,20}?(?:法|条例|规定|解释|办法|法律|法规)"
_UNSAID = re.compile(
    r"(?:个别|部分|有关|相关|其他|一些|若干)[^，。；：]{0,8}?(?:文字|字句|词句|词语|用语|表述|措辞|提法|标点(?:符号)?)"
    r"[^。；：]{0,6}(?:作|做|进行|予以)(?![^。；]{0,8}(?:如下|下列|以下))(?:出|了)?[^。；：]{0,8}(?:调整|修改|修正|修饰|规范|完善|处理|改动)"
    r"|(?:作|做|进行)(?:出|了)?[^。；]{0,6}(?:个别|部分|必要|相应)?的?(?:文字|表述)(?:性)?(?:上)?的?(?:调整|修改|修正|修饰|规范|改动)"
    rf"|引用(?:的)?{_OTHER_LAW}(?:的)?(?:相关|有关)?(?:的)?(?:条文|条款|条)?(?:序号|条数|条号|名称)[^。；]{{0,40}}(?:调整|修改)"
)
"""A change of words that the order does not quote: 对个别文字作相应修改; 引用的民事诉讼法条文序号作相应调整, with numbers of another law."""
_UNSAID_ALONE = re.compile(rf"引用(?:的)?{_OTHER_LAW}")
_PLACE_NAMED = rf"(?:第{N}(?:[编章节条款项目]|自然段)|第[（(]{N}[）)][项目]|附件|附表|引言|序言|名称|标题)"
_ORDER_WITHOUT_QUOTES = re.compile(
    rf"(?:删去|删除|取消|去掉|删|废止|合并|调换|对调|互换)[^。；《]{{0,12}}{_PLACE_NAMED}"
    rf"|{_PLACE_NAMED}[^。；]{{0,40}}(?:删去|删除|去掉|改为|改作|作为|变更为|调整为|移至|移作|移到|合并|对调|互换|调换|拆分|分为|单列|不再适用|停止执行|废止)"
)
"""An order without quotes: 删去第四条; 第五条改为第四条; 第八条与第九条对调."""
_NOT_AN_ORDER = re.compile(
    r"施行|公布|通过|决定如下|修改如下|作如下|作出如下|作以下|现决定|决定对|决定修改|根据|会议|主席令|现将|予以修改|进行修改|特此"
    r"|^(?:对|将)?(?:下列|以下)[^第。；]{2,40}修[改正订][：:]?$|^修[改正订](?:下列|以下|部分)?[^第。；]{0,12}(?:法规|规章|文件)[：:]?$"
)
_BARE_NAME = 8
"""Most characters of a name that drafters write without 《》 inside an order (刑法, 治安管理处罚法)."""


_CHANGES = re.compile(r"修改|删去|删除|增加|废止|改为|第[一二三四五六七八九十百\d]+[条款项]")
"""Words of an order, or of a heading that is more than a name."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A read amendment: its sentences, each with its amended text."""

    sentences: tuple[Sentence, ...]
    acts: tuple[str, ...]
    """Names of the amended texts, in order."""
    repealed: tuple[str, ...] = ()
    """Names of the repealed texts."""
    several: bool = False
    """Whether the title announces several texts; an order without a name then has no known text."""


def read_decision(quoted: Quoted) -> Decision:
    """Return the sentences of an amendment with their amended texts (see `Sentence`)."""
    return _Scope(quoted).read()


class _Scope:
    def __init__(self, quoted: Quoted) -> None:
        self.quoted = quoted
        self.reader = OrderReader(quoted)
        self.act: str | None = None
        self.acts: list[str] = []
        self.repeals = Repeals()
        self.short: dict[str, str] = {}
        self.bundle = self.several = False
        self.above = PlaceAbove()
        self.below: Below | None = None
        """A change whose places follow in a list."""

    def read(self) -> Decision:
        sentences = [sentence for line in self._lines() for sentence in self._line(*line)]
        sentences.extend(self._end_of_list())
        return Decision(
            tuple(sentences), tuple(dict.fromkeys(self.acts)), tuple(self.repeals.names), self.several
        )

    def _lines(self) -> Iterator[tuple[int, str]]:
        closed = False
        for number, line in enumerate(self.quoted.lines):
            stripped = line.strip(" 　\t#*_★☆●◆■▲")
            if closed and self._prints_text(number):
                return
            if stripped and not stripped.startswith("<!--"):
                yield number, stripped
            closed = closed or "重新公布" in stripped

    def _prints_text(self, number: int) -> bool:
        """Return whether the amended text is printed from a line on, after the closing sentence; its title stands there."""
        lines = [re.sub(r"[\s#]", "", line) for line in self.quoted.lines[number : number + 2]]
        return any(same_act(title, act) for act in self.acts for title in (lines[0], "".join(lines)))

    def _line(self, number: int, line: str) -> Iterator[Sentence]:
        if self._title(line):
            return
        for match in _SHORT.finditer(line):
            self.short[match["short"]] = plain_name(match["act"])
        body = _ENUMERATOR.sub("", line, count=1).strip()
        numbered = body != line
        if numbered:
            # 该条 and a bare 第二款 refer to the previous order within one numbered order only, or to the place of
            # the heading above (修改第五条)
            self.reader.current = self.above.of(line)
        if self.repeals.takes(body):
            return
        listed = list(self._listed(number, body, numbered=numbered))
        yield from listed
        if listed:
            return
        yield from self._end_of_list()
        order = self._below_heading(number, line, body)
        if order:
            yield from self._after_introduction(number, order, numbered=numbered or order != body)

    def _below_heading(self, number: int, line: str, body: str) -> str:
        """Return the orders after the heading in a line; the heading sets text, place or change for the lines below."""
        below = BELOW.fullmatch(body)
        if below is not None:
            self.below = Below(number, body, below["lead"] or "将", below["change"])
            return ""
        body = with_name(body, "".join(self.quoted.of(body)) if len(body) == 1 and is_mark(body) else "")
        heading = _HEADING.fullmatch(body) if _BASIS.match(body) is None else None
        apart = self.bundle or self.act is None
        plain = apart and body != line and PLAIN_NAME.fullmatch(body) and not _CHANGES.search(body)
        if heading is not None or plain:  # 一、某省会议费管理办法: a name without its marks, in a bundle
            self.bundle = self.bundle or heading is None
            self._speak_of(heading["act"] if heading is not None else without_passing(body))
            return (heading["rest"] or "") if heading is not None else ""
        return "" if self.above.takes(line, body) else body

    def _after_introduction(self, number: int, body: str, *, numbered: bool) -> Iterator[Sentence]:
        introduction = _INTRODUCTION.search(body)
        if introduction is not None:
            if introduction["more"] is None and (not self.bundle or len(outer_names(introduction[0])) == 1):
                self._speak_of(introduction["act"])
                # 决定对《甲》第九条作如下修改: the orders below apply to article 9
                self.above.places = read_places(introduction["place"] or "", 0, ())[0]
                self.reader.current = self.above.places
            body = body[introduction.end() :].lstrip("：:。 　如下改正订")
            if not any(map(is_mark, body)) and _ORDER_WITHOUT_QUOTES.search(body) is None:
                return
            body = _ENUMERATOR.sub("", body, count=1)
        yield from self._sentence(number, _PURPOSE.sub("", body), numbered=numbered)

    def _listed(self, number: int, body: str, *, numbered: bool) -> Iterator[Sentence]:
        """Read one line of a list below a change (《甲》第五条、第六条); any other numbered line is reported as unread."""
        below = self.below
        if below is None or any(is_mark(character) for character in body):
            return
        match = re.fullmatch(rf"(?P<act>{ACT}){NUMBER}(?:的|中的?)?(?P<places>[^《》]*?)[；;。，]?", body)
        if match is None:
            if numbered:
                below.used = True
                yield Sentence(body, body, understood=False, line=number)
            return
        below.used = True
        self._take_act(match["act"])
        where = match["places"] or "全文"
        yield from self._sentence(number, f"{below.lead}{where}中的{below.change}", numbered=True)

    def _end_of_list(self) -> Iterator[Sentence]:
        """Report a change without its list as unread."""
        if self.below is not None and not self.below.used:
            yield Sentence(_printed(self.below.text), self.act, understood=False, line=self.below.line)
        self.below = None

    def _title(self, line: str) -> bool:
        """Return whether a line is the amendment's own title, and record the names in it."""
        if any(is_mark(character) for character in line):
            return False
        bare = line.strip("《》 　")
        title = _TITLE.search(bare) if not bare.endswith("。") else None
        if title is not None:
            names = outer_names(title["names"])
            many = len(names) > 1 or re.search(
                r"等(?:[一二三四五六七八九十百\d]+)?[件部个]|等$|部分|若干|一批",
                title["names"].rsplit("》", 1)[-1],
            )
            self.bundle = self.bundle or bool(many) or not names
            self.several = self.several or bool(many)
            if title["verb"] == "废止":
                self.repeals.listing = True
                self.repeals.names.extend(map(plain_name, names))
            elif len(names) == 1 and not many:
                self._speak_of(names[0])
            return True
        named = NAMED_AMENDMENT.match(bare)
        if named is not None:
            self._speak_of(named["act"])
            return True
        return False

    def _speak_of(self, act: str) -> None:
        name = plain_name(act)
        name = self.short.get(name, name)
        self.act = name
        self.acts.append(name)
        self.reader.current = ()

    def _sentence(self, number: int, body: str, *, numbered: bool) -> Iterator[Sentence]:
        """Read one line; a numbered line, or one with a place and a change, is never skipped."""
        body = re.sub(r"[\s　]+", "", body)
        for act, order in by_act(body):
            if act is not None:
                self._take_act(act)
            yield from self._order(number, order, numbered=numbered)

    def _order(self, number: int, body: str, *, numbered: bool) -> Iterator[Sentence]:
        printed, body = _printed(body), in_full(body)
        quotes = any(is_mark(character) for character in body)
        bare = not quotes and _ORDER_WITHOUT_QUOTES.search(re.sub(ACT, "", body)) is None
        if bare or (not quotes and _UNSAID.search(body)):
            yield from self._without_words(number, body, numbered=numbered)
            return
        for act, rest in self._inline(body):
            try:
                orders = self.reader.read(rest)
            except UnreadError:
                if not quotes and not numbered and _NOT_AN_ORDER.search(body):
                    continue
                self._name_unread(rest)
                yield Sentence(printed, self.act, understood=False, line=number)
                continue
            if orders:
                yield Sentence(printed, act, orders, line=number)

    def _without_words(self, number: int, body: str, *, numbered: bool) -> Iterator[Sentence]:
        """Read a line without words and places: unquoted changes, the closing sentence, or no order."""
        if _UNSAID.search(body):
            act = self.act if self.acts else None
            yield Sentence(body, act, (Instruction(Order.UNSAID),), line=number)
            if not _UNSAID_ALONE.search(body) and renumbers_all(body):
                yield from self._closing(number, body)
        elif renumbers_all(body):
            yield from self._closing(number, body)
        elif _CLOSING.search(body) is None:
            self._name_unread(body)
            if numbered and _NOT_AN_ORDER.search(body) is None:
                yield Sentence(body, self.act, understood=False, line=number)

    def _name_unread(self, body: str) -> None:
        """Record the names in an unread line, because later lines are not for the text before."""
        names = outer_names(body)
        named = names and _BASIS.match(body) is None
        if named and (_NAME_FIRST.match(body) or 2 * len(names[0]) > len(body)):
            self._take_act(names[0])
            self.acts.extend(map(plain_name, names[1:]))

    def _closing(self, number: int, body: str) -> Iterator[Sentence]:
        """Read 《甲》根据本决定作相应修改并对条文顺序作相应调整，重新公布, for the named text or for all texts."""
        names = [self.short.get(plain_name(name), plain_name(name)) for name in re.findall(ACT, body)]
        known = [name for name in names if any(same_act(name, act) for act in self.acts)]
        whole = "等" in body or not known
        acts: list[str | None] = [self.act]
        if not self.acts:
            acts = [None]
        elif whole and len(set(self.acts)) > 1 and _CLOSING.search(body):
            acts = list(self.acts)
        elif known:
            acts = list(known)
        for act in acts:
            yield Sentence(_printed(body), act, (Instruction(Order.RENUMBER_ALL),), line=number)

    def _inline(self, body: str) -> list[tuple[str | None, str]]:
        """Return the orders of a line by amended text, without the names: one entry for each change of text."""
        groups: list[tuple[str | None, str]] = []
        for piece in re.split(
            r"(?<=[。；;])|(?<=，)(?=(?:并|同时)?(?:将|把|对|在|删去|删除)?《[^。；]*?》第)", body
        ):
            match = _INLINE.match(piece.strip())
            words = piece
            if match is not None:
                own = match["bare"] is not None and _OWN.match(match["bare"]) is not None
                if not own:
                    self._take_act(match["act"] if match["bare"] is None else match["bare"])
                rest = piece.strip()[match.end() :]
                # 对本条例中的下列用语, 将《甲》中的“乙”: the text itself is the place
                itself = rest.startswith("中") or (
                    match[0].endswith(("中", "中的")) and is_mark(rest[:1] or " ")
                )
                words = match["lead"] + rest
                if itself:
                    words = (
                        piece
                        if own
                        else f"{match['lead']}全文中的{rest.removeprefix('中').removeprefix('的')}"
                    )
            words = self._without_own_name(words)
            if groups and groups[-1][0] == self.act:
                groups[-1] = (self.act, groups[-1][1] + words)
            else:
                groups.append((self.act, words))
        return groups

    def _without_own_name(self, words: str) -> str:
        """Remove further names of the same text inside an order: 增加一条，作为《解释》第七条."""
        if self.act is None:
            return words
        for name in {self.act, *(short for short, act in self.short.items() if act == self.act)}:
            words = words.replace(f"《{name}》", "")
        if not self.act.endswith(("法", "例", "定")) or len(self.act) > _BARE_NAME:
            return words
        return re.sub(rf"(?<![一-鿿]){re.escape(self.act)}(?=第)", "", words)

    def _take_act(self, name: str) -> None:
        plain = self.short.get(plain_name(name), plain_name(name))
        if self.act is None or not same_act(plain, self.act):
            self.act = plain
            self.acts.append(plain)
            self.reader.current = ()


def _printed(body: str) -> str:
    return "".join("“…”" if is_mark(character) else character for character in body)
