"""Places that an order names (第四条、第五条第二款第（三）项, 引言, 第二章章名, 附件2), read into values.

A later member of a list takes over the wider units that it does not name: 第二条第一款、第三款 names two paragraphs of article 2.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number, to_chinese
from policydiff.lexicon.titles import TEXT_KINDS
from policydiff.lexicon.widths import in_simple_signs

N = rf"[{CHINESE_DIGITS}\d]{{1,9}}"
"""A number of a place: 十二, 12."""
Q = "[\ue000-\uf76f]"
"""The sign that stands for quoted words while an order is read."""
ITEM_LABEL = re.compile(rf"[（(]\s*([{CHINESE_DIGITS}]{{1,4}})\s*[）)]")
SUBITEM_LABEL = re.compile(r"(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)]|[①-⑳])")
"""Label of a part of an item (目); the line stands below the item."""
ARTICLE_LABEL = re.compile(rf"第{N}条(?:之[{CHINESE_DIGITS}]{{1,3}})?")
LEVEL_LABEL = re.compile(rf"[{CHINESE_DIGITS}]{{1,4}}、")


class PlaceKind(StrEnum):
    """Part of a text in which a place lies."""

    ARTICLE = "article"
    PREFACE = "preface"
    """引言, 序言, 前言: the words before the first article."""
    BODY = "body"
    """正文, 第二段 of a text without articles."""
    TITLE = "title"
    """名称, 题目"""
    HEADING = "heading"
    """The heading of a part, chapter or section."""
    ANNEX = "annex"
    WHOLE = "whole"
    """全文: every place with the quoted words."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the text before the amendment; numbers count from 1, -1 is the last, None the whole wider unit."""

    kind: PlaceKind = PlaceKind.ARTICLE
    article: str | None = None
    """Number of the article in digits; `17-1` is 第十七条之一."""
    last: str | None = None
    """Number of the last article of a range (第三条至第五条)."""
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    sentence: int | None = None
    """Sentence within the paragraph; -1 is the last (末尾, 末句)."""
    part: str = ""
    """Part of the line: 但书 (from 但是 on), 分号前, 分号后, 自然段 (the words before the items), 答复 (the answer of a reply)."""
    heading: str | None = None
    """Label of a heading (第二章; 第二编第一章), of the heading above an article (第三章第十条), or of an
    annex (附件2); empty for the only heading."""
    holding: str = ""
    """Words that identify a paragraph of the article without a number, or words within a line."""
    text: str = ""
    """The place as printed."""
    made: bool = False
    """Whether an earlier order makes the article, so that its number is new (第四十八条 in 将第四十三条第二款改为第四十八条第一款)."""

    def is_article(self) -> bool:
        """Return whether the place is a whole article or a range of articles."""
        inside = (self.paragraph, self.item, self.subitem, self.sentence)
        return self.kind is PlaceKind.ARTICLE and not self.part and all(each is None for each in inside)


_STEPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "article",
            rf"(?:修改后(?:的)?)?(?:《[^《》]*》)?(?:的)?原?({ARTICLE_LABEL.pattern})",
        ),
        ("paragraph", rf"原?(?:正文)?(第{N}(?:款|自然段|段)|最后一(?:款|自然段|段)|末款)"),
        (
            "item",
            rf"(?:[^，。；、第“”]{{1,16}}职权)?(?:中)?原?(第[（(]?{N}[）)]?项|第[（(]{N}[）)]款|最后一项|末项)",
        ),
        ("subitem", rf"原?(第[（(]?{N}[）)]?目|[①-⑳]|最后一目)"),
        (
            "sentence",
            rf"(第{N}句|首句|末句|句末|末尾|最后一句|最后(?!一处)|开始部分(?=增加)|开头部分(?=增加))",
        ),
        (
            "part",
            r"(?:中)?(?:的)?(但书|分号(?:之)?[前后](?=的|中|，|“|[\ue000-\uf76f]|内容)|第一自然段)(?:部分|规定)?",
        ),
        ("preface", r"(引言|序言|前言|导言)(?:部分)?"),
        ("body", r"(正文|(?:答复|批复)内容)"),
        ("title", r"(名称|题目|标题|题名|法名|文件名)"),
        ("heading", rf"原?(第{N}(?:编|分编|章|节|部分))(?:的)?(?:章名|节名|编名|标题|名称|题目)?"),
        ("annex", rf"(附件|附表|附录|附图)({N}|[（(]{N}[）)])?(?:(?:的)?(?:名称|标题|题目))?"),
        (
            "whole",
            rf"(全文(?=[中里内的\ue000-\uf76f])|(?:文(?!件)|全篇|通篇|各条|相关条文|(?:本|该)?(?:自治)?(?:{TEXT_KINDS}))(?=中|里|内))",
        ),
        (
            "same",
            r"(该条|本条|这一条|此条|该款|本款|这一款|此款|该项|这一项|该自然段|这一自然段|其(?!他|余|后|中的?第))",
        ),
    )
)
_JOINER = re.compile(r"\s*(?:、|和|以及|及|与|或者|或)\s*")
_RANGE = re.compile(r"\s*(?:至|到|—|－|-|~|～)\s*")
_UNITS = ("paragraph", "item", "subitem", "sentence")
_RANK = {"article": 0, "paragraph": 1, "item": 2, "subitem": 3, "sentence": 4, "part": 5}


