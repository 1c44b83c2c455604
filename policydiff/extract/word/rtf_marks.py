"""Prepares RTF for striprtf: what that would drop or mix up (cells, notes, boxes, tracked changes) is marked or lifted."""

import re
from typing import NamedTuple

from policydiff.extract.reading import Revisions

ROW_START, CELL_END, ROW_END = "\ue000", "\ue001", "\ue002"
_TOKEN = re.compile(
    r"""\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?   # control word
      | (\\'[0-9a-fA-F]{2} | \\[^a-zA-Z])     # character by its number, or an escaped sign
      | ([{}])
      | [^\\{}]+ | \\""",
    re.VERBOSE | re.DOTALL,
)
_MARKS = {
    "trowd": ROW_START,
    "cell": CELL_END,
    "nestcell": CELL_END,
    "row": ROW_END,
    "nestrow": ROW_END,
}
_LIFTED = frozenset({"footnote", "shptxt"})
_DROPPED = frozenset({"fldinst", "pict", "objdata", "themedata", "colorschememapping", "datastore"})
_LEFT_OUT = {"final": "deleted", "original": "revised"}
_HIDDEN = "v"


class Marked(NamedTuple):
    """RTF fit for striprtf, and the notes lifted out of it, as RTF without a head."""

    text: str
    notes: tuple[str, ...]


class _Group(NamedTuple):
    word: str | None
    """The control word that made the group special, None for most."""
    outer: list[str]
    """Where the text around the group goes."""


def marked(rtf: str, revisions: Revisions) -> Marked:
    """Return the RTF with marks for table rows, text boxes after their paragraph, and tracked changes left out.

    striprtf would part cells by bars, print the addresses of links, and lose notes, text boxes and old list numbers.
    """
    return _Marker(revisions).run(rtf)


class _Marker:
    def __init__(self, revisions: Revisions) -> None:
        self._left_out = _LEFT_OUT[revisions]
        self._out: list[str] = []
        self._groups: list[_Group] = []
        self._notes: list[str] = []
        self._boxes: list[str] = []

    def run(self, rtf: str) -> Marked:
        whole = self._out
        position = 0
        while (token := _TOKEN.match(rtf, position)) is not None:
            position = token.end()
            word, argument, _, brace = token.groups()
            if brace == "{":
                self._out.append("{")
                self._groups.append(_Group(None, self._out))
            elif brace == "}":
                self._close()
            elif word == "bin":
                position += int(argument or 0) if not (argument or "").startswith("-") else 0
            elif word is not None:
                self._word(word, argument, token.group())
            else:
                self._out.append(token.group())
        while self._groups:
            self._close()
        return Marked("".join(whole), tuple(self._notes))

    def _word(self, word: str, argument: str | None, printed: str) -> None:
        if word in _LIFTED or word in _DROPPED:
            self._lift(word)
        elif word in _MARKS:
            # In a group of its own, so that it is not taken for the substitute of the character before it.
            self._out.append("{" + _MARKS[word] + "}")
        elif word == "pntext":
            self._out.append("\\listtext ")
        elif word in {self._left_out, _HIDDEN} and argument != "0":
            self._out.append("\\*" + printed)
        elif word == "par" and self._boxes and not any(group.word for group in self._groups):
            self._out.extend("\\par {" + box + "}" for box in self._boxes)
            self._boxes.clear()
            self._out.append(printed)
        else:
            self._out.append(printed)

    def _lift(self, word: str) -> None:
        """Send the rest of the current group elsewhere."""
        if not self._groups or self._groups[-1].word:
            return
        self._groups[-1] = _Group(word, self._out)
        self._out = []

    def _close(self) -> None:
        if not self._groups:
            self._out.append("}")
            return
        group = self._groups.pop()
        if group.word == "footnote":
            self._notes.append("".join(self._out))
        elif group.word == "shptxt":
            self._boxes.append("".join(self._out))
        if group.word:
            self._out = group.outer
        self._out.append("}")
