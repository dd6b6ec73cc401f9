package seenby.storage;

import java.util.List;

/** How much memory receipts took in groups of several sizes. */
public record MemoryOutcome(List<GroupOutcome> groups) {
    /**
     * Bytes at one moment, for all messages of a group: the unread sets, and everything that is stored for receipts.
     */
    public record ReceiptBytes(long unread, long receipts) {}

    /** A group before the sweep. */
    public record BeforeSweep(
            MemoryCase.GroupSize size,
            MemoryCase.ArticleBytes article,
            ReceiptBytes atSend,
            ReceiptBytes halfRead,
            ReceiptBytes allRead) {
        long unreadAtSend() {
            return atSend.unread() / size.messages();
        }
    }

    /** A group before and after the sweep, and the keys that remain. */
    public record GroupOutcome(BeforeSweep before, ReceiptBytes swept, List<String> keys) {
        MemoryCase.GroupSize size() {
            return before.size();
        }
    }

    /** A group's goal, and whether it was met. */
    record Goal(String text, boolean holds) {}

    public boolean holds() {
        return !groups.isEmpty() && goals().stream().allMatch(Goal::holds);
    }

    List<Goal> goals() {
        return groups.stream().map(MemoryOutcome::goal).toList();
    }

    private static Goal goal(GroupOutcome group) {
        BeforeSweep before = group.before();
        long most = most(before.size().recipients());
        boolean holds = before.unreadAtSend() > 0
                && before.unreadAtSend() <= most
                && before.allRead().unread() == 0
                && group.swept().receipts() == 0;
        return new Goal(
                Table.text(before.size().recipients()) + " recipients: unread sets take at most " + Table.text(most)
                        + " bytes when sent and 0 when all have read; nothing is left after the sweep",
                holds);
    }

    /** The goals are for 199 and for 10,000 recipients. Any other number has the next larger goal. */
    private static long most(int recipients) {
        return recipients <= 199 ? 600 : 25_000;
    }
}
