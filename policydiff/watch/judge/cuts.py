"""Whether a page shows only the beginning of its document: a text cut short, a wall (a demand to log in or pay before reading on), or half of the text."""

import re
from collections import Counter
from difflib import SequenceMatcher

from policydiff.errors import worded
from policydiff.lexicon.examples import CERTAIN, squeeze, told_by
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.judge.beside import without_declared
from policydiff.watch.judge.core import begins_late, core_lines, lays_down, numbered, overlap, signature
from policydiff.watch.judge.page_runs import page_of

_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 4096
_MASK = re.compile(
    r"[*＊×�\u2500-\u27bf\u2b00-\u2bff\ue000-\uf8ff]{4,}|(?:[?？]{6,})|(?:[.…]{12,})|(?:某某){6,}|(?:X{6,}|x{6,})"
)
_MASK_SIGNS = re.compile(r"[*＊×�?？\u2500-\u27bf\u2b00-\u2bff\ue000-\uf8ff]")
_LEAST_TAIL = 2
"""Least number of lines at the end that must be gone before a text that otherwise stayed counts as cut; a single one may have been repealed."""


def check_whole(data: bytes, text: str, old_data: bytes, old_text: str, shown: str = "") -> None:
    """Refuse a page that holds only a part of the last version's page and text.

    `shown` is all that the page shows where its text is only the place at which the last version's stood: a wall
    may stand beside it. Raises SourceFailedError: transient for a page cut on its way, blocked for a wall or a
    mask, structure changed for half a document on a whole page.
    """
    new, old = (without_declared(core_lines(each), None) for each in (text, old_text))
    if not old or not new:
        return
    if _is_garbled(text, old_text):
        raise SourceFailedError(
            FailureKind.STRUCTURE, "the text is garbled: the site sends it in another encoding than it says"
        )
    _check_masks(text, old_text)
    _check_places(old, new)
    lost_tail = _lost_tail(old, new)
    page = page_of(old_data)
    wall = _wall(shown or text, "\n".join([old_text, *(run.words for run in (page.runs if page else ()))]))
    if wall is not None and (lost_tail or len("".join(new)) < 0.95 * len("".join(old))):
        raise SourceFailedError(
            FailureKind.BLOCKED,
            f"the text ends where the page says {wall!r}: the site shows only a part of it",
        )
    unclosed = is_unclosed(data, old_data)
    signs = {
        worded("its closing tags"): unclosed,
        worded("its last clause"): lost_tail,
        worded("its signature"): signature(old) is not None and signature(new) is None,
        worded("the end of its last sentence"): _is_torn(old, new),
    }
    gone = [name for name, is_gone in signs.items() if is_gone]
    if len(gone) >= 2:
        kind = FailureKind.TRANSIENT if unclosed else FailureKind.STRUCTURE
        raise SourceFailedError(kind, f"the page is cut, these parts are gone: {'; '.join(gone)}")
    if lost_tail and len(old) - len(new) >= _LEAST_TAIL and _is_beginning(old, new):
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"only the end of the text is gone, {len(old) - len(new)} lines of {len(old)}: perhaps it goes on elsewhere; "
            "look at the page, then change the source or use --accept",
        )
    if _lost_beginning(old, new):
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"only the beginning of the text is gone, {len(old) - len(new)} lines of {len(old)}: perhaps this is its second page; "
            "look at the page, then change the source or use --accept",
        )


def _is_garbled(text: str, old_text: str) -> bool:
    """Say whether a text was read in a wrong encoding: it has signs that only a wrong encoding leaves, or it is the old text when read in the right one."""
    if len(_GARBLED.findall(text)) >= _LEAST_MASKED > len(_GARBLED.findall(old_text)):
        return True
    if _HAN.search(text) is None and text.count("?") >= len(_HAN.findall(old_text)) / 2 > 0:
        return True  # a mask leaves the title and the labels
    same = overlap(text, old_text)
    read = (text.encode(wrong, "ignore").decode(right, "ignore") for wrong, right in _MISREAD)
    return same < _LEAST_READ and any(overlap(each, old_text) >= _LEAST_READ for each in read)


