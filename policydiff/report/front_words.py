"""Errors, remarks and help of the command line in the language of its user, by the one catalogue.

The package raises and writes them in English: an error is a value of the library, made on floors that know of no
language. Their message ids are those English sentences with numbered places (`{1} is a folder`); here, at the front
door, a finished sentence is matched against the ids and its values are set into the Chinese one.
"""

import re
from collections.abc import Iterator
from functools import cache

from policydiff.report.catalog import Catalog, catalog

_PLACE = re.compile(r"\{(\d)\}")
_BREAK = re.compile(r"(?<=[.;:])\s+")
"""Where sentences that were strung together part."""
_DEEPEST = 4
"""Sentences inside sentences: a file's name, its part, the reason, and the program's reason below it."""


def paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of a help text, each on one line: the message ids.

    Examples:
        >>> paragraphs("List them\n  all.\n\nNow.")
        ['List them all.', 'Now.']
    """
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def help_told(text: str | None, lang: str) -> str:
    """Return a help text in a language, paragraph by paragraph; what the catalogue lacks stays English."""
    say = catalog(lang)
    return "\n\n".join(say(each) for each in paragraphs(text or ""))


def sentence_told(sentence: str, lang: str) -> str:
    """Return a sentence of the package in a language; what the catalogue does not know stays as it is.

    Examples:
        >>> sentence_told("a/b has no version", "zh")
        'a/b 没有任何版本'
    """
    return sentence if lang == "en" else _told(sentence, catalog(lang), _DEEPEST)


def _told(sentence: str, say: Catalog, depth: int) -> str:
    known = say(sentence)
    # One word is a name or a value, never a sentence: a file called `missing` keeps its name.
    if known != sentence or depth == 0 or " " not in sentence.strip():
        return known if " " in sentence.strip() else sentence
    for pattern, message in _patterns(say.lang):
        found = pattern.fullmatch(sentence)
        if found:
            values = {name[1:]: _told(value, say, depth - 1) for name, value in found.groupdict().items()}
            return "".join(
                values.get(part, part) if index % 2 else part
                for index, part in enumerate(_PLACE.split(say(message)))
            )
    parts = _BREAK.split(sentence)
    return " ".join(_told(part, say, depth - 1) for part in parts) if len(parts) > 1 else sentence


@cache
def _patterns(lang: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the ids with numbered places as patterns, those with the most words of their own first."""
    held = [each for each in catalog(lang).messages() if _PLACE.search(each)]
    held.sort(key=lambda each: -len(_PLACE.sub("", each)))
    return [(re.compile("".join(_parts(each)), re.DOTALL), each) for each in held]


def _parts(message: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, part in enumerate(_PLACE.split(message)):
        if index % 2 == 0:
            yield re.escape(part)
        elif part in seen:
            yield f"(?P=v{part})"
        else:
            seen.add(part)
            yield f"(?P<v{part}>.*?)"
