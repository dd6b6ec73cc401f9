package seenby.redis;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import seenby.group.GroupId;
import seenby.user.UserId;

/** What takes more than one bounded step, and is gone on with after a crash: ended spells and deleted groups. */
final class GroupCleaning {
    /** Ids or numbers in one call of a script. */
    private static final int CHUNK = 1000;

    private final Redis redis;
    private final GroupIndex index;

    GroupCleaning(Redis redis, GroupIndex index) {
        this.redis = redis;
        this.index = index;
    }

    /** Takes an ended spell out of all its unread sets. */
    void tidy(GroupId group, String ordinal) {
        untilNoneRemain(() -> Script.GROUP_TIDY.run(
                redis,
                List.of(Keys.leaving(group), Keys.left(group)),
                List.of(ordinal, Keys.unreadPrefix(group), Integer.toString(CHUNK))));
    }

    /** Removes a closed group from its members' indexes, then all its keys, then its id. */
    void erase(GroupId group) {
        Set<String> members = redis.call(jedis -> jedis.hkeys(Keys.members(group)));
        index.remove(group, members.stream().map(UserId::new).toList());
        untilNoneRemain(() -> Script.GROUP_ERASE.run(
                redis,
                Keys.ofGroup(group),
                List.of(Keys.unreadPrefix(group), Keys.readAtPrefix(group), Integer.toString(CHUNK))));
        index.remove(group);
    }

    private static void untilNoneRemain(Supplier<Reply> step) {
        long remaining;
        do {
            remaining = step.get().number(0);
        } while (remaining > 0);
    }

    /** Looks at all groups in two trips. */
    void resume() {
        List<GroupId> groups = List.copyOf(index.all());
        List<Boolean> deleting =
                redis.each(groups, (pipeline, group) -> pipeline.hexists(Keys.info(group), "deleting"));
        List<Set<String>> leaving = redis.each(groups, (pipeline, group) -> pipeline.hkeys(Keys.leaving(group)));
        for (int i = 0; i < groups.size(); i++) {
            GroupId group = groups.get(i);
            if (deleting.get(i)) {
                erase(group);
            } else {
                leaving.get(i).forEach(ordinal -> tidy(group, ordinal));
            }
        }
    }
}
