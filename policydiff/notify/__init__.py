"""People and programs hear of changes: messages, the outbox they wait in, the ways they leave by, and the feed."""
