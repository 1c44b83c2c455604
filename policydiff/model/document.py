"""A document (文件): one text with its metadata, its clauses (条款) as a tree, and stand-off facts."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Literal

from policydiff.model.annotations import (
    WORDS_MISSING,
    Citation,
    Diagnostic,
    ForceStatement,
    LeftOut,
    Responsibility,
    Target,
)
from policydiff.model.base import (
    Level,
    Record,
    Reference,
    Result,
    Span,
    Value,
    cells,
    counted,
    joined,
    published,
    shortened,
)


class ClauseKind(StrEnum):
    """Kind of a clause, named as in Akoma Ntoso where a name exists there."""

    PREFACE = "preface"
    """前言、题注、序言: text before the first numbered clause of legislation."""
    PART = "part"
    """编"""
    CHAPTER = "chapter"
    """章"""
    SECTION = "section"
    """节"""
    ARTICLE = "article"
    """条"""
    PARAGRAPH = "paragraph"
    """款, or an unnumbered paragraph (引语、结语) of an official document"""
    SUBPARAGRAPH = "subparagraph"
    """项: （一） under an article"""
    ITEM = "item"
    """目: 1. under a subparagraph; ① and 一是… in official documents"""
    LEVEL = "level"
    """一、 （一） 1. （1） of an official document; the depth is the nesting"""
    MEASURE = "measure"
    """An unnumbered paragraph that starts with a run-in heading (段首句标题), or is closed by a responsibility note"""
    TABLE = "table"
    ROW = "row"
    ANNEX = "annex"
    """附件, or a text attached to another text"""
    NOTE = "note"
    """脚注 or 尾注 of the clause that calls it; its label is the mark of the call"""
    QUOTE = "quote"
    """Text quoted by an amendment: an article of the amended document, not of this document"""


class Clause(Value):
    """One node of the tree; children follow its own text in reading order."""

    id: str
    """Akoma Ntoso eId, unique in the document: `chp_1__art_12__para_2`, `lvl_2__lvl_1__lvl_7`."""
    kind: ClauseKind
    """Kind of clause: a division (part, chapter, section), an article and its parts, a level of an official document, a row …"""
    label: str | None = None
    """The number as printed with its marks (`第十二条`, `（一）`, `1.`); None without a number."""
    number: str | None = None
    """The number in digits: `12`, `12-1` for 第十二条之一; None without a number."""
    heading: str | None = None
    """Heading or run-in heading (without its full stop); also contained in `text`."""
    text: str
    """The clause's own words: heading included, label and children not; line breaks and stray blanks of the
    page removed."""
    span: Span
    """Where label and own words lie in the extracted text (white space and page furniture may lie inside)."""
    children: tuple["Clause", ...] = ()
    """Clauses below this clause, in reading order."""

    @classmethod
    def made(cls, fields: dict[str, Any]) -> "Clause":
        """Return a clause from fields that are known to be valid and complete; nothing is checked or filled in.

        A statute has hundreds of clauses, and pydantic's `model_construct`, which looks at each field, took a
        fifth of the parsing time.
        """
        clause = cls.__new__(cls)
        put = object.__setattr__
        put(clause, "__dict__", fields)
        put(clause, "__pydantic_fields_set__", _FIELDS.copy())
        put(clause, "__pydantic_extra__", None)
        put(clause, "__pydantic_private__", None)
        return clause

    def walk(self) -> Iterator["Clause"]:
        """Yield this clause and everything below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def full_text(self) -> str:
        """Return label and words of this clause and all clauses below it, one clause a line."""
        return "\n".join(f"{clause.label or ''}{clause.text}" for clause in self.walk())

    def __repr__(self) -> str:
        below = f", {len(self.children)} below" if self.children else ""
        return f"<Clause {self.id}: {shortened((self.label or '') + self.text)}{below}>"


_FIELDS = set(Clause.model_fields)


class Grammar(StrEnum):
    """Which numbering conventions the text follows; chosen once for each document."""

    OFFICIAL = "official"
    """公文: 一、 （一） 1. （1）"""
    LEGISLATION = "legislation"
    """法律法规: 编 章 节 条 款 项 目"""
    AMENDMENT = "amendment"
    """修改决定、修正案: items that quote articles of another document"""


