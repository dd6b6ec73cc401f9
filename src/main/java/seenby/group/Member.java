package seenby.group;

import java.time.Instant;
import seenby.user.UserId;

/** A member as other members see it, without its cursor, which would reveal what it has read. */
public record Member(UserId id, boolean owner, Instant joinedAt) {}