_INSTEAD = "(?:代替|替代|取代|替换)"
_IN_FULL: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            rf"增写|增补|增列|增设|增添|增订|新增|加上|加入|添加|添上|插入|补入|补加|补充(?=(?:规定)?(?:[一二两三四五六七八九十][条款项目句]|[：:，,\s]*{Q}))",
            "增加",
        ),
        (rf"(?<=[后尾])另起一[款段](?=[：:，,]*{Q})", "增加一款"),
        (r"(增加[一二两三四五六七八九十][款段])[，,]另起一[款段]", r"\1"),
        (rf"增加(第{N}条(?:之{N})?)(?=[：:])", r"增加一条，作为\1"),
        (rf"(第{N}条)[之以]?后增加一款", r"\1增加一款"),
        (rf"[，,]?(?:予以)?删[去除][，,]?(?:并)?代之以(?={Q})", "修改为"),
        (rf"(?<={Q})[，,]?[以由用]({Q}){_INSTEAD}", r"修改为\1"),
        (rf"^(?:将|把)?[以用]({Q}){_INSTEAD}([^\ue000-\uf76f]*{Q})", r"\2修改为\1"),
        (rf"[以用](?:下列|以下)(?:条文|条款|内容|规定|表述){_INSTEAD}", "修改为"),
        (
            rf"(?:提高|提升|上调|增加|降低|下调|减少|缩短|延长|提前|推迟|放宽|收窄)(?:到|至|为)(?=[：:，,\s]*{Q})|[更替]?换为|[更替]?换成|改写为|改述为|更正为|代之以|改[作称](?=[：:，,\s]*{Q})",
            "修改为",
        ),
        (r"^凡(?=(?:文中)?(?:有|是|出现|使用|涉及|提及))", "全文中凡"),
        (r"^凡是?(?=本|第|条例|全文)", ""),
        (
            rf"中?[，,]?凡(?:文中)?(?:有|是|出现|使用|涉及|提及)?的?({Q})(?:的?(?:字样|一词|表述|之处|地方))?的?[，,]?",
            r"中的\1",
        ),
        (r"(?<=[条款项目句\ue000-\uf76f])[，,]?(?:的?(?:规定|内容))?(?:不再保留|废止|予以废止)", "删去"),
        (r"(附件|附表)(\d*)(?:中的)?表格?(?=中)", r"\1\2"),
        ("顺次", "依次"),
        (r"序号为(?=第)", "作为"),
    )
)
"""Wordings in daily use, each with the words of the drafting standard that mean the same; quotes are single characters of the private use area."""
_SHORTENED = re.compile(rf"第({N})((?:[、和]{N})+)([条款项])")
"""第三、四、五款: places with a common 第 and a common final unit."""


def in_full(line: str) -> str:
    """Return an order in the words of the drafting standard: simplified characters, places in full, 增加, 修改为 and 删去 for their synonyms.

    >>> in_full("第三、四款分别作为第八十一条第二、三款")
    '第三款、第四款分别作为第八十一条第二款、第三款'
    >>> in_full("在第七条加上一款")
    '在第七条增加一款'
    >>> in_full("第三条第二款不再保留。")
    '第三条第二款删去。'
    """

    def each(found: re.Match[str]) -> str:
        numbers = [found[1], *re.split("[、和]", found[2])[1:]]
        return "、".join(f"第{number}{found[3]}" for number in numbers)

    (line,) = in_simple_signs(_SHORTENED.sub(each, line))
    for pattern, words in _IN_FULL:
        line = pattern.sub(words, line)
    return line


