"""Whether a reading is a version: same text or not, plausible or not."""
