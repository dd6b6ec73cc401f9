package seenby.message;

import java.time.Instant;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * A message: stored once, never changed. Ids are dense within the group: 1, 2, 3, …
 *
 * @param receiptsKept whether receipts were on when it was sent
 */
public record Message(GroupId group, long id, UserId sender, Instant sentAt, String text, boolean receiptsKept) {}
