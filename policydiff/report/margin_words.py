"""Labels of the comments in the margin of a local Word file."""

from policydiff.model import Effect
from policydiff.report.catalog import N_

MARGIN_EFFECTS = {
    Effect.SAME: N_("effect: same"),
    Effect.LOCALISED: N_("effect: localised"),
    Effect.TIGHTENED: N_("effect: tightened"),
    Effect.LOOSENED: N_("effect: loosened"),
    Effect.DIFFERENT: N_("effect: different"),
}
MARGIN_SOURCE = N_("from superior clause")
MARGIN_LEFT_OUT = N_("left out of it")
MARGIN_VERDICT = N_("for a person to judge")
MARGIN_NOT_DERIVED = N_("not derived from it")
