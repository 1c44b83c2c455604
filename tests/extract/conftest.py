"""The founding documents as files of every format, made once a session."""

from pathlib import Path

import pytest

from tests.extract.made_files import SOFFICE, Source, converted, docx_of, founding_documents, ofd_of


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    found = founding_documents()
    if not found:
        pytest.skip("the founding documents are neither in corpus/ nor in the development data")
    return found


@pytest.fixture(scope="session")
def made(sources: list[Source], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Return files by format and document name; skips where LibreOffice is missing."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice, Debian: libreoffice-writer-nogui) is not on the path")
    folder: Path = tmp_path_factory.mktemp("made")
    files = {"docx": {source.name: docx_of(source) for source in sources}}
    for target in ("pdf", "rtf", "doc"):
        files[target] = converted(files["docx"], target, folder)
    files["ofd"] = {name: ofd_of(data) for name, data in files["pdf"].items()}
    return files
