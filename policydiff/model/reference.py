"""How a result names the texts it was made from, so that every figure can be traced."""

from datetime import date

from policydiff.model.base import Value


class Reference(Value):
    """One side of a diff or comparison."""

    id: str | None = None
    """Document id in the store, None for a plain file."""
    version: str | None = None
    """Version name in the store, None for a plain file."""
    file: str | None = None
    """File name as the user gave it, None for a stored version."""
    title: str | None = None
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    issued: date | None = None
    text_sha256: str | None = None
    """SHA-256 of the extracted text, hexadecimal."""

    @property
    def name(self) -> str | None:
        """The shortest name that finds it again: `id@version`, else the file, else the title."""
        if self.id is not None:
            return f"{self.id}@{self.version}" if self.version else self.id
        return self.file or self.title
