"""A document as Akoma Ntoso 3.0 XML (OASIS LegalDocumentML), for tools that read law.

Statutes become `act`, everything else `doc`. Clause ids stand as `eId`. Kinds without an element of their own
(a measure with a run-in heading, a table, an annex, a quoted text) become `hcontainer` with their kind as name.
"""

import re
from collections.abc import Iterator

from lxml import etree

from policydiff.model import Clause, ClauseKind, Document, DocumentIdentity, Grammar, VersionRecord
from policydiff.store import date_order

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ELEMENTS = {
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "chapter",
    ClauseKind.SECTION: "section",
    ClauseKind.ARTICLE: "article",
    ClauseKind.PARAGRAPH: "paragraph",
    ClauseKind.SUBPARAGRAPH: "subparagraph",
    ClauseKind.ITEM: "point",
    ClauseKind.LEVEL: "level",
}
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"\s+")
_UNKNOWN_DAY = "0001-01-01"
"""The schema demands a date; this one, named `unknown`, says that there is none."""


def to_akoma_ntoso(identity: DocumentIdentity, record: VersionRecord, document: Document) -> bytes:
    """Return one version as an XML file, UTF-8, valid against the schema of Akoma Ntoso 3.0."""
    is_statute = document.grammar is Grammar.LEGISLATION
    root = etree.fromstring(f'<akomaNtoso xmlns="{_NAMESPACE}"/>')
    name = "act" if is_statute else "doc"
    kind = etree.SubElement(root, _tag(name), name=_token(identity.document_type) or name)
    kind.append(_meta(identity, record, name))
    _preface(kind, identity)
    body = etree.SubElement(kind, _tag("body" if is_statute else "mainBody"))
    for clause in document.clauses:
        _clause(body, clause)
    if not len(body):
        empty = etree.SubElement(body, _tag("hcontainer"), name="empty", eId="empty")
        _paragraphs(etree.SubElement(empty, _tag("content")), "")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _meta(identity: DocumentIdentity, record: VersionRecord, name: str) -> etree._Element:
    work = f"/akn/cn/{name}/{identity.id}"
    expression = f"{work}/zho@{record.version}"
    issued = record.issued or record.published
    meta = etree.Element(_tag("meta"))
    identification = etree.SubElement(meta, _tag("identification"), source="#policydiff")
    levels = (
        ("FRBRWork", work, issued and issued.isoformat(), "issued" if issued else "unknown"),
        (
            "FRBRExpression",
            expression,
            date_order(record)[0].isoformat(),
            "seen" if record.seen else "issued",
        ),
        ("FRBRManifestation", f"{expression}.xml", record.recorded_at.date().isoformat(), "recorded"),
    )
    for level, uri, day, date_name in levels:
        part = etree.SubElement(identification, _tag(level))
        etree.SubElement(part, _tag("FRBRthis"), value=uri)
        etree.SubElement(part, _tag("FRBRuri"), value=uri)
        etree.SubElement(part, _tag("FRBRdate"), date=day or _UNKNOWN_DAY, name=date_name)
        etree.SubElement(part, _tag("FRBRauthor"), href="#issuer" if level == "FRBRWork" else "#policydiff")
        if level == "FRBRWork":
            etree.SubElement(part, _tag("FRBRcountry"), value="cn")
            if identity.document_number:
                etree.SubElement(part, _tag("FRBRnumber"), value=_plain(identity.document_number))
        elif level == "FRBRExpression":
            etree.SubElement(part, _tag("FRBRlanguage"), language="zho")
        else:
            etree.SubElement(part, _tag("FRBRformat"), value="application/akn+xml")
    references = etree.SubElement(meta, _tag("references"), source="#policydiff")
    issuers = "、".join(identity.issuing_bodies) or "unknown"
    for eid, shown in (("issuer", issuers), ("policydiff", "policydiff")):
        etree.SubElement(
            references,
            _tag("TLCOrganization"),
            eId=eid,
            href=f"/akn/ontology/organization/{eid}",
            showAs=_plain(shown),
        )
    return meta


def _preface(parent: etree._Element, identity: DocumentIdentity) -> None:
    line = etree.SubElement(etree.SubElement(parent, _tag("preface")), _tag("p"))
    etree.SubElement(line, _tag("docTitle")).text = _plain(identity.title)
    if identity.document_number:
        etree.SubElement(line, _tag("docNumber")).text = _plain(identity.document_number)


def _clause(parent: etree._Element, clause: Clause) -> None:
    name = _ELEMENTS.get(clause.kind)
    element = etree.SubElement(parent, _tag(name or "hcontainer"), eId=_BLANKS.sub("", clause.id))
    if name is None:
        element.set("name", clause.kind.value)
    if clause.label:
        etree.SubElement(element, _tag("num")).text = _plain(clause.label)
    words = clause.text
    if clause.heading and words.startswith(clause.heading):
        etree.SubElement(element, _tag("heading")).text = _plain(clause.heading)
        words = words[len(clause.heading) :]
    if clause.children:
        if words.strip():
            _paragraphs(etree.SubElement(element, _tag("intro")), words)
        for child in clause.children:
            _clause(element, child)
    else:
        _paragraphs(etree.SubElement(element, _tag("content")), words)


def _paragraphs(parent: etree._Element, words: str) -> None:
    for line in _lines(words):
        etree.SubElement(parent, _tag("p")).text = line


def _lines(words: str) -> Iterator[str]:
    lines = [line for line in words.split("\n") if line.strip()]
    yield from (_plain(line) for line in lines or [""])


def _plain(words: str) -> str:
    """Return words without the control characters that XML cannot hold."""
    return _NO_XML.sub("", words)


def _token(words: str | None) -> str:
    return _BLANKS.sub("", _plain(words or ""))