class Dates(Value):
    """The dates stated in the text itself; None is unknown, never guessed."""

    issued: date | None = None
    """成文日期"""
    adopted: date | None = None
    """通过日期: when the text was first adopted"""
    amended: date | None = None
    """修正、修订日期: when the text at hand was last amended"""
    published: date | None = None
    """公布日期"""
    effective: date | None = None
    """施行日期"""
    expires: date | None = None
    """失效日期"""
    printed: date | None = None
    """印发日期 of the imprint (版记)"""
    computed: tuple[str, ...] = ()
    """Names of the dates above that were computed (自印发之日起施行, 有效期5年) and not printed."""

    @property
    def own(self) -> date | None:
        """成文日期 as a store counts it: the day of issue, else of the last amendment, else of the adoption."""
        return self.issued or self.amended or self.adopted


class BeginsBy(StrEnum):
    """Source of the first day in force."""

    STATED = "stated"
    """The text states the day (施行日期), or another document postpones it."""
    DATED = "dated"
    """The day is the text's own date: the text states no start, or a start before its date, which belongs to an earlier version."""
    SEEN = "seen"
    """The day is the day on which the text was first seen, because the text has no date."""


def first_day(
    effective: date | None, own: date | None, seen: date | None, *, is_first: bool
) -> tuple[date | None, BeginsBy]:
    """Return the first known day on which a text is in force, and the source of that day.

    An amended statute often repeats the day on which its first version took effect, so no version begins
    before its `own` date (issued or amended, else published). The first text of a document without a date
    that was `seen` on a day is dated back to the day in force that it states.
    """
    day = own or seen
    if effective is not None and (day is None or effective >= day or (own is None and is_first)):
        return effective, BeginsBy.STATED
    return day, BeginsBy.DATED if own is not None else BeginsBy.SEEN


class ActKind(StrEnum):
    """Kind of an act on a text on a day."""

    ADOPTED = "adopted"
    """通过、制定"""
    APPROVED = "approved"
    """批准: by the body above the adopting body"""
    PUBLISHED = "published"
    """公布、发布、印发"""
    AMENDED = "amended"
    """修正、修订"""
    EFFECTIVE = "effective"
    """施行、生效"""
    EXPIRES = "expires"
    """废止、失效"""
    OTHER = "other"
    """a day without a named act"""


class Act(Value):
    """One act on the text on a day (题注): adopted, published, amended, put into force."""

    day: date
    """Day of the act."""
    kind: ActKind
    """Kind of the act: adopted, approved, published, amended, effective, expires."""
    body: str | None = None
    """Body that acted, as printed: `最高人民法院审判委员会第1245次会议`."""
    by: str | None = None
    """Title or number of the decision or order by which the body acted."""
    span: Span
    """Place in the extracted text."""


class NotPlaced(Value):
    """Words of the text that are in no field and no clause."""

    text: str
    """The line as printed."""
    span: Span
    reason: str
    """`unread` where the parser knows no place for them; else why they were left out: `page mark`, `web furniture`,
    `page footer`, `headline`."""


class Attachment(Value):
    """An attachment that the document announces (附件说明) or holds."""

    label: str | None
    """`附件1`; None without a mark."""
    title: str | None
    present: bool
    """Whether the document holds the attachment's text."""


class PartInForce(Value):
    """Clauses that begin or end on a day of their own."""

    clauses: tuple[str, ...]
    """Ids of the clauses."""
    effective: date | None = None
    """First day in force; None where the clauses begin with the rest of the text."""
    until: date | None = None
    """Last day in force; None where the clauses end with the rest of the text."""


class Validity(Value):
    """Period for which the document is in force, by its own words and those of other documents."""

    effective: date | None = None
    parts: tuple[PartInForce, ...] = ()
    """Clauses that begin or end on a day of their own."""
    expires: date | None = None
    """Last day in force."""
    ended_by: str | None = None
    """Title or number of the document that ended the text, as printed; None if none did."""
    marked: str | None = None
    """The publisher's mark that the text has ended, as printed: 已废止 (beside the title), 有效性：失效 (on the page)."""
    statements: tuple[ForceStatement, ...] = ()
    """All sentences on force, of the text itself and of other texts."""


class Carrier(Value):
    """The notice, announcement, order or decision (印发、批转、转发通知，公告，令，修改或批准的决定) that carries the text; both belong to one document."""

    kind: str
    """印发, 批转, 转发, 公布 or 发布"""
    title: str
    document_number: str | None = None
    """The carrier's own number, if the carried text has a different number."""
    issued: date | None = None
    """The day the carrier bears."""
    issuing_body: str | None = None
    """Body that issued the notice (发文机关)."""
    text: str = ""
    """The notice's own words."""


