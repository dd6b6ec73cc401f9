package seenby.sweep;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import seenby.archive.ArchiveLine;
import seenby.archive.ArchivePosition;
import seenby.archive.MessageLine;
import seenby.archive.NextSweep;
import seenby.archive.SweepClaim;
import seenby.archive.SweepSettings;
import seenby.archive.SweepStore;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.redis.Script;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** The sweep in Redis: who has the claim to a group, what is due, what is archived. */
public final class RedisSweepStore implements SweepStore {
    private final Redis redis;
    private final SweepSettings settings;
    private final SweepTimers timers;
    private final ReceiptTrim trim;
    private final DueReceipts receipts;
    private final DueMessages messages;

    /** Serves one thread: it caches the receipt periods that it has read last. */
    public RedisSweepStore(Redis redis, Clock clock, ClockWarning clockWarning, SweepSettings settings) {
        this.redis = redis;
        this.settings = settings;
        this.timers = new SweepTimers(redis, clock, clockWarning, settings);
        this.trim = new ReceiptTrim(redis);
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
            return timers.arm(List.of(group), settings.token()).stream()
                    .findFirst()
                    .orElseThrow(() -> new Refused(Refusal.NO_GROUP));
        }
    }

    private OptionalLong commit(GroupId group, DueReceipts.Portion portion, List<ArchiveLine> lines) {
        List<String> args = new ArrayList<>(List.of(
                settings.token(),
                portion.incarnation(),
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
        trim.trim(group);
    }

    @Override
    public ScanPage scan(Optional<String> cursor, boolean missingOnly) {
        return timers.scan(cursor, missingOnly);
    }

    @Override
    public Optional<Duration> timeLeft(GroupId group) {
        return timers.timeLeft(group);
    }
}
