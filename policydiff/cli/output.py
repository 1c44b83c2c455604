"""Writes a result in its format and language; remarks and the progress of long work go to standard error."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from policydiff.cli.options import OF_ONE_COMMAND, Form, JsonOption, LangOption, OutputOption, option
from policydiff.errors import UsageError, cannot_write

if TYPE_CHECKING:
    from pathlib import Path

    from policydiff.model.base import Language, Result


class Output(NamedTuple):
    """Options about the output of a command, as given."""

    format: Form | None = None
    """Format of the output; each command declares its own choices with `form_option`."""
    path: OutputOption = None
    json: JsonOption = False
    lang: LangOption = None
    color: Annotated[
        Literal["auto", "always", "never"],
        option("--color", "Colour in the terminal; auto: none where NO_COLOR is set."),
    ] = "auto"

    def form(self) -> str:
        """Return the requested format: from the option, else from the file's extension, else `terminal`.

        Raises:
            UsageError: if the options contradict each other or no format fits.
        """
        if self.json and self.format not in (None, "json"):
            raise UsageError(f"--json and --format {self.format} contradict each other: give one of them")
        named = "json" if self.json else self.format
        if self.path is None:
            return named or "terminal"
        from policydiff.api.rendering import format_of_file

        file = (
            self.path.with_suffix("")
            if named in OF_ONE_COMMAND and self.path.suffix == ".docx"
            else self.path
        )
        return format_of_file(file, named)

    def language(self) -> "Language":
        """Return `zh` or `en`: from the option, else zh if the locale is Chinese."""
        from policydiff.api.rendering import language

        return language(self.lang)

    def colored(self) -> bool:
        """Return whether colours are used in the terminal."""
        if self.color != "auto":
            return self.color == "always"
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return self.path is None and not plain and sys.stdout.isatty()


class Looks(NamedTuple):
    """Options of a report with two or more texts side by side, as given."""

    brief: Annotated[
        bool,
        option(
            "--brief",
            "Write a memo of one to two pages instead of the whole report (terminal, Markdown, HTML, Word).",
        ),
    ] = False
    style: Annotated[
        Literal["report", "official"],
        option(
            "--style",
            "official: a Word table with both texts side by side, as legislatures print it.",
        ),
    ] = "report"
    columns: Annotated[
        int,
        option("--columns", "Official style: 2 columns (old and new text), or 3 with remarks.", min=2, max=3),
    ] = 2
    portrait: Annotated[bool, option("--portrait/--landscape", "Official style: portrait or landscape.")] = (
        False
    )
    changed_only: Annotated[
        bool, option("--changed-only", "Official style: changed articles only, not the whole text.")
    ] = False


def emit(result: "Result[Any]", output: Output, looks: Looks = Looks(), *, everything: bool = False) -> None:
    """Render a result as the options say, and write it; with `everything`, also list all unchanged rows.

    Raises:
        UsageError: if the options contradict each other, or the file cannot be written.
    """
    form = output.form()
    check_not_text(form, output)
    if looks.style == "report" and (looks.columns != 2 or looks.portrait or looks.changed_only):
        raise UsageError("--columns, --portrait and --changed-only go with --style official")
    if form == "json":
        from policydiff.lexicon.widths import escaped

        data = result.to_json()
        write(escaped(data) if output.path is None and is_read_at_once() else data, output.path)
        return
    from policydiff.api.rendering import render
    from policydiff.report import RenderOptions

    options = RenderOptions(
        width=max(40, min(160, shutil.get_terminal_size((100, 24)).columns)),
        color=output.colored(),
        everything=everything,
        **{**looks._asdict(), "columns": 3 if looks.columns == 3 else 2},
    )
    write(render(result, form, lang=output.language(), options=options), output.path)


_NOT_TEXT = frozenset({"xlsx", "docx", "redline", "annotated"})


def check_not_text(form: str, output: Output) -> None:
    """Refuse to write binary data to a terminal.

    Raises:
        UsageError: if the output is a terminal and `form` is no text format.
    """
    if output.path is None and form in _NOT_TEXT and sys.stdout.isatty():
        raise UsageError(f"{form} is not text: give a file with -o, or redirect the output")


_RUNNERS = ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "TEAMCITY_VERSION", "TRAVIS")
"""Environment variables that CI runners set; a runner obeys commands in the output of a job."""


def is_read_at_once() -> bool:
    """Return whether standard output is a terminal or the log of a CI job, which would obey commands in a stranger's text.

    In a CI job any output except a file counts, because a pipe may lead to the log or to another program.
    """
    if sys.stdout.isatty():
        return True
    if not any(os.environ.get(name) for name in _RUNNERS):
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


def write(content: str | bytes, path: "Path | None" = None, *, commands: bool = False) -> None:
    """Write a rendered result to the file, or to standard output; `commands` are meant for the CI runner.

    Raises:
        UsageError: if the file cannot be written.
    """
    if path is not None:
        from policydiff.api.rendering import write_file

        write_file(content, path)
        note(f"written: {path}")
        return
    if isinstance(content, str) and not commands and is_read_at_once():
        from policydiff.lexicon.widths import disarmed

        # Reports already show hidden characters; but a broken line may still begin with a command.
        content = disarmed(content)
    if isinstance(content, str) and sys.platform == "win32" and sys.stdout.isatty():
        # A Windows console takes characters; it would decode bytes by the code page of the system.
        sys.stdout.write(content)
        sys.stdout.flush()
        return
    sys.stdout.buffer.write(content.encode("utf-8") if isinstance(content, str) else content)
    sys.stdout.buffer.flush()


def tell_result(sentence: str) -> None:
    """Write a sentence that is itself the result to standard output, in the user's language."""
    from policydiff.cli.entry import spoken

    write(f"{spoken(sentence)}\n")


def note(sentence: str) -> None:
    """Print a sentence of the package on standard error, in the user's language."""
    from policydiff.cli.entry import tell

    tell(sentence)


def append(path: "Path", text: str) -> None:
    """Add text to the end of a file.

    Raises:
        UsageError: if the file cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise cannot_write(path, error) from error


_LINES = 20
"""Most progress lines printed if standard error is no terminal."""


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be called with (done, total) after each piece of work."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return

    def line(done: int, total: int) -> None:
        step = max(500, -(-total // _LINES))
        if done % step == 0:
            print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)  # noqa: T201 (this is the command line)

    yield line
