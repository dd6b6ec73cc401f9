package seenby.sweep;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import seenby.archive.ArchiveLine;
import seenby.archive.SweepSettings;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.ReceiptPeriods;
import seenby.redis.Recipients;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.redis.Script;
import seenby.redis.UnreadCleanup;
import seenby.redis.UnreadSets;

/**
 * Claims a group and reads its due receipts, in several bounded steps. The commit checks whether anything has changed
 * between them.
 */
final class DueReceipts {
    private static final int MAX_MESSAGES = 100;
    private static final int MAX_RECEIPTS = 10_000;

    /** Tries to read receipts that add up: an ack or a leave may come in between, but not each time. */
    private static final int MAX_TRIES = 5;

    private final Redis redis;
    private final Clock clock;
    private final SweepSettings settings;
    private final UnreadCleanup unreadCleanup;
    private final UnreadSets unreadSets;
    private final ReceiptLines receiptLines;
    private Optional<ReceiptPeriods> cachedPeriods = Optional.empty();

    /** Serves one thread: it caches the receipt periods that it has read last. */
    DueReceipts(Redis redis, Clock clock, SweepSettings settings) {
        this.redis = redis;
        this.clock = clock;
        this.settings = settings;
        this.unreadCleanup = new UnreadCleanup(redis);
        this.unreadSets = new UnreadSets(redis);
        this.receiptLines = new ReceiptLines(redis, clock);
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
     * @param periodsEnded how many receipt periods had ended
     * @param lines empty if nothing is due, or this instance may not archive it yet
     */
    record Portion(Owner owner, String incarnation, long periodsEnded, List<ArchiveLine> lines) {
        Portion with(List<ArchiveLine> found) {
            return new Portion(owner, incarnation, periodsEnded, found);
        }
    }

    /**
     * The answer of the script that claims a group.
     *
     * @param begun how many receipt periods had begun
     * @param leaving ordinals of ended receipt periods that are still in unread sets
     */
    private record ClaimReply(Portion portion, long begun, List<String> leaving, List<ReceiptLines.DueMessage> due) {
        static ClaimReply of(Reply reply) {
            String state = reply.text();
            return switch (state) {
                case "busy" -> without(Owner.OTHER, "");
                case "taken_over" -> without(Owner.UNCLOSED, reply.text());
                case "held" -> held(reply);
                default -> throw new IllegalStateException("unknown state of a sweep: " + state);
            };
        }

        private static ClaimReply without(Owner owner, String incarnation) {
            return new ClaimReply(new Portion(owner, incarnation, 0, List.of()), 0, List.of(), List.of());
        }

        private static ClaimReply held(Reply reply) {
            Portion portion = new Portion(Owner.THIS, reply.text(), reply.number(), List.of());
            return new ClaimReply(
                    portion, reply.number(), reply.list(Reply::text), reply.rest(ReceiptLines.DueMessage::of));
        }
    }

    /**
     * Claims the group, and reads its next due receipts.
     *
     * @param closed whether this instance has closed the segments of one that did not release its claim
     */
    Portion take(GroupId group, boolean closed) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            ClaimReply claim = claimSettled(group, closed);
            if (claim.due().isEmpty()) {
                return claim.portion();
            }
            List<ArchiveLine> lines = receiptLines.read(group, claim.due(), periods(group, claim));
            if (!lines.isEmpty()) {
                return claim.portion().with(lines);
            }
            restoreLost(group, claim.due());
        }
        throw new IllegalStateException("the due receipts of " + group + " do not add up");
    }

    /** A member seems to have read a message, but there is no time when: its unread set may be lost. */
    private void restoreLost(GroupId group, List<ReceiptLines.DueMessage> due) {
        var unused = unreadSets.restoreLost(
                group, due.stream().map(ReceiptLines.DueMessage::id).toList());
    }

    /** The recipients are only certain when no member is leaving. */
    private ClaimReply claimSettled(GroupId group, boolean closed) {
        ClaimReply claim = claim(group, closed);
        while (!claim.leaving().isEmpty()) {
            claim.leaving().forEach(ordinal -> unreadCleanup.clean(group, ordinal));
            claim = claim(group, closed);
        }
        return claim;
    }

    private ClaimReply claim(GroupId group, boolean closed) {
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
                        Script.flag(closed),
                        settings.ttlMillis(),
                        Long.toString(clock.instant().minus(settings.receipts()).toEpochMilli()),
                        Integer.toString(MAX_MESSAGES),
                        Integer.toString(MAX_RECEIPTS)),
                ClaimReply::of);
    }

    private List<Recipients.ReceiptPeriod> periods(GroupId group, ClaimReply claim) {
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
}
