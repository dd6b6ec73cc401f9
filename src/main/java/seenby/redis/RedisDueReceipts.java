package seenby.redis;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import seenby.archive.ArchiveLine;
import seenby.archive.DueReceipts;
import seenby.archive.SweepClaim;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.receipt.Receipt;
import seenby.user.UserId;

/**
 * Due receipts in Redis. What a line needs is read in several steps, of which each is bounded; the commit finds out
 * whether something has changed between them.
 */
public final class RedisDueReceipts implements DueReceipts {
    private static final int MOST_MESSAGES = 100;
    private static final int MOST_RECEIPTS = 10_000;

    /** Spells, or reads, in one call of a script: 500 reads took Redis up to 6 ms. */
    private static final int CHUNK = 200;

    /** Looks at receipts that did not add up: an ack or a leave may have come in between, not each time. */
    private static final int LOOKS = 5;

    private static final String OFF = ReceiptPolicy.OFF.word();

    private final Redis redis;
    private final Clock clock;
    private final SweepSettings terms;
    private final UnreadCleanup unreadCleanup;
    private Optional<ReceiptPeriods> lastSpells = Optional.empty();

    /** Serves one thread: it remembers the spells that it has read last. */
    public RedisDueReceipts(Redis redis, Clock clock, SweepSettings terms) {
        this.redis = redis;
        this.clock = clock;
        this.terms = terms;
        this.unreadCleanup = new UnreadCleanup(redis);
    }

    /** A message whose receipts are due; recipients are those that have not left it unread, or "off". */
    private record Due(long id, UserId sender, Instant sentAt, String recipients) {
        boolean kept() {
            return !recipients.equals(OFF);
        }

        String score() {
            return Long.toString(id);
        }

        static Due of(Reply reply) {
            return new Due(reply.number(), new UserId(reply.text()), reply.time(), reply.text());
        }

        ArchiveLine line(GroupId group, Instant archivedAt, Optional<ArchiveLine.Lists> lists) {
            return new ArchiveLine(group, id, sender, sentAt, archivedAt, lists);
        }
    }

    /**
     * The answer of the script that takes a sweep.
     *
     * @param begun how many spells had begun
     * @param leaving ordinals of ended spells that are still in unread sets
     */
    private record Take(SweepClaim claim, long begun, List<String> leaving, List<Due> due) {
        static Take of(Reply reply) {
            String state = reply.text();
            return switch (state) {
                case "busy" -> without(SweepClaim.busy());
                case "taken_over" -> without(SweepClaim.takenOver(reply.text(), reply.number(), reply.number()));
                case "held" -> held(reply);
                default -> throw new IllegalStateException("unknown state of a sweep: " + state);
            };
        }

        private static Take without(SweepClaim claim) {
            return new Take(claim, 0, List.of(), List.of());
        }

        private static Take held(Reply reply) {
            String incarnation = reply.text();
            long archivedUpto = reply.number();
            long firstId = reply.number();
            long ended = reply.number();
            SweepClaim claim =
                    new SweepClaim(SweepClaim.State.HELD, incarnation, archivedUpto, firstId, ended, List.of());
            return new Take(claim, reply.number(), reply.list(Reply::text), reply.rest(Due::of));
        }

        SweepClaim with(List<ArchiveLine> lines) {
            return new SweepClaim(
                    claim.state(),
                    claim.incarnation(),
                    claim.archivedUpto(),
                    claim.firstId(),
                    claim.spellsEnded(),
                    lines);
        }
    }

    @Override
    public SweepClaim take(GroupId group, boolean closed) {
        for (int looks = 1; looks <= LOOKS; looks++) {
            Take take = takeSettled(group, closed);
            if (take.due().isEmpty()) {
                return take.claim();
            }
            List<ArchiveLine> lines = lines(group, take.due(), spells(group, take));
            if (!lines.isEmpty()) {
                return take.with(lines);
            }
        }
        throw new IllegalStateException("the receipts of " + group + " that are due do not add up");
    }

    /** Only when nobody is leaving it is settled who owes what. */
    private Take takeSettled(GroupId group, boolean closed) {
        Take take = takeOnce(group, closed);
        while (!take.leaving().isEmpty()) {
            take.leaving().forEach(ordinal -> unreadCleanup.clean(group, ordinal));
            take = takeOnce(group, closed);
        }
        return take;
    }

