"""Under which document a text is recorded: one that the store holds under an id of its own is known by its number.

An id chosen by hand (`shanghai/health-2018`) and the one derived from 沪府发〔2018〕25号 name one document; captured from
a second source it must not become a second one.
"""

from collections.abc import Iterable, Iterator

from policydiff.collection.index import Index
from policydiff.collection.intake import Intake
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.model import DocumentIdentity
from policydiff.store import tell_apart


def place(index: Index, intakes: Iterable[Intake]) -> Iterator[Intake]:
    """Yield each text under the document it belongs to, saying so where that is not what was asked or derived.

    A derived id gives way to the one document that bears the number already, in the store or earlier among `intakes`;
    an id that the user gave stays.
    """
    earlier: dict[str, dict[str, DocumentIdentity]] = {}
    for intake in intakes:
        placed = intake
        number = intake.entry.identity.document_number
        # An order's number (国务院令第714号) may amend dozens of statutes, each a document.
        parsed = None if number is None else DocumentNumber.parse(number)
        if number is not None and parsed is not None and parsed.names_one_document:
            seen = earlier.setdefault(number, {})
            held = {identity.id: identity for identity in index.find(number=number)} | seen
            placed = _place_one(intake, number, held)
            seen[placed.entry.identity.id] = placed.entry.identity
        yield placed


def _place_one(intake: Intake, number: str, held: dict[str, DocumentIdentity]) -> Intake:
    own = intake.entry.identity
    same = [other for other in held.values() if not tell_apart(other, own)]
    if not same or any(other.id == own.id for other in same):
        return intake
    held_as = f"the store holds {number} already, as {', '.join(other.id for other in same)}"
    if intake.id_is_given or len(same) > 1:
        apart = f"{held_as}: this text is recorded apart from it, as {own.id}"
        return intake.model_copy(update={"placement": apart})
    identity = own.model_copy(update={"id": same[0].id})
    return intake.model_copy(
        update={
            "entry": intake.entry.model_copy(update={"identity": identity}),
            "placement": f"{held_as}: this text is recorded as a version of it",
        }
    )
