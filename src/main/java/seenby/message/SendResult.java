package seenby.message;

import java.time.Instant;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * The result of a send.
 *
 * @param counts empty if the message was sent before with the same client id
 */
public record SendResult(
        GroupId group, long id, UserId sender, Instant sentAt, String text, Optional<SendCounts> counts) {
    /**
     * How many members owe a receipt, and how many owe none because they send none, the sender aside. Both are 0 if
     * receipts are off.
     */
    public record SendCounts(long recipients, long hidden) {}

    /** Whether it was sent before. */
    public boolean again() {
        return counts.isEmpty();
    }
}