def read_places(
    text: str, start: int, current: tuple[Place, ...], most: int | None = None
) -> tuple[tuple[Place, ...], int]:
    """Return the places named at an offset of an order, and the offset after them; empty and the same offset if none is named.

    Quotes in the order are single private characters. 该条 and a bare 第二款 belong to the last of the `current` places, those of
    the previous order. The list ends after `most` places if the number is known (第五条改为第四条、第六条改为第五条).
    """
    places: list[Place] = []
    base = current[-1] if current else None
    at = start
    while True:
        place, end = _path(text, at, places[-1] if places else base, first=not places)
        if place is None:
            return tuple(places), at
        places.append(place)
        at = end
        between = _RANGE.match(text, at)
        if between is not None:
            last, end = _path(text, between.end(), place, first=False)
            if last is not None and (whole := _range(place, last)) is not None:
                places[-1:] = whole
                at = end
        joiner = _JOINER.match(text, at)
        if (
            len(places) == most
            or joiner is None
            or _path(text, joiner.end(), places[-1], first=False)[0] is None
        ):
            return tuple(places), at
        at = joiner.end()


def _path(text: str, at: int, base: Place | None, *, first: bool) -> tuple[Place | None, int]:
    """Return one place read step by step; units that it omits come from the previous place."""
    found: dict[str, str] = {}
    start, rank = at, -1
    kind: PlaceKind | None = None
    label = ""
    while True:
        for name, pattern in _STEPS:
            match = pattern.match(text, at)
            if match is None or (name in _RANK and _RANK[name] <= rank):
                continue
            inner = name == "heading" and kind is PlaceKind.HEADING and _narrower(match[1], label)
            if name not in _RANK and not inner and (kind is not None or (found and name != "same")):
                continue
            break
        else:
            break
        if name == "same":
            if base is None:
                return None, start
            wide = {"条": 0, "款": 1, "段": 1, "项": 2}.get(match[1][-1], 0)
            return _inside(base, wide, text, match.end(), start)
        if name in _RANK:
            found[name] = match[1]
            rank = _RANK[name]
        else:
            label = f"{label}{match[1]}" if kind is PlaceKind.HEADING else match[1]
            kind = PlaceKind(name)
            if kind is PlaceKind.ANNEX:
                label = f"{match[1]}{_digits(match[2]) if match[2] else ''}"
        at = match.end()
    if not found and kind is None:
        return None, start
    return _made(found, kind, label, base, text[start:at], first=first), at


def _narrower(label: str, other: str) -> bool:
    """Return whether a heading's unit is narrower than another's: 第二章 may stand below 第一编."""
    return HEADING_UNITS.find(label[-1]) > HEADING_UNITS.find(other[-1])


HEADING_UNITS = "编章节"
"""Units of headings from widest to narrowest; any other unit counts as wider."""


def _inside(base: Place, wide: int, text: str, at: int, start: int) -> tuple[Place | None, int]:
    """Return 该条 or 该款第三项: the previous place, cut to the named unit, with the following steps."""
    cut = replace(
        base,
        paragraph=base.paragraph if wide >= 1 else None,
        item=base.item if wide >= 2 else None,
        subitem=None,
        sentence=None,
        last=None,
        text=text[start:at],
    )
    more, end = _path(text, at, cut, first=False)
    if more is not None and more.kind is cut.kind and more.article == cut.article:
        return more, end
    return cut, at


