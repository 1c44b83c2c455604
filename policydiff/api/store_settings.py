"""The settings of a store, for the verbs that go by them."""

from pathlib import Path
from typing import TYPE_CHECKING

from policydiff.errors import UsageError
from policydiff.settings import CONFIG_NAME, parse_configuration, read_configuration

if TYPE_CHECKING:
    from policydiff.settings import CheckSettings, Configuration
    from policydiff.store import Store


def configuration_of(folder: Path) -> "Configuration":
    """Return the settings in the folder of a store.

    Raises:
        UsageError: if it is a bare store, which has no settings to edit.
    """
    path = folder / CONFIG_NAME
    if not path.is_file():
        raise UsageError(
            f"{folder} is a bare store, without settings to edit or a place for a ledger: track in a clone of it"
        )
    return read_configuration(path)


def rules_of(store: "Store") -> "CheckSettings":
    """Return the rules and waivers of a store; those of a bare one as recorded."""
    if (store.folder / CONFIG_NAME).is_file():
        return configuration_of(store.folder).check
    recorded = store.at(None).blob(CONFIG_NAME) or b""
    return parse_configuration(recorded.decode("utf-8"), name=f"{store.folder}: {CONFIG_NAME}").check
