"""Every label and sentence of the tool in Chinese and English; texts of documents never pass here.

The message id is the English; `catalogs/zh.po` holds the Chinese.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from policydiff.errors import UsageError

LANGUAGES = ("zh", "en")


class Catalog:
    """The labels of one language: call it with the English message id and the values to fill in."""

    def __init__(self, lang: str, translations: NullTranslations) -> None:
        self.lang = lang
        self._translations = translations

    def messages(self) -> tuple[str, ...]:
        """Return the message ids of single form that this language has its own words for."""
        held: dict[object, str] = getattr(self._translations, "_catalog", {})
        return tuple(key for key in held if isinstance(key, str) and key)

    @property
    def html_lang(self) -> str:
        """Language tag for markup."""
        return "zh-CN" if self.lang == "zh" else "en"

    def __call__(self, message: str, **values: object) -> str:
        """Return the label, its `{name}` places filled in."""
        label = self._translations.gettext(message) if message else ""
        return label.format(**values) if values else label

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the form of the label that fits the number `n`, itself filled in as `{n}`."""
        return self._translations.ngettext(one, many, n).format(n=n, **values)

    @property
    def comma(self) -> str:
        """What stands between the members of an enumeration."""
        return "、" if self.lang == "zh" else ", "

    @property
    def semicolon(self) -> str:
        """What stands between phrases."""
        return "；" if self.lang == "zh" else "; "

    @property
    def colon(self) -> str:
        """What stands between a name and what is said of it."""
        return "：" if self.lang == "zh" else ": "

    def joined(self, *words: str) -> str:
        """Return the words that are not empty as an enumeration: 甲、乙 and `a, b`."""
        return self.comma.join(word for word in words if word)


def N_(message: str) -> str:  # noqa: N802 (the usual name of a mark for extraction)
    """Mark a message for the catalogue where it is looked up later."""
    return message


@cache
def catalog(lang: str) -> Catalog:
    """Return the labels of a language.

    Raises:
        UsageError: There is no catalogue for `lang`.
    """
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
