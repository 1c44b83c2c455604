"""What an amendment orders, read from the set phrases of 修改决定, 修正案 and bundles of them.

The phrases are those of 立法技术规范（试行）第二部分 (法工委发〔2009〕62号, 修改法律) and of the amendments to the criminal law,
the constitution and judicial interpretations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from policydiff.amendment.quoted import Quoted
from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number

_N = rf"[{CHINESE_DIGITS}\d]{{1,9}}"
_ARTICLE = rf"第{_N}条(?:之[{CHINESE_DIGITS}]{{1,3}})?"
_PARAGRAPH = rf"第{_N}(?:款|自然段)"
_ITEM = rf"第[（(]?{_N}[）)]?项"
_TARGET = rf"(?:(?:{_ARTICLE}|引言|序言|前言)?(?:{_PARAGRAPH})?(?:{_ITEM})?)"
_Q = "[\ue000-\uf76f]"
_QS = rf"{_Q}(?:[、，和]?{_Q})*"


class Order(StrEnum):
    """What is to be done."""

    REPLACE = "replace"
    """修改为: the target gets new words"""
    SWAP = "swap"
    """将“…”修改为“…”: words inside the target"""
    DROP_WORDS = "drop_words"
    DELETE = "delete"
    INSERT_ARTICLE = "insert_article"
    INSERT_INSIDE = "insert_inside"
    """增加一款, 增加一项"""
    APPEND = "append"
    """增加规定, 末尾增加"""
    RENUMBER = "renumber"
    RENUMBER_ALL = "renumber_all"
    """条文顺序作相应调整"""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the amended text; the numbers are those before the amendment."""

    article: str | None = None
    """Number of the article (`17-1`), or `引言`."""
    paragraph: int | None = None
    item: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One order."""

    order: Order
    text: str
    """As printed, quotes left out."""
    target: Target = Target()
    becomes: tuple[str, ...] = ()
    """Labels of the places created or numbers given: 第十七条之一; 第二款."""
    old_words: tuple[tuple[str, ...], ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    """New words: lines of each quote."""
    after: bool = False
    """Whether the target is what the new article follows."""


_LEAD = re.compile(
    rf"^\s*(?:[（(]?{_N}[）)]|{_N}[、．.]|第{_N}条[\s　]+)?\s*(?:将|对|在|把|原)?\s*(?:《[^《》]*》|[一-鿿]{{1,12}}?法|宪法|本[一-鿿]{{1,4}})?(?:的)?原?"
    rf"(?=第|引言|序言|前言|删|增加|条文|{_Q})"
)
_NAME = re.compile(r"(?:《[^《》]*》|刑法|宪法|本(?:法|条例|办法|规定|解释|决定|细则))(?=第|序言|引言|前言)")
_HEADING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十百\d]+[）)、．.]+)?\s*(?:对)?修改《([^《》]+)》\s*[。：:]?$"
)
_TITLE = re.compile(r"关于(?:修改|修订|修正|废止)[^。；]{1,300}的(?:决定|决议|通知|公告)$")
"""The amendment's own title: 全国人民代表大会常务委员会关于修改《…》的决定"""
_NOT_AN_ORDER = re.compile(r"施行|公布|重新公布|实施之日|通过|决定如下|修改如下|作如下修改|作出如下")
_VERB = re.compile(r"修改|增加|删|改为|调整|去掉|移至|合并|分为")
_PATTERNS: tuple[tuple[Order, re.Pattern[str]], ...] = tuple(
    (order, re.compile(pattern))
    for order, pattern in (
        (Order.RENUMBER_ALL, r".*顺序.*(?:调整|排列)|.*相应调整$|.*重新排列.*"),
        (
            Order.INSERT_ARTICLE,
            rf"(?P<target>{_TARGET})(?P<after>之?后)?(?:中)?[，,]?增加(?:{_N})条[，,]?(?:分别)?(?:作为|为)?(?P<becomes>{_ARTICLE}(?:[、至和]{_ARTICLE})*)[：:，,]?(?P<words>{_QS})",
        ),
        (
            Order.REPLACE,
            rf"(?P<target>{_TARGET})(?:中|后)?增加(?:{_N})[款项].{{0,16}}?将该[条款项]修改为[：:]?(?P<words>{_QS})",
        ),
        (
            Order.INSERT_INSIDE,
            rf"(?P<target>{_TARGET})(?:中|之?后)?[，,]?(?:再)?增加(?:{_N})(?P<unit>[款项])[，,]?(?:分别)?(?:作为|为)(?:该[条款])?的?(?P<becomes>第[（(]?{_N}[）)]?[款项](?:[、至和]第[（(]?{_N}[）)]?[款项])*)[：:，,]?(?P<words>{_QS})",
        ),
        (
            Order.APPEND,
            rf"(?P<target>{_TARGET})(?:中|的?末尾|最后|之?后)?[，,]?增加(?P<unit>规定|{_N}款|{_N}项|{_N}句)?[：:，,]?(?P<words>{_QS})",
        ),
        (
            Order.SWAP,
            rf"(?P<target>{_TARGET}(?:[、和]{_TARGET})*)(?:中)?(?:的)?[：:，,]?(?:将)?(?P<old>{_QS})(?:分别)?(?:统一)?(?:修改为|改为|修改成)[：:]?(?P<words>{_QS})",
        ),
        (
            Order.REPLACE,
            rf"(?P<target>{_TARGET})(?:(?:改为|作为|改作)(?P<becomes>第[（(]?{_N}[）)]?[条款项](?:之[{CHINESE_DIGITS}]+)?)[，,]?)?(?:并)?(?:全文)?(?:修改为|改为|修改成)[：:]?(?P<words>{_Q})",
        ),
        (
            Order.DROP_WORDS,
            rf"(?:(?:删去|删除|去掉)(?P<target>{_TARGET})(?:中)?(?:的)?(?P<old>{_QS})|(?P<target2>{_TARGET})(?:中)?(?:的)?(?P<old2>{_QS})(?:予以)?(?:删去|删除))(?:[一-鿿]{{0,8}})",
        ),
        (
            Order.DELETE,
            rf"(?:(?:删去|删除|去掉)(?P<target>{_TARGET}(?:[、和至]{_TARGET})*)|(?P<target2>{_TARGET})(?:予以)?(?:删去|删除))",
        ),
        (
            Order.RENUMBER,
            rf"(?P<target>{_TARGET})(?:改为|作为|改作|变更为)(?P<becomes>第[（(]?{_N}[）)]?[条款项](?:之[{CHINESE_DIGITS}]+)?)",
        ),
    )
)


