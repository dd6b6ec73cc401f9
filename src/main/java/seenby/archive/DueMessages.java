package seenby.archive;

import java.util.List;
import seenby.group.GroupId;

/** Messages that are older than their retention, and whose receipts are archived. All methods refuse with {@code NO_GROUP}. */
public interface DueMessages {
    /**
     * The next messages that are due, a bounded number.
     *
     * @param firstId the oldest message that the group keeps
     */
    record Batch(String incarnation, long firstId, List<MessageLine> lines) {
        public Batch {
            lines = List.copyOf(lines);
        }
    }

    /** A bounded number of them; none where messages are kept for good, or where another instance sweeps the group. */
    Batch take(GroupId group);

    /** Removes messages that stand in the archive now; false, and nothing is removed, where the sweep was lost. */
    boolean commit(GroupId group, Batch batch);
}
