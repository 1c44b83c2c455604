"""Text of a file, one paragraph a line, with warnings on how it was read; and the facts found in that text.

Facts are kept beside the tree of clauses (stand-off) and tied to it by clause and span. Statements of
force (beginning, end, and which other texts they end) are among them.
"""

from datetime import date
from enum import StrEnum
from typing import Literal

from policydiff.model.base import Severity, Span, Value


class RecognisedPage(Value):
    """A page whose text was recognised from its picture (OCR)."""

    page: int
    """1-based."""
    engine: str
    confidence: float
    """Mean over the page's characters, 0 … 1, as the engine gives it."""


class TextBlock(Value):
    """A line of the extracted text with the layout that its format states."""

    kind: Literal["paragraph", "row", "note"]
    """`row`: a table row; `note`: a footnote or endnote, placed after the paragraph that calls it."""
    span: Span
    """Place of the line in the text, its line end left out."""
    centred: bool = False
    size: float | None = None
    """Height of the type in points; None if the format does not state it."""
    bold: bool = False
    style: str | None = None
    """Name of the paragraph's style (`Title`, `heading 1`)."""
    label: int = 0
    """Number of characters at the front that are the number of an automatic list."""


class LeftOut(Value):
    """Words of the file that are not in the text, and why."""

    kind: str
    """`struck`, `deleted`, `inserted`, `hidden`, `header`, `footer`, `page number`, `comment`, `watermark`, `page`,
    `front matter`, `beside` (after the block of a page that was read, if no portal names a block), `note` (that nothing calls),
    `alternative text` (of a picture, or shown when pointed at), `phonetic guide`, `choice` (entries of a list to choose from), `field` (of
    a form, or code that prints words), `stamp`, `chart`, `diagram`, `drawing`, `button`, `style` (words printed by a style sheet), `message` (of a
    rule for cells)."""
    text: str
    """The words left out, as the file has them."""
    count: int = 1
    """Number of times that the words occur in the file."""


class WarningKind(StrEnum):
    """Subject of a warning on the reading of a file."""

    NEXT_PAGE = "next page"
    """The document continues on another page, to which the first link leads."""
    PREVIOUS_PAGE = "previous page"
    """The document begins on another page, to which the first link leads."""
    ATTACHED_TEXT = "attached text"
    """The page is a notice whose text is in the attachments behind the links."""
    DAMAGE = "damage"
    """A part of the file is damaged."""
    UNREAD = "unread"
    """A part of the file is not read: a picture, a page, cells beyond a limit."""
    RECOGNITION = "recognition"
    """Words were recognised in a picture, or fonts do not state the characters that they print; check the words."""
    LEFT_OUT = "left out"
    """Words shown in the file are not in the text: struck words, watermarks."""
    LAYOUT = "layout"
    """No rule found the block of the page that holds the document, or nothing on the page marks the beginnings of paragraphs."""
    ENCODING = "encoding"
    """Bytes that could not be read as characters."""
    CONVERTER = "converter"
    """The program that converted the file loses or mixes parts of it."""


class Diagnostic(Value):
    """A doubt about a document, kept as data beside the result it concerns."""

    severity: Severity
    """`info`, `warning` or `error`."""
    message: str
    kind: WarningKind | None = None
    """Subject of a warning on the reading of the file; None for a doubt of the parser."""
    clause: str | None = None
    """Id of the clause concerned, None where it concerns the document."""
    span: Span | None = None
    """Place in the extracted text."""


WORDS_MISSING = frozenset({
    WarningKind.NEXT_PAGE, WarningKind.PREVIOUS_PAGE, WarningKind.ATTACHED_TEXT, WarningKind.DAMAGE, WarningKind.UNREAD,
})  # fmt: skip
"""Warnings which mean that words of the file are missing in its text."""


class ReadingWarning(Value):
    """Warning about how the text was read from the file."""

    kind: WarningKind
    """Subject of the warning: a page before or after this page, an attached text, damage, recognition, words left out …"""
    text: str
    """A sentence in English; reports and the command line give it in their reader's language."""
    span: Span | None = None
    """The words of the text concerned; None if the warning concerns the whole text or missing words."""
    page: int | None = None
    """Number of the page concerned, from 1; None if the warning is not about one page."""
    links: tuple[tuple[str, str], ...] = ()
    """Links to the missing part: (words, address as written on the page)."""


