"""Pages of government portals."""
