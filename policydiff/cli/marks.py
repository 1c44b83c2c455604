"""Options of a redline: whose changes they are, and what becomes of older ones."""

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

if TYPE_CHECKING:
    from policydiff import RedlineChoices

AuthorOption = Annotated[
    str,
    typer.Option("--author", metavar="NAME", help="Redline: the name that Word shows beside each change."),
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="TIME",
        help="Redline: the time of the changes (2026-01-31T00:00:00Z); default: none, so that the same input gives the same bytes.",
    ),
]
ExistingOption = Annotated[
    Literal["keep-apart", "accept", "reject"],
    typer.Option("--existing", help="Redline: changes tracked in the files already."),
]
QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet-references", help="Redline: leave references unmarked that only follow a renumbering."
    ),
]


class Marks(NamedTuple):
    """The options of a redline, as given."""

    author: AuthorOption = "policydiff"
    date: DateOption = None
    existing: ExistingOption = "keep-apart"
    quiet_references: QuietOption = False

    def choices(self) -> "RedlineChoices":
        """Return them as the library takes them.

        Raises:
            UsageError: if the time is none.
        """
        from policydiff.redlining import Existing, RedlineChoices

        return RedlineChoices(
            author=self.author,
            date=self.date,
            existing=Existing(self.existing),
            quiet_references=self.quiet_references,
        )