def read_instructions(quoted: Quoted) -> Iterator[Instruction]:
    """Yield the orders of an amendment in order; what looks like an order and is not understood is `UNKNOWN`."""
    article: str | None = None
    for line in quoted.lines:
        if _HEADING.match(line) or _TITLE.search(line.strip()):
            continue
        for clause in re.split(r"[。；;]", line):
            instruction = _read(clause.strip(" 　，,"), quoted, article)
            if instruction is None:
                continue
            article = instruction.target.article or article
            yield instruction


def titles(quoted: Quoted) -> list[tuple[int, str]]:
    """Return the headings of a bundle of amendments: line and title of the text that is amended there."""
    return [(index, match[1]) for index, line in enumerate(quoted.lines) if (match := _HEADING.match(line))]


def _read(clause: str, quoted: Quoted, article: str | None) -> Instruction | None:
    if not clause or _VERB.search(clause) is None:
        return None
    order = re.sub(_Q, "“…”", clause)
    plain = _NAME.sub("", _LEAD.sub("", clause, count=1))
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        groups = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
        targets = _targets(groups.get("target", ""), article)
        labels = re.findall(
            rf"第[（(]?{_N}[）)]?[条款项](?:之[{CHINESE_DIGITS}]+)?", groups.get("becomes", "")
        )
        return Instruction(
            order=kind,
            text=order,
            target=targets,
            becomes=tuple(labels),
            old_words=tuple(quoted.of(mark) for mark in groups.get("old", "") if re.match(_Q, mark)),
            words=tuple(quoted.of(mark) for mark in groups.get("words", "") if re.match(_Q, mark)),
            after="after" in groups,
        )
    if _NOT_AN_ORDER.search(clause):
        return None
    return Instruction(order=Order.UNKNOWN, text=order)


def _targets(text: str, article: str | None) -> Target:
    """Return the place a phrase names; a bare 第二款 is one of the article spoken of before."""
    named = re.search(rf"{_ARTICLE}|引言|序言|前言", text)
    paragraph, item = re.search(_PARAGRAPH, text), re.search(_ITEM, text)
    if named is None:
        number = article if paragraph or item or not text else None
    else:
        number = clause_number(named[0]) if "条" in named[0] else "引言"
    return Target(
        article=number,
        paragraph=_int(paragraph[0]) if paragraph else None,
        item=_int(item[0]) if item else None,
        text=text,
    )


def _int(label: str) -> int | None:
    number = clause_number(re.sub(r"[（()）]|自然段", "", label) + ("" if label[-1] in "款项" else "段"))
    return int(number) if number and number.isdecimal() else None
