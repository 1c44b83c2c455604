"""The catalogue of every label, sentence, error and remark of the program in Chinese and English.

Texts of documents are never looked up in the catalogue.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from policydiff.errors import UsageError

LANGUAGES = ("zh", "en")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class Catalog:
    """The labels of one language: call it with the English message id and the values for the `{name}` places."""

    def __init__(self, lang: str, translations: NullTranslations) -> None:
        self.lang = lang
        self._translations = translations

    def messages(self) -> tuple[str, ...]:
        """Return the message ids without a plural form that this language has a translation for."""
        held: dict[object, str] = getattr(self._translations, "_catalog", {})
        return tuple(key for key in held if isinstance(key, str) and key)

    @property
    def html_lang(self) -> str:
        """Language tag for markup."""
        return "zh-CN" if self.lang == "zh" else "en"

    def __call__(self, message: str, **values: object) -> str:
        """Return the label with its `{name}` places filled in."""
        label = self._translations.gettext(message) if message else ""
        return label.format(**values) if values else label

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the singular or plural label for the number `n`, with `n` filled in as `{n}`."""
        return self._translations.ngettext(one, many, n).format(n=n, **values)

    @property
    def comma(self) -> str:
        """Mark between the members of an enumeration: 、 or a comma with a blank."""
        return "、" if self.lang == "zh" else ", "

    @property
    def semicolon(self) -> str:
        """Mark between phrases: ； or a semicolon with a blank."""
        return "；" if self.lang == "zh" else "; "

    @property
    def colon(self) -> str:
        """Mark between a label and its value: ： or a colon with a blank."""
        return "：" if self.lang == "zh" else ": "

    def day(self, value: date | str | None) -> str:
        """Return a date as a person writes it: 2021年3月5日, in English 2021-03-05; words that are no date stay as they are.

        Examples:
            >>> catalog("zh").day("2021-03-05"), catalog("zh").day("5日内"), catalog("en").day(date(2021, 3, 5))
            ('2021年3月5日', '5日内', '2021-03-05')
        """
        found = _ISO_DAY.fullmatch(iso := str(value or ""))
        if found is None or self.lang != "zh":
            return iso
        return f"{found[1]}年{int(found[2])}月{int(found[3])}日"

    def moment(self, value: datetime) -> str:
        """Return a point in time as a person writes it: to the minute, in UTC, because records are in UTC."""
        return f"{self.day(value.date())} {value:%H:%M} UTC"

    def joined(self, *words: str) -> str:
        """Return the words as an enumeration (甲、乙 or `a, b`), without empty words."""
        return self.comma.join(word for word in words if word)


def N_(message: str) -> str:  # noqa: N802 (the usual name of a mark for extraction)
    """Mark a message for the catalogue if it is looked up later, elsewhere in the code."""
    return message


@cache
def catalog(lang: str) -> Catalog:
    """Return the labels of a language. Raises UsageError if there is no catalogue for `lang`."""
    if lang not in LANGUAGES:
        raise UsageError(f"no labels in language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    if lang == "en":
        return Catalog(lang, NullTranslations())
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (labels are not needed for JSON)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    source = files("policydiff.report").joinpath("catalogs", f"{lang}.po")
    compiled = BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=lang))
    compiled.seek(0)
    return Catalog(lang, GNUTranslations(compiled))


_PLACE = re.compile(r"\{(\d)\}")
_BREAKS = (re.compile(r"(?<=;)\s+"), re.compile(r"(?<=[.;:])\s+"))
"""Blanks between two sentences of a message that was joined from several: the widest parts first, as a sentence may hold a colon."""
_ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)+")
"""Two or more Latin words beside each other: an English phrase left untranslated; a single word may be a name."""
_LISTED = re.compile(r"[^\s,]+(?:, [^\s,]+)+")
"""Names or values separated by commas; several words between two commas form a sentence."""
_REASON = re.compile(r"(?P<what>.+) \((?P<why>[^()]*(?:\([^()]*\)[^()]*)*)\)", re.DOTALL)
"""Quoted words with the reason in brackets after them; further such pairs may follow."""
_DEEPEST = 5
"""Most levels of sentences inside a sentence: a file's name, its part, the reason, and the program's reason for it."""


def paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of a help text, each on one line; these lines are the message ids of the catalogue.

    Examples:
        >>> paragraphs("List them\n  all.\n\nNow.")
        ['List them all.', 'Now.']
    """
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def help_told(text: str | None, lang: str) -> str:
    """Return a help text in a language, paragraph by paragraph; paragraphs without a translation stay English."""
    say = catalog(lang)
    return "\n\n".join(say(each) for each in paragraphs(text or ""))


def sentence_told(sentence: str, lang: str) -> str:
    """Return a sentence of the package in a language; words without a translation stay as they are.

    Examples:
        >>> sentence_told("a/b has no version", "zh")
        'a/b 没有任何版本'
    """
    return sentence if lang == "en" else _told(sentence, catalog(lang), _DEEPEST)


def _told(sentence: str, say: Catalog, depth: int) -> str:
    if _LISTED.fullmatch(sentence):
        return say.comma.join(sentence.split(", "))
    known = say(sentence)
    # A single word is a name or a value, never a sentence: a file called `missing` keeps its name.
    if known != sentence or depth == 0 or " " not in sentence.strip():
        return known if " " in sentence.strip() else sentence
    best, fewest = "", len(sentence)
    for told in _tellings(sentence, say, depth):
        # A pattern such as "{1} in {2}" also matches words with a message of their own: the translation with the fewest English words is best.
        untold = sum(map(len, _ENGLISH.findall(told)))
        if untold < fewest:
            best, fewest = told, untold
        if not untold:
            break
    return best or sentence


def _tellings(sentence: str, say: Catalog, depth: int) -> Iterator[str]:
    """Yield translations of a sentence: by each matching message, then by the sentences and reasons that it was joined from."""
    for pattern, message in _patterns(say.lang):
        found = pattern.fullmatch(sentence)
        # A place never takes half of a bracket, because the bracket of a reason belongs to the sentence around it.
        if found and all(value.count("(") == value.count(")") for value in found.groups()):
            values = {name[1:]: _told(value, say, depth - 1) for name, value in found.groupdict().items()}
            yield "".join(
                values.get(part, part) if index % 2 else part
                for index, part in enumerate(_PLACE.split(say(message)))
            )
    for spent, marks in enumerate(_BREAKS):
        parts = marks.split(sentence)
        if len(parts) > 1:
            yield "".join(_strung(part, say, depth - spent) for part in parts).rstrip()
    reason = _REASON.fullmatch(sentence)
    if reason and (told_reason := _told(reason["why"], say, depth - 1)) != reason["why"]:
        yield f"{_told(reason['what'], say, depth - 1)}（{told_reason}）"


def _strung(part: str, say: Catalog, depth: int) -> str:
    """Return the translated sentence with its mark; an untranslated sentence keeps the blank before the next one."""
    bare = part.removesuffix(";")
    told = _told(bare, say, depth)
    return f"{part} " if told == bare else f"{told}{say.semicolon if bare != part else ''}"


@cache
def _patterns(lang: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the message ids with numbered places as patterns, those with the most words of their own first."""
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
