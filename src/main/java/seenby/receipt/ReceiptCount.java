package seenby.receipt;

import java.util.Optional;

/**
 * How many recipients of a message have read it. Always {@code recipients == read + unread}.
 *
 * @param hidden how many members owed no receipt when it was sent because they send none, the sender aside; empty if
 *     the message is from before this was stored
 */
public record ReceiptCount(long id, long recipients, long unread, Optional<Long> hidden) {
    public long read() {
        return recipients - unread;
    }
}
