package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import seenby.archive.DueMessages;
import seenby.archive.MessageLine;
import seenby.group.GroupId;
import seenby.user.UserId;

/** Due messages in Redis: those at the beginning of a group's stream. */
public final class RedisDueMessages implements DueMessages {
    private static final int MOST = 200;
    private static final int MOST_BYTES = 1 << 20;

    private final Redis redis;
    private final Clock clock;
    private final SweepSettings terms;

    public RedisDueMessages(Redis redis, Clock clock, SweepSettings terms) {
        this.redis = redis;
        this.clock = clock;
        this.terms = terms;
    }

    @Override
    public Batch take(GroupId group) {
        return terms.messages().map(kept -> take(group, kept)).orElse(new Batch("", 0, List.of()));
    }

    private Batch take(GroupId group, Duration kept) {
        Instant now = clock.instant();
        return Script.ARCHIVE_TAKE_MESSAGES.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group), Keys.sweep(group)),
                List.of(
                        terms.token(),
                        terms.ttlMillis(),
                        Long.toString(now.minus(kept).toEpochMilli()),
                        Integer.toString(MOST),
                        Integer.toString(MOST_BYTES)),
                reply -> new Batch(reply.text(), reply.number(), reply.rest(item -> line(group, item, now))));
    }

    private static MessageLine line(GroupId group, Reply reply, Instant now) {
        return new MessageLine(group, reply.number(), new UserId(reply.text()), reply.time(), now, reply.text());
    }

    @Override
    public boolean commit(GroupId group, Batch batch) {
        long upto = batch.firstId() + batch.lines().size() - 1;
        long firstId = Script.ARCHIVE_COMMIT_MESSAGES.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group)),
                List.of(terms.token(), batch.incarnation(), Long.toString(batch.firstId()), Long.toString(upto)),
                Reply::number);
        return firstId == upto + 1;
    }
}
