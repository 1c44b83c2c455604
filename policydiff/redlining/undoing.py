"""Accepts and rejects tracked changes in the XML, and makes the elements of changes.

Each element has the author and a number; a check at the end makes sure that no number occurs twice in the package.
"""

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining import RedlineChoices, RedlineRefusedError, Refusal
from policydiff.redlining.package import W, content_of, drop, found, made, w

Choice = Callable[["etree._Element"], bool]
_RANGES = frozenset({"moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"})
_KEPT_PROPERTIES = {"pPrChange": ("rPr", "sectPr"), "sectPrChange": ("headerReference", "footerReference")}
"""Properties that a change of properties does not contain, and that stay whatever is chosen."""
_PROPERTY_CHANGES = tuple(
    w(name)
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange",
        "tblGridChange", "numberingChange", "cellMerge",
    )
)  # fmt: skip
CHANGES = (
    *(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", *sorted(_RANGES))),
    *_PROPERTY_CHANGES,
)
"""All elements that accepting or rejecting acts on."""
_POINTS = frozenset(
    {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"}
)
"""Elements that mark a place and are kept when the paragraph around them is removed."""
_BLOCKS = frozenset({"p", "tbl", "sdt", "customXml"})


def accept(root: "etree._Element", chosen: Choice | None = None) -> None:
    """Accept the `chosen` changes (all by default): insertions are kept, deletions removed."""
    _settle(root, chosen or _every, ("ins", "moveTo"), ("del", "moveFrom"), undo=False)


def reject(root: "etree._Element", chosen: Choice | None = None) -> None:
    """Reject the `chosen` changes (all by default): insertions are removed, deletions kept."""
    _settle(root, chosen or _every, ("del", "moveFrom"), ("ins", "moveTo"), undo=True)


def _every(_: "etree._Element") -> bool:
    return True


def _settle(
    root: "etree._Element", chosen: Choice, stay: tuple[str, ...], go: tuple[str, ...], *, undo: bool
) -> None:
    if next(root.iter(*CHANGES), None) is None:
        return
    wrappers, ends, rows = _chosen(root, chosen, (*stay, *go), go)
    for element, goes in wrappers:
        if goes:
            drop(element)
        else:
            _unwrap(element)
    _settle_cells(root, chosen, undo=undo)
    for row in rows:
        _drop_row(row)
    for holder in ends:
        _join(holder)
    _settle_properties(root, chosen, undo=undo)
    for name in _RANGES:
        for element in list(root.iter(w(name))):
            if chosen(element):
                drop(element)


def _chosen(
    root: "etree._Element", chosen: Choice, names: tuple[str, ...], go: tuple[str, ...]
) -> "tuple[list[tuple[etree._Element, bool]], list[etree._Element], list[etree._Element]]":
    """Return the changes around words with whether they are removed, the marks of removed paragraph ends, and removed rows.

    The marks of ends and rows are removed here; the caller joins the paragraphs and drops the rows.
    """
    wrappers: list[tuple[etree._Element, bool]] = []
    ends: list[etree._Element] = []
    rows: list[etree._Element] = []
    for element in [each for each in root.iter(*(w(name) for name in names)) if chosen(each)]:
        holder, goes = element.getparent(), name_of(element) in go
        if holder is None or holder.tag not in {w("rPr"), w("trPr")}:
            wrappers.append((element, goes))
            continue
        holder.remove(element)
        if goes and holder.tag == w("rPr"):
            ends.append(holder)
        elif goes and (row := holder.getparent()) is not None:
            rows.append(row)
    return wrappers, ends, rows


def _unwrap(element: "etree._Element") -> None:
    """Replace a change by its content; deleted words become ordinary words again."""
    holder = element.getparent()
    if holder is None:
        return
    if name_of(element) in {"del", "moveFrom"}:
        for deleted, usual in (("delText", "t"), ("delInstrText", "instrText")):
            for words in list(element.iter(w(deleted))):
                if next(words.iterancestors(w("del"), w("moveFrom"))) is element:
                    words.tag = w(usual)
    place = holder.index(element)
    holder[place : place + 1] = list(element)


def _settle_cells(root: "etree._Element", chosen: Choice, *, undo: bool) -> None:
    for name, goes in (("cellIns", undo), ("cellDel", not undo)):
        for element in list(root.iter(w(name))):
            if not chosen(element):
                continue
            properties = element.getparent()
            cell = None if properties is None else properties.getparent()
            if goes and cell is not None:
                drop(cell)
            else:
                drop(element)


def _drop_row(row: "etree._Element") -> None:
    table = row.getparent()
    drop(row)
    while table is not None and table.tag != w("tbl"):
        table = table.getparent()
    if table is None or table.find(f".//{w('tr')}") is not None:
        return
    holder = table.getparent()
    drop(table)
    if holder is not None and holder.tag == w("tc") and not any(name_of(each) == "p" for each in holder):
        etree.SubElement(holder, w("p"))


def _join(marks: "etree._Element") -> None:
    """Join a paragraph whose end was removed to the next one; an empty one before a table or at the end is removed."""
    properties = marks.getparent()
    paragraph = None if properties is None else properties.getparent()
    if properties is None or paragraph is None or paragraph.tag != w("p"):
        return
    if not len(marks):
        properties.remove(marks)
    following = paragraph.getnext()
    while following is not None and name_of(following) not in _BLOCKS:
        following = following.getnext()
    rest = content_of(paragraph)
    holder = paragraph.getparent()
    if following is not None and following.tag == w("p"):
        place = 1 if len(following) and following[0].tag == w("pPr") else 0
        following[place:place] = rest
        drop(paragraph)
    elif holder is not None and not any(_shows(each) for each in rest):
        others = [each for each in holder if each.tag == w("p") and each is not paragraph]
        if holder.tag != w("tc") or (others and holder[-1] is not paragraph):
            at = holder.index(paragraph)
            holder[at : at + 1] = [each for each in rest if name_of(each) in _POINTS]


def _shows(element: "etree._Element") -> bool:
    return element.tag == w("r") or element.find(f".//{w('r')}") is not None


def _settle_properties(root: "etree._Element", chosen: Choice, *, undo: bool) -> None:
    for change in list(root.iter(*_PROPERTY_CHANGES)):
        if not chosen(change):
            continue
        holder = change.getparent()
        if holder is None:
            continue
        if not undo or not len(change):
            holder.remove(change)
            if undo and name_of(change) not in {"numberingChange", "cellMerge"}:
                _clear(holder, name_of(change))
            continue
        kept = _KEPT_PROPERTIES.get(name_of(change), ())
        stay = [each for each in holder if name_of(each) in kept]
        old = list(change[0])
        for each in list(holder):
            holder.remove(each)
        if name_of(change) == "sectPrChange":
            holder.extend([*stay, *old])
        else:
            holder.extend([*old, *stay])


def _clear(holder: "etree._Element", change: str) -> None:
    for each in list(holder):
        if name_of(each) not in _KEPT_PROPERTIES.get(change, ()):
            holder.remove(each)


_MARKS = ("ins", "del", "moveFrom", "moveTo")
"""Marks of a paragraph's end or of a row, in the order of the schema."""


def end_marks(paragraph: "etree._Element") -> set[str]:
    """Return the names of the marks (`ins`, `del`, …) at a paragraph's end."""
    marks = found(found(paragraph, "pPr"), "rPr")
    return set() if marks is None else {name_of(each) for each in marks}


def put_mark(holder: "etree._Element", mark: "etree._Element") -> None:
    """Insert the mark of a change into the properties of a paragraph's end or of a row, at its place in the schema."""
    rank = _MARKS.index(name_of(mark))
    if holder.tag == w("trPr"):
        if not len(holder):
            # The schema requires a property beside the mark; this one states the default.
            holder.append(made("cantSplit", val="off"))
        later = {"trPrChange"} if rank == 1 else {"del", "trPrChange"}
        place = next((i for i, each in enumerate(holder) if name_of(each) in later), len(holder))
    else:
        earlier = _MARKS[: rank + 1]
        place = max((i + 1 for i, each in enumerate(holder) if name_of(each) in earlier), default=0)
    holder.insert(place, mark)


_ID = w("id")
_IDS = etree.XPath("//@w:id", namespaces={"w": W})


_NO_TIME = "1970-01-01T00:00:00Z"


class Signer:
    """Makes the elements of changes and recognises them later."""

    def __init__(self, choices: RedlineChoices, roots: "Iterable[etree._Element]") -> None:
        self._choices = choices
        self._last = max((_highest(root) for root in roots), default=0)
        self._first = self._last + 1
        self._moves = 0
        self._borrowed: set[str] = set()

    def change(self, name: str) -> "etree._Element":
        """Return a signed element: `ins`, `del`, `moveFrom`, `moveTo`, `pPrChange`."""
        element = made(name, id=self.number(), author=self._choices.author)
        if self._choices.date is not None:
            element.set(w("date"), self._choices.date)
        return element

    def range_start(self, side: str, move: str) -> "etree._Element":
        """Return the beginning of one end of a move; the schema requires a time here even if the choices have none."""
        element = self.change(f"{side}RangeStart")
        element.set(w("name"), move)
        if self._choices.date is None:
            element.set(w("date"), _NO_TIME)
        return element

    def number(self) -> str:
        """Return an id that is free in every part."""
        self._last += 1
        return str(self._last)

    def borrowed(self) -> str:
        """Return a free id for the second half of another author's change that must be cut in two."""
        number = self.number()
        self._borrowed.add(number)
        return number

    def move(self) -> str:
        """Return a name for the two ends of a move."""
        self._moves += 1
        return f"policydiff{self._first + self._moves}"

    def is_own(self, element: "etree._Element") -> bool:
        """Return whether a mark was made by this object."""
        number = element.get(_ID, "")
        return (
            number.isdecimal() and self._first <= int(number) <= self._last and number not in self._borrowed
        )


def _highest(root: "etree._Element") -> int:
    held = _IDS(root)
    numbers = map(str, held if isinstance(held, list) else ())
    return max((int(number) for number in numbers if number.isdecimal() and len(number) < 10), default=0)


_NUMBERED = tuple(
    w(name)
    for name in (
        "ins", "del", "moveFrom", "moveTo", "pPrChange", "sectPrChange", "cellIns", "cellDel", "tcPrChange",
    )
)  # fmt: skip
"""Marks that a redline writes, each with an id of its own."""
_FIELD_ENDS = {"begin": 1, "separate": 0, "end": -1}


def check_marks(
    parts: "Sequence[tuple[str, etree._Element]]", own: "Callable[[etree._Element], bool]"
) -> None:
    """Check that no id of the redline occurs twice in the package, and that no field is left open on either side.

    Raises RedlineRefusedError if either check fails.
    """
    seen: set[str] = set()
    for part, root in parts:
        for element in root.iter(*_NUMBERED):
            number = element.get(w("id"), "")
            if own(element) and number in seen:
                raise RedlineRefusedError(Refusal.NOT_PROVED, part, f"the change {number} stands there twice")
            seen.add(number)
        for gone in (("del", "moveFrom"), ("ins", "moveTo")):
            if not _fields_closed(root, gone):
                raise RedlineRefusedError(
                    Refusal.UNMARKABLE, part, "a field over several paragraphs is cut by the change"
                )


def _fields_closed(root: "etree._Element", gone: tuple[str, str]) -> bool:
    left_out = {w(name) for name in gone}
    depth = 0
    for each in root.iter(w("fldChar")):
        if any(above.tag in left_out for above in each.iterancestors()):
            continue
        depth += _FIELD_ENDS.get(each.get(w("fldCharType"), ""), 0)
        if depth < 0:
            return False
    return depth == 0
