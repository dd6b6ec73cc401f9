package seenby.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import seenby.archive.MessageLine;
import seenby.archive.SweepSettings;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.redis.Script;
import seenby.user.UserId;

/** Due messages: the oldest in the stream of a group. */
final class DueMessages {
    private static final int MAX_MESSAGES = 200;
    private static final int MAX_BYTES = 1 << 20;

    private final Redis redis;
    private final Clock clock;
    private final SweepSettings settings;

    DueMessages(Redis redis, Clock clock, SweepSettings settings) {
        this.redis = redis;
        this.clock = clock;
        this.settings = settings;
    }

    /** The next due messages; none if messages stay in Redis forever. */
    List<MessageLine> take(GroupId group) {
        return settings.messages().map(retention -> take(group, retention)).orElse(List.of());
    }

    private List<MessageLine> take(GroupId group, Duration retention) {
        Instant now = clock.instant();
        return Script.ARCHIVE_TAKE_MESSAGES.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group), Keys.sweep(group)),
                List.of(
                        settings.token(),
                        settings.ttlMillis(),
                        Long.toString(now.minus(retention).toEpochMilli()),
                        Integer.toString(MAX_MESSAGES),
                        Integer.toString(MAX_BYTES)),
                reply -> reply.rest(item -> line(group, item, now)));
    }

    private static MessageLine line(GroupId group, Reply reply, Instant now) {
        return new MessageLine(group, reply.number(), new UserId(reply.text()), reply.time(), now, reply.text());
    }

    /** Removes these messages; false, and nothing is removed, if another instance has the claim. */
    boolean commit(GroupId group, String incarnation, List<MessageLine> lines) {
        long first = lines.get(0).id();
        long last = lines.get(lines.size() - 1).id();
        long firstId = Script.ARCHIVE_COMMIT_MESSAGES.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group)),
                List.of(
                        settings.token(),
                        incarnation,
                        Long.toString(first),
                        Long.toString(last),
                        redis.wakes(),
                        group.value()),
                Reply::number);
        return firstId == last + 1;
    }
}