_MISREAD = (
    ("gb18030", "utf-8"),
    ("big5", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("big5", "gb18030"),
)
"""Pairs of encodings: the wrong one in which a text was read, and the one in which it was written."""
_LEAST_READ = 0.3
"""Least share of the old text that a text must hold once it is read in the right encoding. It is low because each sign that the wrong encoding lost breaks a sequence of five characters."""


def _check_places(old: list[str], new: list[str]) -> None:
    """Refuse (SourceFailedError, blocked) a text in which one sign stands in the places of other words: masked figures, or half of the lines."""
    more = Counter("".join(new))
    more.subtract(Counter("".join(old)))
    signs = [sign for sign, count in more.items() if count >= _LEAST_MASKED and not sign.isalnum()]
    if len(old) != len(new) or not signs:
        return
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    for sign in signs:
        if all(sign in other and _is_masked(one, other, sign) for one, other in changed):
            raise SourceFailedError(
                FailureKind.BLOCKED,
                f"{sign!r} stands in {len(changed)} lines where words stood: the site shows only a part of the text",
            )


def _is_masked(old: str, new: str, sign: str) -> bool:
    """Say whether a line is the old line in which sequences of one sign replace some of the characters: 补贴***元."""
    place = 0
    parts = re.split(f"{re.escape(sign)}+", new)
    if not old.startswith(parts[0]) or not old.endswith(parts[-1]):
        return False
    for part in parts:
        place = old.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return len(new) <= 2 * len(old)


_LEAST_MASKED = 3
"""Least number of masking signs before a text counts as masked, and of garbled places before it counts as garbled."""
_HAN = re.compile("[一-鿿]")
_GARBLED = re.compile(r"锟斤拷|烫烫烫|屯屯屯|�{2}|(?:[ÃÂäåæçèé][\u0080-\u00bf]){3}")


def is_unclosed(data: bytes, old_data: bytes) -> bool:
    """Say whether a page lacks the closing tags that it had: the connection may have been cut."""
    return bool(_CLOSED.search(old_data[-_TAIL:])) and not _CLOSED.search(data[-_TAIL:])


def _check_masks(text: str, old_text: str) -> None:
    masked = sum(len(found[0]) for found in _MASK.finditer(text))
    before = sum(len(found[0]) for found in _MASK.finditer(old_text))
    if masked < 12:
        # Masked here and there: every second character, or all but the first of each word.
        masked, before = (len(_MASK_SIGNS.findall(each)) for each in (text, old_text))
        if masked - before < max(20, len(text) // 10):
            return
    if masked - before >= 12 and masked > 2 * before:
        raise SourceFailedError(
            FailureKind.BLOCKED,
            f"{masked} characters of the text are masked: the site shows only a part of it",
        )


def _wall(text: str, old_text: str) -> str | None:
    """Return the line by which a site asks for a login or a payment behind a part of the old text; None where there is none, or where new text stands around it.

    A text that was written anew has sentences that speak of accounts and of what must be done, too; and the menu of a site
    has names of that kind (登录, 手机端), which its page had before.
    """
    before = squeeze(old_text)
    lines = [line for line in map(squeeze, text.splitlines()) if line]
    anew = [line not in before and lays_down(line) for line in lines]
    for place, line in enumerate(lines):
        is_after = sum(anew[place + 1 :]) <= _MOST_ANEW and sum(anew[:place]) <= _MOST_ANEW
        if is_after and line not in before and is_wall(line):
            return line
    return None


_MOST_ANEW = 3
"""Most new sentences above or below such a line: an amended clause, or the site's own words; more of them are another text."""


def is_wall(words: str) -> bool:
    """Say whether words ask readers to do something, such as to log in, before they see the rest of a text."""
    if not 0 < len(words) <= _LONGEST_WALL or numbered(words):
        return False
    told = told_by(words)
    return told is not None and told.kind == FailureKind.BLOCKED and told.margin >= CERTAIN


_LONGEST_WALL = 120


def _lost_tail(old: list[str], new: list[str]) -> bool:
    """Say whether the last provision of the old text is gone: no line of the new text has its words or similar ones."""
    end = signature(old)
    # A notice is signed above the text that it carries: that text's end is the end.
    carries = end is not None and any(numbered(line) for line in old[end + 1 :])
    body = old[: end - 1] if end is not None and end >= 3 and not carries else old
    last = next((line for line in reversed(body) if len(line) >= 8 and lays_down(line)), "")
    last = last or next((line for line in reversed(body) if len(line) >= 8), "")
    if not last:
        return False
    end_number = next((line for line in reversed(body) if numbered(line) and len(line) >= 8), last)
    if any(last in line for line in new):
        # Words that a site sets behind a text stay where the text ends before them.
        if end_number == last or any(end_number in line for line in new):
            return False
        last = end_number
    # A line that the old text has as well is that line, and not the last one in other words.
    known = set(old)
    others = [line for line in new[-12:] if line not in known]
    return max((_alike(last, line) for line in others), default=0.0) < (0.75 if last.isascii() else 0.5)


def _alike(one: str, other: str) -> float:
    one, other = one[:400], other[:400]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 else 0.0


def _is_torn(old: list[str], new: list[str]) -> bool:
    """Say whether the text breaks off: its last line is only the beginning of a line of the old text."""
    last = new[-1].rstrip("�")
    if last != new[-1] and not last:
        return True
    return last not in old and any(
        len(line) > len(last) and line.startswith(last[: max(1, len(last) - 2)]) for line in old
    )


def _lost_beginning(old: list[str], new: list[str]) -> bool:
    """Say whether lines at the beginning are gone, the first provision among them, and the rest begins with a later number."""
    start = next((n for n, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), len(new))
    rest = len(new) - start
    gone = len(old) - len(new)
    if gone < _LEAST_TAIL or rest < 1 or old[len(old) - rest :] != new[start:]:
        return False
    first = next((n for n, line in enumerate(old) if numbered(line) or lays_down(line)), len(old))
    return start <= first and begins_late(new)


def _is_beginning(old: list[str], new: list[str]) -> bool:
    """Say whether the new text is only the beginning of the old one; its last provision may differ, because a cut can go through it."""
    before, after = (
        [each for line in lines if lays_down(line) for each in _SENTENCES.split(line) if each]
        for lines in (old, new)
    )
    if len(before) - len(after) >= _LEAST_TAIL and len(after) > 1 and after[:-1] == before[: len(after) - 1]:
        return True
    same = sum(one == other for one, other in zip(old, new, strict=False))
    return same >= len(new) - 1 and len(new) >= 3


_SENTENCES = re.compile(r"(?<=[。；;])")
