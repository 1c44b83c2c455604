"""Recognises the kind of a file by its content, and imports the function that reads this kind when it is first needed.

The extension of the file name is ignored, because a `.doc` file often contains HTML or RTF.
"""

import re
import zipfile
import zlib
from collections.abc import Collection
from enum import StrEnum
from importlib import import_module
from io import BytesIO
from pathlib import PurePath

from policydiff.errors import UnreadableInputError
from policydiff.extract.decoding import is_utf8, utf16_without_mark
from policydiff.extract.reading import LIBRARY_FAULTS, Reading, Request
from policydiff.lexicon.examples import CERTAIN, told_by
from policydiff.lexicon.patterns import lazy_pattern


class FileKind(StrEnum):
    """Formats that are distinguished; the value is the media type."""

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
    """The pages of one document as captured, in a zip that policydiff made."""
    ZIP = "application/zip"
    ARCHIVE = "application/x-archive"
    MAIL = "message/rfc822"
    EPUB = "application/epub+zip"
    OPEN_TEXT = "application/vnd.oasis.opendocument.text"
    OFFICE_XML = "application/vnd.ms-office+xml"
    """Files that Word 2003 and Excel 2003 write as XML."""
    XML = "application/xml"
    ENCRYPTED_OFFICE = "application/vnd.ms-office-encrypted"
    OTHER_OFFICE = "application/vnd.ms-office"
    UNKNOWN = "application/octet-stream"


_HEAD = 4096
"""Bytes from the start of a file in which the mark of its format stands."""
_TEXT_SEARCHED = 1 << 20
"""Bytes of a text in which marks of Markdown are looked for."""
_PAGE = lazy_pattern(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE)
_FRAGMENT = lazy_pattern(rb"<(?:table|div|p|span|h[1-6]|center|font|style|script|title)[\s>]", re.IGNORECASE)
_OPENING = lazy_pattern(
    rb"<(?:[ou]l|dl|section|article|main|form|br|b|strong|em|i|u|a|blockquote|pre|header|nav)[\s/>]",
    re.IGNORECASE,
)
"""Elements with which part of a page may begin; deeper inside, other kinds of XML have elements with the same names."""
# A quoted line or bold words alone do not prove Markdown, because `> ` also occurs in texts pasted from mail.
_MARKDOWN = lazy_pattern(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n[^\s:-][^\n:]{0,60}:[^\n]*\n(?:[^\n]*\n){0,200}?---[ \t]*\r?\n"  # fields of a site above the text
    rb"|^(?:#{1,6}[ \t]+\S|Markdown Content:[ \t]*\r?$|<!--|\|[^\n|]{1,500}\|[^\n]{0,2000}\|[ \t]*\r?$|\[\^[^\]\s]{1,12}\]:|[^\n]{0,500}\]\(https?://|[^\n~]{0,500}~~[^\s~][^\n~]{0,500}~~)",
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
_MAIL_STREAMS = tuple(
    name.encode("utf-16-le") for name in ("__nameid_version1.0", "__properties_version1.0", "__substg1.0_")
)
"""Names of all entries of a message of Outlook (MS-OXMSG 2.2)."""
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh91AY", b"\xfd7zXZ\x00")
_OPEN_TYPES = (FileKind.ODS, FileKind.OPEN_TEXT)
_MAIL_HEAD = lazy_pattern(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_OF_PARTS = lazy_pattern(rb"^(?:MIME-Version|Content-Type):", re.IGNORECASE | re.MULTILINE)
_SENT = lazy_pattern(
    rb"^(?:To|Cc|Bcc|Received|Delivered-To|Return-Path|Reply-To):", re.IGNORECASE | re.MULTILINE
)
"""Header fields of a message sent to a person; a page saved by a browser has none of them."""
_OF_OFFICE = lazy_pattern(
    rb"mso-application\s+progid|schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)|urn:schemas-microsoft-com:office:spreadsheet|<office:document\s"
)
_MEMBER = b"PK\x01\x02"
_MOST_MEMBERS = 50_000
"""Most members of an archive that is listed at all; a package of Word has some hundreds."""
_BINARY = lazy_pattern(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes) -> FileKind:
    """Return the kind of file that these bytes are; UNKNOWN for bytes that are neither text nor a known container."""
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
    return FileKind.ARCHIVE if head.startswith(_ARCHIVES) else None


def _ole2_kind(data: bytes) -> FileKind:
    if _ENCRYPTED_STREAM in data:
        return FileKind.ENCRYPTED_OFFICE
    if _is_message(data):
        return FileKind.MAIL
    if _WORD_STREAM in data:
        return FileKind.DOC
    return FileKind.XLS if any(name in data for name in _SHEET_STREAMS) else FileKind.OTHER_OFFICE


def _is_message(data: bytes) -> bool:
    """Return whether the first entries of an OLE2 file are a message's; further on, the files attached have theirs."""
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 12)  # MS-CFB 2.2: 512 or 4,096 bytes
    start = (int.from_bytes(data[48:52], "little") + 1) * sector
    return any(name in data[start : start + 512] for name in _MAIL_STREAMS)


def _marked_up_kind(data: bytes) -> FileKind | None:
    head = data[:_HEAD]
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith(b"{\\rtf"):
        return FileKind.RTF
    fields = _MAIL_HEAD.match(stripped.replace(b"\r\n", b"\n"))
    if fields is not None and _OF_PARTS.search(fields[0]):
        parts = head.lower()
        is_page = (b"multipart/" in parts or b"text/html" in parts) and not _SENT.search(fields[0])
        return FileKind.MHTML if is_page else FileKind.MAIL
    narrow = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if narrow.startswith(b"<") and _OF_OFFICE.search(narrow) and not _PAGE.search(narrow):
        return FileKind.OFFICE_XML
    if not narrow.startswith(b"# ") and (
        _PAGE.search(narrow)
        or _OPENING.match(narrow)
        or (narrow.startswith(b"<") and _FRAGMENT.search(narrow))
    ):
        return FileKind.HTML
    return FileKind.XML if narrow.startswith(b"<?xml") else None


def _character_kind(data: bytes) -> FileKind:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head):
        return FileKind.PLAIN
    controls = len(_BINARY.findall(head))
    is_text = is_utf8(head) and len(
        head.decode(errors="ignore").encode("ascii", "ignore")
    ) + 3 * controls < len(head)
    if controls * 100 > len(head) and not is_text:
        return FileKind.UNKNOWN
    return FileKind.MARKDOWN if _MARKDOWN.search(data[:_TEXT_SEARCHED]) else FileKind.PLAIN


