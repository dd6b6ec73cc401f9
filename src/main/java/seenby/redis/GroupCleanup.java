package seenby.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import seenby.group.GroupId;
import seenby.user.UserId;

/** Deletes groups in bounded steps, and finishes this work and that of {@link UnreadCleanup} after a crash. */
final class GroupCleanup {
    /** Numbers in one call of a script. */
    private static final int CHUNK = 1000;

    private final Redis redis;
    private final GroupIndex index;
    private final UnreadCleanup unreadCleanup;
    private final BiConsumer<GroupId, String> archiveDeletion;

    GroupCleanup(
            Redis redis, GroupIndex index, UnreadCleanup unreadCleanup, BiConsumer<GroupId, String> archiveDeletion) {
        this.redis = redis;
        this.index = index;
        this.unreadCleanup = unreadCleanup;
        this.archiveDeletion = archiveDeletion;
    }

    /**
     * Deletes a closed group: first its archive if the caller asked for it, then its index entries and its keys, then
     * its id.
     */
    void delete(GroupId group) {
        Map<String, String> state = redis.fields(Keys.info(group), "incarnation", "deleting_archive");
        if ("1".equals(state.get("deleting_archive"))) {
            archiveDeletion.accept(group, state.getOrDefault("incarnation", ""));
        }
        Set<String> members = redis.read(jedis -> jedis.hkeys(Keys.members(group)));
        index.remove(group, members.stream().map(UserId::new).toList());
        UnreadCleanup.untilNoneRemain(() -> Script.GROUP_DELETE.run(
                redis,
                Keys.ofGroup(group),
                List.of(Keys.unreadPrefix(group), Keys.readAtPrefix(group), Integer.toString(CHUNK)),
                Reply::number));
        index.remove(group);
    }

    /** Finishes interrupted work in all groups. Reads the state of all groups in two trips. */
    void resume() {
        List<GroupId> groups = List.copyOf(index.all());
        List<Boolean> deleting =
                redis.readEach(groups, (pipeline, group) -> pipeline.hexists(Keys.info(group), "deleting"));
        List<Set<String>> leaving = redis.readEach(groups, (pipeline, group) -> pipeline.hkeys(Keys.leaving(group)));
        for (int i = 0; i < groups.size(); i++) {
            GroupId group = groups.get(i);
            if (deleting.get(i)) {
                delete(group);
            } else {
                leaving.get(i).forEach(ordinal -> unreadCleanup.clean(group, ordinal));
            }
        }
    }
}
