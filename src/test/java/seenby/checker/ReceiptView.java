package seenby.checker;

import java.util.Map;
import java.util.Set;

/**
 * The receipts of a message as the server answered them.
 *
 * @param readers the readers, and when they read it
 */
public record ReceiptView(
        String group, long id, Span span, Map<String, String> readers, Set<String> unreadMembers, Counts counts) {
    /** The counts of one message. */
    public record Counts(long recipients, long read, long unread) {
        @Override
        public String toString() {
            return "%d recipients, %d read, %d unread".formatted(recipients, read, unread);
        }
    }
}
