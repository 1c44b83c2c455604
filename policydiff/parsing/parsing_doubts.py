"""Doubts met while parsing, kept as diagnostics."""

from policydiff.model import Diagnostic, Severity, Span


class Doubts:
    """Collects diagnostics in the order in which they are met."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def note(self, message: str, span: Span | None = None) -> None:
        """Keep what a reader may want to know."""
        self.found.append(Diagnostic(severity=Severity.INFO, message=message, span=span))

    def warn(self, message: str, span: Span | None = None) -> None:
        """Keep what may be wrong."""
        self.found.append(Diagnostic(severity=Severity.WARNING, message=message, span=span))
