"""Small files of many kinds against what a reader of them has to give (benchmarks/gold/files, written before any run).

    python -m benchmarks.file_kinds [--set NAME] [--show] [--only WORDS] [--printed]

The files are made here: XML of a DOCX or XLSX put into its container, RTF and HTML as they stand, drawing commands of a PDF;
LibreOffice makes others of them, and Chromium prints pages (`through`, left out unless `--printed` is given). A file is right if all that its entry says holds.
"""

import argparse
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

import policydiff
from benchmarks.extract_kinds import convert, print_pages
from benchmarks.heads import unread_lines
from benchmarks.marker_places import pdf_of, rtf_of, stream
from benchmarks.written_heads import differences
from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.model import Extraction
from tests.extract.made_files import SOFFICE, scan_of, zipped

GOLD = Path(__file__).parent / "gold" / "files"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in {
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROWS = re.compile(r"\{rows (\d+) (.*?)\}", re.DOTALL)
_TAG = re.compile(r"<[A-Za-z]+\s[^<>]*>")
_ATTRIBUTE = re.compile(r'(?<=\s)([A-Za-z]+)="')


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--set", help="a set of the gold alone: first, second …")
    parser.add_argument("--show", action="store_true", help="print what is wrong in each file")
    parser.add_argument("--only", default="", help="files with these words in their name")
    parser.add_argument(
        "--printed", action="store_true", help="also the files that LibreOffice and Chromium have to make"
    )
    options = parser.parse_args()
    for path in sorted(GOLD.glob(f"{options.set or '*'}.toml")):
        known = 0
        right: Counter[str] = Counter()
        of: Counter[str] = Counter()
        for entry, data in files(path, options.only, printed=options.printed):
            kind = entry.get("through") or entry["format"]
            faults = faults_of(entry, data)
            of[kind] += 1
            right[kind] += not faults
            known += bool(faults) and "known" in entry
            if faults and options.show:
                print(f"{entry['name']}\n  " + "\n  ".join(faults))
        print(
            f"{path.stem}: {right.total()} of {of.total()} right{f', {known} known misses' if known else ''}; "
            + ", ".join(f"{kind} {right[kind]} of {count}" for kind, count in of.items())
        )
    return 0


def files(path: Path, only: str = "", *, printed: bool = False) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Give the entries of a set with their files; those that LibreOffice and Chromium make last, and only on demand."""
    entries = [each for each in tomllib.loads(path.read_text("utf-8"))["file"] if only in each["name"]]
    yield from ((entry, made(entry)) for entry in entries if "through" not in entry)
    converted = [each for each in entries if "through" in each] if printed and SOFFICE else []
    if not converted:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for number, entry in enumerate(converted):
            target = {"scan": "pdf", "print": "chromium.pdf"}.get(entry["through"], entry["through"])
            source = place / f"{number}.{entry['format']}"
            source.write_bytes(made(entry))
            if entry["through"] != "print":
                convert(place, [source], target)
            elif not print_pages([source]):
                continue
            if not source.with_suffix(f".{target}").exists():
                continue  # a part of LibreOffice that is not installed: its sheets
            data = source.with_suffix(f".{target}").read_bytes()
            yield entry, scan_of(data) if entry["through"] == "scan" else data


def faults_of(entry: dict[str, Any], data: bytes) -> list[str]:
    """Return what of an entry does not hold, in words."""
    try:
        found = extract(data, name="file", revisions=entry.get("revisions", "final"))
    except UnreadableInputError as error:
        refused = entry.get("refused")
        return [] if refused and refused in str(error) else [f"refused: {error}"]
    if "refused" in entry:
        return [f"read: {found.text[:80]!r}"]
    return [*_faults(entry, found), *_faults_of_head(entry, data)]


def _faults_of_head(entry: dict[str, Any], data: bytes) -> Iterator[str]:
    """Yield what the parser reads otherwise than the entry says, and the lines of the text that it neither places nor reports."""
    wanted = {name: entry[name] for name in ("title", "number") if name in entry} | entry.get("head", {})
    if not wanted:
        return
    document = policydiff.read(data)
    yield from (f"{name}: {value}" for name, value in differences(wanted, document))
    yield from (f"unread: {words}" for words in unread_lines(document.text or "", document))


def _faults(entry: dict[str, Any], found: Extraction) -> Iterator[str]:
    lines = [_plain(line) for line in found.text.split("\n") if line.strip()]
    if "text" in entry and lines != [_plain(line) for line in entry["text"]]:
        yield f"text: {lines}"
    text = "\n".join(lines)
    yield from (f"lacks {words} in {lines}" for words in entry.get("has", ()) if _plain(words) not in text)
    yield from (f"has {words}" for words in entry.get("lacks", ()) if _plain(words) in text)
    yield from (
        f"{words}: {text.count(_plain(words))} times"
        for words, count in entry.get("count", {}).items()
        if text.count(_plain(words)) != count
    )
    places = [text.find(words) for words in entry.get("order", ())]
    if places != sorted(places) or -1 in places:
        yield f"order: {lines}"
    left = [(each.kind, _plain(each.text)) for each in found.left_out]
    for said in entry.get("left", ()):
        kind, _, words = said.partition(": ")
        if not any(each == kind and _plain(words) in of_kind for each, of_kind in left):
            yield f"left out: {said!r} not in {left}"
    kinds = {warning.kind.value for warning in found.warnings}
    yield from (
        f"no warning {kind!r}: {sorted(kinds)}" for kind in entry.get("warns", ()) if kind not in kinds
    )
    told = [warning.text for warning in found.warnings]
    yield from (
        f"{words!r} not in {told}"
        for words in entry.get("says", ())
        if not any(words in each for each in told)
    )
    anywhere = "\n".join([text, *(words for _, words in left), *told])
    yield from (f"lost: {words}" for words in entry.get("kept", ()) if _plain(words) not in anywhere)
    facts = dict(found.metadata)
    yield from (
        f"{name}: {facts.get(name)}"
        for name, value in entry.get("facts", {}).items()
        if facts.get(name) != value
    )


def _plain(line: str) -> str:
    """Return a line without what readers may set differently: blanks at borders of cells."""
    line = re.sub(r"[ \t\xa0]+", " ", line.strip())
    return re.sub(r"\s*\|\s*", "|", line) if line.startswith("|") else line


def made(entry: dict[str, Any]) -> bytes:
    """Return the file of an entry."""
    maker = _MAKERS.get(entry["format"])
    if maker is not None:
        return maker(entry)
    source: str = entry.get("source", "")
    return bytes.fromhex(entry["hex"]) if "hex" in entry else source.encode(entry.get("encoding", "utf-8"))


def _docx(entry: dict[str, Any]) -> bytes:
    body = _word(
        _ROWS.sub(
            lambda found: "".join(found[2].replace("#", str(each)) for each in range(1, int(found[1]) + 1)),
            entry["source"],
        )
    )
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{_WORD}" {_SPACES}><w:body>{body}</w:body></w:document>'
    }
    if "numbering" in entry:
        levels = f'<abstractNum abstractNumId="0">{entry["numbering"]}</abstractNum><num numId="1"><abstractNumId val="0"/></num>'
        parts["word/numbering.xml"] = (
            f'<w:numbering xmlns:w="{_WORD}">{_word(levels + entry.get("numbers", ""))}</w:numbering>'
        )
    if "styles" in entry:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{_WORD}">{_word(entry["styles"])}</w:styles>'
    parts |= entry.get("parts", {})
    return _package(
        parts, "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
    )


def _word(source: str) -> str:
    """Return WordprocessingML from XML without prefixes, in which words may stand directly in a paragraph, a run or a cell."""
    root = etree.fromstring(
        f'<x xmlns="{_WORD}" xmlns:w="{_WORD}" {_SPACES}>'
        + _TAG.sub(lambda tag: _ATTRIBUTE.sub(r'w:\1="', tag[0]), source)
        + "</x>"
    )
    name = f"{{{_WORD}}}"
    for inner, outers in (("p", ("tc",)), ("r", ("p",)), ("t", ("r",))):
        for outer in [each for wanted in outers for each in root.iter(f"{name}{wanted}")]:
            for before, words in [(None, outer.text), *((child, child.tail) for child in outer)]:
                if words and words.strip():
                    new = etree.Element(f"{name}{inner}")
                    new.text = words
                    if inner == "t":
                        new.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    if before is None:
                        outer.text = None
                        outer.insert(0, new)
                    else:
                        before.tail = None
                        outer.insert(outer.index(before) + 1, new)
    for cell in root.iter(f"{name}tc"):
        if cell.find(f"{name}p") is None:
            cell.append(etree.Element(f"{name}p"))
    return "".join(etree.tostring(each, encoding="unicode") for each in root)


_RELATED = {
    "word/numbering.xml": "numbering", "word/styles.xml": "styles", "word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes",
    "word/comments.xml": "comments", "word/header1.xml": "header", "word/footer1.xml": "footer", "xl/styles.xml": "styles",
    "xl/sharedStrings.xml": "sharedStrings",
}  # fmt: skip


def _package(parts: dict[str, str], main: str, media: str) -> bytes:
    """Return parts in a container with their types and relations, as Word and LibreOffice want them."""
    folder, _, name = main.partition("/")
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{media.format("main" if part == main and media.endswith("main+xml") else _type(part))}"/>'
        for part in parts
        if part.endswith(".xml") and part.startswith(folder)
    )
    related = "".join(
        f'<Relationship Id="rel{number}" Type="{_OFFICE}/{_RELATED[part]}" Target="{part.partition("/")[2]}"/>'
        for number, part in enumerate(parts)
        if part in _RELATED
    ) + "".join(
        f'<Relationship Id="sheet{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, 20)
        if f"xl/worksheets/sheet{number}.xml" in parts
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return zipped(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>',
            f"{folder}/_rels/{name}.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
            **{
                part: content if content.startswith("<?xml") or not part.endswith(".xml") else head + content
                for part, content in parts.items()
            },
        }
    )


def _type(part: str) -> str:
    stem = part.rpartition("/")[2].removesuffix(".xml")
    if stem.startswith("sheet"):
        return "worksheet"
    return {"document": "document.main", "workbook": "sheet.main"}.get(stem, stem.rstrip("0123456789"))


def _xlsx(entry: dict[str, Any]) -> bytes:
    sheets: Sequence[dict[str, str]] = entry["sheets"]
    listed = "".join(
        f'<sheet name="{escape(sheet["name"])}" sheetId="{number}" r:id="sheet{number}"'
        + (f' state="{sheet["state"]}"' if "state" in sheet else "")
        + "/>"
        for number, sheet in enumerate(sheets, 1)
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">{entry.get("book", "")}<sheets>{listed}</sheets></workbook>'
    }
    for number, sheet in enumerate(sheets, 1):
        cells = f"<sheetData>{sheet['xml']}</sheetData>"
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_SHEET}" xmlns:r="{_OFFICE}">{sheet.get("cols", "")}{cells}{sheet.get("after", "")}</worksheet>'
        )
    looks = "".join(
        f'<xf numFmtId="{each}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
        for each in entry.get("formats", [0])
    )
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_SHEET}">{entry.get("styles", "")}{entry.get("fonts", "<fonts><font/></fonts>")}<fills><fill/></fills><borders><border/></borders>'
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{entry.get('looks') or looks}</cellXfs></styleSheet>"
    )
    if "shared" in entry:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_SHEET}">{entry["shared"]}</sst>'
    parts |= entry.get("parts", {})
    return _package(
        parts, "xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
    )


def _pdf(entry: dict[str, Any]) -> bytes:
    def drawn(content: str) -> str:
        return re.sub("«([^»]*)»", lambda words: f"<{words[1].encode('utf-16-be').hex()}>", content)

    contents = (
        entry["source"] if isinstance(entry["source"], list) else [entry["source"]] * entry.get("pages", 1)
    )
    notes = [drawn(each) for each in entry.get("annotations", ())]
    return pdf_of([stream(drawn(content)) for content in contents], notes, entry.get("rotate", 0))


_MAKERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "rtf": lambda entry: rtf_of(entry["source"]),
    "zip": lambda entry: zipped(entry["parts"]),
}


if __name__ == "__main__":
    sys.exit(main())
