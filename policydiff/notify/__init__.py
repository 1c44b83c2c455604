"""People and programs hear of changes: messages, the outbox they wait in, the ways they leave by, and the feed."""

from policydiff.notify.channels import (
    Channels as Channels,
    DeliveryError as DeliveryError,
    Post as Post,
    deliver as deliver,
    enqueue as enqueue,
    sign as sign,
)
from policydiff.notify.message import (
    Concern as Concern,
    DocumentChange as DocumentChange,
    FeedEntry as FeedEntry,
    Message as Message,
    ToldChange as ToldChange,
    ToldFact as ToldFact,
    ToldFailure as ToldFailure,
    ToldLag as ToldLag,
    ToldLine as ToldLine,
    atom_feed as atom_feed,
    entry_id as entry_id,
    web_link as web_link,
)
