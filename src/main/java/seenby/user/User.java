package seenby.user;

import java.time.Instant;

/**
 * A user. Only the user itself may see whether it sends read receipts.
 *
 * @param active no token of an inactive user works
 */
public record User(UserId id, Name name, boolean admin, Instant createdAt, boolean sendReadReceipts, boolean active) {
    /** Whether it owes a receipt for each message that it gets. */
    public boolean owesReceipts() {
        return sendReadReceipts && active;
    }
}
