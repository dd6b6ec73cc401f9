package seenby.redis;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seenby.archive.ArchiveLine;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.receipt.Receipt;
import seenby.user.UserId;

/**
 * Reads due receipts from Redis. The parts of a line are read in several bounded steps; the commit checks whether
 * anything has changed between them.
 */
final class DueReceipts {
    private static final int MAX_MESSAGES = 100;
    private static final int MAX_RECEIPTS = 10_000;

    /** Tries to read receipts that add up: an ack or a leave may come in between, but not each time. */
    private static final int MAX_TRIES = 5;

    private static final String OFF = ReceiptPolicy.OFF.word();

    private final Redis redis;
    private final Clock clock;
    private final SweepSettings settings;
    private final UnreadCleanup unreadCleanup;
    private Optional<ReceiptPeriods> cachedPeriods = Optional.empty();

    /** Serves one thread: it caches the receipt periods that it has read last. */
    DueReceipts(Redis redis, Clock clock, SweepSettings settings) {
        this.redis = redis;
        this.clock = clock;
        this.settings = settings;
        this.unreadCleanup = new UnreadCleanup(redis);
    }

    /** Who has the claim to a group. */
    enum Owner {
        OTHER,
        /** This instance, but first it must close the segments of another that did not release its claim. */
        UNCLOSED,
        THIS
    }

    /**
     * The next due receipts of a group.
     *
     * @param incarnation empty if another instance has the claim
     * @param periodsEnded how many receipt periods had ended: after another has ended, nothing can be committed
     * @param lines empty if nothing is due, or this instance may not archive it yet
     */
    record Portion(Owner owner, String incarnation, long periodsEnded, List<ArchiveLine> lines) {
        Portion with(List<ArchiveLine> found) {
            return new Portion(owner, incarnation, periodsEnded, found);
        }
    }

    /** A message whose receipts are due; its recipients, without those who left before they read it, or "off". */
    private record DueMessage(long id, UserId sender, Instant sentAt, String recipients) {
        boolean hasReceipts() {
            return !recipients.equals(OFF);
        }

        String score() {
            return Long.toString(id);
        }

        static DueMessage of(Reply reply) {
            return new DueMessage(reply.number(), new UserId(reply.text()), reply.time(), reply.text());
        }

        ArchiveLine line(GroupId group, Instant archivedAt, Optional<ArchiveLine.Lists> lists) {
            return new ArchiveLine(group, id, sender, sentAt, archivedAt, lists);
        }
    }

    /**
     * The answer of the script that claims a group.
     *
     * @param begun how many receipt periods had begun
     * @param leaving ordinals of ended receipt periods that are still in unread sets
     */
    private record Claim(Portion portion, long begun, List<String> leaving, List<DueMessage> due) {
        static Claim of(Reply reply) {
            String state = reply.text();
            return switch (state) {
                case "busy" -> without(Owner.OTHER, "");
                case "taken_over" -> without(Owner.UNCLOSED, reply.text());
                case "held" -> held(reply);
                default -> throw new IllegalStateException("unknown state of a sweep: " + state);
            };
        }

        private static Claim without(Owner owner, String incarnation) {
            return new Claim(new Portion(owner, incarnation, 0, List.of()), 0, List.of(), List.of());
        }

        private static Claim held(Reply reply) {
            Portion portion = new Portion(Owner.THIS, reply.text(), reply.number(), List.of());
            return new Claim(portion, reply.number(), reply.list(Reply::text), reply.rest(DueMessage::of));
        }
    }

