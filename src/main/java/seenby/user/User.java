package seenby.user;

import java.time.Instant;

/** A user as everyone may see it, and whether it sends read receipts, which only the user may. */
public record User(UserId id, Name name, boolean admin, Instant createdAt, boolean sendReadReceipts) {}
