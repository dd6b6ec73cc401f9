package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.message.Draft;
import seenby.message.Message;
import seenby.message.Messages;
import seenby.message.Page;
import seenby.message.SendResult;
import seenby.user.UserId;

/** Messages in Redis streams, one a group. */
public final class RedisMessages implements Messages {
    private static final int MOST_BYTES = 1 << 20;

    private final Redis redis;
    private final Clock clock;
    private final Duration idempotencyWindow;
    private final Duration receiptsRetention;

    /** @param receiptsRetention after it receipts are due for the archive */
    public RedisMessages(Redis redis, Clock clock, Duration idempotencyWindow, Duration receiptsRetention) {
        this.redis = redis;
        this.clock = clock;
        this.idempotencyWindow = idempotencyWindow;
        this.receiptsRetention = receiptsRetention;
    }

    @Override
    public SendResult send(GroupId group, UserId sender, Draft draft) {
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
                        Keys.WAKES,
                        group.value()));
        long id = reply.number(0);
        boolean again = reply.size() < 3;
        OptionalLong recipients = again ? OptionalLong.empty() : OptionalLong.of(reply.number(2));
        return new SendResult(group, id, sender, reply.time(1), draft.text(), recipients);
    }

    @Override
    public Page oldest(Group group, long from, long upto, int limit) {
        Reply reply = list(group, from, upto, limit, false);
        List<Message> messages = messages(group.id(), reply);
        boolean more = !messages.isEmpty() && messages.get(messages.size() - 1).id() < upto;
        return new Page(messages, more, reply.number(0));
    }

    @Override
    public Page newest(Group group, long from, long upto, int limit) {
        Reply reply = list(group, from, upto, limit, true);
        List<Message> messages = messages(group.id(), reply);
        Collections.reverse(messages);
        long oldest = Math.max(from, reply.number(0));
        return new Page(messages, !messages.isEmpty() && messages.get(0).id() > oldest, reply.number(0));
    }

    private Reply list(Group group, long from, long upto, int limit, boolean newest) {
        GroupId id = group.id();
        return Script.MESSAGE_LIST.run(
                redis,
                List.of(Keys.info(id), Keys.messages(id)),
                List.of(
                        group.incarnation(),
                        Long.toString(from),
                        Long.toString(upto),
                        newest ? "1" : "0",
                        Integer.toString(limit),
                        Integer.toString(MOST_BYTES)));
    }

    private static List<Message> messages(GroupId group, Reply reply) {
        List<Message> messages = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 5) {
            UserId sender = new UserId(reply.text(i + 1));
            boolean kept = !reply.text(i + 4).equals(ReceiptPolicy.OFF.word());
            messages.add(new Message(group, reply.number(i), sender, reply.time(i + 2), reply.text(i + 3), kept));
        }
        return messages;
    }
}
