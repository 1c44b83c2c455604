"""Read `policydiff.toml` into a `Configuration`; every fault is one sentence with its line."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from policydiff.errors import NotFoundError, UsageError
from policydiff.track.config.lines import line_of, locate
from policydiff.track.config.settings import Configuration

CONFIG_NAME = "policydiff.toml"
_TABLES = frozenset(Configuration.model_fields)
_LOOKALIKES = {
    "source": "sources",
    "tracks": "track",
    "checks": "check",
    "notification": "notify",
    "watch": "sources",
}


def read_configuration(path: Path) -> Configuration:
    """Return what the file says about tracking; tables of the store itself are left to the store.

    Raises:
        NotFoundError: if there is no such file.
        UsageError: if it is no TOML or says something that does not hold, with the line.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise NotFoundError(f"{path} does not exist: run `policydiff init` first") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: save it as UTF-8") from error
    return parse_configuration(text, name=str(path))


def parse_configuration(text: str, *, name: str = CONFIG_NAME) -> Configuration:
    """Return the configuration held in the text of a `policydiff.toml`.

    Raises:
        UsageError: as `read_configuration`.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is no TOML: {error}") from error
    lines = locate(text.replace("\r\n", "\n"))
    for key in data:
        if key in _LOOKALIKES:
            raise UsageError(
                f"{name}, line {line_of((key,), lines) or line_of((key, 0), lines) or 1}: "
                f"there is no table {key!r}: did you mean {_LOOKALIKES[key]!r}?"
            )
    try:
        configuration = Configuration.model_validate({key: data[key] for key in data if key in _TABLES})
    except ValidationError as error:
        raise UsageError(_sentence(error, lines, name)) from error
    _refuse_doubles(configuration, lines, name)
    return configuration


def _sentence(error: ValidationError, lines: dict[tuple[str | int, ...], int], name: str) -> str:
    sentences = []
    for fault in error.errors(include_url=False):
        location = tuple(fault["loc"])
        line = line_of(location, lines)
        where = f"{name}, line {line}" if line else name
        sentences.append(f"{where}: {_dotted(location)}: {_message(fault)}")
    more = f" (and {len(sentences) - 3} more)" if len(sentences) > 3 else ""
    return "; ".join(sentences[:3]) + more


def _message(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "no such setting"
    return str(fault["msg"]).removeprefix("Value error, ")


def _dotted(location: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _refuse_doubles(configuration: Configuration, lines: dict[tuple[str | int, ...], int], name: str) -> None:
    seen: dict[str, int] = {}
    owners: dict[str, str] = {}
    for position, source in enumerate(configuration.sources):
        line = line_of(("sources", position, "name"), lines)
        if source.name in seen:
            raise UsageError(
                f"{name}, line {line}: a source named {source.name!r} was given before: names are unique"
            )
        seen[source.name] = position
        single = source.kind.value in {"page", "file"}
        if single and source.id is not None:
            if source.id in owners:
                raise UsageError(
                    f"{name}, line {line}: {source.name!r} and {owners[source.id]!r} both give {source.id}: "
                    "two renderings of one text would alternate as false versions, keep one"
                )
            owners[source.id] = source.name
