"""The words of `signals.toml`, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Lexicon(NamedTuple):
    """Words that tell what a change touches."""

    modality: Mapping[str, int]
    penalty: tuple[str, ...]
    scope: tuple[str, ...]
    target: tuple[str, ...]
    effect: tuple[str, ...]
    body_endings: tuple[str, ...]
    body_before: frozenset[str]
    body_joined: tuple[str, ...]
    body_generic: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the words."""
    source = files("policydiff.revision").joinpath("signals.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(source)
    words, body = data["words"], data["body"]
    return Lexicon(
        modality=data["modality"],
        penalty=tuple(words["penalty"]),
        scope=tuple(words["scope"]),
        target=tuple(words["target"]),
        effect=tuple(words["effect"]),
        body_endings=tuple(body["endings"]),
        body_before=frozenset(body["before"]),
        body_joined=tuple(body["joined"]),
        body_generic=frozenset(body["generic"]),
    )
