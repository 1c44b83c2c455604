"""Prepares RTF for striprtf: marks the parts that striprtf would drop or mix up (cells, notes, boxes, struck words, tracked changes)."""

import re
from typing import NamedTuple

from policydiff.extract.reading import Revisions
from policydiff.lexicon.widths import raised

ROW_START, CELL_END, ROW_END, NUMBER_END = "\ue000", "\ue001", "\ue002", "\ue003"
NEST_CELL_END, NEST_ROW_END = "\ue004", "\ue005"
NOTE = "\ue006"
"""Mark before and after the index of a note, at the reference to the note."""
LEFT_OUT = {"deleted": "\ue010", "inserted": "\ue011", "struck": "\ue012", "hidden": "\ue013"}
"""Marks before words that are not part of the text, by the kind of the words."""
KEPT_AGAIN = "\ue014"
_TOKEN = re.compile(
    r"""\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?   # control word
      | (\\'[0-9a-fA-F]{2} | \\[^a-zA-Z])     # character by its number, or an escaped sign
      | ([{}])
      | [^\\{}]+ | \\""",
    re.VERBOSE | re.DOTALL,
)
_LIFTED = frozenset({"footnote", "shptxt", "dptxbxtext", "result"})
_BOXES = _LIFTED - {"footnote"}
"""Words of boxes and embedded objects that a page shows."""
_NOTED = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **dict.fromkeys(("xe", "tc", "ffdeftext"), "field"),
    "annotation": "comment", "shprslt": "alternative text", "mmath": "formula", "ffl": "choice", "sv": "alternative text",
}  # fmt: skip
"""Control words of words on no line of the text, and the kind under which these words are recorded."""
_DESCRIBED = frozenset({"wzDescription", "gtextUNICODE"})
"""Properties of shapes whose values are words."""
_DRAWN_FIELD = re.compile(r"\s*(?:EQ|MACROBUTTON)\b", re.IGNORECASE)
"""Fields without a result, which Word draws from their code."""
FIELD = "\ue007"
"""Mark before and after the index of the code of a field without a result."""
_DROPPED = frozenset(
    {"fldinst", "pict", "objdata", "themedata", "colorschememapping", "datastore", "nonesttables"}
)
_READ_AS = {"pntext": "\\listtext ", "column": "\\page "}
"""Control words that striprtf does not know, and known control words that print the same."""
_SWITCHES = {"strike": "struck", "striked": "struck", "v": "hidden"}
_RAISES = frozenset({"super", "sub", "nosupersub"})
_MERGES = {"clvmrg": "above", "clmrg": "left"}
_MOST_CELLS = 1_000
"""Most ends of cells kept of one row; Word allows 63 columns."""
_MOST_NOTED = 2_000
"""Most omissions named, a bound on memory."""
_QUOTED = re.compile(r"\"[^\"]*\\(?:u-?\d|')")
"""Words in the code of a field that are no address: letters beyond ASCII in quotation marks."""
_BRACES = re.compile(r"[{}]|\\\*|\\[a-z]+-?\d* ?")


class RowForm(NamedTuple):
    """Edges and merges of the cells of a row."""

    ends: tuple[int, ...]
    """End of each cell, in twentieths of a point from the left."""
    merges: tuple[str, ...]
    """For each cell `above` or `left` if it continues that cell, else empty."""


class Marked(NamedTuple):
    """RTF that striprtf can read, and the notes lifted out of it, as RTF without a head."""

    text: str
    notes: tuple[str, ...]
    rows: tuple[RowForm, ...]
    """Forms of rows, by the number after the mark of the row's end."""
    pictures: int
    noted: tuple[tuple[str, str], ...]
    """Kind and RTF of the words that are on no line."""
    codes: tuple[str, ...]
    """Codes of fields that Word draws, as RTF."""


class _Group(NamedTuple):
    word: str | None
    """Control word that made the group special; None for most groups."""
    outer: list[str]
    """Output list for the text around the group."""
    states: frozenset[str]
    """Kinds of words left out that are active when the group opens."""
    is_raised: bool
    is_noted: bool = False
    """Whether the words of this group, or of a group around it, are recorded as left out."""
    is_lifted: bool = False
    """Whether the words of this group, or of a group around it, are moved elsewhere."""


def marked(rtf: str, revisions: Revisions) -> Marked:
    """Return the RTF with marks for rows, notes and words left out, and with text boxes after their paragraph.

    Without the marks, striprtf would print bars between cells and addresses of links, and lose notes, text boxes and old list numbers.
    """
    return _Marker(revisions).run(rtf)


