package seenby.user;

import java.time.Instant;

/** A user. Only the user itself may see whether it sends read receipts. */
public record User(UserId id, Name name, boolean admin, Instant createdAt, boolean sendReadReceipts) {}
