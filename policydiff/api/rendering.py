"""Results become reports: the format by name or by a file's ending, the language by the user's own where none is asked."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from policydiff.api.opening import is_file
from policydiff.errors import UsageError
from policydiff.model.base import Language, Result
from policydiff.platforms import user_language

if TYPE_CHECKING:
    from policydiff.report import Format, RenderOptions


def render(
    result: Result[Any],
    form: "Format | str" = "html",
    *,
    lang: Language | None = None,
    options: "RenderOptions | None" = None,
) -> str | bytes:
    """Return the report of a result: text, or bytes for csv, xlsx and docx.

    The same result, format and language always give the same bytes.

    Args:
        result: What a verb returned.
        form: terminal, markdown, html, json, csv, xlsx or docx.
        lang: Language of the labels; None for the user's own (`POLICYDIFF_LANG`, else the locale).
        options: Choices about looks.

    Raises:
        UsageError: if there is no such format or language, or the result has no report in that format.
    """
    if not isinstance(result, Result):
        raise UsageError(f"a report is made of a result of policydiff, not of {type(result).__name__}")
    if form == "json":  # needs no report
        return result.to_json()
    from policydiff.report import render as render_report

    return render_report(result, form, lang=language(lang), options=options)


def save(
    result: Result[Any],
    path: "str | os.PathLike[str]",
    *,
    form: "Format | str | None" = None,
    lang: Language | None = None,
) -> Path:
    """Write the report of a result to a file and return its path; folders that are missing are made.

    Args:
        result: What a verb returned.
        path: The file. Its ending chooses the format: .html .docx .xlsx .csv .md .json .txt
        form: The format by name, where the ending does not say it.
        lang: Language of the labels; None for the user's own.

    Raises:
        UsageError: if `path` is no path, no format fits, or the file cannot be written.
    """
    place = place_of(path)
    read = (getattr(each, "reference", None) for each in (result, *result.sides))
    refuse_source(place, [reference.file for reference in read if reference is not None])
    content = render(result, format_of_file(place, form), lang=lang)
    return write_file(content, place)


def place_of(path: "str | os.PathLike[str]") -> Path:
    """Return where to write.

    Raises:
        UsageError: if it is no path.
    """
    if not isinstance(path, str | os.PathLike):
        raise UsageError(
            f"save takes the path of a file, not {type(path).__name__}: to_html() and its like give the words"
        )
    return Path(path)


def refuse_source(place: Path, given: Iterable[object]) -> None:
    """Refuse to write over a file that is read: its words would be lost.

    Args:
        place: Where to write.
        given: What may name files that are read: names, paths, lists of these; anything else names none.

    Raises:
        UsageError: if one of them is this file.
    """
    if not is_file(os.fspath(place)):
        return
    named = (each for value in given for each in (value if isinstance(value, list | tuple) else [value]))
    for each in named:
        if isinstance(each, str | os.PathLike) and is_file(os.fspath(each)) and place.samefile(each):
            raise UsageError(f"{place} is a file that is read: name another one")


def write_file(content: str | bytes, path: Path) -> Path:
    """Write text as UTF-8, or bytes, to a file; folders that are missing are made.

    Raises:
        UsageError: if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero character
        raise UsageError(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from error
    return path


def format_of_file(path: Path, named: str | None = None) -> str:
    """Return the format that is named, else the one that a file's ending asks for.

    Raises:
        UsageError: if the ending asks for another one than is named, or for none.
    """
    from policydiff.report import Format, format_for

    form = format_for(path.name)
    if named:
        if form is not None and form.value != named:
            raise UsageError(f"{path.name} would hold {named}: give it another ending, or name no format")
        return named
    if form is None:
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name a file in it")
        names = ", ".join(each.value for each in Format)
        raise UsageError(f"no format is known for the ending of {path.name}: name the format, one of {names}")
    return form.value


def language(given: str | None = None) -> Language:
    """Return the language asked for, else `POLICYDIFF_LANG`, else zh where the locale is Chinese and en elsewhere.

    Raises:
        UsageError: if there are no labels in that language.
    """
    asked = os.environ.get("POLICYDIFF_LANG") if given is None else given
    if asked or given is not None:
        found: Language | None = next((known for known in get_args(Language) if known == asked), None)
        if found is None:
            raise UsageError(f"labels come in zh and en, not in {asked!r}")
        return found
    return "zh" if user_language() == "zh" else "en"
