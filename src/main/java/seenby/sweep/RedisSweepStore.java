package seenby.sweep;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.archive.ArchiveLine;
import seenby.archive.ArchivePosition;
import seenby.archive.MessageLine;
import seenby.archive.NextSweep;
import seenby.archive.SweepClaim;
import seenby.archive.SweepSettings;
import seenby.archive.SweepStore;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.redis.ClockWarning;
import seenby.redis.Keys;
import seenby.redis.ReceiptPeriods;
import seenby.redis.Recipients;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.redis.Script;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/**
 * The sweep in Redis. A timer is a key with a TTL. Redis finds expired keys by sampling, which is too late if there are
 * many, but a key that is looked at expires at once.
 */
public final class RedisSweepStore implements SweepStore {
    /** Groups per round trip of a scan. */
    private static final int PAGE = 500;

    /** So many archived messages may leave read times behind while later messages are not archived. */
    private static final int MAX_UNTRIMMED = 1000;

    /** Receipt periods, or reads, per call of a script: 500 reads took Redis up to 6 ms. */
    private static final int CHUNK = 200;

    /** Times may be ahead of the clock by so much. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Redis redis;
    private final Clock clock;
    private final ClockWarning clockWarning;
    private final SweepSettings settings;
    private final DueReceipts receipts;
    private final DueMessages messages;

    /** Serves one thread: it caches the receipt periods that it has read last. */
    public RedisSweepStore(Redis redis, Clock clock, ClockWarning clockWarning, SweepSettings settings) {
        this.redis = redis;
        this.clock = clock;
        this.clockWarning = clockWarning;
        this.settings = settings;
        this.receipts = new DueReceipts(redis, clock, settings);
        this.messages = new DueMessages(redis, clock, settings);
    }

    @Override
    public Optional<SweepClaim> claim(GroupId group, Takeover takeover) throws IOException {
        DueReceipts.Portion portion = receipts.take(group, false);
        if (portion.owner() == DueReceipts.Owner.UNCLOSED) {
            if (!takeover.closeSegments(portion.incarnation())) {
                return Optional.empty();
            }
            portion = receipts.take(group, true);
        }
        return portion.owner() == DueReceipts.Owner.OTHER
                ? Optional.empty()
                : Optional.of(new RedisClaim(group, portion));
    }

    private final class RedisClaim implements SweepClaim {
        private final GroupId group;
        private final DueReceipts.Portion portion;

        RedisClaim(GroupId group, DueReceipts.Portion portion) {
            this.group = group;
            this.portion = portion;
        }

        @Override
        public GroupId group() {
            return group;
        }

        @Override
        public String incarnation() {
            return portion.incarnation();
        }

        @Override
        public List<ArchiveLine> receipts() {
            return portion.lines();
        }

        @Override
        public OptionalLong commitReceipts(List<ArchiveLine> lines) {
            return commit(group, portion, lines);
        }

        @Override
        public List<MessageLine> messages() {
            return messages.take(group);
        }

        @Override
        public boolean commitMessages(List<MessageLine> lines) {
            return messages.commit(group, portion.incarnation(), lines);
        }

        @Override
        public NextSweep release() {
            return arm(List.of(group), settings.token()).stream()
                    .findFirst()
                    .orElseThrow(() -> new Refused(Refusal.NO_GROUP));
        }
    }

    private OptionalLong commit(GroupId group, DueReceipts.Portion portion, List<ArchiveLine> lines) {
        List<String> args = new ArrayList<>(List.of(
                settings.token(),
                portion.incarnation(),
                Long.toString(portion.periodsEnded()),
                Keys.unreadPrefix(group),
                redis.wakes(),
                group.value(),
                Long.toString(lines.get(0).id())));
        for (ArchiveLine line : lines) {
            args.add(line.lists()
                    .map(lists -> Integer.toString(lists.recipients()))
                    .orElse(ReceiptPolicy.OFF.word()));
            args.add(line.lists()
                    .map(lists -> Integer.toString(lists.unreadMembers().size()))
                    .orElse("0"));
        }
        return Script.ARCHIVE_COMMIT.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.readOne(group),
                        Keys.nudges(group),
                        Keys.nudged(group)),
                args,
                reply -> committed(reply.text()));
    }

    private static OptionalLong committed(String archivedUpto) {
        return archivedUpto.equals("lost") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(archivedUpto));
    }

    @Override
    public Optional<ArchivePosition> committed(GroupId group) {
        Map<String, String> state = redis.fields(Keys.info(group), "sweeper", "archived_upto", "first_id");
        return settings.token().equals(state.get("sweeper"))
                ? Optional.of(new ArchivePosition(number(state, "archived_upto"), number(state, "first_id") - 1))
                : Optional.empty();
    }

    private static long number(Map<String, String> state, String field) {
        return Long.parseLong(state.getOrDefault(field, ""));
    }

    @Override
    public void trim(GroupId group) {
        Map<String, String> state = redis.fields(Keys.info(group), "incarnation", "archived_upto");
        String incarnation = state.getOrDefault("incarnation", "");
        List<String> ordinals = ReceiptPeriods.read(redis, group).stream()
                .map(Recipients.ReceiptPeriod::ordinal)
                .toList();
        for (int from = 0; from < ordinals.size(); from += CHUNK) {
            trim(group, incarnation, "0", ordinals.subList(from, Math.min(ordinals.size(), from + CHUNK)));
        }
        long removed;
        do {
            removed = trim(group, incarnation, state.getOrDefault("archived_upto", "0"), List.of());
        } while (removed == CHUNK);
    }

    private long trim(GroupId group, String incarnation, String done, List<String> ordinals) {
        List<String> args =
                new ArrayList<>(List.of(incarnation, done, Integer.toString(CHUNK), Keys.readAtPrefix(group)));
        args.addAll(ordinals);
        return Script.ARCHIVE_TRIM.run(
                redis, List.of(Keys.info(group), Keys.spells(group), Keys.reads(group)), args, Reply::number);
    }

    @Override
    public ScanPage scan(Optional<String> cursor, boolean missingOnly) {
        ScanResult<String> page = redis.call(jedis ->
                jedis.sscan(Keys.GROUPS, cursor.orElse(ScanParams.SCAN_POINTER_START), new ScanParams().count(PAGE)));
        List<GroupId> groups = page.getResult().stream().map(GroupId::new).toList();
        Optional<String> next = Optional.of(page.getCursor()).filter(at -> !at.equals(ScanParams.SCAN_POINTER_START));
        return new ScanPage(missingOnly ? armMissing(groups) : arm(groups, ""), next);
    }

    /** A timer that runs for longer than the retention is from a time when the clock of Redis was ahead. */
    private List<NextSweep> armMissing(List<GroupId> groups) {
        Instant now = clock.instant();
        List<Long> left = redis.each(groups, (pipeline, group) -> pipeline.pttl(Keys.due(group)));
        long longest = settings.longest().plus(SLACK).toMillis();
        List<GroupId> missing = new ArrayList<>();
        List<NextSweep> armed = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (left.get(i) < 0 || left.get(i) > longest) {
                missing.add(groups.get(i));
            } else {
                armed.add(new NextSweep(groups.get(i), Optional.of(now.plusMillis(left.get(i))), false));
            }
        }
        armed.addAll(arm(missing, ""));
        return armed;
    }

    /** Arms timers, and releases the claims of this token. Leaves out groups that do not exist or are being deleted. */
    private List<NextSweep> arm(List<GroupId> groups, String token) {
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

    @Override
    public Optional<Duration> timeLeft(GroupId group) {
        long millis = redis.call(jedis -> jedis.pttl(Keys.due(group)));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
