"""A picture file (PNG, JPEG, TIFF, BMP): one page to recognise. PDFium decodes none, so the engine's library or tesseract does."""
