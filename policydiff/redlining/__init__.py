"""The redline: tracked changes written into the user's own Word file, proved before the file is given out.

Accepting every change gives the new text, rejecting every change gives the old file back. Nothing of the old
package is printed anew: words are marked where they stand, and the styles, notes, headers and pictures stay.
"""

from policydiff.redlining.choices import (
    Existing as Existing,
    Redline as Redline,
    RedlineChoices as RedlineChoices,
    RedlineRefusedError as RedlineRefusedError,
    Refusal as Refusal,
)
from policydiff.redlining.drawing_up import make_redline as make_redline, plain_file as plain_file
from policydiff.redlining.margin_comments import Annotated as Annotated, annotate_file as annotate_file
