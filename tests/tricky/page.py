"""Writes `docs/tricky-cases.md` from the cases: `python -m tests.tricky.page`."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import policydiff

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tricky-cases.md"
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)["case"]
_OF_SUBSTANCE = 0.3
"""Weight from which a signal counts as one of substance (`summary.of_substance`)."""


def compared(case: dict[str, Any]) -> policydiff.RevisionDiff:
    """Return the diff of a case's two texts, each under one title."""
    old, new = (policydiff.parse(f"某市管理办法\n{case[side]}\n") for side in ("old", "new"))
    return policydiff.diff(old, new)


def said(found: policydiff.RevisionDiff) -> Iterator[str]:
    """Yield one line for each change of substance, move and rewording."""
    for change in found:
        label = (change.new or change.old)[0].label or "-"
        if change.moved_from or change.moved_to:
            yield f"{label}: moved, {change.moved_from or '-'} → {change.moved_to or '-'}"
        for signal in change.signals:
            if signal.weight >= _OF_SUBSTANCE:
                direction = f", {signal.direction.value}" if signal.direction else ""
                yield f"{label}: {signal.type.value}{direction}: {signal.old or '–'} → {signal.new or '–'}"


def page() -> str:
    """Return the page."""
    parts = [
        "# Tricky cases\n",
        "Made from `tests/tricky/cases.toml` by `python -m tests.tricky.page`; a test fails while it is stale.\n",
    ]
    for case in CASES:
        lines = list(said(compared(case))) or ["no change of substance"]
        told = "\n".join(lines)
        parts.append(
            f"## {case['name']}\n\n{case['why']}\n\n```text\n{case['old']}\n────\n{case['new']}\n```\n\nSaid:\n\n```text\n{told}\n```\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