class _Marker:
    def __init__(self, revisions: Revisions) -> None:
        self._switches = (
            {"revised": "inserted", "mvt": "inserted"}
            if revisions == "original"
            else {"deleted": "deleted", "mvf": "deleted", **_SWITCHES}
        )
        if revisions == "original":
            self._switches["v"] = "hidden"
        self._out: list[str] = []
        self._groups: list[_Group] = []
        self._notes: list[str] = []
        self._boxes: list[str] = []
        self._states: frozenset[str] = frozenset()
        self._is_raised = False
        self._rows: list[RowForm] = []
        self._ends: list[int] = []
        self._merges: list[str] = []
        self._merge = ""
        self._pictures = 0
        self._noted: list[tuple[str, str]] = []
        self._codes: list[str] = []
        self._property = ""

    def run(self, rtf: str) -> Marked:
        whole = self._out
        position = 0
        while (token := _TOKEN.match(rtf, position)) is not None:
            position = token.end()
            word, argument, _, brace = token.groups()
            if brace == "{":
                self._out.append("{")
                around = self._groups[-1] if self._groups else _Group(None, self._out, self._states, False)
                self._groups.append(
                    _Group(None, self._out, self._states, self._is_raised, around.is_noted, around.is_lifted)
                )
            elif brace == "}":
                self._close()
            elif word == "bin":
                position += int(argument or 0) if not (argument or "").startswith("-") else 0
            elif word is not None:
                self._word(word, argument, token.group())
            elif self._is_raised and (power := raised(token.group().strip())) != token.group().strip():
                self._mark(power)
            else:
                self._out.append(token.group())
        while self._groups:
            self._close()
        return Marked(
            "".join(whole),
            tuple(self._notes),
            tuple(self._rows),
            self._pictures,
            tuple(self._noted),
            tuple(self._codes),
        )

    def _word(self, word: str, argument: str | None, printed: str) -> None:
        if word in _LIFTED or word in _DROPPED or word in _NOTED or word in {"nesttableprops", "sn"}:
            self._pictures += word == "pict"
            self._lift(word)
        elif word in self._switches:
            kind = self._switches[word]
            self._turn(self._states - {kind} if argument == "0" else self._states | {kind})
        elif word in _RAISES:
            self._is_raised = word == "super" and argument != "0"
            self._out.append(printed)
        elif word == "plain":
            self._turn(frozenset())
            self._is_raised = False
            self._out.append(printed)
        elif not self._table_word(word, argument):
            if word in _READ_AS:
                self._out.append(_READ_AS[word])
            elif word == "par" and self._boxes and not (self._groups and self._groups[-1].is_lifted):
                self._out.extend("\\par {" + box + "}" for box in self._boxes)
                self._boxes.clear()
                self._out.append(printed)
            else:
                self._out.append(printed)

    def _table_word(self, word: str, argument: str | None) -> bool:
        """Process a control word of tables; return whether it was one."""
        if word == "trowd":
            self._ends, self._merges, self._merge = [], [], ""
            self._mark(ROW_START)
        elif word in _MERGES:
            self._merge = _MERGES[word]
        elif word == "cellx":
            if len(self._ends) < _MOST_CELLS:
                self._ends.append(int(argument or 0))
                self._merges.append(self._merge)
            self._merge = ""
        elif word == "cell":
            self._mark(CELL_END)
        elif word == "nestcell":
            self._mark(NEST_CELL_END)
        elif word == "row":
            self._mark(f"{ROW_END}{len(self._rows)}{NUMBER_END}")
            self._rows.append(RowForm(tuple(self._ends), tuple(self._merges)))
        else:
            return False
        return True

    def _mark(self, mark: str) -> None:
        # In a group of its own, so that striprtf does not take the mark for the substitute of the character before it.
        self._out.append("{" + mark + "}")

    def _turn(self, states: frozenset[str]) -> None:
        """Set the kinds of words left out from here on, and mark the change in the output."""
        before, after = _first(self._states), _first(states)
        self._states = states
        if before != after:
            if before:
                self._mark(KEPT_AGAIN)
            if after:
                self._mark(LEFT_OUT[after])

    def _lift(self, word: str) -> None:
        """Collect the rest of the current group separately."""
        if not self._groups or self._groups[-1].word:
            return
        group = self._groups[-1]
        if word not in _DROPPED and group.is_noted:
            return
        if word == "footnote":
            # A note inside words that are left out is left out too.
            self._turn(group.states)
        noted = group.is_noted or word in _NOTED
        self._groups[-1] = _Group(word, self._out, group.states, group.is_raised, noted, is_lifted=True)
        self._out = []

    def _of_code(self, code: str) -> None:
        """Process the code of a field: mark a code that Word draws, record the words of a code that Word may print."""
        if _DRAWN_FIELD.match(_BRACES.sub("", code)):
            self._mark(f"{FIELD}{len(self._codes)}{FIELD}")
            self._codes.append(code)
        elif _QUOTED.search(code) and len(self._noted) < _MOST_NOTED:
            self._noted.append(("field", code))

    def _close(self) -> None:
        if not self._groups:
            self._out.append("}")
            return
        group = self._groups.pop()
        self._is_raised = group.is_raised
        if group.word is None:
            self._turn(group.states)
            self._out.append("}")
            return
        lifted, self._out = "".join(self._out), group.outer
        self._states = group.states
        self._out.append("}")
        if group.word == "footnote":
            self._mark(f"{NOTE}{len(self._notes)}{NOTE}")
            self._notes.append(lifted)
        elif group.word in _BOXES:
            self._boxes.append(lifted)
        elif group.word == "nesttableprops":
            self._mark(NEST_ROW_END)
        elif group.word == "sn":
            self._property = lifted.strip()
        elif group.word in _NOTED and len(self._noted) < _MOST_NOTED:
            if group.word != "sv" or self._property in _DESCRIBED:
                self._noted.append((_NOTED[group.word], lifted))
        elif group.word == "fldinst":
            self._of_code(lifted)


def _first(states: frozenset[str]) -> str:
    return next((kind for kind in LEFT_OUT if kind in states), "")
