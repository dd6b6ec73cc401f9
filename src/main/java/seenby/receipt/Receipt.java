package seenby.receipt;

import java.time.Instant;
import java.util.List;
import seenby.user.UserId;

/**
 * Who has read a message and when, and who has not. Both lists are sorted by user id. Archived receipts never change.
 */
public record Receipt(
        UserId sender,
        Instant sentAt,
        ReceiptCount count,
        List<Reader> readers,
        List<UserId> unreadMembers,
        boolean archived) {
    public Receipt {
        readers = List.copyOf(readers);
        unreadMembers = List.copyOf(unreadMembers);
    }

    /** A member who has read the message. */
    public record Reader(UserId id, Instant readAt) {}
}
