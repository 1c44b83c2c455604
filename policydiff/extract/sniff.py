"""What a file is by its content (its name is never believed: a `.doc` is often HTML or RTF), and its bytes as characters."""

import codecs
import re
import zipfile
import zlib
from collections.abc import Collection
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import NamedTuple

from policydiff.errors import UnreadableInputError
from policydiff.extract.reading import LIBRARY_FAULTS, Reading, Remark, Request
from policydiff.version import __version__


class FileKind(StrEnum):
    """Formats that can be told apart; the value is the media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    OFD = "application/ofd"
    RTF = "application/rtf"
    HTML = "text/html"
    MHTML = "multipart/related"
    MARKDOWN = "text/markdown"
    PLAIN = "text/plain"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    PAGES = "application/vnd.policydiff.pages+zip"
    """The pages of one document as they were captured, in a zip that policydiff made."""
    ZIP = "application/zip"
    XML = "application/xml"
    ENCRYPTED_OFFICE = "application/vnd.ms-office-encrypted"
    OTHER_OFFICE = "application/vnd.ms-office"
    UNKNOWN = "application/octet-stream"


_HEAD = 4096
_TEXT_SEARCHED = 1 << 20
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE)
_FRAGMENT = re.compile(rb"<(?:table|div|p|span|h[1-6]|center|font|style|script|title)[\s>]", re.IGNORECASE)
# A quoted line or bold words alone do not make Markdown: `> ` also stands in texts pasted from mail.
_MARKDOWN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n[^\s:-][^\n:]{0,60}:[^\n]*\n(?:[^\n]*\n){0,200}?---[ \t]*\r?\n"  # fields of a site above the text
    rb"|^(?:#{1,6}[ \t]+\S|<!--|\|[^\n|]{1,500}\|[^\n]{0,2000}\|[ \t]*\r?$|\[\^[^\]\s]{1,12}\]:|[^\n~]{0,500}~~[^\s~][^\n~]{0,500}~~)",
    re.MULTILINE,
)
_PICTURES = (
    (re.compile(rb"\x89PNG\r\n"), FileKind.PNG),
    (re.compile(rb"\xff\xd8\xff"), FileKind.JPEG),
    (re.compile(rb"II\*\x00|MM\x00\*"), FileKind.TIFF),
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), FileKind.BMP),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_SHEET_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MHTML = re.compile(rb"^(?:MIME-Version:|Content-Type:[ \t]*multipart/related)", re.IGNORECASE | re.MULTILINE)
_SHEET_TYPE = FileKind.ODS.value.encode()
_MEMBER = b"PK\x01\x02"
_MOST_MEMBERS = 50_000
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes) -> FileKind:
    """Return the kind of file these bytes are; UNKNOWN for what is neither text nor a known container."""
    return _binary_kind(data) or _marked_up_kind(data) or _character_kind(data)


def _binary_kind(data: bytes) -> FileKind | None:
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    picture = next((kind for mark, kind in _PICTURES if mark.match(head)), None)
    if picture is not None:
        return picture
    if head.startswith(_OLE2):
        return _ole2_kind(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    return None


def _ole2_kind(data: bytes) -> FileKind:
    if _ENCRYPTED_STREAM in data:
        return FileKind.ENCRYPTED_OFFICE
    if _WORD_STREAM in data:
        return FileKind.DOC
    return FileKind.XLS if any(name in data for name in _SHEET_STREAMS) else FileKind.OTHER_OFFICE


def _marked_up_kind(data: bytes) -> FileKind | None:
    head = data[:_HEAD]
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith(b"{\\rtf"):
        return FileKind.RTF
    if _MHTML.match(stripped) and b"multipart/" in head.lower():
        return FileKind.MHTML
    narrow = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not narrow.startswith(b"# ") and (
        _PAGE.search(narrow) or (narrow.startswith(b"<") and _FRAGMENT.search(narrow))
    ):
        return FileKind.HTML
    if narrow.startswith(b"<?xml"):
        return FileKind.XML
    return None


def _character_kind(data: bytes) -> FileKind:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide_text(head):
        return FileKind.PLAIN
    if len(_BINARY.findall(head)) * 100 > len(head):
        return FileKind.UNKNOWN
    return FileKind.MARKDOWN if _MARKDOWN.search(data[:_TEXT_SEARCHED]) else FileKind.PLAIN


def _is_wide_text(head: bytes) -> bool:
    """Tell UTF-16 without a mark: the zero bytes of its ASCII characters stand on one side only."""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    return max(odd, even) * 10 > len(head) // 2 and min(odd, even) * 10 < max(odd, even)


def holds(bundle: bytes, kinds: Collection[FileKind]) -> bool:
    """Say whether a bundle of pages and attachments holds a file of one of these kinds; a damaged one holds none."""
    try:
        with zipfile.ZipFile(BytesIO(bundle)) as container:
            names = [name for name in container.namelist() if name.endswith(FILE_ENDING)]
            return any(sniff(container.read(name)) in kinds for name in names)
    except (zipfile.BadZipFile, zlib.error, *LIBRARY_FAULTS):
        return False


def _zip_kind(data: bytes) -> FileKind:
    # Every member costs time and memory to list, and here no worker stands between: 60 MB can declare a million.
    if data.count(_MEMBER) > _MOST_MEMBERS:
        return FileKind.ZIP
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            members = container.infolist()
    except (zipfile.BadZipFile, *LIBRARY_FAULTS):
        return FileKind.ZIP
    names = {member.filename.lower().replace("\\", "/").lstrip("/") for member in members}
    if is_bundle(members):
        return FileKind.PAGES
    if "ofd.xml" in names:
        return FileKind.OFD
    if "word/document.xml" in names:
        return FileKind.DOCX
    is_sheet = names & {"xl/workbook.xml", "xl/workbook.bin"}
    is_open_sheet = {"mimetype", "content.xml"} <= names and _SHEET_TYPE in data[:200]
    return FileKind.XLSX if is_sheet else FileKind.ODS if is_open_sheet else FileKind.ZIP


MEMBER = "page-{:04}.html"
FILE_ENDING = ".bin"
FILE_MEMBER = "file-{:04}" + FILE_ENDING
"""An attachment that is the text of the page before it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(pages: list[bytes], attached: list[bytes] | None = None) -> bytes:
    """Return one page as it is, several as a zip, with the attachments that are their text behind them."""
    if len(pages) == 1 and not attached:
        return pages[0]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for number, page in enumerate(pages, start=1):
            container.writestr(zipfile.ZipInfo(MEMBER.format(number), _EPOCH), page)
        for number, file in enumerate(attached or [], start=len(pages) + 1):
            container.writestr(zipfile.ZipInfo(FILE_MEMBER.format(number), _EPOCH), file)
    return out.getvalue()