_STATUS = lazy_pattern(
    r"""\W*(?:(?:HTTP|Error|Status|Code|错误|状态|代码|码)[\s:：\-–—]*){0,3}[45]\d\d(?:\.\d+)?
    (?:\s*(?:$|[\-–—:：|,，。!！(（]|错误|页面|Error\b|Page\b|Forbidden|Not\sFound|Unauthori[sz]ed|Access\sDenied|Bad\s(?:Request|Gateway)|Internal\sServer
    |Service\s(?:Temporarily\s)?Unavailable|Gateway\sTime|Method\sNot|Too\sMany|Backend\sfetch|(?:禁止|拒绝|无法)访问))""",
    re.IGNORECASE | re.VERBOSE,
)
"""A line that begins with an HTTP status and has no other content; titles may contain 500千伏 and 404号."""
_GONE = lazy_pattern(
    r"(?:很?抱歉|对不起|\W)*(?:您|你)?(?:所|要|想)?(?:(?:访问|查看|请求|浏览|寻找)的)?(?:页面|网页|网址|链接|文章|内容|文件|资源|信息)(?:可能)?(?:不存在|不见了|未找到|没有找到|找不到|走丢了|已?被?删除|已?失效|已?过期|无法访问)(?=$|[，,。!！；;…\s或])"
)
_LONGEST_ERROR = 300
"""Most characters of a page that shows only an error, including its menu: the shortest announcements are a title and two sentences."""


def error_of(kind: FileKind, title: str, text: str) -> tuple[str, bool] | None:
    r"""Return the message with which a short page replaces the document, and whether this is certain; None for any other page.

    A demand (to log in, to solve a captcha) is recognised by a classifier learnt from examples, on pages without any line
    typical of a document. The message is not certain if the title of a document is above it.

    Examples:
        >>> error_of(FileKind.PLAIN, "", "403 Forbidden\nnginx")
        ('403 Forbidden', True)
        >>> error_of(FileKind.HTML, "安全验证", "请拖动滑块完成拼图")
        ('请拖动滑块完成拼图', True)
        >>> error_of(FileKind.HTML, "", "某市停车办法\n本文件仅限注册用户查看，请登录后阅读全文。")
        ('本文件仅限注册用户查看，请登录后阅读全文。', False)
        >>> error_of(FileKind.HTML, "500千伏变电站管理办法", "第一条 为了加强管理，制定本办法。")
    """
    if len(text) > _LONGEST_ERROR:
        return None
    lines = [line.strip() for line in (title, *text.split("\n")) if line.strip()]
    if said := next((line for line in lines[:4] if _STATUS.match(line) or _GONE.match(line)), None):
        return said, True
    if kind is FileKind.PLAIN or len(text) > _LONGEST_WALL or any(map(_OF_DOCUMENT.search, lines)):
        return None
    told = told_by(" ".join(lines))
    is_told = told is not None and told.margin >= CERTAIN
    return (max(lines, key=_certainty), not any(map(_TITLE.search, lines))) if is_told else None


