"""Text from the bytes of a file: the encoding is found, line ends become one form, tables typed in plain characters become rows."""

import codecs
import csv
import os
import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import UnreadableInputError
from policydiff.extract.reading import Reading, Remark, Request
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import nearest
from policydiff.lexicon.text_marks import row_line
from policydiff.version import __version__

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = lazy_pattern(rb"""<[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Bytes from the start within which a page declares its encoding; HTML itself asks for the first 1,024."""
_SAMPLE = 200_000
"""Bytes or characters by which an encoding is judged; frequencies no longer change after some thousands of characters."""
# The most frequent characters of official texts. Every two-byte encoding maps most byte pairs to some character, but only
# the right encoding gives these characters.
_COMMON = frozenset(
    "的和在是一不有人中大为国业发展政府市工作部门区要个及会关经以理服务建设文件通知实施按规定管行企"
)
_COMMON_TRADITIONAL = frozenset(
    "的和在是一不有人中大為國業發展政府市工作部門區要個及會關經以理服務建設文件通知實施按規定管行企"
)
_HIRAGANA = frozenset(map(chr, range(0x3041, 0x3094)))
_HANGUL = frozenset("이의는은을를에하다한고가로지사기정제조서과와도및수있할인자시여부")
_CHINESE = {"gb18030": _COMMON, "big5": _COMMON_TRADITIONAL, "big5hkscs": _COMMON_TRADITIONAL}
_OTHERS = {"cp932": _HIRAGANA, "euc_jp": _HIRAGANA, "cp949": _HANGUL}
_FOREIGN = 0.15
"""Least share of frequent Japanese or Korean characters in such a text: a third in real texts, never reached in 5,000 lines of statutes in GBK."""
_SEVEN_BITS = (
    (b"\x1b$", "iso2022_jp", _HIRAGANA),
    (b"~{", "hz", _COMMON),
    (b"+", "utf-7", _COMMON | _COMMON_TRADITIONAL),
)
"""Encodings that write all characters in ASCII: byte sequence that announces other characters, codec, frequent characters."""
_MIXED_MINIMUM = 4
"""Least common characters that prove a second encoding in a file; fewer occur by chance in any wrong reading."""


class Decoded(NamedTuple):
    """Decoded characters, the codec used, and the number of bytes that could not be decoded."""

    text: str
    encoding: str
    replaced: int

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Return the warnings for readers of the text: mixed encodings, unreadable bytes."""
        found = []
        if "+" in self.encoding:
            found.append(Remark("encoding", "the file mixes encodings, line by line: utf-8 and gb18030"))
        if self.encoding not in _WRITE_CHINESE and "+" not in self.encoding:
            found.append(
                Remark("encoding", f"no encoding of Chinese: the characters were read as {self.encoding}")
            )
        wide = [each for each in self.text[:_SAMPLE] if each > _ASCII] if self.encoding in _CHINESE else ()
        if len(wide) >= _LEAST_WIDE and _common(wide, _CHINESE[self.encoding]) < _HARDLY * len(wide):
            found.append(
                Remark(
                    "encoding",
                    f"hardly any frequent character of Chinese: {self.encoding} may be the wrong encoding; where the words make no sense, save the file as UTF-8",
                )
            )
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
    """Decode a whole file; bytes that cannot be decoded become U+FFFD and are counted."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], name)
    told = utf16_without_mark(data) or (_seven_bits(data) if data.isascii() else None)
    if told:
        return _replacing(data, told)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    # A single bad byte in a long UTF-8 text (a cut download) must not change the encoding of the whole text.
    sample = data[:_SAMPLE].decode("utf-8", errors="replace")
    multibyte = sum(character > "\x7f" for character in sample)
    if sample.count("\ufffd") * 20 < multibyte:
        return _replacing(data, "utf-8")
    # Bytes beyond ASCII that mostly stand alone between Latin letters are characters of Windows-1252 (’, –, é).
    found = _HIGH.findall(data[:_SAMPLE])
    runs, high = list(map(len, found)), b"".join(found)
    alone = max(runs, default=_SAMPLE) <= _LONGEST_WESTERN and 2 * runs.count(1) > len(runs)
    if alone and len(_LATIN.findall(high)) >= _MOSTLY * len(high):
        return _replacing(data, "cp1252")
    return _line_by_line(data) or _replacing(data, _by_frequency(data))


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


_USUAL = 0.05
"""Least share of the most frequent characters in Chinese text; in official texts they are a sixth, in Latin letters misread as UTF-16 almost none."""
_WIDEST = 2_000
"""Bytes of which UTF-16 without a mark is recognised; the share of zero bytes is as clear in them as in the whole file."""


def utf16_without_mark(data: bytes) -> str | None:
    """Return the UTF-16 codec of a file without a byte order mark; None if the file is not UTF-16.

    Either the zero bytes of ASCII characters are all on one side, or one byte order gives the characters of Chinese texts.
    """
    head = data[: min(len(data) // 2 * 2, _WIDEST)]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if 10 * (odd + even) >= len(head) > 0 and max(odd, even) > 3 * min(odd, even):
        return "utf-16-le" if odd > even else "utf-16-be"
    for name in () if is_utf8(head) else ("utf-16-le", "utf-16-be"):
        text = head.decode(name, errors="replace")
        if _common(text, _COMMON) > _USUAL * len(text):
            return name
    return None


def is_utf8(head: bytes) -> bool:
    """Return whether the beginning of a file is UTF-8; the last character of `head` may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _line_by_line(data: bytes) -> Decoded | None:
    """Decode a file joined from UTF-8 and GB18030 pieces; None for other files.

    A line with several multibyte characters that is valid UTF-8 is never GB18030 by chance.
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


_HIGH = lazy_pattern(rb"[\x80-\xff]+")
_LATIN = lazy_pattern(
    rb"[\x80\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xba\xbb\xbf\xc0-\xd6\xd8-\xf6\xf8-\xff]"
)
"""Accented letters, quotation marks and dashes of Windows-1252; frequent characters of Big5 begin with other bytes."""
_LONGEST_WESTERN = 3
"""Most bytes beyond ASCII in a row in Windows-1252: …” is two bytes, Chinese words are four bytes and more."""
_MOSTLY = 0.9
"""Least share of the high bytes that Western letters must have for a text to be Western and not damaged Chinese."""


_OF_LETTERS = lazy_pattern("cp[0-9]|iso8859|iso2022|koi8|euc_|shift_jis|tis|mac-|johab|big5|gb")
"""Beginnings of the names of Python's codecs for text; other codecs run escapes, or stand for no letters."""
_PRIVATE = lazy_pattern("[\ue000-\uf8ff]")
_ASCII = "\x7f"
_WRITE_CHINESE = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-7", "hz", *_CHINESE})
_LEAST_WIDE = 100
"""Least Chinese characters whose rarity may refute an encoding; a short list of names has rare characters too."""
_HARDLY = 0.01
"""Share of frequent characters below which an encoding is doubtful: a catalogue of minerals has .025, Cyrillic letters misread as Chinese .00."""


def _common(text: Iterable[str], frequent: frozenset[str]) -> int:
    return sum(character in frequent for character in text)


def _by_frequency(data: bytes) -> str:
    """Return the encoding that gives the most frequent characters of official texts; of equal encodings, the one that the page declares.

    Japanese and Korean are recognised by a large share of their own characters; other encodings are used only if declared.
    """
    declared = _declared(data)
    high = re.sub(rb"[\x00-\x7f]{3,}", b"\n", data)[:_SAMPLE]
    found, shares = {}, {}
    for name, frequent in (_CHINESE | _OTHERS).items():
        text = high.decode(name, errors="replace")
        # U+FFFD and private-use characters are evidence against an encoding.
        wrong = text.count("\ufffd") + len(_PRIVATE.findall(text))
        found[name] = _common(text, frequent) - 5 * wrong
        shares[name] = found[name] / max(sum(each > _ASCII for each in text), 1)
    chinese = max(_CHINESE, key=lambda name: (found[name], name == declared))
    other = max(_OTHERS, key=found.__getitem__)
    if shares[other] >= _FOREIGN and found[other] > 2 * found[chinese]:
        return other
    is_told = declared not in {None, *_CHINESE} and shares[chinese] < _USUAL
    return declared if declared and is_told and "\ufffd" not in high.decode(declared, "replace") else chinese


def _declared(data: bytes) -> str | None:
    """Return Python's name of the encoding that a page declares; None if it declares no encoding of letters."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    try:
        name = codecs.lookup(found[1].decode().lower().removeprefix("x-")).name if found else ""
    except LookupError:
        return None
    return {"shift_jis": "cp932", "euc_kr": "cp949"}.get(name, name) if _OF_LETTERS.match(name) else None


def _seven_bits(data: bytes) -> str:
    """Return the encoding of bytes that are all ASCII; usually they are plain ASCII, and the result is utf-8."""
    for mark, name, frequent in _SEVEN_BITS:
        if mark in data:
            text = data[:_SAMPLE].decode(name, errors="replace")
            wide = [each for each in text if each > _ASCII]
            if (
                _common(wide, frequent) > max(_USUAL * len(wide), _MIXED_MINIMUM)
                and "\ufffd" not in text[:-1]
            ):
                return name
    return "utf-8"


_LINE_ENDS = lazy_pattern("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REMOVED = lazy_pattern(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_BROKEN = lazy_pattern("[\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def clean(text: str) -> tuple[str, int]:
    r"""Return the text with `\n` line ends and without control characters, and the number of characters removed.

    Half surrogate pairs, which no encoding can write, become U+FFFD. Marks of writing direction are removed, because they
    can make a line look different from the text that is compared.

    Examples:
        >>> clean("第一条\r\n总\x00则\u200b")
        ('第一条\n总则', 2)
    """
    text = _BROKEN.sub(_REPLACEMENT, _LINE_ENDS.sub("\n", text))
    return _REMOVED.subn("", text)


_UNREADABLE_SHARE = 0.02
"""Share of characters without a reading from which a file is refused; below it the losses are named one by one."""


def read_characters(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Return decoded text and warnings. Raises UnreadableInputError if more than 2 % of the characters could not be decoded."""
    decoded = decode(data)
    if decoded.replaced > _UNREADABLE_SHARE * max(len(decoded.text), 50):
        raise UnreadableInputError(
            f"the text is in no encoding that could be read (tried utf-8, utf-16, gb18030, big5; "
            f"{decoded.replaced} characters unreadable): save it as UTF-8 and try again"
        )
    return decoded.text, decoded.warnings


def refuse_misspelt(file: Path) -> None:
    """Raise UnreadableInputError if the folder of a missing `file` holds a file with a similar name, which the user may have meant."""
    try:
        with os.scandir(file.parent) as entries:
            near = nearest(file.name, [each.name for each in entries if each.is_file()])
    except (OSError, ValueError):  # ValueError: a name with a zero character
        return
    if near is not None:
        raise UnreadableInputError(f"there is no file {file}: the nearest name there is {near}")


def bytes_of_file(file: Path) -> bytes:
    """Return the bytes of a file that a user named. Raises UnreadableInputError if it cannot be read."""
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name with a zero character
        if isinstance(error, FileNotFoundError):
            refuse_misspelt(file)
        raise UnreadableInputError(
            f"cannot read {file}: {getattr(error, 'strerror', None) or error}"
        ) from error


def plain_text(data: bytes, name: str) -> str:
    r"""Return the text of a file saved by an editor or a spreadsheet program, in any common encoding, with `\n` line ends.

    Raises UnreadableInputError if the bytes cannot be decoded, or are no text.
    """
    decoded = decode(data)
    if decoded.replaced or "\0" in decoded.text:
        raise UnreadableInputError(f"{name} is not UTF-8: save it as UTF-8")
    return _LINE_ENDS.sub("\n", decoded.text)


def read_plain(request: Request) -> Reading:
    """Return the reading of a plain text file."""
    text, warnings = read_characters(request.data)
    return Reading(in_rows(text), "plain", __version__, warnings=warnings)


_LEAST_COLUMNS = 3
"""Least number of columns of a CSV list: short lines of prose have one comma each, so two columns prove nothing."""
_LONGEST_NAME = 20
"""Most characters of the name of a column; longer cells in a first row are values."""
_DRAWN = lazy_pattern(r"(?:^[ \t\u3000]*[+|\u2500-\u257f][^\n]*(?:\n|\Z))+", re.MULTILINE)
_BORDER = lazy_pattern(r"(?=.*[-=\u2500\u2501\u2550]{2})[\u2500-\u257f+\-=: \t\u3000]+")
_BAR = lazy_pattern(r"[|\u2502\u2503\u2551]")
_RULED = 2
"""Least number of inner lines of a table that separates every row by a line; a single one only separates the head."""


def in_rows(text: str) -> str:
    r"""Return `text` with a CSV list or its drawn tables written as rows `| a | b |`; return any other text unchanged.

    The first line of a CSV list names the columns, and each record has as many values as there are columns. A drawn table
    stays as drawn if its rows have unequal numbers of cells.

    Examples:
        >>> in_rows('序号,任务,单位\n1,"新建,改造",市交通委\n')
        '| 序号 | 任务 | 单位 |\n| 1 | 新建,改造 | 市交通委 |\n'
        >>> in_rows("┌──┬──┐\n│车型│收费│\n├──┼──┤\n│小车│八元│\n│    │封顶│\n└──┴──┘\n")
        '| 车型 | 收费 |\n| 小车 | 八元封顶 |\n'
    """
    names = text.partition("\n")[0].split(",")
    if len({*names}) < max(len(names), _LEAST_COLUMNS) or not all(
        0 < len(name.strip()) <= _LONGEST_NAME for name in names
    ):
        return with_drawn_rows(text)
    try:
        records = list(csv.reader(StringIO(text.strip("\n")), strict=True))
    except csv.Error:
        return text
    if len(records) < 2 or any(len(record) != len(names) for record in records):
        return text
    return "".join(
        f"{line}\n" for record in records if (line := row_line([value.strip() for value in record]))
    )


def with_drawn_rows(text: str) -> str:
    """Return `text` with drawn tables as rows `| a | b |`; borders are box characters, or `+---+` as Markdown converters write."""
    return _DRAWN.sub(_rows, text)


def _rows(table: re.Match[str]) -> str:
    lines = [line.strip(" \t\u3000\r") for line in table[0].rstrip("\n").split("\n")]
    borders = [_BORDER.fullmatch(line) is not None for line in lines]
    if not (borders[0] and borders[-1]):
        return table[0]
    ruled = sum(borders) - 2 >= _RULED
    rows: list[list[str]] = []
    for above, line, is_border in zip([True, *borders], lines, borders, strict=False):
        cells = [cell.strip(" \t\u3000") for cell in _BAR.split(line)[1:-1]]
        if is_border:
            continue
        if above or not (ruled or (cells and not cells[0])):
            rows.append(cells)
        elif len(cells) == len(rows[-1]):
            rows[-1] = [_joined(upper, lower) for upper, lower in zip(rows[-1], cells, strict=True)]
        else:
            return table[0]
    if len({*map(len, rows)}) != 1 or not rows[0]:
        return table[0]
    return "".join(f"{line}\n" for row in rows if (line := row_line(row)))


def _joined(upper: str, lower: str) -> str:
    """Join two lines of a cell; only where both sides are ASCII does a space separate the lines: `Car`, `fee` → `Car fee`."""
    return (
        f"{upper} {lower}"
        if upper[-1:].isascii() and lower[:1].isascii() and upper and lower
        else upper + lower
    )