def is_bundle(members: list[zipfile.ZipInfo]) -> bool:
    """Say whether a zip with these members is a bundle of pages; a packed or foreign zip is none."""
    return bool(members) and all(
        member.filename in {MEMBER.format(number), FILE_MEMBER.format(number)}
        and member.compress_type == zipfile.ZIP_STORED
        for number, member in enumerate(members, start=1)
    )


_SUFFIXES = {
    FileKind.PDF: "pdf",
    FileKind.DOCX: "docx",
    FileKind.DOC: "doc",
    FileKind.OFD: "ofd",
    FileKind.XLSX: "xlsx",
    FileKind.XLS: "xls",
    FileKind.ODS: "ods",
    FileKind.RTF: "rtf",
    FileKind.HTML: "html",
    FileKind.MHTML: "mht",
    FileKind.MARKDOWN: "md",
    FileKind.PLAIN: "txt",
    FileKind.PNG: "png",
    FileKind.JPEG: "jpg",
    FileKind.TIFF: "tiff",
    FileKind.BMP: "bmp",
    FileKind.PAGES: "zip",
}


def suffix_for(media_type: str, name: str | None = None) -> str:
    """Return the ending without its dot: of the format, else the name's own, else `bin`."""
    known = {kind.value: suffix for kind, suffix in _SUFFIXES.items()}.get(media_type)
    return known or (PurePath(name).suffix.lstrip(".").lower() if name else "") or "bin"


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_SAMPLE = 200_000
# The most frequent characters of official texts; both encodings map most byte pairs to some ideograph, but only
# the right one gives these.
_COMMON = frozenset(
    "的和在是一不有人中大为国业发展政府市工作部门区要个及会关经以理服务建设文件通知实施按规定管行企"
)
_COMMON_TRADITIONAL = frozenset(
    "的和在是一不有人中大為國業發展政府市工作部門區要個及會關經以理服務建設文件通知實施按規定管行企"
)
_MIXED_MINIMUM = 4


