"""Where documents of a store come from, who took what from them, and how one clause spread."""
