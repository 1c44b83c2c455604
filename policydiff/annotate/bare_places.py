"""Places named without a document: of the text itself, or of the document that the sentence has named before."""

from collections import deque
from collections.abc import Iterator, Sequence

from policydiff.annotate.passages import Passage
from policydiff.annotate.references import Known
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Citation

_ITS = lazy_pattern("(?<![尤与极])(?<!本法[及和])(?<!本[条办规细][例法定则][及和])其$")
"""Before a place, it means the document named last: 《某条例》已经施行，其第四十一条授权…; not 尤其第三条, 本办法及其第三条."""
_OF_ITS_OWN = lazy_pattern(r"[本此我。！？\n]")


def with_their_documents(
    passage: Passage,
    bare: Sequence[tuple[int, Citation]],
    found: Sequence[Citation],
    blanked: str,
    known: Known,
    *,
    is_statute: bool,
) -> Iterator[Citation]:
    """Yield bare places, each with where it starts, as citations of the documents that they belong to; 其第三条 of none is left out."""
    ahead = deque(sorted(found, key=lambda citation: citation.span))
    last: Citation | None = None
    for start, citation in bare:
        while ahead and ahead[0].span < citation.span:
            last = ahead.popleft()
        name: str | None = "self"
        if blanked.startswith("第", start) and _ITS.search(blanked, 0, start):
            named = last and (last.resolved or last.title or last.document_number)
            name = named or (None if found else known.resolve_kind(""))
        elif last is not None and not is_statute:
            name = _going_on(passage, start, last, blanked) or "self"
        if name is not None:
            last = citation if name == "self" else citation.model_copy(update={"resolved": name})
            yield last


def _going_on(passage: Passage, start: int, last: Citation, blanked: str) -> str | None:
    """Return the text that a bare place continues, cited earlier in the sentence: 适用某法第七条，不适用第八条; None if there is none."""
    span = passage.indices(last.span)
    name = last.resolved or last.title
    if span is None or not last.places or name == "self" or blanked[start] != "第":
        return None
    return None if _OF_ITS_OWN.search(blanked, span[1], start) else name
