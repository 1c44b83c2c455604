"""A folder of any PDF and DOCX, held against other readers of the same files: characters that another one sees and ours loses.

`python -m benchmarks.folder_of_files FOLDER`: pdftotext (poppler) reads the PDF, python-docx the DOCX. A character is lost that stands neither in
the text nor among what is left out, as often as the other reader gives it. Where a PDF and a DOCX bear one name, their texts must be
the same, character for character. Files in which the other reader sees nothing (pictures, a DOCX that holds a page) are passed over.
"""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import docx
from docx.oxml.ns import qn

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.extract.pages.assembly import repaired

_MARKUP = frozenset("|<>br^[]:\ufffd")
"""Characters by which a text marks cells, breaks in them and notes."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_FEWEST = 50
"""Characters that the other reader finds at least."""
_SHOWN = 60


def main() -> None:
    """Print each file that loses characters, and how many lose none."""
    if shutil.which("pdftotext") is None:
        sys.exit("pdftotext (Debian: poppler-utils) is not on the path")
    paths = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.suffix.lower() in {".pdf", ".docx"})
    read = whole = 0
    texts: dict[Path, str] = {}
    for path in paths:
        try:
            other = _of_other_reader(path)
            found = extract(path.read_bytes())
        except (UnreadableInputError, KeyError, ValueError) as error:
            print(f"not read: {path.name[-_SHOWN:]}: {type(error).__name__}")
            continue
        texts[path] = "".join(found.text.split())
        if len(other) < _FEWEST:
            continue
        left_out = "".join(each.text * each.count for each in found.left_out)
        lost = _characters(other) - _characters(found.text + left_out)
        read, whole = read + 1, whole + (not lost)
        if lost:
            print(f"{path.name[-_SHOWN:]}: {lost.total()} lost: {''.join(lost.elements())[:_SHOWN]}")
    pairs = [path for path in texts if path.suffix == ".pdf" and path.with_suffix(".docx") in texts]
    same = sum(texts[path] == texts[path.with_suffix(".docx")] for path in pairs)
    print(f"no character lost: {whole} of {read} files; PDF = DOCX: {same} of {len(pairs)} pairs of one name")


def _of_other_reader(path: Path) -> str:
    if path.suffix.lower() == ".pdf":
        done = subprocess.run(["pdftotext", "-q", str(path), "-"], capture_output=True, check=False)
        return done.stdout.decode(errors="replace")
    return "".join(each.text or "" for each in docx.Document(str(path)).element.body.iter(qn("w:t")))


def _characters(text: str) -> Counter[str]:
    folded = _LIGATURES.sub(
        lambda each: unicodedata.normalize("NFKC", each[0]), repaired(text).translate(_RAISED)
    )
    return Counter(
        each
        for each in folded
        if not each.isspace() and each not in _MARKUP and unicodedata.category(each) not in {"Cf", "Co"}
    )


if __name__ == "__main__":
    main()
