"""Captured bytes of recorded versions read anew, by the rules that made their texts; never a change of the policy."""

from collections.abc import Callable, Iterable, Sequence

from policydiff.errors import UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.intake.captured import read_bytes
from policydiff.model import ReadingRules
from policydiff.store import Reextraction, Store


def reread(
    store: Store,
    wanted: Iterable[tuple[str, str]],
    *,
    limits: Limits = DEFAULT_LIMITS,
    replace_corrections: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Reextraction], tuple[str, ...]]:
    """Return the texts that the extractors of today read from captured bytes, and why some versions were left alone.

    A version is left alone where its bytes cannot be read any more, and where it was recorded before reading rules
    were kept and lines come up that the recorded text leaves out: those were cut away by rules that nobody knows any more.

    Args:
        store: The store.
        wanted: Id and version of each.
        limits: Sizes beyond which a source is refused.
        replace_corrections: Also where the text was corrected by hand.
        progress: Called with versions done and versions in all.
    """
    versions = list(wanted)
    items: list[Reextraction] = []
    left_alone: list[str] = []
    for done, (document_id, version) in enumerate(versions, 1):
        name = f"{document_id}@{version}"
        record = store.at(None).version(document_id, version)
        try:
            found = read_bytes(
                store.source(document_id, version), name=name, rules=record.reading, limits=limits
            )
        except UnreadableInputError as error:
            left_alone.append(str(error))
        else:
            if record.reading is None and _only_adds(store.text(document_id, version), found.text):
                left_alone.append(
                    f"{name}: recorded before reading rules were kept, and reading it anew only adds lines: "
                    "what cut them away is not known"
                )
            else:
                items.append(
                    Reextraction(
                        id=document_id,
                        version=version,
                        text=found.text,
                        extractor=found.extractor,
                        extractor_version=found.extractor_version,
                        reading=record.reading or ReadingRules(),
                        declared_title=found.title,
                        declared=found.metadata,
                        warnings=tuple(warning.text for warning in found.warnings),
                        replace_correction=replace_corrections,
                    )
                )
        if progress is not None:
            progress(done, len(versions))
    return items, tuple(left_alone)


def _only_adds(recorded: str, read: str) -> bool:
    """Say whether a text holds every line of the recorded one, in order, and lines besides."""
    old, new = _lines(recorded), _lines(read)
    following = iter(new)
    return len(new) > len(old) and all(line in following for line in old)


def _lines(text: str) -> Sequence[str]:
    return [squeezed for line in text.split("\n") if (squeezed := "".join(line.split()))]
