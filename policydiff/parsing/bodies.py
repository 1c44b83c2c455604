"""Who issued a document: from its signature, letter head, title or events."""

import re

from policydiff.lexicon.bodies import BODY, body_name
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.parsing.kinds import LINE_WORDS, Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text
from policydiff.parsing.source import Block
from policydiff.parsing.titles import ISSUED_BY, Title

_NAME = lazy_pattern(rf"[\u4e00-\u9fff]{{0,40}}{BODY}")
_AGENCY = lazy_pattern(rf"{BODY}$")
_CONGRESS = lazy_pattern(r"第?[一二三四五六七八九十百]+届(?=全国人民代表大会|人民代表大会)")
_ACTED = LINE_WORDS.phrase(
    r"""
    日 (?: [，,]? [经由] )?
    (?P<body> [\u4e00-\u9fff]{2,40}? {adopting_bodies} ) (?={after_adopting_bodies})           # 某某市人民代表大会常务委员会
    (?: 令 | 公告 )?
    (?: 第.{1,60}?(?: 会议 | 号 ) | (?: 审判 | 检察 )委员会.{1,60}?会议 | {sessions} )?   # 第二十次会议
    .{0,60}? (?P<verb> {adopts} )                                                         # 通过
    """
)
_ORDER = lazy_pattern(r"([\u4e00-\u9fff]{2,30}?)(?:令|公告)")
_ADOPTS = lazy_pattern("通过|公布|发布|颁布|制定")
_AMENDS = lazy_pattern("修订|修正")
_INNER = lazy_pattern(r"(?:审判委员会|检察委员会|办公会议)$")


def issuing_bodies(text: Text, title: Title | None) -> tuple[str, ...]:
    """Return the bodies that issued a text, in the order in which they are printed; empty where none is named.

    A name is given in its normal form: 中华人民共和国最高人民法院 is 最高人民法院.
    """
    return tuple(dict.fromkeys(map(body_name, _printed_bodies(text, title))))


def _printed_bodies(text: Text, title: Title | None) -> tuple[str, ...]:
    for paragraphs in (_signature(text), _letter_head(text)):
        if paragraphs:
            return paragraphs
    if title is not None and (named := _in_title(title)):
        return named
    head = tuple(
        name for line in text.head if line.kind is Kind.BODY_NAME for name in split_names(line.block)
    )
    if title is not None and title.lines[0].markup:
        return _by_order(text) or _by_events(text) or head
    return head or _by_order(text) or _by_events(text)


def _signature(text: Text) -> tuple[str, ...]:
    """Return the bodies that signed above the first date; what follows the date belongs to 版记."""
    names: list[str] = []
    for line in text.tail:
        if line.kind is Kind.BODY_NAME:
            names.extend(split_names(line.block))
        elif line.kind is Kind.SIGNED:
            name = re.match(r"[\u4e00-\u9fff、]+?(?=(?:19|20)\d\d|[一二][九〇零○])", line.text)
            if name is not None:
                names.extend(split_names(line.block.part(0, name.end())))
            break
        elif line.kind in (Kind.DATE, Kind.COPIED, Kind.PRINTED):
            break
    if not names:
        names = [
            name
            for line in text.head
            if line.kind is Kind.SIGNED
            for name in re.findall(r"^[\u4e00-\u9fff]+?(?=\d|[一二][〇○])", line.text)
        ]
    return tuple(dict.fromkeys(names))


def _letter_head(text: Text) -> tuple[str, ...]:
    return tuple(line.text.removesuffix("文件") for line in text.head if line.kind is Kind.FLAG)


def _in_title(title: Title) -> tuple[str, ...]:
    match = ISSUED_BY.match(title.text)
    if match is None:
        return ()
    names: list[str] = []
    left = match.end()
    for line in title.lines:
        if left <= 0:
            break
        names.extend(split_names(line.block.part(0, min(left, len(line.text)))))
        left -= len(line.text)
    return tuple(names) if names and all(_AGENCY.search(name) for name in names) else ()


def split_names(block: Block) -> list[str]:
    """Return the names in a block: parted by 、 and, where the print leaves a blank, after the end of a name."""
    names: list[str] = []
    start = 0
    text = block.text
    for index in range(1, len(text) + 1):
        at_end = index == len(text)
        gap = (
            not at_end
            and block.place(index) - block.place(index - 1) > 1
            and _NAME.fullmatch(text[start:index])
        )
        if at_end or gap or text[index - 1] == "、":
            name = text[start:index].strip("、 ")
            if name:
                names.append(name)
            start = index
    return names


def _by_order(text: Text) -> tuple[str, ...]:
    """Return the body an order is named after: 中华人民共和国国务院令 gives 国务院."""
    for line in text.head:
        match = _ORDER.match(line.text) if line.kind is Kind.NUMBER else None
        if match is not None:
            return (match[1].removeprefix("中华人民共和国"),)
    return ()


def _by_events(text: Text) -> tuple[str, ...]:
    events = [line for line in text.head if line.kind is Kind.EVENT]
    for verbs in (_ADOPTS, _AMENDS):
        for line in events:
            name = adopting_body(line, verbs)
            if name is not None:
                return (name,)
    return ()


def adopting_body(event: Paragraph, verbs: re.Pattern[str]) -> str | None:
    """Return the body that did to a text what one of the verbs says, None where the event line names none.

    `2020年4月10日 上海市第十五届人民代表大会常务委员会第二十次会议通过` gives 上海市人民代表大会常务委员会.
    """
    match = _ACTED.search(_CONGRESS.sub("", event.text))
    if match is None or verbs.match(match["verb"]) is None:
        return None
    name = match["body"].removeprefix("中华人民共和国")
    if name.endswith("人大常委会"):
        name = name.removesuffix("人大常委会") + "人民代表大会常务委员会"
    return _INNER.sub("", name) or None
