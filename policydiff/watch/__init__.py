"""Watched sources become versions, and people hear of what changed."""
