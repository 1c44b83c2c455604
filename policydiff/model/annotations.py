"""Facts found in a document's text, kept beside the tree (stand-off) and tied to it by clause id."""

from enum import StrEnum

from policydiff.model.base import Span, Value


class CitationRelation(StrEnum):
    """What the citing document does with the cited one."""

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
    """One place in a document (第二十条第二款第三项), or a run of them."""

    text: str
    """Written out in full: what a list leaves to the place before it is filled in (第六十五条第一款、**第六十五条**第三款)."""
    part: str | None = None
    """编, in digits, as all numbers here"""
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
    """附件 or 附表; empty where it has no number."""
    until: "Place | None" = None
    """Last place of a run (第三条至第五条)."""


class Citation(Value):
    """A document cited by title or number (引用)."""

    clause: str
    """Id of the citing clause; empty where the title or the carrier notice cites."""
    title: str | None
    """Title as printed inside 《》, None where only a number is given."""
    document_number: str | None
    """Normalised with 〔〕, None where none is given."""
    relation: CitationRelation
    article: str | None = None
    """The place cited as printed (`第五十二条第二款、第五十三条`), None for the document as a whole."""
    places: tuple[Place, ...] = ()
    """The same, one by one and written out in full."""
    resolved: str | None = None
    """For 该办法, 本意见, 前款: the title meant, or `self`."""
    span: Span
    """Place in the extracted text."""


class TargetKind(StrEnum):
    """What a number in a measure is for."""

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
    """What is counted, in the document's words: `增加值占全市生产总值比重`."""
    value: str
    """Digits as a decimal string, or a range `1-2`; Chinese numerals and 万/亿 are left in `unit`."""
    unit: str
    """`%`, `家`, `亿元`; empty where there is none."""
    qualifier: str | None = None
    """左右, 以上, 力争, 不低于 … as printed; several joined by 、"""
    deadline: str | None = None
    """As printed in short: `2020`, `2020-06`, `“十四五”`; None where none governs."""
    kind: TargetKind = TargetKind.TARGET
    text: str
    """The words it was read from."""
    span: Span
    """Place in the extracted text."""


class Responsibility(Value):
    """Who does a measure (责任部门): leading and supporting bodies, as printed."""

    clause: str
    """Id of the clause it binds."""
    lead: tuple[str, ...]
    """Bodies named as leading (牵头), or all bodies where none is told apart, in order."""
    supporting: tuple[str, ...] = ()
    """Bodies that support (配合), as printed."""
    label: str | None = None
    """`责任部门`, `牵头部门`, `责任单位` as printed; None for a bare note."""
    text: str
    """The whole note as printed."""
    span: Span
    """Place in the extracted text."""
