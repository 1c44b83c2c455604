"""Reads RTF with striprtf; characters from Chinese word processors are corrected before, tables are rebuilt after."""

import re
from collections.abc import Iterator, Sequence

from striprtf.striprtf import rtf_to_text

from policydiff.errors import UnreadableInputError
from policydiff.extract.reading import (
    LIBRARY_FAULTS,
    Block,
    Leftovers,
    Reading,
    Remark,
    Request,
    lays_out,
    library,
    text_and_forms,
)
from policydiff.extract.word.drawn_words import drawn
from policydiff.extract.word.rtf_marks import (
    CELL_END,
    FIELD,
    KEPT_AGAIN,
    LEFT_OUT,
    NEST_CELL_END,
    NEST_ROW_END,
    NOTE,
    NUMBER_END,
    ROW_END,
    ROW_START,
    RowForm,
    marked,
)
from policydiff.lexicon.text_marks import Merged, Slot, call, compact, note_line, row_line

_HIGH = re.compile(rb"[\x80-\xff]")
_NUMBERED = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+(?=([\x40-\x5b\x5d-\x7a\x7c\x7e])?)")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,6})")
_SIMPLIFIED = re.compile(rb"\\(?:deflangfe|langfe|langfenp)2052(?!\d)")
_CHINESE_FONT = re.compile(rb"(?:\\fcharset\d{1,3})?\\cpg936(?!\d)")
_WESTERN_FONT = re.compile(rb"\\fcharset0(?!\d)")
_TWICE = re.compile(rb"\\upr\s{0,9}\{[^{}]{0,9999}\}\s{0,9}\{\\\*\\ud ?")
"""Words in bytes for old programs, up to the beginning of the same words in Unicode."""
_LABEL_TAB = re.compile(r"^([^\s\t]{1,12}[、.．）)】])\t", re.MULTILINE)
_GB, _BIG5 = "936", "950"
_KINDS = {mark: kind for kind, mark in LEFT_OUT.items()}
_LEFT_OUT = re.compile(rf"([{''.join(LEFT_OUT.values())}])([^{KEPT_AGAIN}]*){KEPT_AGAIN}?")
_ROW_END = re.compile(rf"{ROW_END}(\d{{1,7}}){NUMBER_END}")
_NOTE = re.compile(rf"{NOTE}(\d{{1,6}}){NOTE}")
_APART = re.compile(r"\\\*|\\m[a-zA-Z]{1,20} ?")
"""Control words that begin a separate part (`\\*`) or a formula (`\\m…`); striprtf leaves both out."""
_FIELD = re.compile(rf"{FIELD}(\d{{1,6}}){FIELD}")
_MARKS = re.compile(f"[{ROW_START}{CELL_END}{NEST_CELL_END}{NEST_ROW_END}{KEPT_AGAIN}]")
_MERGED = {"above": Merged.ABOVE, "left": Merged.LEFT}
_TOUCH = 60
"""Twentieths of a point within which two cell ends are one border: 3 points, as in `page_tables`."""
_COLUMNS = 2
_BEHIND_THE_END = b"\0\x1a\t\r\n "
"""Bytes with which programs and old disks fill up a file after its end."""


