package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        Reply reply = Script.ARCHIVE_TAKE_MESSAGES.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group), Keys.sweep(group)),
                List.of(
                        terms.token(),
                        terms.ttlMillis(),
                        Long.toString(now.minus(kept).toEpochMilli()),
                        Integer.toString(MOST),
                        Integer.toString(MOST_BYTES)));
        List<MessageLine> lines = new ArrayList<>();
        for (int i = 2; i < reply.size(); i += 4) {
            UserId sender = new UserId(reply.text(i + 1));
            lines.add(new MessageLine(group, reply.number(i), sender, reply.time(i + 2), now, reply.text(i + 3)));
        }
        return new Batch(reply.text(0), reply.number(1), lines);
    }

    @Override
    public boolean commit(GroupId group, Batch batch) {
        long upto = batch.firstId() + batch.lines().size() - 1;
        Reply reply = Script.ARCHIVE_COMMIT_MESSAGES.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group)),
                List.of(terms.token(), batch.incarnation(), Long.toString(batch.firstId()), Long.toString(upto)));
        return reply.number(0) == upto + 1;
    }
}
