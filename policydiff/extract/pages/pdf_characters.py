"""The characters of one PDF page with their places, as PDFium finds them."""

import ctypes
import math
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages import pdfium_calls as calls
from policydiff.extract.pages.assembly import repaired
from policydiff.extract.pages.lines import Fragment, Frame, Ruling

_BLANKS = frozenset({0x20, 0xA0, 0x09, 0x3000})
_TOUCHING = 0.12
"""Ems between two characters that follow one another: typesetting stretches a justified line by less."""
_LONGEST = 200
_ODD = re.compile("[\x00-\x1f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff]")
"""Characters that fonts give without saying what they print, and halves of characters."""
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’—…·]+"
)
_IDEOGRAPHS = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff00-\uff60"
_RUN = re.compile(
    f"(?P<wide>[{_IDEOGRAPHS}]{{2,}})|(?P<other>[^{_IDEOGRAPHS} \xa0\t\u3000\r\n]+|[{_IDEOGRAPHS}])|[ \xa0\t\u3000]"
)
"""Ideographs with the marks of their width, all else between blanks, and a blank; ends of lines are passed over."""
_LEVEL = 0.05
"""Points within which two characters stand on one baseline."""
_SAME_BOX = 0.05
"""Share of the type by which the boxes of two characters of one size differ at most; those of the next size differ by a twentieth."""
_FULL_TURN = 2 * math.pi
_SOLID, _NARROW = 1.12, 0.95
"""Ems that a wide and a narrow character take up at most where no empty space is set between them: Latin capitals are 0.95 wide,
and PDFium itself puts a blank where two characters of one text object stand more than a sixth of an em apart."""
_THINNEST = 0.2
"""Ems that a character takes up at least on the average; less, and characters are drawn over one another."""
_STRUCK_FROM, _STRUCK_TO = 0.6, 0.12
"""Ems above the baseline within which a line goes through a character: an underline lies below it."""
_SLANT = math.radians(8)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Characters(NamedTuple):
    """What a page's text layer holds."""

    fragments: list[Fragment]
    shown: int
    """Characters that are not blank."""
    unmapped: int
    """Shown characters whose font maps them to no letter."""
    slanted: str
    """Characters left out because they are set at an angle: watermarks."""
    struck: list[Fragment]
    """Characters with a line drawn through them."""