def read_rtf(request: Request) -> Reading:
    """Return the text of an RTF. Raises UnreadableInputError if striprtf fails on it or finds no text."""
    data, code_page = _prepared(request.data)
    prepared = marked(data.decode("ascii", errors="replace"), request.revisions)
    head = f"{{\\rtf1\\ansi\\ansicpg{code_page} "
    left_out = Leftovers()
    try:
        body = _kept(_text(prepared.text), left_out)
        notes = [_kept(_text(f"{head}{note}}}"), left_out) for note in prepared.notes]
        codes = [drawn(_text(f"{head}{code}}}")) or "" for code in prepared.codes]
        body = _FIELD.sub(lambda found: codes[int(found[1])], body)
        for kind, words in prepared.noted:
            plain = _text(f"{head}{_APART.sub('', words)}}}")
            left_out.add(kind, _shown(_MARKS.sub(" ", plain).replace("\n", " ")))
    except LIBRARY_FAULTS as error:
        raise UnreadableInputError("the RTF is damaged") from error
    text, forms = text_and_forms(_with_notes(_blocks(body, prepared.rows, left_out), notes))
    if not text.strip():
        raise UnreadableInputError("the RTF holds no text: it is damaged, or holds pictures only")
    pictures = (
        (Remark("unread", f"pictures that are not read: {prepared.pictures}; text in them is missing"),)
        if prepared.pictures
        else ()
    )
    ends = request.data.rstrip(_BEHIND_THE_END).endswith(b"}")
    cut = () if ends else (Remark("damage", "the RTF ends inside a group: it is cut off, fetch it again"),)
    return Reading(
        text,
        "rtf",
        library("striprtf"),
        warnings=(*cut, *pictures, *left_out.struck_warning()),
        forms=forms,
        left_out=left_out.found(),
    )


def _prepared(data: bytes) -> tuple[bytes, str]:
    """Return the file in ASCII, and its code page.

    Word writes the second byte of a GBK character as a plain letter if it is one, and Chinese characters in runs whose
    Latin font comes first; WPS writes plain bytes. Uncorrected, each would become two wrong characters.
    """
    plain = _TWICE.sub(b"{", _HIGH.sub(lambda byte: b"\\'%02x" % byte.group()[0], data))
    plain = _CHINESE_FONT.sub(b"\\\\fcharset134", plain)
    declared = _CODE_PAGE.search(plain)
    code_page = declared.group(1).decode() if declared else "1252"
    if code_page not in {_GB, _BIG5, "54936"} and _SIMPLIFIED.search(plain):
        code_page = _GB
    if code_page in {_GB, "54936"}:
        code_page = _GB
        plain = _CODE_PAGE.sub(b"\\\\ansicpg936", plain)
        plain = _WESTERN_FONT.sub(b"\\\\fcharset134", plain)
    if code_page in {_GB, _BIG5}:
        parts: list[bytes] = []
        position = 0
        for run in _NUMBERED.finditer(plain):
            values = bytes.fromhex(run.group().replace(b"\\'", b"").decode())
            parts.append(plain[position : run.end()])
            position = run.end()
            if run.group(1) and _ends_within_pair(values):
                parts.append(b"\\'%02x" % run.group(1)[0])
                position += 1
        plain = b"".join((*parts, plain[position:]))
    return plain, code_page


def _ends_within_pair(values: bytes) -> bool:
    within = False
    for value in values:
        within = not within and value >= 0x81
    return within


def _text(rtf: str) -> str:
    found: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]
    return found


def _kept(text: str, left_out: Leftovers) -> str:
    """Return the text without the words marked to be left out, and record these words."""

    def leave(match: re.Match[str]) -> str:
        left_out.add(_KINDS[match[1]], " ".join(_MARKS.sub("", match[2]).split()))
        # Ends of paragraphs, cells and rows are kept.
        return "".join(re.findall(rf"\n|[{ROW_START}{CELL_END}]|{ROW_END}\d*{NUMBER_END}", match[2]))

    return _LEFT_OUT.sub(leave, text).replace(KEPT_AGAIN, "")


def _blocks(text: str, rows: Sequence[RowForm], left_out: Leftovers) -> list[Block]:
    # From here on, tabs separate nothing.
    plain = _LABEL_TAB.sub(r"\1", text.replace("\u2011", "-")).replace("\t", " ")
    found: list[Block] = []
    table: list[tuple[list[str], RowForm | None]] = []
    position = 0
    for end in _ROW_END.finditer(plain):
        part = plain[position : end.start()]
        position = end.end()
        before, _, row = part.partition(ROW_START)
        if row and before.strip():
            found.extend(_table(table, left_out))
            table = []
            found.extend(_paragraphs(before))
        number = int(end[1]) if end[1] else -1
        # A row without a mark at its start begins with the words before its first cell end.
        *cells, _ = (row or before).replace(ROW_START, "").split(CELL_END)
        table.append((cells, rows[number] if 0 <= number < len(rows) else None))
    found.extend(_table(table, left_out))
    found.extend(_paragraphs(_MARKS.sub("\n", plain[position:])))
    return found