class Document(Result[Clause]):
    """A parsed text: its title, number, issuers and dates, its clauses, and the facts found in the clauses."""

    schema_id: Literal["policydiff/document/1"] = published("policydiff/document/1")
    title: str | None = None
    """Title of the carried text if a notice carries one, else of the document."""
    document_number: str | None = None
    """发文字号 with 〔〕: `沪府发〔2018〕25号`."""
    other_numbers: tuple[str, ...] = ()
    """Further numbers of a document issued by several bodies."""
    issuing_bodies: tuple[str, ...] = ()
    drafting_body: str | None = None
    document_type: str | None = None
    """文种 of the text: 意见, 方案, 条例 …"""
    qualifier: str | None = None
    """试行, 暂行, 征求意见稿, 修订"""
    jurisdiction: str | None = None
    """GB/T 2260 code of the issuer's area, `000000` for the state; None where unknown."""
    level: Level | None = None
    """Level of the issuer's government; a district of a municipality counts as county. None where unknown."""
    dates: Dates = Dates()
    """Dates that the text states about itself."""
    addressees: tuple[str, ...] = ()
    """Addressed bodies (主送机关)."""
    copied_to: tuple[str, ...] = ()
    """Bodies that receive a copy (抄送机关)."""
    disclosure: str | None = None
    """Form of disclosure, as printed: 主动公开, 依申请公开."""
    keywords: tuple[str, ...] = ()
    """主题词, as printed."""
    secrecy: str | None = None
    """密级和保密期限: `机密★1年`"""
    urgency: str | None = None
    """紧急程度: `特急`"""
    copy_number: str | None = None
    """份号"""
    signers: tuple[str, ...] = ()
    """签发人, and office and name of the signers: `总理 某某`."""
    remarks: tuple[str, ...] = ()
    """附注: `（此件公开发布）`"""
    printed_by: str | None = None
    """印发机关 of the imprint (版记)."""
    acts: tuple[Act, ...] = ()
    """All acts in the note below the title (题注), in the order printed; `dates` is drawn from it."""
    attachments: tuple[Attachment, ...] = ()
    """Attachments announced and attachments present, in the order announced."""
    attached_as: str | None = None
    """`附件1`, if the text is an attachment published separately."""
    validity: Validity = Validity()
    """First and last day in force, as far as the text states them."""
    carrier: Carrier | None = None
    """The notice that carries the text; None without a notice."""
    grammar: Grammar = Grammar.OFFICIAL
    clauses: tuple[Clause, ...] = ()
    """Clauses of the first level, in reading order; each holds its lower clauses in `children`."""
    citations: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    not_placed: tuple[NotPlaced, ...] = ()
    """Lines in no field and no clause, in order; markup and rules are not listed."""
    left_out: tuple[LeftOut, ...] = ()
    """Words shown in the file but not in its text: headers, footers, struck and hidden words, comments; empty for a text given
    directly, or from a store."""

    def walk(self) -> Iterator[Clause]:
        """Yield all clauses in reading order."""
        for clause in self.clauses:
            yield from clause.walk()

    def find(self, clause_id: str) -> Clause | None:
        """Return the clause with this id, or None."""
        return next((clause for clause in self.walk() if clause.id == clause_id), None)

    _thing: ClassVar[str] = "clause"
    _reference: Reference | None = None
    _text: str | None = None

    @property
    def reference(self) -> Reference:
        """Name of this document in results: file or id and hash if it was read, else the facts in its text."""
        return self._reference or Reference(
            title=self.title,
            document_number=self.document_number,
            issuing_bodies=self.issuing_bodies,
            issued=self.dates.issued,
            unread=tuple(each.message for each in self.diagnostics if each.kind in WORDS_MISSING),
        )

    @property
    def text(self) -> str | None:
        """The extracted text to which all spans refer; None for a document made from JSON."""
        return self._text

    def known_as(self, reference: Reference, text: str) -> "Document":
        """Return the same document with its name in results and the text from which it was parsed."""
        known = self.model_copy()
        known._reference, known._text = reference, text
        return known

    def _items(self) -> tuple[Clause, ...]:
        return tuple(self.walk())

    def _record(self, item: Clause) -> Record:
        return {
            **cells(item, "document=/reference.name clause=id kind label number heading text", self),
            "responsible": joined(
                [body for each in self.responsibilities if each.clause == item.id for body in each.lead]
            ),
            "targets": sum(each.clause == item.id for each in self.targets),
            "citations": sum(each.clause == item.id for each in self.citations),
            "start": item.span.start,
            "end": item.span.end,
        }

    def _told(self) -> str:
        return f"{self.title or 'without a title'}, {counted(len(self), 'clause')}"
