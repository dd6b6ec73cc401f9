package seenby.update;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seenby.group.GroupId;

/** The signals for a waiting poll since its last look. */
final class Signals {
    private boolean everything;
    private boolean finish;
    private boolean readsDue;
    private Map<GroupId, Wake.Sent> sent = new HashMap<>();
    private Set<GroupId> acked = new HashSet<>();
    private Set<GroupId> nudged = new HashSet<>();

    /**
     * All signals at one moment.
     *
     * @param everything look at all groups anew
     * @param finish answer now with the news so far
     * @param readsDue reads have waited long enough
     * @param sent the last wake for a message of each group
     * @param acked groups with reads that concern the user
     * @param nudged groups with nudges
     */
    record Taken(
            boolean everything,
            boolean finish,
            boolean readsDue,
            List<Wake.Sent> sent,
            Set<GroupId> acked,
            Set<GroupId> nudged) {}

    synchronized void everything() {
        everything = true;
    }

    synchronized void finish() {
        finish = true;
    }

    synchronized void readsDue() {
        readsDue = true;
    }

    synchronized void sent(Wake.Sent wake) {
        sent.merge(wake.group(), wake, Signals::last);
    }

    private static Wake.Sent last(Wake.Sent one, Wake.Sent other) {
        boolean same = one.incarnation().equals(other.incarnation());
        return same && one.id() > other.id() ? one : other;
    }

    synchronized void acked(GroupId group) {
        acked.add(group);
    }

    synchronized void nudged(GroupId group) {
        nudged.add(group);
    }

    /** Returns and clears the signals, except the one to finish. */
    synchronized Taken take() {
        Taken taken = new Taken(everything, finish, readsDue, List.copyOf(sent.values()), acked, nudged);
        everything = false;
        readsDue = false;
        sent = new HashMap<>();
        acked = new HashSet<>();
        nudged = new HashSet<>();
        return taken;
    }
}
