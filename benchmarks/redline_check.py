"""An accepting and rejecting reader of Word files of its own, to check redlines by: it shares no code with the product.

It reads a package once into plain values, leaving out what a choice (accept, reject) takes away; nothing is edited.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}
_HOLDERS = frozenset({"r", "ins", "del", "moveTo", "moveFrom", "smartTag", "sdt", "sdtContent", "customXml"})
_NO_SETTINGS = frozenset(W + name for name in ("headerReference", "footerReference", "sectPrChange"))
_VOLATILE = re.compile(r"\s*(PAGE|NUMPAGES|DATE|TIME|PAGEREF|SECTIONPAGES)\b", re.IGNORECASE)
_FREE = re.compile(
    r"(document\d*|header\d*|footer\d*|footnotes|endnotes|numbering)\.xml$|\.rels$|\[Content_Types\]\.xml$"
)


class View(NamedTuple):
    """What a package says under one choice."""

    body: list[Any]
    heads: list[Any]
    """Headers and footers in the order of the sections that name them, empty ones left out."""
    settings: list[list[bytes]]
    """Settings of the sections that are left, in order."""
    bookmarks: frozenset[str]


class Reader:
    def __init__(self, data: bytes, choice: str) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.gone = tuple(W + name for name in _GONE[choice])
        self.reject = choice == "reject"
        self.part = "word/document.xml"
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}

    def root(self, name: str) -> ET.Element | None:
        return ET.fromstring(self.zip.read(name)) if name in self.zip.namelist() else None

    def _notes(self, kind: str) -> dict[str, ET.Element]:
        root = self.root(f"word/{kind}s.xml")
        return {} if root is None else {each.get(W + "id", ""): each for each in root}

    def relations(self) -> dict[str, str]:
        folder, name = posixpath.split(self.part)
        root = self.root(f"{folder}/_rels/{name}.rels")
        return {} if root is None else {each.get("Id", ""): each.get("Target", "") for each in root}

    def view(self) -> View:
        root = self.root(self.part)
        assert root is not None
        body = root.find(W + "body")
        assert body is not None
        said = list(self.story(body))
        relations = self.relations()
        heads: list[Any] = []
        settings: list[list[bytes]] = []
        for section in self.kept_sections(body):
            before = section.find(f"{W}sectPrChange/{W}sectPr") if self.reject else None
            held = section if before is None else before
            settings.append(sorted(ET.tostring(each) for each in held if each.tag not in _NO_SETTINGS))
            for each in section:
                if each.tag in {W + "headerReference", W + "footerReference"}:
                    target = relations.get(each.get(R + "id", ""), "")
                    part = target.lstrip("/") if target.startswith("/") else f"word/{target}"
                    head = self.root(part)
                    self.part = part
                    shown = [] if head is None else list(self.story(head))
                    self.part = "word/document.xml"
                    if any(block[-1] for block in shown):
                        heads.append((each.tag, each.get(W + "type"), shown))
        marks = frozenset(each.get(W + "name", "") for each in root.iter(W + "bookmarkStart"))
        return View(said, sorted(heads, key=lambda head: head[:2]), settings, marks)

    def kept_sections(self, body: ET.Element) -> Iterator[ET.Element]:
        for paragraph in body.iter(W + "p"):
            section = paragraph.find(f"{W}pPr/{W}sectPr")
            if section is not None and not self.end_gone(paragraph):
                yield section
        last = body.find(W + "sectPr")
        if last is not None:
            yield last

    def end_gone(self, paragraph: ET.Element) -> bool:
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        return marks is not None and any(marks.find(name) is not None for name in self.gone)

    def story(self, holder: ET.Element) -> Iterator[Any]:
        pending: list[str] = []
        waits = False
        for block in self.blocks(holder):
            if block.tag == W + "tbl":
                rows = list(self.rows(block))
                if not rows:  # gone: the paragraphs around it meet
                    continue
                if waits and "".join(pending):
                    yield ("p", "", "", "".join(pending))
                pending, waits = [], False
                yield ("t", rows)
                continue
            self.fields: list[list[str]] = []
            self.collect(block, pending)
            waits = self.end_gone(block)
            if not waits:
                yield ("p", *self.look(block), "".join(pending))
                pending = []
        if waits and "".join(pending):
            yield ("p", "", "", "".join(pending))

    def blocks(self, holder: ET.Element) -> Iterator[ET.Element]:
        for each in holder:
            if each.tag in {W + "p", W + "tbl"}:
                yield each
            elif each.tag in {W + "sdt", W + "sdtContent", W + "customXml"}:
                yield from self.blocks(each)

    def look(self, paragraph: ET.Element) -> tuple[str, str]:
        properties = paragraph.find(W + "pPr")
        if properties is not None and self.reject:
            changed = properties.find(f"{W}pPrChange/{W}pPr")
            properties = changed if changed is not None else properties
        if properties is None:
            return "", ""
        style, level = properties.find(W + "pStyle"), properties.find(f"{W}numPr/{W}ilvl")
        number = properties.find(f"{W}numPr/{W}numId")
        values = [each.get(W + "val", "") if each is not None else "" for each in (style, number, level)]
        return values[0], "/".join(values[1:]) if number is not None or level is not None else ""

    def members(self, holder: ET.Element, tag: str) -> Iterator[ET.Element]:
        """Yield rows of a table or cells of a row, also those in content controls."""
        for each in holder:
            if each.tag == tag:
                yield each
            elif each.tag in {W + "sdt", W + "sdtContent", W + "customXml"}:
                yield from self.members(each, tag)

    def rows(self, table: ET.Element) -> Iterator[Any]:
        for row in self.members(table, W + "tr"):
            properties = row.find(W + "trPr")
            kinds = {"accept": "del", "reject": "ins"}["reject" if self.reject else "accept"]
            if properties is not None and properties.find(W + kinds) is not None:
                continue
            cells = []
            for cell in self.members(row, W + "tc"):
                look = cell.find(W + "tcPr")
                gone = "cellIns" if self.reject else "cellDel"
                if look is not None and look.find(W + gone) is not None:
                    continue
                if look is not None and self.reject and look.find(W + "tcPrChange") is not None:
                    look = look.find(f"{W}tcPrChange/{W}tcPr")
                span, merge = (
                    None if look is None else look.find(W + name) for name in ("gridSpan", "vMerge")
                )
                cells.append(
                    (
                        span.get(W + "val") if span is not None else "1",
                        None if merge is None else merge.get(W + "val", "continue"),
                        list(self.story(cell)),
                    )
                )
            yield cells

    def collect(self, element: ET.Element, out: list[str]) -> None:  # noqa: C901, PLR0912 (one kind of content a branch)
        for each in element:
            tag = each.tag
            if tag in self.gone or tag in {W + "pPr", W + "rPr"}:
                continue
            name = tag.rpartition("}")[2]
            if name == "fldChar":
                self.field(each.get(W + "fldCharType", ""), out)
            elif name in {"instrText", "delInstrText"}:
                if self.fields:
                    self.fields[-1][0] += each.text or ""
            elif name == "fldSimple":
                self.field("begin", out)
                self.fields[-1][0] = each.get(W + "instr", "")
                self.field("separate", out)
                self.collect(each, out)
                self.field("end", out)
            elif name not in _HOLDERS and any(state[1] == "hide" for state in self.fields):
                continue
            elif name in {"t", "delText"}:
                out.append(each.text or "")
            elif name == "oMath":
                out.append(f"‹oMath {''.join(each.itertext())}›")
            elif name in {"tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ruby"}:
                out.append(f"‹{name}›" if name != "tab" else "\t")
            elif name in {"footnoteReference", "endnoteReference"}:
                note = self.notes[name.removesuffix("Reference")].get(each.get(W + "id", ""))
                keep, self.fields = self.fields, []
                out.append(f"‹{name} {[] if note is None else list(self.story(note))}›")
                self.fields = keep
            elif name == "hyperlink":
                inner: list[str] = []
                self.collect(each, inner)
                if "".join(inner):
                    target = self.relations().get(each.get(R + "id", ""), "#" + each.get(W + "anchor", ""))
                    self.linked(out, f"‹link {target}:", "".join(inner))
            elif name in {"drawing", "pict", "object", "AlternateContent"}:
                keep, self.fields = self.fields, []
                boxes = [list(self.story(box)) for box in each.iter(W + "txbxContent")]
                pictures = [
                    value
                    for inner in each.iter()
                    for key, value in inner.attrib.items()
                    if key == R + "embed"
                ]
                shown = [self.relations().get(value, "") for value in pictures]
                out.append(f"‹drawing {boxes} {shown}›")
                self.fields = keep
            else:
                self.collect(each, out)

    @staticmethod
    def linked(out: list[str], opening: str, words: str) -> None:
        """Add a link; two beside each other with one target read as one."""
        if out and out[-1].startswith(opening):
            out[-1] = f"{out[-1][:-1]}{words}›"
        else:
            out.append(f"{opening}{words}›")

    def field(self, kind: str, out: list[str]) -> None:
        if kind == "begin":
            self.fields.append(["", "told"])
        elif kind == "separate" and self.fields:
            instruction = " ".join(self.fields[-1][0].split())
            out.append(f"‹field {instruction}:")
            self.fields[-1][1] = "hide" if _VOLATILE.match(instruction) else "shown"
        elif kind == "end" and self.fields:
            state = self.fields.pop()
            out.append("›" if state[1] != "told" else f"‹field {' '.join(state[0].split())}›")


def view(data: bytes, choice: str) -> View:
    """Return what a package says when every tracked change is accepted or rejected."""
    return Reader(data, choice).view()


def faults(old: bytes, new: bytes, redline: bytes) -> list[str]:
    """Return how a redline falls short, nothing where it is right."""
    found: list[str] = []
    names = zipfile.ZipFile(io.BytesIO(old)), zipfile.ZipFile(io.BytesIO(new))
    comparable = all(
        _content(names[0], part) == _content(names[1], part)
        for part in ("word/styles.xml", "word/numbering.xml")
    )
    accepted, rejected, wanted, before = (
        view(redline, "accept"),
        view(redline, "reject"),
        view(new, "accept"),
        view(old, "reject"),
    )
    if not comparable:  # ids of styles and lists mean other things in the two files
        accepted, wanted = _unstyled(accepted), _unstyled(wanted)
    for name in ("body", "heads", "settings"):
        if getattr(accepted, name) != getattr(wanted, name):
            found.append(f"accept {name}: {_first(getattr(accepted, name), getattr(wanted, name))}")
        if getattr(rejected, name) != getattr(before, name):
            found.append(f"reject {name}: {_first(getattr(rejected, name), getattr(before, name))}")
    if not before.bookmarks <= rejected.bookmarks:
        found.append("bookmarks lost")
    found.extend(_package_faults(old, redline))
    return found


def _content(packed: zipfile.ZipFile, name: str) -> bytes:
    return packed.read(name) if name in packed.namelist() else b""


_LOOK = re.compile(r"\('p', '[^']*', '[^']*',")


def _unstyled(found: View) -> View:
    def bare(block: Any) -> Any:
        if isinstance(block, str):
            return _LOOK.sub("('p', '', '',", block)
        if isinstance(block, tuple) and block[:1] == ("p",):
            return ("p", "", "", bare(block[3]))
        if isinstance(block, list | tuple):
            return type(block)(bare(each) for each in block)
        return block

    return found._replace(body=bare(found.body), heads=bare(found.heads))


def _first(one: list[Any], other: list[Any]) -> str:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return f"{str(a)[:160]} | {str(b)[:160]}"
    return f"{len(one)} | {len(other)} blocks"


def _package_faults(old: bytes, redline: bytes) -> Iterator[str]:
    before, after = zipfile.ZipFile(io.BytesIO(old)), zipfile.ZipFile(io.BytesIO(redline))
    lost = set(before.namelist()) - set(after.namelist())
    if lost:
        yield f"parts lost: {sorted(lost)}"
    changed = [
        name
        for name in before.namelist()
        if name in after.namelist() and not _FREE.search(name) and before.read(name) != after.read(name)
    ]
    if changed:
        yield f"parts changed: {changed}"
    ids: list[str] = []
    for name in after.namelist():
        if name.endswith(".xml") and name.startswith("word/"):
            root = ET.fromstring(after.read(name))
            for tag in (
                *("ins", "del", "moveFrom", "moveTo", "pPrChange", "sectPrChange"),
                *("cellIns", "cellDel", "tcPrChange"),
            ):
                ids.extend(each.get(W + "id", "") for each in root.iter(W + tag))
    if len(ids) != len(set(ids)):
        yield "revision ids stand twice"