def _made(
    found: dict[str, str], kind: PlaceKind | None, label: str, base: Place | None, text: str, *, first: bool
) -> Place:
    below = ""
    if kind is PlaceKind.HEADING and found:  # 第三章第十条; 第二部分第（三）项, where parts are the articles
        below = label if "article" in found else ""
        found.setdefault("article", label)
    elif kind is not None and kind not in (PlaceKind.PREFACE, PlaceKind.BODY, PlaceKind.ANNEX):
        return Place(kind=kind, heading=label if kind is PlaceKind.HEADING else None, text=text)
    paragraph, item, subitem, sentence = (_ordinal(found[name]) if name in found else None for name in _UNITS)
    part = re.sub("之|第一", "", found.get("part", ""))
    named = Place(text=text, paragraph=paragraph, item=item, subitem=subitem, sentence=sentence, part=part)
    if "article" in found:
        return replace(
            named, article=clause_number(found["article"].removeprefix("原")), heading=below or None
        )
    if kind is not None:
        part = part or ("答复" if label.endswith("复内容") else "")
        return replace(named, kind=kind, part=part, heading=label if kind is PlaceKind.ANNEX else None)
    if base is None:
        return replace(named, kind=PlaceKind.BODY)
    named = replace(named, kind=base.kind, article=base.article, heading=base.heading, holding=base.holding)
    if first and not base.text:
        return named
    widest = min(_RANK[name] for name in found)
    wider = (unit for unit in ("paragraph", "item", "subitem") if _RANK[unit] < widest)
    return replace(named, **{unit: getattr(base, unit) for unit in wider})


def _ordinal(label: str) -> int | None:
    if label.startswith(("末", "最后", "句末")):
        return -1
    if label in ("首句", "开始部分", "开头部分"):
        return 1
    number = clause_number(re.sub(r"[（()）第]|自然段|[款项目段句]", "", label))
    return int(number) if number and number.isdecimal() else None


def _digits(numeral: str) -> str:
    return clause_number(numeral) or numeral


def _range(first: Place, last: Place) -> list[Place] | None:
    """Return the places of 第一款至第三款 one by one; a range of articles as one place with its last article."""
    inside = any(
        each is not None for place in (first, last) for each in (place.paragraph, place.item, place.subitem)
    )
    if first.kind is PlaceKind.ARTICLE and not inside:
        return [replace(first, last=last.article, text=f"{first.text}至{last.text}")]
    if first.subitem is not None and last.subitem is not None:
        return [replace(first, subitem=number) for number in range(first.subitem, last.subitem + 1)]
    if first.item is not None and last.item is not None:
        return [replace(first, item=number) for number in range(first.item, last.item + 1)]
    if first.paragraph is not None and last.paragraph is not None:
        return [replace(first, paragraph=number) for number in range(first.paragraph, last.paragraph + 1)]
    return None


def are_neighbours(places: tuple[Place, ...]) -> bool:
    """Return whether two places are adjacent, so that a text can be inserted between them."""
    if len(places) != 2 or any(each.last is not None or each.subitem is not None for each in places):
        return False
    one, other = places
    if one.item is not None and other.item is not None:
        return replace(one, item=one.item + 1, text=other.text) == other
    if one.item is None and one.paragraph is not None and other.paragraph is not None:
        return replace(one, paragraph=one.paragraph + 1, text=other.text) == other
    numbers = [
        each.article or "" for each in places if each.kind is PlaceKind.ARTICLE and each.paragraph is None
    ]
    return len(numbers) == 2 and all(map(str.isdecimal, numbers)) and int(numbers[0]) + 1 == int(numbers[1])


def widened(places: tuple[Place, ...], unit: str) -> tuple[Place, ...]:
    """Return the article, paragraph or item meant by 该条, 该款 or 该项."""
    if not places:
        return ()
    last = places[-1]
    return (
        Place(
            kind=last.kind,
            article=last.article,
            paragraph=last.paragraph if unit in "款项" else None,
            item=last.item if unit == "项" else None,
            text=last.text,
        ),
    )


def label_of(number: str, sign: str = "条") -> str:
    """Return the label of an article number: `17-1` is 第十七条之一, with the sign that the text has for 条."""
    base, _, inserted = number.partition("-")
    return f"第{to_chinese(int(base))}{sign}" + (f"之{to_chinese(int(inserted))}" if inserted else "")


@lru_cache(maxsize=4_096)
def heading_number(label: str) -> tuple[str, str]:
    """Return unit and number of a heading's label: 第二章 → (章, 2)."""
    return label.strip()[-1:], clause_number(label) or label


HEADING_LABEL = re.compile(r"第[^\s　]{1,9}?(?:编|分编|章|节|部分)[\s　]+|[一二三四五六七八九十]{1,3}、")
"""The number of a heading that a quote prints before its title."""


def heading_title(label: str, words: str) -> str:
    """Return a heading's title without its label, which a quote may print."""
    match = HEADING_LABEL.match(words)
    return words[match.end() :] if match else words.removeprefix(label).strip("　 ")
