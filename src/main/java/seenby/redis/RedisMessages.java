package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.message.Draft;
import seenby.message.Message;
import seenby.message.Messages;
import seenby.message.Page;
import seenby.message.Sent;
import seenby.receipt.ReceiptCount;
import seenby.user.UserId;

/** Messages in Redis streams, one a group. */
public final class RedisMessages implements Messages {
    private static final int MOST_BYTES = 1 << 20;

    private final Redis redis;
    private final Clock clock;
    private final Duration idempotencyWindow;
    private final RedisReceipts receipts;

    /** @param receipts counts the recipients of a message that was sent before, as they are now */
    public RedisMessages(Redis redis, Clock clock, Duration idempotencyWindow, RedisReceipts receipts) {
        this.redis = redis;
        this.clock = clock;
        this.idempotencyWindow = idempotencyWindow;
        this.receipts = receipts;
    }

    @Override
    public Sent send(GroupId group, UserId sender, Draft draft) {
        Reply reply = Script.MESSAGE_SEND.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.messages(group),
                        Keys.receipts(group),
                        Keys.ordinals(group),
                        Keys.roster(group),
                        Keys.sent(group),
                        Keys.sentBefore(group)),
                List.of(
                        Long.toString(clock.millis()),
                        sender.value(),
                        draft.text(),
                        draft.clientId().orElse(""),
                        Long.toString(idempotencyWindow.toMillis()),
                        Keys.unreadPrefix(group),
                        Keys.WAKES,
                        group.value()));
        long id = reply.number(0);
        boolean again = reply.size() < 3;
        long recipients = again ? recipientsNow(group, sender, id) : reply.number(2);
        return new Sent(new Message(group, id, sender, reply.time(1), draft.text()), recipients, again);
    }

    private long recipientsNow(GroupId group, UserId sender, long id) {
        return receipts.counts(group, sender, id, id).stream()
                .mapToLong(ReceiptCount::recipients)
                .sum();
    }

    @Override
    public Page oldest(Group group, long from, long upto, int limit) {
        List<Message> messages = list(group, from, upto, limit, false);
        boolean more = !messages.isEmpty() && messages.get(messages.size() - 1).id() < upto;
        return new Page(messages, more);
    }

    @Override
    public Page newest(Group group, long from, long upto, int limit) {
        List<Message> messages = list(group, from, upto, limit, true);
        Collections.reverse(messages);
        return new Page(messages, !messages.isEmpty() && messages.get(0).id() > from);
    }

    private List<Message> list(Group group, long from, long upto, int limit, boolean newest) {
        GroupId id = group.id();
        Reply reply = Script.MESSAGE_LIST.run(
                redis,
                List.of(Keys.info(id), Keys.messages(id)),
                List.of(
                        group.incarnation(),
                        Long.toString(from),
                        Long.toString(upto),
                        newest ? "1" : "0",
                        Integer.toString(limit),
                        Integer.toString(MOST_BYTES)));
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < reply.size(); i += 4) {
            Instant sentAt = reply.time(i + 2);
            messages.add(new Message(id, reply.number(i), new UserId(reply.text(i + 1)), sentAt, reply.text(i + 3)));
        }
        return messages;
    }
}
