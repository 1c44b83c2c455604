"""People and programs hear of changes: messages, the outbox they wait in, the ways they leave by, and the feed."""

from policydiff.notify.channels import Channels, DeliveryError, Post, deliver, enqueue, sign
from policydiff.notify.message import (
    Concern,
    DocumentChange,
    FeedEntry,
    Message,
    ToldChange,
    ToldFact,
    ToldFailure,
    ToldLag,
    atom_feed,
    entry_id,
)

__all__ = [
    "Channels",
    "Concern",
    "DeliveryError",
    "DocumentChange",
    "FeedEntry",
    "Message",
    "Post",
    "ToldChange",
    "ToldFact",
    "ToldFailure",
    "ToldLag",
    "atom_feed",
    "deliver",
    "enqueue",
    "entry_id",
    "sign",
]
