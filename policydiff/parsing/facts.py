"""What a document says of itself: title, number, bodies, dates, addressees, and the notice that carries it."""

import re
from collections.abc import Sequence

from policydiff.lexicon.areas import jurisdiction_of
from policydiff.lexicon.blanks import despace
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.levels import level_of
from policydiff.lexicon.widths import fold
from policydiff.model import Carrier, Dates
from policydiff.model.base import Level
from policydiff.parsing.addressees import names_in, take_addressees
from policydiff.parsing.bodies import issuing_bodies
from policydiff.parsing.document_numbers import number_in, order_in
from policydiff.parsing.document_types import document_type, qualifier
from policydiff.parsing.doubts import Doubts
from policydiff.parsing.events import read_dates
from policydiff.parsing.kinds import Kind
from policydiff.parsing.labels import Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text
from policydiff.parsing.titles import Title, find_title, settle_title

_CARRIES = re.compile("(印发|批转|转发|公布|发布)")
_CARRYING_TITLE = re.compile(r"(印发|批转|转发|公布|发布).{2,}(?:的|》)(?:通知|函|公告|决定|通告|命令|令)$")
_CARRYING_WORDS = re.compile(r"现(?:予以?|将[^。]{0,120}?|批准)?(印发|批转|转发|公布|发布)")
_ORDER_TITLE = re.compile("令$|公告$")
_LOCAL = re.compile("[省市县区州]|自治县")
"""A body named without its place, which the title then gives."""
_LONGEST_NOTICE = 4000
_VALUE = re.compile("[：:]")


class Facts:
    """Everything read outside the clauses."""

    def __init__(self, main: Text) -> None:
        self.main = main
        """The text whose clauses are the document's."""
        self.notice: Text | None = None
        """The notice that carries it."""
        self.annexes: list[Text] = []
        self.title: Title | None = None
        self.name: str | None = None
        self.document_number: str | None = None
        self.issuing_bodies: tuple[str, ...] = ()
        self.drafting_body: str | None = None
        self.jurisdiction: str | None = None
        self.level: Level | None = None
        self.dates = Dates()
        self.addressees: tuple[str, ...] = ()
        self.copied_to: tuple[str, ...] = ()
        self.disclosure: str | None = None
        self.keywords: tuple[str, ...] = ()
        self.carrier: Carrier | None = None

    @property
    def document_type(self) -> str | None:
        """Kind of document the title names."""
        return document_type(self.name) if self.name else None

    @property
    def qualifier(self) -> str | None:
        """How final the title says the text is."""
        return qualifier(self.name) if self.name else None


def read_facts(
    texts: list[Text], *, declared: Sequence[tuple[str, str]], declared_title: str | None, doubts: Doubts
) -> Facts:
    """Return the facts of a document made of these texts; what the text itself says goes before what was declared."""
    first = texts[0]
    title = settle_title(first, find_title(first), doubts)
    facts = Facts(first)
    rest = texts[1:]
    if rest and _is_notice(first, title, rest[0]):
        facts.notice, facts.main, rest = first, rest[0], rest[1:]
    facts.annexes = rest
    labelled = {label.replace(" ", ""): value for label, value in declared if value.strip()}
    issuing = facts.notice or facts.main
    facts.addressees = take_addressees(issuing)
    facts.title = title
    if facts.notice is not None:
        take_addressees(facts.main)
        facts.title = settle_title(facts.main, find_title(facts.main), doubts)
    facts.name = _name(facts, labelled.get("标题") or declared_title, doubts)
    facts.issuing_bodies = issuing_bodies(issuing, title) or _declared_bodies(labelled)
    facts.dates = _dates(facts, issuing, labelled)
    facts.document_number = _number(texts, issuing, labelled)
    if facts.issuing_bodies:
        year = next(
            (day.year for day in (facts.dates.issued, facts.dates.adopted, facts.dates.published) if day),
            None,
        )
        issuer = facts.issuing_bodies[0]
        facts.jurisdiction = jurisdiction_of(issuer, year)
        if facts.jurisdiction is None and facts.name is not None and _LOCAL.match(issuer):
            facts.jurisdiction = jurisdiction_of(facts.name, year)
        if facts.jurisdiction is None:
            doubts.note(f"the area of {facts.issuing_bodies[0]} is not told by its name")
        facts.level = level_of(issuer, facts.jurisdiction)
    _read_fixed(texts, facts)
    if facts.notice is not None:
        _read_carrier(facts, facts.notice, title)
    return facts


