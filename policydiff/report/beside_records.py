"""What some results list beside their records: shown as further tables, so that nothing is left out silently."""

from collections.abc import Iterator
from typing import Any

from policydiff.model.result import Record
from policydiff.report.catalog import N_

BESIDE = {
    "contradictions": N_("Sentences that contradict each other"),
    "unresolved": N_("Texts ended or extended that the store does not surely hold"),
    "aside": N_("Documents that are out of force themselves"),
}


def beside(name: str, result: Any) -> Iterator[tuple[str, list[Record]]]:
    """Yield what a radar or an answer on validity lists beside its documents."""
    if name == "radar":
        yield (
            "aside",
            [{"id": each.id, "superior": each.basis, "state": each.reason} for each in result.aside],
        )
    if name == "validity":
        yield (
            "contradictions",
            [
                {"id": each.id, "said_by": ground.document, "sentence": ground.text}
                for each in result.documents
                for ground in each.contradictions
            ],
        )
        yield (
            "unresolved",
            [
                {"title": each.named, "said_by": each.document, "sentence": each.text, "detail": each.reason}
                for each in result.unresolved
            ],
        )