class Extraction(Value):
    """Text of one captured file."""

    text: str
    """One paragraph a line, as a reader sees it; a table row is a line `| 甲 |  | 乙 |`, a note `[^1]: …` a line after
    the paragraph that calls it by `[^1]`."""
    media_type: str
    """Media type found by content, e.g. `text/html`."""
    extractor: str
    """Name of the extractor: `plain`, `html`, `pdf` …"""
    extractor_version: str
    title: str | None = None
    """Title the container declares (meta tag, document property), None where it declares none."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Labelled facts outside the text: (`发文字号`, `国发〔2019〕5号`)."""
    links: tuple[tuple[str, str], ...] = ()
    """Attachments listed by link: (text, href)."""
    warnings: tuple[ReadingWarning, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    """Pages without text of their own."""
    blocks: tuple[TextBlock, ...] = ()
    """Lines of the text about which the format states more than the words, in order."""
    left_out: tuple[LeftOut, ...] = ()
    """Page furniture, struck and hidden words, comments: all words that a reader may see in the file but not in the text."""


class CitationRelation(StrEnum):
    """Relation of the citing document to the cited document."""

    BASIS = "basis"
    """根据、依据、按照"""
    IMPLEMENTS = "implements"
    """贯彻落实、为落实"""
    AMENDS = "amends"
    """修改、修正"""
    REPEALS = "repeals"
    """废止"""
    CARRIES = "carries"
    """印发、批转、转发"""
    CITES = "cites"
    """any other mention"""


class Place(Value):
    """One place in a document (第二十条第二款第三项), or a range of places."""

    text: str
    """The place in full; units that a list omits are added (第六十五条第一款、**第六十五条**第三款)."""
    part: str | None = None
    """编 of a law or 部分 of a policy, in digits like all numbers here."""
    chapter: str | None = None
    """Number of the chapter (章) as printed."""
    section: str | None = None
    """Number of the section (节) as printed."""
    article: str | None = None
    """`12`, `12-1` for 第十二条之一; None for a paragraph of the citing article itself (前款, 本条)."""
    paragraph: str | None = None
    """款; `previous` for 前款, `previous 2` for 前两款."""
    subparagraph: str | None = None
    """项"""
    item: str | None = None
    """目"""
    annex: str | None = None
    """Number of the 附件 or 附表; empty if it has none."""
    until: "Place | None" = None
    """Last place of a run (第三条至第五条)."""


class Citation(Value):
    """A document cited by title or number (引用)."""

    clause: str
    """Id of the citing clause; empty where the title or the carrier notice cites."""
    title: str | None
    """Title as printed inside 《》, None where only a number is given."""
    document_number: str | None
    """Number of the cited document, its year in 〔〕; None where the text gives none."""
    relation: CitationRelation
    """Relation of this document to the cited text: based on it, implementing, amending, repealing, carrying or only citing it."""
    article: str | None = None
    """The place cited as printed (`第五十二条第二款、第五十三条`), None for the document as a whole."""
    places: tuple[Place, ...] = ()
    """The places of `article`, each written out in full."""
    resolved: str | None = None
    """Title meant by a short reference (该办法, 本意见, 前款), or `self` for the citing document."""
    span: Span
    """Place in the extracted text."""


class TargetKind(StrEnum):
    """Purpose of a number in a measure."""

    TARGET = "target"
    """a goal to be reached"""
    THRESHOLD = "threshold"
    """a condition: 100张床位及以上"""
    SUPPORT = "support"
    """money or relief granted: 最高10%且不超过1000万元, 减按15%的税率"""


class Target(Value):
    """A quantified goal (量化指标)."""

    clause: str
    metric: str
    """Name of the quantity in the document's words: `增加值占全市生产总值比重`."""
    value: str
    """Digits as a decimal string, a range `1-2`, or a ratio `1:20`; Chinese numerals and 万/亿 are left in `unit`, fractions are in percent."""
    unit: str
    """`%`, `家`, `亿元`; empty for a value without a unit."""
    qualifier: str | None = None
    """左右, 以上, 力争, 不低于 … as printed; several joined by 、"""
    deadline: str | None = None
    """Point in time as printed, in short: `2020`, `2020-06`, `“十四五”`; None where none governs the target."""
    kind: TargetKind = TargetKind.TARGET
    """`target`: a figure to reach; `threshold`: a figure from which a rule applies; `support`: money or a rate that is granted."""
    text: str
    """The words from which the target was read."""
    span: Span
    """Place in the extracted text."""


class Responsibility(Value):
    """Bodies responsible for a measure (责任部门): leading and supporting bodies, as printed."""

    clause: str
    """Id of the clause it binds."""
    lead: tuple[str, ...]
    """Bodies named as leading (牵头), or all bodies where the note names none as leading, in order."""
    supporting: tuple[str, ...] = ()
    """Supporting bodies (配合), as printed."""
    label: str | None = None
    """`责任部门`, `牵头部门`, `责任单位` as printed; None for a bare note."""
    text: str
    """The whole note as printed."""
    span: Span
    """Place in the extracted text."""


class ForceKind(StrEnum):
    """Effect of a statement on the force of a text."""

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
    """Place concerned inside the text (第五条); None for the whole text."""
    is_class: bool = False
    """Whether a class of texts is named instead of a single text (与本规定不一致的, 各地制定的办法). A class matches no document of a store."""


class ForceStatement(Value):
    """Statement of a text on the force of a text, with its sentence."""

    kind: ForceKind
    """Effect of the sentence on the force of a text: it commences, expires, ends, extends, continues, suspends or postpones it."""
    clause: str
    """Id of the clause that holds the sentence; empty for the title, the carrier notice and the page around the text."""
    text: str
    """The sentence as printed."""
    span: Span
    """Place of the sentence in the extracted text."""
    effective: date | None = None
    """First day of the change: of force, of the end of another text, or of a suspension."""
    until: date | None = None
    """Last day in force, or last day of a suspension."""
    event: str | None = None
    """Event from which the day is counted (印发, 公布 …), where the text prints no day."""
    after_days: int = 0
    """Number of days after that event."""
    after_months: int = 0
    """Number of months after that event."""
    term_months: int | None = None
    """Length of a term in months, where no last day is printed."""
    computed: bool = False
    """Whether the day was counted (自印发之日起, 有效期5年) and is not printed."""
    parts: tuple[str, ...] = ()
    """Places of the text itself that the sentence concerns (第五条第二款), as printed; empty for the whole text."""
    target: NamedText | None = None
    """The other text that the sentence concerns; None if it concerns its own text."""
    conditional: bool = False
    """Whether the sentence depends on an event without a date (待新办法出台后废止), so that it alone ends nothing."""


class Delegation(Value):
    """Order of a text to another body to make a document."""

    clause: str
    """Id of the ordering clause."""
    text: str
    """The sentence."""
    body: str
    """Body that shall make the document, as printed: 各区, 市民政局."""
    thing: str | None
    """Name of the document to be made, as printed (实施方案, 具体标准); None if it is not named."""
    due: date | None
    """Last day for making the document; None if none is set."""
    due_words: str | None
    """The words that set the last day: 自本办法施行之日起六个月内."""
