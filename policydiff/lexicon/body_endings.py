"""How the names of public bodies end: one list (`body_endings.toml`), each ending with the places in which it counts."""

import tomllib
from functools import cached_property
from importlib.resources import files

from policydiff.lexicon.wording import Words

_GROUPS = {
    "signing_bodies": "signs",
    "adopting_bodies": "adopts",
    "addressee_endings": "addressed",
    "office_endings": "holds",
    "parting_endings": "parts",
    "noted_endings": "noted",
    "acting_endings": "acts",
}
"""Name of the group, as patterns write it in braces, to the word of the list."""


class _Endings(Words):
    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Endings by the place in which they count."""
        text = files("policydiff.lexicon").joinpath("body_endings.toml").read_text(encoding="utf-8")
        counts: dict[str, str] = tomllib.loads(text)["endings"]
        return {
            group: [ending for ending, places in counts.items() if word in places.split()]
            for group, word in _GROUPS.items()
        }


BODY_ENDINGS = _Endings("policydiff.lexicon", "body_endings")

BODY = BODY_ENDINGS.any_of("signing_bodies")
"""How the name of a body ends that issues texts."""
