"""Every threshold that decides in this package, with its unit, its reason and the pair of inputs on either side of it.

The pairs are tests (`tests/substance/test_thresholds.py`).
"""

PART_REWRITTEN = 0.42
"""Likeness (0…1, share of common characters in order) from which two parts between the same neighbours are one part
rewritten. 「经公安机关审查同意」 and 「应当向公安机关备案」 (0.44) are; 「吊销许可证」 and 「并处罚款」 (0.2) are two."""

MOVED_PART = 0.62
"""Likeness from which two parts at different places are one part moved: a chance likeness of two short duties reaches 0.5."""

CONTAINED = 4
"""Characters from which a part is looked for inside the words of the other side: 的除外 stands everywhere."""

ELSEWHERE = 14
"""Characters from which a part that left a clause and stands in another clause of the document is taken as moved;
「由主管部门责令限期改正」 (11) is said of many things."""

OF_SUBSTANCE = 0.3
"""Weight from which a signal is a change of substance: a citation renumbered by hand (0.25) is not, a half-sentence (0.4) is."""

SAME_LABEL = 0.1
"""What the same number adds to the likeness of two lines: item （一） that was rewritten half stays item （一） although the
old item （二） shares a few words more; after a deletion the numbers shift, and 0.1 is outweighed by any line kept."""