def frame_of(page: pypdfium2.PdfPage) -> Frame:
    """Return the page's frame."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())


Mapped = dict[int | None, set[str]]
"""The characters of each font, by its address, that are known to be what they print."""


def characters(
    page: pypdfium2.PdfPage, rulings: Sequence[Ruling] = (), mapped: Mapped | None = None
) -> Characters:
    """Return the characters of a page; neighbours on a line form a fragment.

    Args:
        page: The page.
        rulings: Its straight lines: a character that one crosses is struck.
        mapped: What is known of fonts, and is learned here; it holds as long as a page that uses the font is open.
    """
    text_page = page.get_textpage()
    try:
        raw = ctypes.cast(text_page.raw, calls.ADDRESS)
        return _Reader(raw, frame_of(page), rulings, {} if mapped is None else mapped).read()
    finally:
        text_page.close()


class _Type(NamedTuple):
    """How the characters of one text object of a page are set."""

    size: float
    """In points, 0 where the file says nothing usable."""
    slanted: bool
    level: bool
    """Whether all of them stand on one baseline."""
    baseline: float
    font: int | None


class _Reader:
    """One pass over the characters; what a text object says for all of its characters is asked once."""

    def __init__(self, raw: ctypes.c_void_p, frame: Frame, rulings: Sequence[Ruling], mapped: Mapped) -> None:
        self._raw = raw
        self._frame = frame
        self._types: dict[int | None, _Type] = {}
        self._set: dict[tuple[float, ...], tuple[float, bool, bool]] = {}
        self._mapped: dict[tuple[int | None, int], bool] = {}
        self._strokes = [
            (ruling.y0, ruling.x0, ruling.x1)
            for ruling in rulings
            if ruling.x1 - ruling.x0 > ruling.y1 - ruling.y0
        ]
        self._box, self._last_box = pdfium.FS_RECTF(), pdfium.FS_RECTF()
        self._at_box, self._at_last_box = ctypes.byref(self._box), ctypes.byref(self._last_box)
        self._fragments: list[Fragment] = []
        self._struck: list[Fragment] = []
        self._struck_from = 0.0
        self._joins = False
        self._drawn: list[str] = []
        self._known = mapped
        self._matrix = pdfium.FS_MATRIX()
        self._at_matrix = ctypes.byref(self._matrix)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_place = ctypes.byref(self._x), ctypes.byref(self._y)
        self._turn = math.radians(frame.rotation)
        self._shown = self._unmapped = 0

    def read(self) -> Characters:
        count = calls.count(self._raw)
        text = calls.text_at_once(self._raw, count)
        if text is None:
            for index in range(count):
                self._character(calls.unicode(self._raw, index), index)
        else:
            for run in _RUN.finditer(text):
                start, end = run.span()
                if run.lastgroup is None:
                    self._blank(start)
                elif run.lastgroup == "other" or not self._wide(run[0], start):
                    self._by_objects(text, start, end)
        return Characters(self._fragments, self._shown, self._unmapped, "".join(self._drawn), self._struck)

    def _by_objects(self, text: str, start: int, end: int) -> None:
        while start < end:
            place = calls.text_object(self._raw, start)
            stop = end if end - start == 1 else calls.run_end(self._raw, place, start, end)
            of_type = self._types.get(place) or self._type(place, start)
            if stop - start == 1 or not self._alike(text[start:stop], start, of_type):
                for index in range(start, stop):
                    self._character(ord(text[index]), index, of_type)
            start = stop

    def _wide(self, words: str, start: int) -> bool:
        """Add wide characters that follow one another without gaps as one fragment; False where that is not sure.

        Asked are the first and the last of them: wide characters between two that are alike are alike too. What is raised or
        small in a line of them is a sign, a digit or a Latin letter.
        """
        raw, box, end = self._raw, self._box, self._last_box
        last = start + len(words) - 1
        size, slanted, level = self._setting(start)
        if not level or slanted or not size or not calls.loose_box(raw, start, self._at_box):
            return False
        baseline = self._baseline(start)
        calls.loose_box(raw, last, self._at_last_box)
        off = abs(box.top - end.top) + abs(box.bottom - end.bottom)
        if off >= _LEVEL:
            alike = off < _SAME_BOX * size
            if abs(self._baseline(last) - baseline) >= _LEVEL or not (
                alike or self._setting(last)[0] == size
            ):
                return False
        place = calls.text_object(raw, start)
        return self._solid(words, start, size, baseline, calls.font(place) if place else None, 0)

    def _alike(self, words: str, start: int, of_type: _Type) -> bool:
        """Add the characters of one text object as one fragment; False where that is not sure."""
        if not of_type.size or not of_type.level or of_type.slanted:
            return False
        if not calls.loose_box(self._raw, start, self._at_box):
            return False
        calls.loose_box(self._raw, start + len(words) - 1, self._at_last_box)
        narrow = len(_WIDE.sub("", words))
        return self._solid(words, start, of_type.size, of_type.baseline, of_type.font, narrow)

    def _solid(
        self, words: str, start: int, size: float, baseline: float, font: int | None, narrow: int
    ) -> bool:
        """Add characters between the two boxes as one fragment; False where they do not fill the room, or may be struck.

        Args:
            words: The characters.
            start: The index of the first.
            size: Their size in points.
            baseline: Where they stand.
            font: The address of their font.
            narrow: How many of them are not wide.
        """
        box, frame = self._box, self._frame
        count = len(words)
        x0, x1 = box.left - frame.left, self._last_box.right - frame.left
        stands = frame.top - box.top - 1 <= baseline <= frame.top - box.bottom + 1
        room = size * (_SOLID * (count - narrow) + _NARROW * narrow)
        if not stands or not _THINNEST * size * count <= x1 - x0 <= room:
            return False
        known = self._known.get(font)
        if known is None or not known.issuperset(words):
            if not self._are_mapped(font, words, start):
                return False
            words = repaired(words)
        fragment = Fragment(words, x0, x1, baseline, size)
        if self._strokes:
            if self._is_crossed(fragment, x0, x1):
                return False
            self._add(fragment)
        else:
            self._join(fragment)
        self._shown += count
        return True

    def _are_mapped(self, font: int | None, words: str, start: int) -> bool:
        """Return whether the font says what each of the characters is, and keep those that print as they are."""
        known = set() if font is None else self._known.setdefault(font, set())
        new = set(words) - known
        if _ODD.search(words) or not all(
            calls.is_unmapped(self._raw, start + words.index(each)) != 1 for each in new
        ):
            return False
        known.update(each for each in new if repaired(each) == each)
        return True

    def _character(self, code: int, index: int, of_type: _Type | None = None) -> None:
        frame, box = self._frame, self._box
        if code in _BLANKS:
            self._blank(index)
            return
        if code in (0x0D, 0x0A):
            return
        self._shown += 1
        if of_type is None:
            place = calls.text_object(self._raw, index)
            of_type = self._types.get(place) or self._type(place, index)
        if not self._is_mapped(of_type.font, code, index):
            self._unmapped += 1
            code = code or 0xFFFD
        if of_type.slanted:
            self._drawn.append(_character(code))
            return
        if not calls.loose_box(self._raw, index, self._at_box):
            return
        first, second = frame.place(box.left, box.bottom), frame.place(box.right, box.top)
        x0, x1 = min(first[0], second[0]), max(first[0], second[0])
        upper, lower = min(first[1], second[1]), max(first[1], second[1])
        baseline = of_type.baseline
        if not of_type.level or not upper - 1 <= baseline <= lower + 1:
            baseline = self._baseline(index)
        size = of_type.size or max((lower - upper) / 1.3, 1.0)
        self._add(Fragment(_shown(code), x0, x1, baseline, size))

    def _blank(self, index: int) -> None:
        # PDFium makes up blanks where it sees a gap; between Chinese and Latin there is one by typesetting.
        self._joins = False
        written = calls.is_generated(self._raw, index) != 1
        if written and self._fragments and not self._fragments[-1].text.endswith(" "):
            last = self._fragments[-1]
            self._fragments[-1] = last._replace(text=last.text + " ")

    def _type(self, place: int | None, index: int) -> _Type:
        """Return how a character is set; kept for the others of its text object `place`."""
        size, slanted, level = self._setting(index)
        found = _Type(size, slanted, level, self._baseline(index), calls.font(place) if place else None)
        if place:
            self._types[place] = found
        return found

    def _setting(self, index: int) -> tuple[float, bool, bool]:
        """Return the size of a character in points (0: the file says nothing usable), whether it is slanted, and level."""
        matrix = self._matrix
        calls.matrix_of(self._raw, index, self._at_matrix)
        key = (*calls.FOUR(matrix), calls.font_size(self._raw, index))
        found = self._set.get(key)
        if found is None:
            a, b, c, d, size = key
            size *= math.sqrt(abs(a * d - b * c)) or 1.0
            slanted = abs(math.remainder(self._turn - math.atan2(b, a), _FULL_TURN)) > _SLANT
            level = not self._turn and abs(b) < 1e-4 and abs(c) < 0.5 * abs(a)
            found = self._set[key] = (size if 1 < size < 400 else 0.0, slanted, level)
        return found

    def _baseline(self, index: int) -> float:
        calls.origin(self._raw, index, *self._at_place)
        if not self._turn:
            return self._frame.top - self._y.value
        return self._frame.place(self._x.value, self._y.value)[1]

    def _is_mapped(self, font: int | None, code: int, index: int) -> bool:
        """Return whether the font says which character this is; asked once for each character of a font."""
        if code == 0 or _is_private(code):
            return False
        key = font, code
        if font is None or key not in self._mapped:
            self._mapped[key] = calls.is_unmapped(self._raw, index) != 1
        return self._mapped[key]

    def _add(self, fragment: Fragment) -> None:
        fragments = self._fragments
        middle = (fragment.x0 + fragment.x1) / 2
        if self._strokes and self._is_crossed(fragment, middle, middle):
            self._strike(fragment)
            return
        if (
            self._struck
            and _goes_on(self._struck[-1], fragment)
            and not (fragments and _goes_on(fragments[-1], fragment))
        ):
            # Struck words before it take up room at the beginning of the line.
            fragment = fragment._replace(x0=self._struck_from)
        self._join(fragment)

    def _join(self, fragment: Fragment) -> None:
        """Add words to the fragment before them, where they go on with it, or as one of their own."""
        fragments = self._fragments
        if fragments:
            last = fragments[-1]
            text, x0, x1, baseline, size = last
            if _is_double(last, fragment):
                return
            if (
                self._joins
                and fragment.size == size
                and fragment.baseline == baseline
                and abs(fragment.x0 - x1) < _TOUCHING * size
                and len(text) < _LONGEST
            ):
                fragments[-1] = Fragment(text + fragment.text, x0, fragment.x1, baseline, size)
                return
        fragments.append(fragment)
        self._joins = True

    def _strike(self, fragment: Fragment) -> None:
        """Leave a struck character out; the room it takes up stands for no blank between those beside it."""
        fragments = self._fragments
        if not (self._struck and _goes_on(self._struck[-1], fragment)):
            self._struck_from = fragment.x0
        self._struck.append(fragment)
        self._joins = False
        if fragments and _goes_on(fragments[-1], fragment):
            fragments[-1] = fragments[-1]._replace(x1=fragment.x1)

    def _is_crossed(self, fragment: Fragment, start: float, end: float) -> bool:
        """Return whether a line goes through some of the room from `start` to `end` on the fragment's baseline."""
        upper = fragment.baseline - _STRUCK_FROM * fragment.size
        lower = fragment.baseline - _STRUCK_TO * fragment.size
        return any(upper <= y <= lower and x0 - 1 <= end and start <= x1 + 1 for y, x0, x1 in self._strokes)


@cache
def _shown(code: int) -> str:
    return repaired(_character(code))


def _character(code: int) -> str:
    """Return the character; PDFium gives what lies beyond the first plane in two halves on some systems."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _is_private(code: int) -> bool:
    return code >= 0xE000 and any(first <= code <= last for first, last in _PRIVATE)


def _goes_on(last: Fragment, fragment: Fragment) -> bool:
    """Say whether a character follows another one on its line without empty space between."""
    near = abs(fragment.x0 - last.x1) < 0.5 * fragment.size
    return near and abs(fragment.baseline - last.baseline) < _LEVEL * fragment.size + _LEVEL


def _is_double(last: Fragment, fragment: Fragment) -> bool:
    """Say whether the character is drawn again a little aside, which some programs do for bold type."""
    if not last.text.endswith(fragment.text):
        return False
    # What is drawn again covers the characters drawn before it, the last of their fragment.
    width = min(fragment.x1 - fragment.x0, fragment.size)
    return (
        abs(last.x1 - fragment.x1) < 0.4 * width and abs(last.baseline - fragment.baseline) < 0.3 * last.size
    )
