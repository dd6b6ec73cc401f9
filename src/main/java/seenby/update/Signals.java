package seenby.update;

import java.util.Set;
import java.util.TreeSet;
import seenby.group.GroupId;

/** The signals for a waiting poll since its last step. */
final class Signals {
    private boolean everything;
    private boolean finish;
    private boolean readsDue;
    private Set<GroupId> groups = new TreeSet<>();

    /**
     * All signals at one moment.
     *
     * @param everything look at all groups
     * @param finish answer now with the news so far
     * @param readsDue reads have waited long enough
     * @param groups groups with news
     */
    record Taken(boolean everything, boolean finish, boolean readsDue, Set<GroupId> groups) {}

    synchronized void everything() {
        everything = true;
    }

    synchronized void finish() {
        finish = true;
    }

    synchronized void readsDue() {
        readsDue = true;
    }

    synchronized void group(GroupId group) {
        groups.add(group);
    }

    /** Returns and clears the signals, except the one to finish. */
    synchronized Taken take() {
        Taken taken = new Taken(everything, finish, readsDue, groups);
        everything = false;
        readsDue = false;
        groups = new TreeSet<>();
        return taken;
    }
}