    private Take takeOnce(GroupId group, boolean closed) {
        return Script.ARCHIVE_TAKE.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group),
                        Keys.sweep(group)),
                List.of(
                        terms.token(),
                        closed ? "1" : "0",
                        terms.ttlMillis(),
                        Long.toString(clock.instant().minus(terms.receipts()).toEpochMilli()),
                        Integer.toString(MOST_MESSAGES),
                        Integer.toString(MOST_RECEIPTS)),
                Take::of);
    }

    private List<Recipients.ReceiptPeriod> spells(GroupId group, Take take) {
        String incarnation = take.claim().incarnation();
        long ended = take.claim().spellsEnded();
        long begun = take.begun();
        ReceiptPeriods spells = lastSpells
                .filter(last -> last.are(group, incarnation, begun, ended))
                .orElseGet(
                        () -> new ReceiptPeriods(group, incarnation, begun, ended, ReceiptPeriods.read(redis, group)));
        lastSpells = Optional.of(spells);
        return spells.all();
    }

    /** Those before the first that does not add up, as something has changed while it was read. */
    private List<ArchiveLine> lines(GroupId group, List<Due> due, List<Recipients.ReceiptPeriod> spells) {
        Instant now = clock.instant();
        Map<Due, Recipients> audiences = audiences(group, due, spells);
        ReadTimes times = ReadTimes.read(
                redis, group, due.get(0).id(), due.get(due.size() - 1).id(), readers(audiences));
        List<ArchiveLine> lines = new ArrayList<>();
        for (Due message : due) {
            Optional<ArchiveLine> line = line(group, message, Optional.ofNullable(audiences.get(message)), times, now);
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line.get());
        }
        return lines;
    }

    private Map<Due, Recipients> audiences(GroupId group, List<Due> due, List<Recipients.ReceiptPeriod> spells) {
        List<Due> kept = due.stream().filter(Due::kept).toList();
        List<Set<String>> unread =
                redis.each(kept, (pipeline, message) -> pipeline.smembers(Keys.unreadPrefix(group) + message.id()));
        List<List<String>> alone = redis.each(
                kept,
                (pipeline, message) -> pipeline.zrangeByScore(Keys.readOne(group), message.score(), message.score()));
        Map<Due, Recipients> audiences = new LinkedHashMap<>();
        for (int i = 0; i < kept.size(); i++) {
            Due message = kept.get(i);
            audiences.put(message, Recipients.of(message.id(), message.sender(), unread.get(i), spells, alone.get(i)));
        }
        return audiences;
    }

    private static List<Recipients.ReceiptPeriod> readers(Map<Due, Recipients> audiences) {
        return audiences.values().stream()
                .flatMap(audience -> audience.readByCursor().stream())
                .distinct()
                .toList();
    }

    private static Optional<ArchiveLine> line(
            GroupId group, Due message, Optional<Recipients> audience, ReadTimes times, Instant now) {
        if (audience.isEmpty()) {
            return Optional.of(message.line(group, now, Optional.empty()));
        }
        if (audience.get().size() != Long.parseLong(message.recipients())) {
            return Optional.empty();
        }
        List<UserId> unread = audience.get().unread();
        Optional<List<Receipt.Reader>> readers = audience.get().readers(times);
        return readers.map(them -> message.line(group, now, Optional.of(new ArchiveLine.Lists(them, unread))));
    }

    @Override
    public boolean isHeld(GroupId group) {
        return terms.token().equals(redis.call(jedis -> jedis.hget(Keys.info(group), "sweeper")));
    }

    @Override
    public OptionalLong commit(GroupId group, SweepClaim taken) {
        List<String> args = new ArrayList<>(List.of(
                terms.token(),
                taken.incarnation(),
                Long.toString(taken.spellsEnded()),
                Keys.unreadPrefix(group),
                Long.toString(taken.archivedUpto() + 1)));
        for (ArchiveLine line : taken.lines()) {
            args.add(line.lists()
                    .map(lists -> Integer.toString(lists.recipients()))
                    .orElse(OFF));
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
    public void trim(GroupId group) {
        List<String> state = redis.call(jedis -> jedis.hmget(Keys.info(group), "incarnation", "archived_upto"));
        String incarnation = String.valueOf(state.get(0));
        List<String> ordinals = ReceiptPeriods.read(redis, group).stream()
                .map(Recipients.ReceiptPeriod::ordinal)
                .toList();
        for (int from = 0; from < ordinals.size(); from += CHUNK) {
            trim(group, incarnation, "0", ordinals.subList(from, Math.min(ordinals.size(), from + CHUNK)));
        }
        long removed;
        do {
            removed = trim(group, incarnation, String.valueOf(state.get(1)), List.of());
        } while (removed == CHUNK);
    }

    private long trim(GroupId group, String incarnation, String done, List<String> ordinals) {
        List<String> args =
                new ArrayList<>(List.of(incarnation, done, Integer.toString(CHUNK), Keys.readAtPrefix(group)));
        args.addAll(ordinals);
        return Script.ARCHIVE_TRIM.run(
                redis, List.of(Keys.info(group), Keys.spells(group), Keys.reads(group)), args, Reply::number);
    }
}
