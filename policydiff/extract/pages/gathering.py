"""Characters of a page put together to fragments; those that a line goes through are kept apart."""

from collections.abc import Sequence

from policydiff.extract.pages.lines import LONGEST, TOUCHING, Fragment, Ruling

LEVEL = 0.05
"""Points within which two characters stand on one baseline."""
_STRUCK_FROM, _STRUCK_TO = 0.6, 0.12
"""Ems above the baseline within which a line goes through a character: an underline lies below it."""


class Gathering:
    """Fragments in the order of the file."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self.fragments: list[Fragment] = []
        self.struck: list[Fragment] = []
        self.joins = False
        """Whether what comes next may go on with the last fragment."""
        self.strokes = [
            (ruling.y0, ruling.x0, ruling.x1)
            for ruling in rulings
            if ruling.x1 - ruling.x0 > ruling.y1 - ruling.y0
        ]
        self._struck_from = 0.0

    def blank(self) -> None:
        """Add a blank that the file holds behind what was added last."""
        if self.fragments and not self.fragments[-1].text.endswith(" "):
            last = self.fragments[-1]
            self.fragments[-1] = last._replace(text=last.text + " ")

    def add(self, fragment: Fragment) -> None:
        """Add characters, among the struck ones where a line goes through their middle."""
        fragments = self.fragments
        middle = (fragment.x0 + fragment.x1) / 2
        if self.strokes and self.is_crossed(fragment, middle, middle):
            self._strike(fragment)
            return
        if (
            self.struck
            and _goes_on(self.struck[-1], fragment)
            and not (fragments and _goes_on(fragments[-1], fragment))
        ):
            # Struck words before it take up room at the beginning of the line.
            fragment = fragment._replace(x0=self._struck_from)
        self.join(fragment)

    def join(self, fragment: Fragment) -> None:
        """Add words to the fragment before them, where they go on with it, or as one of their own."""
        fragments = self.fragments
        if fragments:
            last = fragments[-1]
            text, x0, x1, baseline, size = last
            if _is_double(last, fragment):
                return
            if (
                self.joins
                and fragment.size == size
                and fragment.baseline == baseline
                and abs(fragment.x0 - x1) < TOUCHING * size
                and len(text) < LONGEST
            ):
                fragments[-1] = Fragment(text + fragment.text, x0, fragment.x1, baseline, size)
                return
        fragments.append(fragment)
        self.joins = True

    def _strike(self, fragment: Fragment) -> None:
        """Leave a struck character out; the room it takes up stands for no blank between those beside it."""
        fragments = self.fragments
        if not (self.struck and _goes_on(self.struck[-1], fragment)):
            self._struck_from = fragment.x0
        self.struck.append(fragment)
        self.joins = False
        if fragments and _goes_on(fragments[-1], fragment):
            fragments[-1] = fragments[-1]._replace(x1=fragment.x1)

    def is_crossed(self, fragment: Fragment, start: float, end: float) -> bool:
        """Return whether a line goes through some of the room from `start` to `end` on the fragment's baseline."""
        upper = fragment.baseline - _STRUCK_FROM * fragment.size
        lower = fragment.baseline - _STRUCK_TO * fragment.size
        return any(upper <= y <= lower and x0 - 1 <= end and start <= x1 + 1 for y, x0, x1 in self.strokes)


def _goes_on(last: Fragment, fragment: Fragment) -> bool:
    """Say whether a character follows another one on its line without empty space between."""
    near = abs(fragment.x0 - last.x1) < 0.5 * fragment.size
    return near and abs(fragment.baseline - last.baseline) < LEVEL * fragment.size + LEVEL


def _is_double(last: Fragment, fragment: Fragment) -> bool:
    """Say whether the character is drawn again a little aside, which some programs do for bold type."""
    if not last.text.endswith(fragment.text):
        return False
    # What is drawn again covers the characters drawn before it, the last of their fragment.
    width = min(fragment.x1 - fragment.x0, fragment.size)
    return (
        abs(last.x1 - fragment.x1) < 0.4 * width and abs(last.baseline - fragment.baseline) < 0.3 * last.size
    )
