package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.Counted;
import seenby.receipt.Found;
import seenby.receipt.Frozen;
import seenby.receipt.GroupAck;
import seenby.receipt.Nudge;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.Receipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/**
 * Receipts in Redis: each message has a set of the recipients that have not read it. All other recipients have read it.
 */
public final class RedisReceipts implements Receipts {
    /** A message is archived once; who finds that on the third look still not settled has found a fault. */
    private static final int LOOKS = 3;

    /** About how many acks a group keeps for polls to tell; a sender away for longer is told to fetch the counts. */
    private static final int KEPT_READS = 20_000;

    private static final Duration NUDGE_PAUSE = Duration.ofMinutes(10);

    private final Redis redis;
    private final Clock clock;
    private final RedisAcks acks;

    public RedisReceipts(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
        this.acks = new RedisAcks(redis, clock, KEPT_READS);
    }

    @Override
    public AckResult ack(GroupId group, UserId member, long upto) {
        return acks.ack(member, List.of(new GroupAck(group, 0, upto))).values().stream()
                .findFirst()
                .orElseThrow(() -> new Refused(Refusal.NOT_MEMBER));
    }

    @Override
    public Set<GroupId> ackEach(UserId user, Collection<GroupAck> each) {
        return acks.ack(user, each).keySet();
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
        long waitMillis = Script.RECEIPT_NUDGE.run(
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
                        group.value()),
                Reply::number);
        if (waitMillis > 0) {
            throw Refused.tooSoon(Refusal.NUDGED, Duration.ofMillis(waitMillis));
        }
        return new Nudge(group, id, member, now);
    }

    @Override
    public Counted counts(GroupId group, UserId member, long from, long upto) {
        return Script.RECEIPT_COUNT.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group)),
                List.of(member.value(), Long.toString(from), Long.toString(upto), Keys.unreadPrefix(group)),
                RedisReceipts::counted);
    }

    private static Counted counted(Reply reply) {
        Frozen frozen = frozen(reply);
        return new Counted(reply.rest(item -> new ReceiptCount(item.number(), item.number(), item.number())), frozen);
    }

    private static Frozen frozen(Reply reply) {
        return new Frozen(reply.text(), reply.number(), reply.flag());
    }

    @Override
    public Found count(GroupId group, UserId member, long id) {
        Stored stored = look(group, member, id, false);
        return new Found(stored.live().map(live -> live.receipt(List.of(), List.of())), stored.frozen());
    }

    /** Looks again where the times were archived since the first look, which says so then. */
    @Override
    public Found list(GroupId group, UserId member, long id) {
        for (int tries = 1; tries <= LOOKS; tries++) {
            Stored stored = look(group, member, id, true);
            if (stored.live().isEmpty()) {
                return new Found(Optional.empty(), stored.frozen());
            }
            Optional<Receipt> receipt = named(group, stored.live().get());
            if (receipt.isPresent()) {
                return new Found(receipt, stored.frozen());
            }
        }
        throw new IllegalStateException("read times of message " + id + " of " + group + " are missing");
    }

    private Optional<Receipt> named(GroupId group, Live live) {
        long id = live.count().id();
        Recipients recipients =
                Recipients.of(id, live.sender(), live.unreadOrdinals(), live.spells(), live.acksAlone());
        return recipients
                .readers(ReadTimes.look(redis, group, id, id, recipients.readByCursor()))
                .map(readers -> live.receipt(readers, recipients.unread()));
    }

    private Stored look(GroupId group, UserId member, long id, boolean lists) {
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
                List.of(member.value(), Long.toString(id), Keys.unreadPrefix(group), lists ? "1" : "0"),
                reply -> new Stored(
                        frozen(reply), reply.hasNext() ? Optional.of(Live.of(id, reply)) : Optional.empty()));
    }

    /** What Redis says of one message's receipts; nothing is live where they are archived. */
    private record Stored(Frozen frozen, Optional<Live> live) {}

    /**
     * One message's receipts; the lists are empty where only the counts were asked for.
     *
     * @param unreadOrdinals of the spells that have not read it
     * @param acksAlone acks of this message alone, each "id:ordinal:time"
     */
    private record Live(
            UserId sender,
            Instant sentAt,
            ReceiptCount count,
            List<String> unreadOrdinals,
            List<Recipients.ReceiptPeriod> spells,
            List<String> acksAlone) {
        static Live of(long id, Reply reply) {
            UserId sender = new UserId(reply.text());
            Instant sentAt = reply.time();
            ReceiptCount count = new ReceiptCount(id, reply.number(), reply.number());
            if (!reply.hasNext()) {
                return new Live(sender, sentAt, count, List.of(), List.of(), List.of());
            }
            List<String> unread = reply.list(Reply::text);
            List<Recipients.ReceiptPeriod> spells =
                    reply.list(item -> Recipients.ReceiptPeriod.of(item.text(), item.text()));
            return new Live(sender, sentAt, count, unread, spells, reply.list(Reply::text));
        }

        Receipt receipt(List<Receipt.Reader> readers, List<UserId> unread) {
            return new Receipt(sender, sentAt, count, readers, unread, false);
        }
    }
}
