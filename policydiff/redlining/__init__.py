"""The redline: tracked changes written into the user's own Word file, proved before the file is given out.

Accepting every change gives the new text, rejecting every change gives the old file back. Nothing of the old
package is printed anew: words are marked where they stand, and the styles, notes, headers and pictures stay.
"""

from policydiff.redlining.choices import Existing, Redline, RedlineChoices, RedlineRefusedError, Refusal
from policydiff.redlining.drawing_up import make_redline, plain_file
from policydiff.redlining.margin_comments import Annotated, annotate_file

__all__ = [
    "Annotated",
    "Existing",
    "Redline",
    "RedlineChoices",
    "RedlineRefusedError",
    "Refusal",
    "annotate_file",
    "make_redline",
    "plain_file",
]
