package seenby.receipt;

/** How many recipients of a message have read it. Always {@code recipients == read + unread}. */
public record ReceiptCount(long id, long recipients, long unread) {
    public long read() {
        return recipients - unread;
    }
}
