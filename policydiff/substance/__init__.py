"""What a passage lays down, and how two passages differ in it: one engine for revision, comparison, check and notices.

- `read_provision` reads one passage.
- `signals_between` compares two passages that answer each other.
- `dropped` names what of a source the other text leaves out.
- `effect` says how a local provision stands to the one it comes from.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policydiff.substance.effects import dropped as dropped, effect as effect
    from policydiff.substance.following import Numbering as Numbering
    from policydiff.substance.one_side import Elsewhere as Elsewhere
    from policydiff.substance.provisions import read_provision as read_provision
    from policydiff.substance.signalling import signals_between as signals_between
    from policydiff.substance.vocabulary import genre_of as genre_of
    from policydiff.substance.weighing import ANOTHER_KIND as ANOTHER_KIND, OF_SUBSTANCE as OF_SUBSTANCE


_MODULES = {
    "ANOTHER_KIND": "weighing",
    "Elsewhere": "one_side",
    "Numbering": "following",
    "OF_SUBSTANCE": "weighing",
    "dropped": "effects",
    "effect": "effects",
    "genre_of": "vocabulary",
    "read_provision": "provisions",
    "signals_between": "signalling",
}
"""The module of each name, loaded when the name is first asked for: two equal texts are told so without most of them."""


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
