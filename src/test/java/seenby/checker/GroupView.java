package seenby.checker;

import java.util.List;
import java.util.Map;

/**
 * A group as it is in the end.
 *
 * @param isOpen whether every member hears of every read, and not only the sender
 * @param histories all messages, as each member reads them
 * @param counts of the list of all messages
 * @param cursors of the members
 */
public record GroupView(
        String id,
        boolean isOpen,
        List<StoredMessage> messages,
        Map<String, List<StoredMessage>> histories,
        Map<Long, ReceiptView> receipts,
        Map<Long, ReceiptView.Counts> counts,
        Map<String, Long> cursors) {}
