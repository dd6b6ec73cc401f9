package seenby.message;

import java.time.Instant;
import java.util.OptionalLong;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * The result of a send.
 *
 * @param recipients how many members will send a receipt, 0 if receipts are off; empty if the message was sent before
 *     with the same client id
 */
public record SendResult(GroupId group, long id, UserId sender, Instant sentAt, String text, OptionalLong recipients) {
    /** Whether it was sent before. */
    public boolean again() {
        return recipients.isEmpty();
    }
}
