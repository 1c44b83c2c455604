"""The tables of `policydiff.toml`: sources, fetching, gates, notices, and limits for files."""

from policydiff.settings.settings import (
    CheckSettings as CheckSettings,
    Configuration as Configuration,
    Level as Level,
    Mail as Mail,
    NotifySettings as NotifySettings,
    Rule as Rule,
    RuleKind as RuleKind,
    Service as Service,
    TrackSettings as TrackSettings,
    Waiver as Waiver,
    Webhook as Webhook,
)
from policydiff.settings.settings_file import (
    CONFIG_NAME as CONFIG_NAME,
    parse_configuration as parse_configuration,
    read_configuration as read_configuration,
    read_limits_table as read_limits_table,
)
from policydiff.settings.sources import (
    SINGLE_KINDS as SINGLE_KINDS,
    Expectations as Expectations,
    Source as Source,
    SourceKind as SourceKind,
)