def _is_notice(first: Text, title: Title | None, carried: Text) -> bool:
    words = "".join(paragraph.whole for paragraph in first.body)
    if len(words) > _LONGEST_NOTICE:
        return False
    levels = sum(
        paragraph.label is not None and paragraph.label.sort is Sort.COMMA for paragraph in first.body
    )
    if carried.mark is not None and levels > 1:
        return False
    if title is not None and _CARRYING_TITLE.search(title.text):
        return True
    return _CARRYING_WORDS.search(words) is not None


def _name(facts: Facts, declared: str | None, doubts: Doubts) -> str | None:
    """Return the title; a declared one only where the text has none, or none that is sure."""
    title = facts.title
    if title is not None and title.sure:
        return title.text
    if declared and facts.notice is None:
        return despace(declared)
    if title is None:
        return None
    doubts.note("read as the title, though nothing but its place tells so", title.lines[0].span)
    return title.text


def _number(texts: list[Text], issuing: Text, labelled: dict[str, str]) -> str | None:
    number = number_in([*issuing.head, *issuing.tail]) or _declared_number(labelled)
    if number is not None:
        return number
    for text in texts:
        for line in text.head:
            if line.kind is Kind.EVENT and "令" in line.text and re.search("公布|发布|颁布", line.text):
                return order_in(line.text)
    return None


def _declared_number(labelled: dict[str, str]) -> str | None:
    said = labelled.get("发文字号") or labelled.get("文号") or ""
    number = DocumentNumber.parse(said) if said else None
    return None if number is None else str(number)


def _declared_bodies(labelled: dict[str, str]) -> tuple[str, ...]:
    words = labelled.get("发文机关") or labelled.get("发布机构") or ""
    return tuple(name for name in re.split(r"[\s、,，;；]+", words.strip()) if name)


def _dates(facts: Facts, issuing: Text, labelled: dict[str, str]) -> Dates:
    notice = facts.notice.body if facts.notice is not None else []
    head = [*issuing.head, *facts.main.head] if issuing is not facts.main else issuing.head
    return read_dates(head, issuing.tail, facts.main.body, notice, declared=labelled.get("成文日期"))


def _read_fixed(texts: list[Text], facts: Facts) -> None:
    for line in [line for text in texts for line in [*text.head, *text.tail]]:
        if line.kind is Kind.COPIED:
            facts.copied_to = names_in(_value(line.text))
        elif line.kind is Kind.DISCLOSURE:
            facts.disclosure = _value(line.text).removesuffix("全文")
        elif line.kind is Kind.KEYWORDS:
            facts.keywords = keywords_in(line)
        elif line.kind is Kind.NOTE and facts.disclosure is None:
            match = re.search("(主动公开|依申请公开|不予公开|公开发布)", line.text)
            facts.disclosure = match[1] if match is not None else None


def keywords_in(line: Paragraph) -> tuple[str, ...]:
    """Return the keywords of a 主题词 line, which the print parts by blanks."""
    start = _VALUE.search(line.text)
    words: list[str] = []
    for index in range(start.end() if start is not None else 0, len(line.text)):
        apart = not words or line.block.place(index) - line.block.place(index - 1) > 1
        if apart:
            words.append("")
        words[-1] += line.text[index]
    return tuple(words)


def _value(text: str) -> str:
    return _VALUE.split(despace(text), maxsplit=1)[-1].rstrip("。.")


def _read_carrier(facts: Facts, notice: Text, title: Title | None) -> None:
    numbers = "".join(despace(line.text) for line in notice.head if line.kind is Kind.NUMBER)
    order = numbers if "令" in numbers else ""
    words = title.text if title is not None else order
    body = "".join(paragraph.whole for paragraph in notice.body)
    kind = _CARRIES.search(words) or _CARRYING_WORDS.search(body) or _CARRIES.search(body)
    facts.carrier = Carrier(
        kind=kind[1] if kind is not None else "印发",
        title=words,
        issuing_body=facts.issuing_bodies[0] if facts.issuing_bodies else None,
        text="\n".join(paragraph.whole for paragraph in [*notice.body, *notice.annexes_named]),
    )
    drafted = re.search(
        r"(?:批转|转发)(?:市|省|区|县)?([\u4e00-\u9fff、]{2,40}?)(?=《|关于|等部门|等单位)", words
    )
    if drafted is not None:
        facts.drafting_body = re.sub("^(?:批转|转发)", "", drafted[0])
    else:
        opened = re.match(r"([\u4e00-\u9fff、]{2,40}?)(?:《|制定的《|提出的《)", fold(body))
        facts.drafting_body = (
            opened[1] if opened is not None and facts.carrier.kind in ("批转", "转发") else None
        )
