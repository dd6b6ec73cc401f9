package seenby.bench;

import java.util.List;

/** What receipts weighed in groups of several sizes. */
public record MemoryOutcome(List<Group> groups) {
    /** At one moment, in bytes of all messages of a group: the unread sets, and all that is kept for receipts. */
    public record Stage(long unread, long receipts) {}

    /** Before the sweep. */
    public record Read(
            MemoryCase.Size size, MemoryCase.ArticleBytes article, Stage atSend, Stage halfRead, Stage allRead) {
        long unreadAtSend() {
            return atSend.unread() / size.messages();
        }
    }

    /** One group with all its stages, and the keys that it has after the sweep. */
    public record Group(Read read, Stage swept, List<String> keys) {
        MemoryCase.Size size() {
            return read.size();
        }
    }

    /** A group's goal, and whether it was met. */
    record Goal(String text, boolean holds) {}

    public boolean holds() {
        return goals().stream().allMatch(Goal::holds);
    }

    List<Goal> goals() {
        return groups.stream().map(MemoryOutcome::goal).toList();
    }

    private static Goal goal(Group group) {
        Read read = group.read();
        long most = most(read.size().recipients());
        boolean holds = read.unreadAtSend() > 0
                && read.unreadAtSend() <= most
                && read.allRead().unread() == 0
                && group.swept().receipts() == 0;
        return new Goal(
                Table.text(read.size().recipients()) + " recipients: unread sets at most " + Table.text(most)
                        + " at send, 0 when all have read; 0 of all after the sweep",
                holds);
    }

    /** Set for 199 and for 10,000 recipients; others are held to the next larger one. */
    private static long most(int recipients) {
        return recipients <= 199 ? 600 : 25_000;
    }
}
