"""Characters that PDF and OFD writers put in place of those meant."""

from functools import cache
from importlib.resources import files

# PDFium gives a hyphen at the end of a line as a noncharacter, in some calls as a control character.
_HYPHENS = {0xFFFE: "-", 0x0002: "-", 0x00AD: "-"}


def repaired(text: str) -> str:
    r"""Return the text with radicals as ideographs and hyphens as hyphens.

    Examples:
        >>> repaired("⼈⺠政府 1\ufffe2家")
        '人民政府 1-2家'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = dict(_HYPHENS)
    lines = files("policydiff.extract.pages").joinpath("radicals.tsv").read_text("utf-8").splitlines()
    for line in lines:
        radical, _, ideograph = line.partition("\t")
        if len(radical) == 1 and ideograph:
            table[ord(radical)] = ideograph
    return table
