"""Bytes to characters for the encodings Chinese documents come in: UTF-8, UTF-16, GB18030, Big5.

Detectors made for all languages are wrong on short or mostly ASCII GBK texts, so the four are told apart here:
a byte order mark decides, then strict UTF-8, then whichever of GB18030 and Big5 gives more common characters.
What a page declares only breaks ties: pages that declare gb2312 are often GB18030, some are UTF-8.
"""

import codecs
import re
from typing import NamedTuple

from policydiff.errors import UnreadableInputError
from policydiff.extract.reading import Reading, Remark, Request
from policydiff.version import __version__

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


def read_plain(request: Request) -> Reading:
    """Return the text of a plain text file."""
    text, warnings = read_characters(request.data)
    return Reading(text, "plain", __version__, warnings=warnings)
