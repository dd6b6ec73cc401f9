package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.message.Draft;
import seenby.message.Message;
import seenby.message.Messages;
import seenby.message.Page;
import seenby.message.SendResult;
import seenby.platform.HeapShare;
import seenby.user.UserId;

/** Messages in Redis, one stream per group. */
public final class RedisMessages implements Messages {
    private static final long MOST_BYTES = HeapShare.bytes(512, 1 << 20);

    private final Redis redis;
    private final Clock clock;
    private final ClockWarning clockWarning;
    private final Duration idempotencyWindow;
    private final Duration receiptsRetention;
    private final LongAdder sent = new LongAdder();
    private final LongAdder owed = new LongAdder();

    /** @param receiptsRetention how long receipts stay in Redis */
    public RedisMessages(
            Redis redis,
            Clock clock,
            ClockWarning clockWarning,
            Duration idempotencyWindow,
            Duration receiptsRetention) {
        this.redis = redis;
        this.clock = clock;
        this.clockWarning = clockWarning;
        this.idempotencyWindow = idempotencyWindow;
        this.receiptsRetention = receiptsRetention;
    }

    @Override
    public SendResult send(GroupId group, UserId sender, Draft draft) {
        return Script.MESSAGE_SEND.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.messages(group),
                        Keys.receipts(group),
                        Keys.ordinals(group),
                        Keys.roster(group),
                        Keys.sent(group),
                        Keys.sentBefore(group),
                        Keys.due(group)),
                List.of(
                        Long.toString(clock.millis()),
                        sender.value(),
                        draft.text(),
                        draft.clientId().orElse(""),
                        Long.toString(idempotencyWindow.toMillis()),
                        Long.toString(receiptsRetention.toMillis()),
                        Keys.unreadPrefix(group),
                        redis.wakes(),
                        group.value()),
                reply -> new SendResult(
                        group, reply.number(), sender, reply.time(), draft.text(), counts(group, reply)));
    }

    /** Empty if the message was sent before. */
    private Optional<SendResult.SendCounts> counts(GroupId group, Reply reply) {
        if (!reply.hasNext()) {
            return Optional.empty();
        }
        sent.increment();
        SendResult.SendCounts counts = new SendResult.SendCounts(reply.number(), reply.number());
        owed.add(counts.recipients());
        var unused = clockWarning.timeWentBack(group, reply.number());
        return Optional.of(counts);
    }

    /** How many receipts these messages owed when they were sent. */
    public long receiptsOwed() {
        return owed.sum();
    }

    /** How many messages were stored since the start. */
    public long sent() {
        return sent.sum();
    }

    @Override
    public Page oldest(GroupState group, long from, long upto, int limit) {
        Kept kept = list(group, from, upto, limit, false);
        List<Message> messages = kept.messages();
        boolean more = !messages.isEmpty() && messages.get(messages.size() - 1).id() < upto;
        return new Page(messages, more, kept.firstId());
    }

    @Override
    public Page newest(GroupState group, long from, long upto, int limit) {
        Kept kept = list(group, from, upto, limit, true);
        List<Message> messages = new ArrayList<>(kept.messages());
        Collections.reverse(messages);
        long oldest = Math.max(from, kept.firstId());
        return new Page(messages, !messages.isEmpty() && messages.get(0).id() > oldest, kept.firstId());
    }

    /** The oldest message in Redis, and messages in the order that they were read. */
    private record Kept(long firstId, List<Message> messages) {}

    private Kept list(GroupState group, long from, long upto, int limit, boolean newest) {
        GroupId id = group.id();
        return Script.MESSAGE_LIST.run(
                redis,
                List.of(Keys.info(id), Keys.messages(id)),
                List.of(
                        group.incarnation(),
                        Long.toString(from),
                        Long.toString(upto),
                        Script.flag(newest),
                        Integer.toString(limit),
                        Long.toString(MOST_BYTES)),
                reply -> new Kept(reply.number(), reply.rest(item -> message(id, item))));
    }

    private static Message message(GroupId group, Reply reply) {
        long id = reply.number();
        UserId sender = new UserId(reply.text());
        Instant sentAt = reply.time();
        String text = reply.text();
        boolean receipts = !reply.text().equals(ReceiptPolicy.OFF.word());
        return new Message(group, id, sender, sentAt, text, receipts);
    }
}
