package seenby.redis;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.group.GroupId;
import seenby.platform.Caches;
import seenby.receipt.ReceiptCount;

/**
 * Restores unread sets that are lost. A message without a set has been read by everyone, so a Redis that evicts keys,
 * or a person who deletes one, would make receipts that are not true. The cursors of the members know better.
 */
public final class UnreadSets {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadSets.class);
    private static final int MOST_REMEMBERED = 100_000;

    /** Receipt periods in one step. */
    private static final int MOST_IN_STEP = 500;

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Redis redis;
    private final Debts debts;
    private final Cache<String, Boolean> readByAll = remembered();
    private final Cache<String, Boolean> reported = remembered();

    public UnreadSets(Redis redis) {
        this.redis = redis;
        this.debts = new Debts(redis);
    }

    private static Cache<String, Boolean> remembered() {
        return Caches.builder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build();
    }

    /** Whether all have read what seems so. If not, the next look is right. */
    boolean confirm(GroupId group, Collection<ReceiptCount> counts) {
        List<Long> readByAll = counts.stream()
                .filter(count -> count.recipients() > 0 && count.unread() == 0)
                .map(ReceiptCount::id)
                .toList();
        return areReadByAll(group, readByAll);
    }

    /**
     * Whether all recipients of these messages have read them, as it seems from their missing sets. If not, the sets
     * are restored, and the next look is right. Who has read a message stays its reader, so it is compared once.
     */
    private boolean areReadByAll(GroupId group, Collection<Long> ids) {
        List<Long> asked = ids.stream()
                .filter(id -> readByAll.getIfPresent(name(group, id)) == null)
                .toList();
        List<Long> missing = missing(group, asked);
        Set<Long> lost = Set.copyOf(restore(group, missing));
        missing.stream().filter(id -> !lost.contains(id)).forEach(id -> readByAll.put(name(group, id), true));
        return lost.isEmpty() && missing.size() == asked.size();
    }

    private List<Long> missing(GroupId group, Collection<Long> ids) {
        return redis
                .readByItem(ids, (pipeline, id) -> pipeline.exists(Keys.unreadPrefix(group) + id))
                .entrySet()
                .stream()
                .filter(set -> !set.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Restores those unread sets of these messages that are lost. Returns their messages. */
    public List<Long> restoreLost(GroupId group, Collection<Long> ids) {
        return restore(group, missing(group, ids));
    }

    private List<Long> restore(GroupId group, List<Long> missing) {
        List<Long> lost = debts.owed(group, missing).stream()
                .filter(id -> restore(group, id))
                .toList();
        report(group, lost);
        return lost;
    }

    /** Restores a set that seems to be lost, in as many steps as it takes. Returns whether it was. */
    private boolean restore(GroupId group, long id) {
        Step step;
        do {
            step = restore(group, id, MOST_IN_STEP);
        } while (step.more());
        return step.found();
    }

    /**
     * A step of the restoration of a set.
     *
     * @param more whether the set is not restored yet
     * @param found whether the message has a set now
     */
    record Step(boolean more, boolean found) {}

    Step restore(GroupId group, long id, int most) {
        return Script.RECEIPT_RESTORE.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.spells(group),
                        Keys.leaving(group),
                        Keys.readOne(group),
                        Keys.rebuilt(group)),
                List.of(Keys.unreadPrefix(group), Long.toString(id), Integer.toString(most)),
                reply -> new Step(reply.flag(), reply.flag()));
    }

    /** Says in the log that these sets were lost: once for each. */
    void report(GroupId group, List<Long> lost) {
        List<Long> unreported = new ArrayList<>();
        for (long id : lost) {
            if (reported.asMap().putIfAbsent(name(group, id), true) == null) {
                unreported.add(id);
            }
        }
        if (!unreported.isEmpty()) {
            LOG.warn(
                    "Redis has lost who has not read messages of group {}: {} of them, first {}. The cursors of the members"
                            + " decide. Does Redis evict keys, or were keys deleted by hand?",
                    group,
                    unreported.size(),
                    unreported.get(0));
        }
    }

    private static String name(GroupId group, long id) {
        return group + " " + id;
    }
}
