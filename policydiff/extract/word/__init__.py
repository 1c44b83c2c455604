"""Reads documents of word processors: DOCX, RTF, DOC and WPS."""
