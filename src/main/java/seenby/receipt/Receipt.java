package seenby.receipt;

import java.time.Instant;
import java.util.List;
import seenby.user.UserId;

/** Who has read a message, when, and who has not; both lists sorted by user id. Once archived it is frozen. */
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

    /** One who has read it. */
    public record Reader(UserId id, Instant readAt) {}
}
