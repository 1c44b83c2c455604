"""RTF through striprtf, with the characters of Chinese writers set right before and tables after."""

import re
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

from policydiff.errors import UnreadableInputError
from policydiff.extract.faults import LIBRARY_FAULTS
from policydiff.extract.reading import Reading, Request
from policydiff.extract.table import row_line
from policydiff.extract.word.rtf_marks import CELL_END, ROW_END, ROW_START, marked

_HIGH = re.compile(rb"[\x80-\xff]")
_NUMBERED = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+(?=([\x40-\x5b\x5d-\x7a\x7c\x7e])?)")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,6})")
_SIMPLIFIED = re.compile(rb"\\(?:deflangfe|langfe|langfenp)2052(?!\d)")
_WESTERN_FONT = re.compile(rb"\\fcharset0(?!\d)")
_LABEL_TAB = re.compile(r"^([^\s\t]{1,12}[、.．）)】])\t", re.MULTILINE)
_GB, _BIG5 = "936", "950"


def read_rtf(request: Request) -> Reading:
    """Return the text of an RTF.

    Raises:
        UnreadableInputError: if striprtf fails on it or finds no text.
    """
    data, code_page = _prepared(request.data)
    prepared = marked(data.decode("ascii", errors="replace"), request.revisions)
    head = f"{{\\rtf1\\ansi\\ansicpg{code_page} "
    try:
        body = _text(prepared.text)
        notes = [_text(f"{head}{note}}}") for note in prepared.notes]
    except LIBRARY_FAULTS as error:
        raise UnreadableInputError("the RTF is damaged") from error
    text = "\n".join(filter(None, (_lines(part) for part in (body, *notes))))
    if not text.strip():
        raise UnreadableInputError("the RTF holds no text: it is damaged, or holds pictures only")
    return Reading(text + "\n", "rtf", f"striprtf {version('striprtf')}")


def _prepared(data: bytes) -> tuple[bytes, str]:
    """Return the file in ASCII and its code page.

    Word writes the second half of a GBK character as a plain letter where it is one, and Chinese characters in
    runs whose Latin font comes first; WPS writes bytes as they are. Each would come out as two wrong characters.
    """
    plain = _HIGH.sub(lambda byte: b"\\'%02x" % byte.group()[0], data)
    declared = _CODE_PAGE.search(plain)
    code_page = declared.group(1).decode() if declared else "1252"
    if code_page not in {_GB, _BIG5, "54936"} and _SIMPLIFIED.search(plain):
        code_page = _GB
    if code_page in {_GB, "54936"}:
        code_page = _GB
        plain = _CODE_PAGE.sub(b"\\\\ansicpg936", plain)
        plain = _WESTERN_FONT.sub(b"\\\\fcharset134", plain)
    if code_page in {_GB, _BIG5}:
        plain = _with_whole_pairs(plain)
    return plain, code_page


def _with_whole_pairs(plain: bytes) -> bytes:
    parts: list[bytes] = []
    position = 0
    for run in _NUMBERED.finditer(plain):
        values = bytes.fromhex(run.group().replace(b"\\'", b"").decode())
        parts.append(plain[position : run.end()])
        position = run.end()
        if run.group(1) and _ends_within_pair(values):
            parts.append(b"\\'%02x" % run.group(1)[0])
            position += 1
    return b"".join((*parts, plain[position:]))


def _ends_within_pair(values: bytes) -> bool:
    within = False
    for value in values:
        within = not within and value >= 0x81
    return within


def _text(rtf: str) -> str:
    found: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]
    return found


def _lines(text: str) -> str:
    lines: list[str] = []
    # From here on a tab parts cells and nothing else.
    plain = _LABEL_TAB.sub(r"\1", text.replace("\u2011", "-")).replace("\t", " ")
    *rows, rest = plain.split(ROW_END)
    for part in rows:
        before, _, row = part.partition(ROW_START)
        lines.extend(before.split("\n"))
        # A row whose start is not marked holds what stands before its first cell ends.
        *cells, _ = (row or before).replace(ROW_START, "").split(CELL_END)
        lines.extend([row_line(cells)] if len(cells) > 1 else "\n".join(cells).split("\n"))
    lines.extend(re.sub(f"[{ROW_START}{CELL_END}]", "\n", rest).split("\n"))
    return "\n".join(_shown(line) for line in lines if _shown(line))


def _shown(line: str) -> str:
    return re.sub(r"[ \xa0]+", " ", line).strip(" \xa0\n\r")
