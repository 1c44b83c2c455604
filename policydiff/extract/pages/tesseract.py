"""tesseract, where it is on the path: called with the picture on standard input, one thread."""

import os
import subprocess
from collections import defaultdict

from policydiff.errors import UnreadableInputError
from policydiff.extract.pages.lines import is_wide
from policydiff.extract.pages.pictures import FoundLine, Picture
from policydiff.platforms import dying_with_parent

_WORD, _LINE, _PAGE = "5", "4", "1"


class Tesseract:
    """The program, with simplified Chinese."""

    def __init__(self, program: str, seconds: float) -> None:
        self._program = program
        self._seconds = seconds
        self.name = _version(program)

    def recognise(self, picture: Picture) -> list[FoundLine]:
        """Return the lines of a picture from top to bottom.

        Raises:
            UnreadableInputError: if the program fails.
        """
        head = f"P5\n{picture.width} {picture.height}\n255\n".encode()
        return _lines(self._table(head + picture.pixels))

    def recognise_file(self, data: bytes) -> tuple[list[FoundLine], int, int]:
        """Return the lines of a picture file's first page, and its width and height in pixels.

        Raises:
            UnreadableInputError: if the program fails.
        """
        table = self._table(data)
        page = next((row.split("\t") for row in table.splitlines() if row.startswith(f"{_PAGE}\t1\t")), None)
        if page is None:
            raise UnreadableInputError("tesseract found no page in the picture: it is damaged")
        return _lines(table), int(page[8]), int(page[9])

    def _table(self, data: bytes) -> str:
        arguments = [self._program, "stdin", "stdout", "-l", "chi_sim", "--psm", "6", "--dpi", "200", "tsv"]
        try:
            # Without the thread limit it spends its time in threads that wait for each other.
            run: subprocess.CompletedProcess[bytes] = subprocess.run(  # noqa: S603 (a program of the path, fixed arguments)
                arguments,
                input=data,
                capture_output=True,
                timeout=self._seconds,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                **dying_with_parent(),
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise UnreadableInputError(
                f"tesseract could not read the picture ({type(error).__name__}): it is damaged"
            ) from error
        return run.stdout.decode("utf-8", errors="replace")


def languages(program: str) -> frozenset[str]:
    """Return the languages that are installed for a tesseract."""
    try:
        run = _asked(program, "--list-langs")
    except (subprocess.SubprocessError, OSError):
        return frozenset()
    return frozenset(run.stdout.decode("utf-8", errors="replace").split())


def _version(program: str) -> str:
    try:
        run = _asked(program, "--version")
    except (subprocess.SubprocessError, OSError):
        return "tesseract"
    said = (run.stdout or run.stderr).decode("utf-8", errors="replace").splitlines()
    return said[0].strip() if said else "tesseract"


def _asked(program: str, option: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program, option], capture_output=True, timeout=20, check=True)  # noqa: S603


def _lines(table: str) -> list[FoundLine]:
    """Read tesseract's table: a row for each line and each word, with its box and its confidence in percent."""
    heights: dict[tuple[str, ...], float] = {}
    words: defaultdict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) != 12:
            continue
        place = tuple(fields[1:5])
        left, top, width, height = map(float, fields[6:10])
        if fields[0] == _LINE:
            heights[place] = height
        elif fields[0] == _WORD and fields[11].strip():
            words[place].append((left, left + width, top + height / 2, float(fields[10]) / 100, fields[11]))
    return [_line(found, heights.get(place, 30.0)) for place, found in words.items()]


def _line(words: list[tuple[float, float, float, float, str]], height: float) -> FoundLine:
    text = ""
    for *_, word in words:
        narrow = text and not is_wide(text[-1]) and not is_wide(word[0])
        text += f" {word}" if narrow else word
    letters = sum(len(word[4]) for word in words)
    confidence = sum(word[3] * len(word[4]) for word in words) / letters
    first, last = words[0], words[-1]
    return FoundLine(text, (first[0], first[2]), (last[1], last[2]), height, max(0.0, min(1.0, confidence)))