def _certainty(words: str) -> float:
    told = told_by(words)
    return told.margin if told is not None else 0


_LONGEST_WALL = 200
"""Most characters of a page that demands something first, without its menu: a heading, two sentences, the id of the request."""
_OF_DOCUMENT = lazy_pattern(
    r"^(?:第[一二三四五六七八九十百\d]+[章条]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|[问答][：:])|(?:19|20)\d\d年\d{1,2}月|[〔\[](?:19|20)\d\d[〕\]]|[：:]$|《"
)
"""Lines that documents have and demands lack: numbered lines, lines with a date, a document number or a title, addressees."""
_TITLE = lazy_pattern(
    r"(?:办法|规定|规则|细则|条例|意见|方案|通知|通告|公告|公示|须知|政策|制度|公约|指南|守则|声明|协议|条款|章程|标准|计划|规划)$"
)


def holds(bundle: bytes, kinds: Collection[FileKind]) -> bool:
    """Return whether a bundle of pages and attachments holds a file of one of these kinds; false for a damaged bundle."""
    try:
        with zipfile.ZipFile(BytesIO(bundle)) as container:
            names = [name for name in container.namelist() if name.endswith(FILE_ENDING)]
            return any(sniff(container.read(name)) in kinds for name in names)
    except (zipfile.BadZipFile, zlib.error, *LIBRARY_FAULTS):
        return False


def _zip_kind(data: bytes) -> FileKind:
    # Each listed member costs time and memory in this process, without a worker; a zip of 60 MB can declare a million members.
    if data.count(_MEMBER) > _MOST_MEMBERS:
        return FileKind.ZIP
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            members = container.infolist()
            # A member with a password cannot be read here, but the names of the members still show the kind.
            sizes = {each.filename: each.file_size for each in members if not each.flag_bits & 1}
            # OpenDocument names its type in a member, which may be a bomb, so its size is limited.
            is_open = 0 < sizes.get("mimetype", 0) <= _LONGEST_TYPE
            mimetype = container.read("mimetype").decode("ascii", "replace") if is_open else ""
            is_typed = 0 < sizes.get(_TYPES, 0) <= _LONGEST_TYPES
            is_word = is_typed and _WORD_MAIN.search(container.read(_TYPES)) is not None
    except (zipfile.BadZipFile, zlib.error, *LIBRARY_FAULTS):
        return FileKind.ZIP
    if mimetype.startswith(_OPEN):
        return next((kind for kind in _OPEN_TYPES if kind.value == mimetype.strip()), FileKind.OTHER_OFFICE)
    if mimetype.strip() == FileKind.EPUB.value:
        return FileKind.EPUB
    names = {member.filename.lower().replace("\\", "/").lstrip("/") for member in members}
    # A zip with exactly these members is a bundle of pages; a packed or foreign zip is not.
    if bool(members) and all(
        member.filename in {MEMBER.format(number), FILE_MEMBER.format(number)}
        and member.compress_type == zipfile.ZIP_STORED
        for number, member in enumerate(members, start=1)
    ):
        return FileKind.PAGES
    told = next((kind for name, kind in _TOLD_BY.items() if name in names), FileKind.ZIP)
    return FileKind.DOCX if told is FileKind.OTHER_OFFICE and is_word else told


