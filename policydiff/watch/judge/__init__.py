"""Whether a reading is a version: same text or not, plausible or not."""

from policydiff.watch.judge.beside import (
    FactChange as FactChange,
    is_within as is_within,
    without_declared as without_declared,
)
from policydiff.watch.judge.core import (
    core_essence as core_essence,
    core_lines as core_lines,
    grows as grows,
    overlap as overlap,
    shifted_by_a_day as shifted_by_a_day,
    text_essence as text_essence,
)
from policydiff.watch.judge.cuts import check_whole as check_whole, is_unclosed as is_unclosed
from policydiff.watch.judge.guards import (
    Reading as Reading,
    check_bytes as check_bytes,
    check_page as check_page,
    check_reading as check_reading,
    typed_by_signs as typed_by_signs,
)
from policydiff.watch.judge.nearby import place_of as place_of, same_place as same_place
from policydiff.watch.judge.page_runs import page_of as page_of, spine_of as spine_of
from policydiff.watch.judge.restless import restless_alone as restless_alone
from policydiff.watch.judge.surroundings import declared_anew as declared_anew