def _table(rows: list[tuple[list[str], RowForm | None]], left_out: Leftovers) -> Iterator[Block]:
    """Yield the rows of a table; paragraphs instead if a row has one cell, or a cell holds the document itself."""
    borders = _borders([end for _, form in rows if form is not None for end in form.ends])
    slots = [_slots(cells, form, borders) for cells, form in rows]
    for (cells, form), row in zip(rows, compact(slots), strict=True):
        if len(row) < _COLUMNS or any(
            lays_out([line for line in cell.split("\n") if line.strip()]) for cell in cells
        ):
            for cell in cells:
                yield from _paragraphs(_MARKS.sub("\n", cell))
            continue
        if line := row_line(row):
            yield Block(line, "row")
        for cell, merge in zip(cells, form.merges if form is not None else (), strict=False):
            if merge and (words := _words(cell)):  # the cell it is merged into hides its words
                left_out.add("hidden", words)
        for cell in cells:
            yield from _nested(cell)


def _nested(cell: str) -> Iterator[Block]:
    """Yield the rows of the tables inside a cell; lines above the first row are the cell's own words, and not part of it."""
    *rows, _ = cell.split(NEST_ROW_END)
    for number, row in enumerate(rows):
        *cells, _ = row.split(NEST_CELL_END)
        if cells and not number:
            cells[0] = cells[0].rpartition("\n")[2]
        if line := row_line([_plain(each) for each in cells], 1):
            yield Block(line, "row")


def _slots(cells: list[str], form: RowForm | None, borders: list[int]) -> list[Slot]:
    """Return a row's places in the table's grid."""
    if form is None or len(form.ends) != len(cells):
        return [_words(cell) for cell in cells]
    slots: list[Slot] = []
    before = 0
    for cell, end, merge in zip(cells, form.ends, form.merges, strict=True):
        place = max(sum(border <= end + _TOUCH // 2 for border in borders), before + 1)
        slots.append(_MERGED[merge] if merge else _words(cell))
        slots.extend([Merged.LEFT] * (place - before - 1))
        before = place
    return slots


def _borders(ends: list[int]) -> list[int]:
    found: list[int] = []
    for end in sorted(ends):
        if not found or end - found[-1] > _TOUCH:
            found.append(end)
    return found


def _words(cell: str) -> str:
    """Return a cell's words without the words of a table inside it."""
    own = cell.rpartition(NEST_ROW_END)[2]
    before = cell.partition(NEST_CELL_END)[0].rpartition("\n")[0] if NEST_ROW_END in cell else ""
    return _plain(f"{before}\n{own}" if before else own)


def _plain(words: str) -> str:
    return "\n".join(_shown(line) for line in _MARKS.sub("\n", words).split("\n") if _shown(line))


def _paragraphs(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        if shown := _shown(line):
            yield Block(shown)


def _with_notes(blocks: list[Block], notes: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks with marks of notes as references, and each note after the block that refers to it."""
    for block in blocks:
        called = [int(number) for number in _NOTE.findall(block.text)]
        yield (
            block._replace(text=_NOTE.sub(lambda found: call(str(int(found[1]) + 1)), block.text))
            if called
            else block
        )
        for number in called:
            words = _shown(" ".join(_MARKS.sub(" ", _NOTE.sub("", notes[number])).split()))
            if number < len(notes) and words:
                yield Block(note_line(str(number + 1), words), "note")


def _shown(line: str) -> str:
    return re.sub(r"[ \xa0]+", " ", line).strip(" \xa0\n\r")
