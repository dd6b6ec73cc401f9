package seenby.redis;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.GroupAck;
import seenby.refusal.Refusal;
import seenby.user.UserId;

/**
 * Cumulative acks. They go to Redis in batches of a bounded number of messages, so that a member who is far behind does
 * not block Redis for everyone else.
 */
final class RedisAcks {
    /** Messages in one batch, which is one trip to Redis. */
    private static final int MOST_MESSAGES = 500;

    /** Groups in one batch. */
    private static final int MOST_GROUPS = 100;

    private final Redis redis;
    private final Clock clock;
    private final UnreadSets unreadSets;
    private final int keptReads;

    /** @param keptReads about how many acks a group keeps for polls to report */
    RedisAcks(Redis redis, Clock clock, UnreadSets unreadSets, int keptReads) {
        this.redis = redis;
        this.clock = clock;
        this.unreadSets = unreadSets;
        this.keptReads = keptReads;
    }

    /** Moves the cursors of a user; the results leave out groups that the user is not in. */
    Map<GroupId, AckResult> ack(UserId user, Collection<GroupAck> acks) {
        Map<GroupId, AckResult> results = new TreeMap<>();
        Deque<GroupAck> open = new ArrayDeque<>(acks);
        while (!open.isEmpty()) {
            List<GroupAck> batch = nextBatch(open);
            Map<GroupAck, AckResult> steps = run(user, batch);
            for (GroupAck ack : batch) {
                Optional<AckResult> step = Optional.ofNullable(steps.get(ack));
                step.ifPresentOrElse(
                        moved -> results.merge(ack.group(), moved, AckResult::then), () -> results.remove(ack.group()));
                step.filter(moved -> moved.lastAck() < ack.upto())
                        .ifPresent(moved -> open.add(ack.from(moved.lastAck())));
            }
        }
        return results;
    }

    static List<GroupAck> nextBatch(Deque<GroupAck> open) {
        List<GroupAck> batch = new ArrayList<>(List.of(open.remove()));
        long messages = batch.get(0).distance();
        while (!open.isEmpty()
                && batch.size() < MOST_GROUPS
                && messages + open.element().distance() <= MOST_MESSAGES) {
            messages += open.element().distance();
            batch.add(open.remove());
        }
        return batch;
    }

    private Map<GroupAck, AckResult> run(UserId user, List<GroupAck> batch) {
        String now = Long.toString(clock.millis());
        return Script.RECEIPT_ACK.runEach(
                redis,
                batch,
                ack -> new Script.Call(
                        Keys.ofAck(ack.group()),
                        List.of(
                                now,
                                user.value(),
                                Long.toString(ack.upto()),
                                Integer.toString(MOST_MESSAGES),
                                Integer.toString(keptReads),
                                Keys.unreadPrefix(ack.group()),
                                Keys.readAtPrefix(ack.group()),
                                redis.wakes(),
                                ack.group().value(),
                                ack.incarnation().orElse(""))),
                Refusal.NOT_MEMBER,
                (ack, reply) -> result(ack.group(), reply));
    }

    private AckResult result(GroupId group, Reply reply) {
        long before = reply.number();
        long lastAck = reply.number();
        AckResult result = new AckResult(lastAck, lastAck - before, reply.number());
        unreadSets.report(group, reply.list(Reply::number));
        return result;
    }
}
