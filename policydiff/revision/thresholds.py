"""Thresholds of the revision diff that stand alone, each with its unit, its reason and a pair on either side."""

LINE_REWRITTEN = 0.5
"""Likeness (0…1, share of common characters in order) from which two lines of a head or tail are one line changed.
「某省人民检察院」 and 「某省人民法院」 (0.77) are; 「某省人民检察院」 and 「2001年6月4日」 (0) are two lines."""

PAIRING_HALF = 0.5

PAIRING_ALIKE = 0.38
"""Likeness above which two units belong together wherever they stand."""

PAIRING_ALIKE_ELSEWHERE = 0.36
"""Mean of likeness and topic above which units belong together wherever they stand."""

PAIRING_ALIKE_NEARBY = 0.30
"""The same for units that changed places with a neighbour or two."""

PAIRING_NEAR = 3

PAIRING_ALIKE_IN_PLACE = 0.23
"""The same between the same neighbours."""

PAIRING_ALIKE_ALONE = 0.20
"""The same where nothing else stands between those neighbours."""

PAIRING_ALIKE_IN_NUMBER = 0.15
"""The same where, besides, the number is the same: an article that was rewritten."""

PAIRING_OTHER_KIND = 0.15
"""How much more alike an article and something else must be: 一、 of a reply may become 第一条, a stray line may not."""

PAIRING_LARGEST_GAP = 40_000
"""Pairs in one gap; larger gaps are left to likeness alone, which bounds unrelated texts."""

PART_COVERED = 0.55
"""Share of a paragraph's wording that must be found again in the unit that took it."""

PART_COVERED_FAR = 0.65
"""The same where the unit does not stand near the continuation."""

PART_NEAR = 3

PART_AHEAD = 0.3
"""How much better than in the unit's own continuation it must be found there."""

PART_CONTAINED = 0.5
"""Share of a whole unit's wording that must be found again, for one that was taken in or taken out as a whole."""

PART_OWN = 0.45
"""The same for what it says beyond the other part of the same origin."""

PART_LEAST = 14
"""Pairs of characters below which wording proves nothing: `构成犯罪的，依法追究刑事责任`."""

PART_LEAST_OWN = 12
"""The same for what a unit says beyond the other part."""

PART_COMMON = 12
"""Wording found in more wholes than this leads to none of them."""

PART_LEAST_RARE = 8
"""Rare pairs of characters a part and its whole share at least."""