class Decoded(NamedTuple):
    """Characters, the codec that gave them, and how many bytes it could not read."""

    text: str
    encoding: str
    replaced: int

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Return what a reader of the text should know about its decoding."""
        found = []
        if "+" in self.encoding:
            found.append(Remark("encoding", "the file mixes encodings, line by line: utf-8 and gb18030"))
        if self.replaced:
            found.append(
                Remark(
                    "encoding",
                    f"{self.replaced} bytes unreadable as {self.encoding}, shown as U+FFFD",
                    words="\ufffd",
                )
            )
        return tuple(found)


def decode(data: bytes) -> Decoded:
    """Decode a whole file; unreadable bytes become U+FFFD and are counted."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], name)
    utf16 = _utf16_without_mark(data)
    if utf16:
        return _replacing(data, utf16)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    # One bad byte in a long UTF-8 text (a cut download) must not turn the whole text into another encoding.
    if _mostly_utf8(data):
        return _replacing(data, "utf-8")
    return _line_by_line(data) or _replacing(data, _double_byte(data))


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 4 or head.count(0) * 5 < len(head) // 2:
        return None
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if max(odd, even) <= 3 * min(odd, even):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        data[: len(data) // 2 * 2].decode(name)
    except UnicodeDecodeError:
        return None
    return name


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE].decode("utf-8", errors="replace")
    multibyte = sum(character > "\x7f" for character in sample)
    return sample.count("\ufffd") * 20 < multibyte


def _line_by_line(data: bytes) -> Decoded | None:
    """Decode a file put together from UTF-8 and GB18030 pieces; None where it is not one.

    A line of several multibyte characters that is valid UTF-8 is never GB18030 by chance.
    """
    lines: list[str] = []
    utf8 = other = replaced = 0
    for line in data.split(b"\n"):
        try:
            text = line.decode("utf-8")
            utf8 += sum(character > "\u07ff" for character in text) >= _MIXED_MINIMUM
        except UnicodeDecodeError:
            text = line.decode("gb18030", errors="replace")
            replaced += text.count("\ufffd")
            other += 1
        lines.append(text)
    return Decoded("\n".join(lines), "utf-8+gb18030", replaced) if utf8 and other else None


def _double_byte(data: bytes) -> str:
    high = re.sub(rb"[\x00-\x7f]{3,}", b"\n", data)[:_SAMPLE]
    simplified = high.decode("gb18030", errors="replace")
    traditional = high.decode("big5", errors="replace")
    gb18030 = sum(character in _COMMON for character in simplified) - 5 * simplified.count("\ufffd")
    big5 = sum(character in _COMMON_TRADITIONAL for character in traditional)
    big5 -= 5 * traditional.count("\ufffd")
    if gb18030 != big5:
        return "gb18030" if gb18030 > big5 else "big5"
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    return "big5" if declared and declared.group(1).lower().startswith(b"big5") else "gb18030"


_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]"
)
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def clean(text: str) -> tuple[str, int]:
    r"""Return the text with `\n` line ends and without control characters, and how many were taken out.

    Half surrogate pairs, which no encoding can write, become U+FFFD. Marks of writing direction go too: they can
    make a line read differently from what is compared.

    Examples:
        >>> clean("第一条\r\n总\x00则\u200b")
        ('第一条\n总则', 2)
    """
    text = _BROKEN.sub(_REPLACEMENT, _LINE_ENDS.sub("\n", text))
    return _REMOVED.subn("", text)


_UNREADABLE_SHARE = 0.02


def read_characters(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Return decoded text and warnings.

    Raises:
        UnreadableInputError: if more than 2 % of the characters could not be decoded.
    """
    decoded = decode(data)
    if decoded.replaced > _UNREADABLE_SHARE * max(len(decoded.text), 50):
        raise UnreadableInputError(
            f"the text is in no encoding that could be read (tried utf-8, utf-16, gb18030, big5; "
            f"{decoded.replaced} characters unreadable): save it as UTF-8 and try again"
        )
    return decoded.text, decoded.warnings


def plain_text(data: bytes, name: str) -> str:
    r"""Return what a person wrote in an editor or saved from a sheet, in any usual encoding, with `\n` at line ends.

    Raises:
        UnreadableInputError: if bytes are in no such encoding, or it is no text.
    """
    decoded = decode(data)
    if decoded.replaced or "\0" in decoded.text:
        raise UnreadableInputError(f"{name} is not UTF-8: save it as UTF-8")
    return _LINE_ENDS.sub("\n", decoded.text)


def read_plain(request: Request) -> Reading:
    """Return the text of a plain text file."""
    text, warnings = read_characters(request.data)
    return Reading(text, "plain", __version__, warnings=warnings)
