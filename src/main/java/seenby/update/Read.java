package seenby.update;

import java.time.Instant;
import seenby.group.GroupId;
import seenby.user.UserId;

/** A member has read its unread messages among {@code from..upto} of a group. */
public record Read(GroupId group, UserId reader, long from, long upto, Instant at) {}
