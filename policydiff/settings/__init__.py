"""The tables of `policydiff.toml`: sources, fetching, gates, notices, and limits for files."""

from policydiff.settings.settings import (
    CheckSettings,
    Configuration,
    Level,
    Mail,
    NotifySettings,
    Rule,
    RuleKind,
    Service,
    TrackSettings,
    Waiver,
    Webhook,
)
from policydiff.settings.settings_file import (
    CONFIG_NAME,
    parse_configuration,
    read_configuration,
    read_limits_table,
)
from policydiff.settings.sources import SINGLE_KINDS, Expectations, Source, SourceKind

__all__ = [
    "CONFIG_NAME",
    "SINGLE_KINDS",
    "CheckSettings",
    "Configuration",
    "Expectations",
    "Level",
    "Mail",
    "NotifySettings",
    "Rule",
    "RuleKind",
    "Service",
    "Source",
    "SourceKind",
    "TrackSettings",
    "Waiver",
    "Webhook",
    "parse_configuration",
    "read_configuration",
    "read_limits_table",
]
