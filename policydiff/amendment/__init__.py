"""Official amendments: reads their orders and carries them out on the earlier text; drafts an amendment from two texts."""
