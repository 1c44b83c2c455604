"""Orders of an amendment as values, and the reasons for which one is not carried out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from policydiff.amendment.places import Place
from policydiff.model.amended import Reason


class Order(StrEnum):
    """What is to be done."""

    REPLACE = "replace"
    """修改为: the place gets new words"""
    REPLACE_LEAD = "replace_lead"
    """条首部分修改为: the words before the items"""
    SWAP = "swap"
    """将…中的“…”修改为“…”: words inside the place"""
    DROP_WORDS = "drop_words"
    """删去…中的“…”"""
    ADD_WORDS = "add_words"
    """在“…”后增加“…”"""
    DELETE = "delete"
    INSERT_ARTICLE = "insert_article"
    INSERT_INSIDE = "insert_inside"
    """增加一款, 增加一项, 增加一目"""
    APPEND = "append"
    """增加规定, 末尾增加"""
    RENUMBER = "renumber"
    """第五条改为第四条; 第三款改为第四款"""
    RENUMBER_ALL = "renumber_all"
    """对条文顺序作相应调整"""
    MERGE = "merge"
    """合并: several articles become the one that is quoted"""
    SPLIT = "split"
    """分为两条: an article becomes several, each quoted"""
    INSERT_PREFACE = "insert_preface"
    """增加引言, where the text has none"""
    INSERT_HEADING = "insert_heading"
    """增加一章, with its articles or around articles that are there"""
    INSERT_ANNEX = "insert_annex"
    """增加附件: after the annexes that are there"""
    REPEAL = "repeal"
    """废止: the whole text ends"""


class Doubt(NamedTuple):
    """A place that was changed, or left, where the amendment does not say enough."""

    reason: Reason
    detail: str
    article: str = ""
    """Number after the amendment of the article the place lies in; empty outside of articles."""


class CannotApplyError(Exception):
    """An order does not fit the text. It never leaves the package."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Instruction:
    """One order; the numbers of its places are those before the amendment."""

    order: Order
    places: tuple[Place, ...] = ()
    becomes: tuple[Place, ...] = ()
    """Places created, or numbers given: 第十七条之一; 第二款."""
    old_words: tuple[tuple[str, ...], ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    """New words: the lines of each quote."""
    side: str = ""
    """`after` or `before`: on which side of the place, or of the words quoted, the new ones go."""
    count: int | None = None
    """Number of units the order says it creates (增加两款)."""
    unit: str = ""
    """条 款 项 目 句 章 节: what is created."""
    everywhere: bool = False
    """统一修改为, 全文: at every place where the words stand."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered order as printed: it is carried out whole, or not at all."""

    text: str
    """As printed, with “…” for each quote."""
    act: str | None
    """Name of the text it is for, None where the amendment names none."""
    instructions: tuple[Instruction, ...] = ()
    understood: bool = True
    line: int = 0
    quotes: tuple[tuple[str, ...], ...] = field(default=())
