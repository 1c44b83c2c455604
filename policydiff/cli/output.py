"""Where a result goes, in which format and language."""

import locale
import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from policydiff.cli.options import ColorOption, FormatOption, JsonOption, LangOption, OutputOption
from policydiff.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from policydiff.model import Value
    from policydiff.report import Format


class Output(NamedTuple):
    """The options of a command that concern its output, as given."""

    format: FormatOption = None
    path: OutputOption = None
    json: JsonOption = False
    lang: LangOption = None
    color: ColorOption = "auto"

    def chosen_format(self) -> "Format":
        """Return the format asked for: by option, else by the file's extension, else terminal.

        Raises:
            UsageError: if the options contradict each other or no format fits.
        """
        from policydiff.report import Format, format_for

        if self.json and self.format not in (None, "json"):
            raise UsageError(f"--json and --format {self.format} contradict each other: give one of them")
        if self.json:
            return Format.JSON
        names = ", ".join(form.value for form in Format)
        if self.format:
            if self.format not in {form.value for form in Format}:
                raise UsageError(f"there is no format {self.format!r}: use one of {names}")
            return Format(self.format)
        if self.path is None:
            return Format.TERMINAL
        form = format_for(self.path.name)
        if form is None:
            raise UsageError(
                f"no format is known for the ending of {self.path.name}: give --format, one of {names}"
            )
        return form

    def language(self) -> str:
        """Return `zh` or `en`: by option, else zh where the locale is Chinese.

        Raises:
            UsageError: if another language is asked for.
        """
        if self.lang is not None:
            if self.lang not in ("zh", "en"):
                raise UsageError(f"labels come in zh and en, not in {self.lang!r}")
            return self.lang
        names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
        name = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
        return "zh" if name.lower().startswith(("zh", "chinese")) else "en"

    def colored(self) -> bool:
        """Return whether the terminal gets colours.

        Raises:
            UsageError: if --color is neither auto, always nor never.
        """
        if self.color not in ("auto", "always", "never"):
            raise UsageError(f"--color takes auto, always or never, not {self.color!r}")
        if self.color != "auto":
            return self.color == "always"
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return self.path is None and not plain and sys.stdout.isatty()


def emit(result: "Value", output: Output, *, everything: bool = False) -> None:
    """Render a result as the options say and write it; `everything` also what is unchanged, in full.

    Raises:
        UsageError: if the options contradict each other, or the file cannot be written.
    """
    from policydiff.report import Format, RenderOptions, render

    form, language, color = output.chosen_format(), output.language(), output.colored()
    options = RenderOptions(width=_width(), color=color, everything=everything)
    if output.path is None and form.is_binary and form is not Format.CSV and sys.stdout.isatty():
        raise UsageError(f"{form.value} is not text: give a file with -o, or redirect the output")
    write(render(result, form, lang=language, options=options), output.path)


def _width() -> int:
    return max(60, min(160, shutil.get_terminal_size((100, 24)).columns))


def write(content: str | bytes, path: "Path | None") -> None:
    """Write a rendered result to the file, or to standard output.

    Raises:
        UsageError: if the file cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
    note(f"written: {path}")


def note(sentence: str) -> None:
    """Print a sentence for the user on standard error."""
    print(sentence, file=sys.stderr)  # noqa: T201 (this is the command line)


def counted(number: int, thing: str) -> str:
    """Return how many there are of a thing: 1 file, 2 files."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
