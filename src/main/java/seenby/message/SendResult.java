package seenby.message;

import java.time.Instant;
import java.util.OptionalLong;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * The answer to a send.
 *
 * @param recipients how many owe a receipt, 0 while receipts are off; empty where it was sent before, under the same
 *     client id
 */
public record SendResult(GroupId group, long id, UserId sender, Instant sentAt, String text, OptionalLong recipients) {
    /** Whether it was sent before. */
    public boolean again() {
        return recipients.isEmpty();
    }
}
