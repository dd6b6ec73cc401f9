package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.archive.SweepTimers;
import seenby.group.GroupId;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/**
 * Timers in Redis: a key with a TTL each. Redis finds expired keys by sampling those that have one, too late where
 * there are many; but one that is looked at expires at once.
 */
public final class RedisTimers implements SweepTimers {
    /** Groups looked at in one trip. */
    private static final int PORTION = 500;

    /** Messages that may leave read times behind while later ones are not archived. */
    private static final int MOST_UNTRIMMED = 1000;

    private final Redis redis;
    private final Clock clock;
    private final SweepSettings terms;

    public RedisTimers(Redis redis, Clock clock, SweepSettings terms) {
        this.redis = redis;
        this.clock = clock;
        this.terms = terms;
    }

    @Override
    public Portion scan(Optional<String> from, boolean trusting) {
        ScanResult<String> page = redis.call(jedis ->
                jedis.sscan(Keys.GROUPS, from.orElse(ScanParams.SCAN_POINTER_START), new ScanParams().count(PORTION)));
        List<GroupId> groups = page.getResult().stream().map(GroupId::new).toList();
        Optional<String> next =
                Optional.of(page.getCursor()).filter(cursor -> !cursor.equals(ScanParams.SCAN_POINTER_START));
        return new Portion(trusting ? armMissing(groups) : arm(groups, ""), next);
    }

    private List<Next> armMissing(List<GroupId> groups) {
        Instant now = clock.instant();
        List<Long> left = redis.each(groups, (pipeline, group) -> pipeline.pttl(Keys.due(group)));
        List<GroupId> missing = new ArrayList<>();
        List<Next> armed = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (left.get(i) < 0) {
                missing.add(groups.get(i));
            } else {
                armed.add(new Next(groups.get(i), Optional.of(now.plusMillis(left.get(i))), false));
            }
        }
        armed.addAll(arm(missing, ""));
        return armed;
    }

    @Override
    public Next release(GroupId group) {
        return arm(List.of(group), terms.token()).stream().findFirst().orElseThrow(() -> new Refused(Refusal.NO_GROUP));
    }

    /** Leaves out groups that are none, or are being deleted. */
    private List<Next> arm(List<GroupId> groups, String token) {
        List<String> args = List.of(
                Long.toString(clock.millis()),
                Long.toString(terms.receipts().toMillis()),
                terms.messages().map(kept -> Long.toString(kept.toMillis())).orElse(""),
                token,
                Integer.toString(MOST_UNTRIMMED));
        Map<GroupId, Next> armed = Script.ARCHIVE_ARM.runEach(
                redis,
                groups,
                group -> new Script.Call(
                        List.of(
                                Keys.info(group),
                                Keys.receipts(group),
                                Keys.messages(group),
                                Keys.due(group),
                                Keys.sweep(group)),
                        args),
                Refusal.NO_GROUP,
                RedisTimers::next);
        return List.copyOf(armed.values());
    }

    private static Next next(GroupId group, Reply reply) {
        String dueMillis = reply.text();
        Optional<Instant> due = Optional.of(dueMillis)
                .filter(millis -> !millis.isEmpty())
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
        return new Next(group, due, reply.flag());
    }

    @Override
    public Optional<Duration> look(GroupId group) {
        long millis = redis.call(jedis -> jedis.pttl(Keys.due(group)));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
