package seenby.group;

import java.time.Instant;
import seenby.user.UserId;

/** A member as the other members see it: never its cursor, which would tell what it has read. */
public record Member(UserId id, boolean owner, Instant joinedAt) {}