_LONGEST_TYPE = 200
"""Most bytes of the member `mimetype`; the names of the types have less than 80."""
_TYPES = "[Content_Types].xml"
_LONGEST_TYPES = 1 << 18
"""Most bytes read of the list of a container's parts; in a document with a thousand pictures it has about 100,000."""
_WORD_MAIN = lazy_pattern(
    rb"""application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml|ms-word)\.(?:document|template)[\w.]{0,30}\bmain\+xml"""
)
"""Type of a document's main part, which may have any name (ECMA-376 part 2, 9.3)."""
_OPEN = "application/vnd.oasis.opendocument."
_TOLD_BY = {
    "ofd.xml": FileKind.OFD,
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "xl/workbook.bin": FileKind.XLSX,
    # Member of every Microsoft Office file since 2007, including slides and drawings
    "[content_types].xml": FileKind.OTHER_OFFICE,
}
"""Members that show the kind of a container, in the order in which they are tried."""
MEMBER = "page-{:04}.html"
FILE_ENDING = ".bin"
FILE_MEMBER = "file-{:04}" + FILE_ENDING
"""Name of an attachment that holds the text announced by the page before it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(pages: list[bytes], attached: list[bytes] | None = None) -> bytes:
    """Return a single page unchanged; several pages, or a page with attachments, as a zip with the attachments last."""
    if len(pages) == 1 and not attached:
        return pages[0]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for number, page in enumerate(pages, start=1):
            container.writestr(zipfile.ZipInfo(MEMBER.format(number), _EPOCH), page)
        for number, file in enumerate(attached or [], start=len(pages) + 1):
            container.writestr(zipfile.ZipInfo(FILE_MEMBER.format(number), _EPOCH), file)
    return out.getvalue()


_HOMES = {
    FileKind.PLAIN: "policydiff.extract.decoding:read_plain",
    FileKind.MARKDOWN: "policydiff.extract.markdown:read_markdown",
    FileKind.HTML: "policydiff.extract.web.html:read_html",
    FileKind.MHTML: "policydiff.extract.web.html:read_mhtml",
    FileKind.PAGES: "policydiff.extract.web.html:read_bundle",
    FileKind.DOCX: "policydiff.extract.word.docx:read_docx",
    FileKind.RTF: "policydiff.extract.word.rtf:read_rtf",
    FileKind.DOC: "policydiff.extract.word.office:read_doc",
    FileKind.OPEN_TEXT: "policydiff.extract.word.office:read_odt",
    **dict.fromkeys((FileKind.XLSX, FileKind.XLS, FileKind.ODS), "policydiff.extract.workbook:read_workbook"),
    FileKind.PDF: "policydiff.extract.pages.pdf:read_pdf",
    FileKind.OFD: "policydiff.extract.pages.ofd:read_ofd",
    **dict.fromkeys(
        (FileKind.PNG, FileKind.JPEG, FileKind.TIFF, FileKind.BMP),
        "policydiff.extract.pages.recognition:read_picture",
    ),
}
_SUFFIXES = {kind: kind.name.lower() for kind in _HOMES} | {
    FileKind.MHTML: "mht", FileKind.MARKDOWN: "md", FileKind.PLAIN: "txt", FileKind.OPEN_TEXT: "odt", FileKind.JPEG: "jpg", FileKind.PAGES: "zip",
}  # fmt: skip
READ_SUFFIXES = tuple(f".{suffix}" for suffix in (*_SUFFIXES.values(), "htm", "jpeg", "mhtml", "wps"))
"""Endings of the names of files that can be read."""


def suffix_for(media_type: str, name: str | None = None) -> str:
    """Return the ending without its dot: of the format, else of the `name`, else `bin`."""
    known = {kind.value: suffix for kind, suffix in _SUFFIXES.items()}.get(media_type)
    return known or (PurePath(name).suffix.lstrip(".").lower() if name else "") or "bin"


_SMALL = {
    # Their readers take time in proportion to the size.
    FileKind.PLAIN: 1 << 20,
    FileKind.MARKDOWN: 1 << 20,
    # Nested or unclosed elements take time in proportion to the square of the size: 50 kB of <div> take half a second.
    FileKind.HTML: 50_000,
    FileKind.MHTML: 50_000,
}
"""Most bytes of a file that is read in the caller's process, by kind; kinds not listed are always read in a worker."""


def is_read(kind: FileKind) -> bool:
    """Return whether files of this kind can be read."""
    return kind in _HOMES


def read_as(kind: FileKind, request: Request) -> Reading:
    """Return the reading of a file of this kind.

    Raises UnreadableInputError if no reader reads the kind, the file is damaged, or its text is longer than the limit.
    """
    if not is_read(kind):
        raise UnreadableInputError(f"nothing reads {kind.value}")
    module, _, name = _HOMES[kind].partition(":")
    reading: Reading = getattr(import_module(module), name)(request)
    most = request.limits.text_characters
    if len(reading.text) > most:
        raise UnreadableInputError(
            f"its text has {len(reading.text):,} characters, more than the limit of {most:,}: raise text_characters or split it"
        )
    return reading


def is_isolated(kind: FileKind, size: int) -> bool:
    """Return whether a file with `size` bytes is parsed in a worker process.

    Binary formats always are; text formats only if the file is large, because pages with real words are small.
    """
    return size > _SMALL.get(kind, -1)
