"""The facts of a document while they are read: fields, and the lines already read into a field."""

from policydiff.model import Act, Attachment, Carrier, Dates
from policydiff.model.base import Level
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text
from policydiff.parsing.title_lines import Title


class Facts:
    """Everything read outside the clauses."""

    def __init__(self, main: Text) -> None:
        self.main = main
        """The text whose clauses are the document's clauses."""
        self.notice: Text | None = None
        """The notice that carries the text."""
        self.decision: Title | None = None
        """Title of the decision that amends or approves the text and carries it."""
        self.annexes: list[Text] = []
        self.title: Title | None = None
        self.name: str | None = None
        self.status_mark: str | None = None
        """Mark of the publisher on the text's validity, beside the title or on the page: 已废止."""
        self.numbers: list[str] = []
        """Document numbers, the document's own first."""
        self.issuing_bodies: tuple[str, ...] = ()
        self.drafting_body: str | None = None
        self.jurisdiction: str | None = None
        self.level: Level | None = None
        self.dates = Dates()
        self.acts: list[Act] = []
        self.addressees: tuple[str, ...] = ()
        self.copied_to: tuple[str, ...] = ()
        self.disclosure: str | None = None
        self.keywords: tuple[str, ...] = ()
        self.secrecy: str | None = None
        self.urgency: str | None = None
        self.copy_number: str | None = None
        self.signers: tuple[str, ...] = ()
        self.remarks: tuple[str, ...] = ()
        self.printed_by: str | None = None
        self.attachments: tuple[Attachment, ...] = ()
        self.carrier: Carrier | None = None
        self.placed: set[int] = set()
        """Identities of the lines of heads and tails that were read into a field."""

    def place(self, *lines: Paragraph) -> None:
        """Record that these lines were read."""
        self.placed.update(id(line) for line in lines)
