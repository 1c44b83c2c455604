"""What a text says of force: when it begins and ends itself, and which other texts it ends, extends or suspends."""

from datetime import date
from enum import StrEnum

from policydiff.model.base import Span, Value


class ForceKind(StrEnum):
    """What one statement does to the validity of a text."""

    COMMENCES = "commences"
    """本办法自…起施行: the text, or some of its clauses, comes into force"""
    EXPIRES = "expires"
    """有效期5年, 试行期2年, 自…起废止: the text, or some of its clauses, has a last day"""
    ENDS = "ends"
    """废止, 停止执行, 宣布失效, 不再适用: another text, or a part of it, ends"""
    EXTENDS = "extends"
    """有效期延长至…: the last day of a text moves"""
    CONTINUES = "continues"
    """继续有效: a text stays in force"""
    SUSPENDS = "suspends"
    """暂停施行, 暂停适用: a text is out of force for a while"""
    POSTPONES = "postpones"
    """推迟至…施行: the beginning of a text moves"""
    ENDED = "ended"
    """【失效】 behind the title, 有效性：废止 on the page: the text has ended, as its publisher marks it"""


class NamedText(Value):
    """Another text as a statement names it."""

    title: str | None = None
    """As printed inside 《》; None where only a number, or no single text, is named."""
    document_number: str | None = None
    part: str | None = None
    """The place inside it that is concerned (第五条); None where it is the whole text."""
    is_class: bool = False
    """No single text is named: 与本规定不一致的, 各地制定的办法. No document of a store is ever taken for one."""


class ForceStatement(Value):
    """One thing a text says about validity, with the sentence that says so."""

    kind: ForceKind
    clause: str
    """Id of the clause that says so; empty for the title, the carrier notice and the page around the text."""
    text: str
    """The sentence."""
    span: Span
    """Place of the sentence in the extracted text."""
    effective: date | None = None
    """First day of the change: of force, of the end of another text, of a suspension."""
    until: date | None = None
    """Last day in force, or last day of a suspension."""
    event: str | None = None
    """印发, 公布 …, where the day is counted from what was done to the text and not printed."""
    after_days: int = 0
    """Days after that event."""
    after_months: int = 0
    """Months after that event."""
    term_months: int | None = None
    """Length of a term in months, where no last day is printed."""
    computed: bool = False
    """The day was counted (自印发之日起, 有效期5年) and is not printed."""
    parts: tuple[str, ...] = ()
    """Places of the own text that are concerned (第五条第二款), as printed; empty for the whole."""
    target: NamedText | None = None
    """The text concerned; None where it is the speaking text itself."""
    conditional: bool = False
    """It depends on an event that no day is given for (待新办法出台后废止): it ends nothing by itself."""


class Delegation(Value):
    """What a text orders another body to make."""

    clause: str
    """Id of the clause that orders it."""
    text: str
    """The sentence."""
    body: str
    """Who is to make it, as printed: 各区, 市民政局."""
    thing: str | None = None
    """What is to be made, as printed: 实施方案, 具体标准; None where it is not named."""
    due: date | None = None
    """Last day by which it is to be made; None where none is set."""
    due_words: str | None = None
    """The words that set it: 自本办法施行之日起六个月内."""
