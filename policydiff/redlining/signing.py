"""Makes the elements of changes: signed, numbered so that no id stands twice in the package."""

from collections.abc import Iterable

from lxml import etree

from policydiff.redlining.choices import RedlineChoices
from policydiff.redlining.wordml import made, w

_ID = w("id")


_NO_TIME = "1970-01-01T00:00:00Z"


class Signer:
    """Gives out the elements of changes and knows them again."""

    def __init__(self, choices: RedlineChoices, roots: "Iterable[etree._Element]") -> None:
        """Take the author and all parts of the package that hold numbered marks."""
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
        """Return the beginning of one end of a move; the schema wants a time there, whether there is one or not."""
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
        """Return a free id for the second half of a change of another author that has to be cut in two."""
        number = self.number()
        self._borrowed.add(number)
        return number

    def move(self) -> str:
        """Return a name for the two ends of a move."""
        self._moves += 1
        return f"policydiff{self._first + self._moves}"

    def is_own(self, element: "etree._Element") -> bool:
        """Return whether a mark was given out here."""
        number = element.get(_ID, "")
        return (
            number.isdecimal() and self._first <= int(number) <= self._last and number not in self._borrowed
        )


def _highest(root: "etree._Element") -> int:
    numbers = (number for each in root.iter() if (number := each.get(_ID)) is not None)
    return max((int(number) for number in numbers if number.isdecimal() and len(number) < 10), default=0)
