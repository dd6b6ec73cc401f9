package seenby.receipt;

/** How many of a message's recipients have read it; {@code recipients == read + unread}, always. */
public record ReceiptCount(long id, long recipients, long unread) {
    public long read() {
        return recipients - unread;
    }
}
