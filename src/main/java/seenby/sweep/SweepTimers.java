package seenby.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.archive.NextSweep;
import seenby.archive.SweepSettings;
import seenby.archive.SweepStore;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.redis.Script;
import seenby.refusal.Refusal;

/**
 * The timers of groups. A timer is a key with a TTL. Redis finds expired keys by sampling, which is too late if there
 * are many, but a key that is looked at expires at once.
 */
final class SweepTimers {
    /** Groups per round trip of a scan. */
    private static final int PAGE = 500;

    /** So many archived messages may leave read times behind while later messages are not archived. */
    private static final int MAX_UNTRIMMED = 1000;

    /** Times may be ahead of the clock by so much. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Redis redis;
    private final Clock clock;
    private final ClockWarning clockWarning;
    private final SweepSettings settings;

    SweepTimers(Redis redis, Clock clock, ClockWarning clockWarning, SweepSettings settings) {
        this.redis = redis;
        this.clock = clock;
        this.clockWarning = clockWarning;
        this.settings = settings;
    }

    SweepStore.ScanPage scan(Optional<String> cursor, boolean missingOnly) {
        ScanResult<String> page = redis.read(jedis ->
                jedis.sscan(Keys.GROUPS, cursor.orElse(ScanParams.SCAN_POINTER_START), new ScanParams().count(PAGE)));
        List<GroupId> groups = page.getResult().stream().map(GroupId::new).toList();
        Optional<String> next = Optional.of(page.getCursor()).filter(at -> !at.equals(ScanParams.SCAN_POINTER_START));
        return new SweepStore.ScanPage(missingOnly ? armMissing(groups) : arm(groups, ""), next);
    }

    /** A timer that runs for longer than the retention is from a time when the clock of Redis was ahead. */
    private List<NextSweep> armMissing(List<GroupId> groups) {
        Instant now = clock.instant();
        long longest = settings.longest().plus(SLACK).toMillis();
        List<GroupId> missing = new ArrayList<>();
        List<NextSweep> armed = new ArrayList<>();
        redis.readByItem(groups, (pipeline, group) -> pipeline.pttl(Keys.due(group)))
                .forEach((group, left) -> {
                    if (left < 0 || left > longest) {
                        missing.add(group);
                    } else {
                        armed.add(new NextSweep(group, Optional.of(now.plusMillis(left)), false));
                    }
                });
        armed.addAll(arm(missing, ""));
        return armed;
    }

    /** Arms timers, and releases the claims of this token. Leaves out groups that do not exist or are being deleted. */
    List<NextSweep> arm(List<GroupId> groups, String token) {
        List<String> args = List.of(
                Long.toString(clock.millis()),
                Long.toString(settings.receipts().toMillis()),
                settings.messages().map(kept -> Long.toString(kept.toMillis())).orElse(""),
                token,
                Integer.toString(MAX_UNTRIMMED));
        Map<GroupId, NextSweep> armed = Script.ARCHIVE_ARM.runEach(
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
                this::next);
        return List.copyOf(armed.values());
    }

    private NextSweep next(GroupId group, Reply reply) {
        String dueMillis = reply.text();
        Optional<Instant> due = Optional.of(dueMillis)
                .filter(millis -> !millis.isEmpty())
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
        NextSweep next = new NextSweep(group, due, reply.flag());
        var unused = clockWarning.timeWentBack(group, reply.number());
        return next;
    }

    Optional<Duration> timeLeft(GroupId group) {
        long millis = redis.read(jedis -> jedis.pttl(Keys.due(group)));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
