package seenby.redis;

import java.util.List;
import java.util.function.Supplier;
import seenby.group.GroupId;

/** Removes ended receipt periods from the unread sets that still contain them. Several may run at the same time. */
public final class UnreadCleanup {
    /** Message ids per call of a script. */
    private static final int CHUNK = 500;

    private final Redis redis;

    public UnreadCleanup(Redis redis) {
        this.redis = redis;
    }

    public void clean(GroupId group, String ordinal) {
        untilNoneRemain(() -> Script.GROUP_CLEAN_UNREAD.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.leaving(group),
                        Keys.left(group),
                        Keys.receipts(group),
                        Keys.spells(group),
                        Keys.readOne(group),
                        Keys.rebuilt(group)),
                List.of(ordinal, Keys.unreadPrefix(group), Integer.toString(CHUNK)),
                Reply::number));
    }

    /** Repeats a step that returns how much remains after it. */
    static void untilNoneRemain(Supplier<Long> step) {
        long remaining;
        do {
            remaining = step.get();
        } while (remaining > 0);
    }
}
