package seenby.receipt;

import java.time.Instant;
import seenby.group.GroupId;
import seenby.user.UserId;

/** Somebody reminds of a message those who have not read it. */
public record Nudge(GroupId group, long id, UserId by, Instant at) {}
