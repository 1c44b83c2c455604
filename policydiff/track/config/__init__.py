"""The part of `policydiff.toml` that tracking reads: sources, fetching, gates, notices."""

from policydiff.track.config.reading import CONFIG_NAME, parse_configuration, read_configuration
from policydiff.track.config.settings import (
    CheckSettings,
    Configuration,
    Expectations,
    Level,
    Mail,
    NotifySettings,
    Rule,
    RuleKind,
    Source,
    SourceKind,
    TrackSettings,
    Waiver,
    Webhook,
)

__all__ = [
    "CONFIG_NAME",
    "CheckSettings",
    "Configuration",
    "Expectations",
    "Level",
    "Mail",
    "NotifySettings",
    "Rule",
    "RuleKind",
    "Source",
    "SourceKind",
    "TrackSettings",
    "Waiver",
    "Webhook",
    "parse_configuration",
    "read_configuration",
]