    /**
     * Claims the group, and reads its next due receipts.
     *
     * @param closed whether this instance has closed the segments of one that did not release its claim
     */
    Portion take(GroupId group, boolean closed) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Claim claim = claimSettled(group, closed);
            if (claim.due().isEmpty()) {
                return claim.portion();
            }
            List<ArchiveLine> lines = lines(group, claim.due(), periods(group, claim));
            if (!lines.isEmpty()) {
                return claim.portion().with(lines);
            }
        }
        throw new IllegalStateException("the due receipts of " + group + " do not add up");
    }

    /** The recipients are only certain when no member is leaving. */
    private Claim claimSettled(GroupId group, boolean closed) {
        Claim claim = claim(group, closed);
        while (!claim.leaving().isEmpty()) {
            claim.leaving().forEach(ordinal -> unreadCleanup.clean(group, ordinal));
            claim = claim(group, closed);
        }
        return claim;
    }

    private Claim claim(GroupId group, boolean closed) {
        return Script.ARCHIVE_TAKE.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group),
                        Keys.sweep(group)),
                List.of(
                        settings.token(),
                        closed ? "1" : "0",
                        settings.ttlMillis(),
                        Long.toString(clock.instant().minus(settings.receipts()).toEpochMilli()),
                        Integer.toString(MAX_MESSAGES),
                        Integer.toString(MAX_RECEIPTS)),
                Claim::of);
    }

    private List<Recipients.ReceiptPeriod> periods(GroupId group, Claim claim) {
        String incarnation = claim.portion().incarnation();
        long ended = claim.portion().periodsEnded();
        long begun = claim.begun();
        ReceiptPeriods periods = cachedPeriods
                .filter(cached -> cached.are(group, incarnation, begun, ended))
                .orElseGet(
                        () -> new ReceiptPeriods(group, incarnation, begun, ended, ReceiptPeriods.read(redis, group)));
        cachedPeriods = Optional.of(periods);
        return periods.all();
    }

    /** The lines before the first that does not add up because something has changed while it was read. */
    private List<ArchiveLine> lines(GroupId group, List<DueMessage> due, List<Recipients.ReceiptPeriod> periods) {
        Instant now = clock.instant();
        Map<DueMessage, Recipients> recipients = recipients(group, due, periods);
        ReadTimes times = ReadTimes.read(
                redis, group, due.get(0).id(), due.get(due.size() - 1).id(), readers(recipients));
        List<ArchiveLine> lines = new ArrayList<>();
        for (DueMessage message : due) {
            Optional<ArchiveLine> line = line(group, message, Optional.ofNullable(recipients.get(message)), times, now);
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line.get());
        }
        return lines;
    }

    private Map<DueMessage, Recipients> recipients(
            GroupId group, List<DueMessage> due, List<Recipients.ReceiptPeriod> periods) {
        List<DueMessage> kept = due.stream().filter(DueMessage::hasReceipts).toList();
        List<Set<String>> unread =
                redis.each(kept, (pipeline, message) -> pipeline.smembers(Keys.unreadPrefix(group) + message.id()));
        List<List<String>> alone = redis.each(
                kept,
                (pipeline, message) -> pipeline.zrangeByScore(Keys.readOne(group), message.score(), message.score()));
        Map<DueMessage, Recipients> recipients = new LinkedHashMap<>();
        for (int i = 0; i < kept.size(); i++) {
            DueMessage message = kept.get(i);
            recipients.put(
                    message, Recipients.of(message.id(), message.sender(), unread.get(i), periods, alone.get(i)));
        }
        return recipients;
    }

    private static List<Recipients.ReceiptPeriod> readers(Map<DueMessage, Recipients> recipients) {
        return recipients.values().stream()
                .flatMap(each -> each.readByCursor().stream())
                .distinct()
                .toList();
    }

    private static Optional<ArchiveLine> line(
            GroupId group, DueMessage message, Optional<Recipients> recipients, ReadTimes times, Instant now) {
        if (recipients.isEmpty()) {
            return Optional.of(message.line(group, now, Optional.empty()));
        }
        if (recipients.get().size() != Long.parseLong(message.recipients())) {
            return Optional.empty();
        }
        List<UserId> unread = recipients.get().unread();
        Optional<List<Receipt.Reader>> readers = recipients.get().readers(times);
        return readers.map(read -> message.line(group, now, Optional.of(new ArchiveLine.Lists(read, unread))));
    }
}
