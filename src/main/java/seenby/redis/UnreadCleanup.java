package seenby.redis;

import java.util.List;
import java.util.function.Supplier;
import seenby.group.GroupId;

/** Takes ended spells out of the unread sets that they are still in. Any number may be at it at once. */
final class UnreadCleanup {
    /** Ids in one call of a script. */
    private static final int CHUNK = 1000;

    private final Redis redis;

    UnreadCleanup(Redis redis) {
        this.redis = redis;
    }

    void clean(GroupId group, String ordinal) {
        untilNoneRemain(() -> Script.GROUP_CLEAN_UNREAD.run(
                redis,
                List.of(Keys.leaving(group), Keys.left(group)),
                List.of(ordinal, Keys.unreadPrefix(group), Integer.toString(CHUNK)),
                Reply::number));
    }

    /** Repeats a step that answers how much remains after it. */
    static void untilNoneRemain(Supplier<Long> step) {
        long remaining;
        do {
            remaining = step.get();
        } while (remaining > 0);
    }
}
