package seenby.receipt;

import java.time.Instant;
import seenby.group.GroupId;
import seenby.user.UserId;

/** A reminder of a message to those who have not read it. */
public record Nudge(GroupId group, long id, UserId by, Instant at) {}
