"""Every message id that the code asks the catalogue for, found as a translator's tool would find it."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

PACKAGE = Path(__file__).resolve().parents[2] / "policydiff"
REPORT = PACKAGE / "report"
METHODS = [("**.py", "python"), ("report/templates/**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {"say": None, "_say": None, "N_": None, "plural": (1, 2)}
OPTIONS = {"report/templates/**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}

Message = str | tuple[str, str]


def messages() -> set[Message]:
    """Return message ids; a pair of singular and plural for counted ones."""
    found: set[Message] = set()
    for _, _, message, _, _ in extract_from_dir(
        PACKAGE, method_map=METHODS, keywords=KEYWORDS, options_map=OPTIONS
    ):
        found.add(tuple(message) if isinstance(message, tuple | list) else message)
    return found
