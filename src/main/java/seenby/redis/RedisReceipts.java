package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.Counted;
import seenby.receipt.Found;
import seenby.receipt.Frozen;
import seenby.receipt.Nudge;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.Receipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** Receipts in Redis: a set for each message of those who have not read it; who has read it is the rest. */
public final class RedisReceipts implements Receipts {
    /** Messages in one call of a script. */
    private static final int CHUNK = 1000;

    /** A message is archived once; who finds that on the third look still not settled has found a fault. */
    private static final int LOOKS = 3;

    /** About how many acks a group keeps for polls to tell; a sender away for longer is told to fetch the counts. */
    private static final int KEPT_READS = 20_000;

    private static final Duration NUDGE_PAUSE = Duration.ofMinutes(10);

    private final Redis redis;
    private final Clock clock;

    public RedisReceipts(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** In steps, so that a member who is far behind does not keep Redis from everyone else. */
    @Override
    public AckResult ack(GroupId group, UserId member, long upto) {
        Reply first = ackChunk(group, member, upto);
        long before = first.number(0);
        Reply reply = first;
        while (reply.number(1) < upto) {
            reply = ackChunk(group, member, upto);
        }
        return new AckResult(reply.number(1), Math.max(0, reply.number(1) - before), reply.number(2));
    }

    private Reply ackChunk(GroupId group, UserId member, long upto) {
        return Script.RECEIPT_ACK.run(
                redis,
                Keys.ofAck(group),
                List.of(
                        Long.toString(clock.millis()),
                        member.value(),
                        Long.toString(upto),
                        Integer.toString(CHUNK),
                        Integer.toString(KEPT_READS),
                        Keys.unreadPrefix(group),
                        Keys.readAtPrefix(group),
                        Keys.WAKES,
                        group.value()));
    }

    @Override
    public void ackOne(GroupId group, UserId member, long id) {
        List<String> keys = new ArrayList<>(Keys.ofAck(group));
        keys.add(Keys.readOne(group));
        Script.RECEIPT_ACK_ONE.run(
                redis,
                keys,
                List.of(
                        Long.toString(clock.millis()),
                        member.value(),
                        Long.toString(id),
                        Integer.toString(KEPT_READS),
                        Keys.unreadPrefix(group),
                        Keys.WAKES,
                        group.value()));
    }

    @Override
    public Nudge nudge(GroupId group, UserId member, long id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Reply reply = Script.RECEIPT_NUDGE.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.nudges(group),
                        Keys.nudged(group)),
                List.of(
                        Long.toString(now.toEpochMilli()),
                        member.value(),
                        Long.toString(id),
                        Long.toString(NUDGE_PAUSE.toMillis()),
                        Keys.WAKES,
                        group.value()));
        Duration wait = Duration.ofMillis(reply.number(0));
        if (wait.isZero()) {
            return new Nudge(group, id, member, now);
        }
        throw Refused.tooSoon(Refusal.NUDGED, wait);
    }

    @Override
    public Counted counts(GroupId group, UserId member, long from, long upto) {
        Reply reply = Script.RECEIPT_COUNT.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group)),
                List.of(member.value(), Long.toString(from), Long.toString(upto), Keys.unreadPrefix(group)));
        List<ReceiptCount> counts = new ArrayList<>();
        for (int i = 3; i < reply.size(); i += 3) {
            counts.add(new ReceiptCount(reply.number(i), reply.number(i + 1), reply.number(i + 2)));
        }
        return new Counted(counts, frozen(reply));
    }

    private static Frozen frozen(Reply reply) {
        return new Frozen(reply.text(0), reply.number(1), reply.flag(2));
    }

    @Override
    public Found count(GroupId group, UserId member, long id) {
        Reply reply = look(group, member, id, false);
        return isArchived(reply)
                ? new Found(Optional.empty(), frozen(reply))
                : new Found(Optional.of(receipt(id, reply, List.of(), List.of())), frozen(reply));
    }

    /** Looks again where the times were archived since the first look, which says so then. */
    @Override
    public Found list(GroupId group, UserId member, long id) {
        for (int tries = 1; tries <= LOOKS; tries++) {
            Reply reply = look(group, member, id, true);
            if (isArchived(reply)) {
                return new Found(Optional.empty(), frozen(reply));
            }
            Recipients audience = Recipients.of(
                    id, new UserId(reply.text(3)), reply.texts(7), spells(reply.texts(8)), reply.texts(9));
            Optional<Receipt> receipt = audience.readers(ReadTimes.look(redis, group, id, id, audience.readByCursor()))
                    .map(readers -> receipt(id, reply, readers, audience.unread()));
            if (receipt.isPresent()) {
                return new Found(receipt, frozen(reply));
            }
        }
        throw new IllegalStateException("read times of message " + id + " of " + group + " are missing");
    }

    private static boolean isArchived(Reply reply) {
        return reply.size() == 3;
    }

    private static List<Recipients.ReceiptPeriod> spells(List<String> pairs) {
        List<Recipients.ReceiptPeriod> spells = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            spells.add(Recipients.ReceiptPeriod.of(pairs.get(i), pairs.get(i + 1)));
        }
        return spells;
    }

    private Reply look(GroupId group, UserId member, long id, boolean lists) {
        return Script.RECEIPT_LIST.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group),
                        Keys.spells(group),
                        Keys.readOne(group)),
                List.of(member.value(), Long.toString(id), Keys.unreadPrefix(group), lists ? "1" : "0"));
    }

    private static Receipt receipt(long id, Reply reply, List<Receipt.Reader> readers, List<UserId> unread) {
        ReceiptCount count = new ReceiptCount(id, reply.number(5), reply.number(6));
        return new Receipt(new UserId(reply.text(3)), reply.time(4), count, readers, unread, false);
    }
}
