package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import seenby.archive.ArchiveAccess;
import seenby.archive.LiveReceipts;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.receipt.AckResult;
import seenby.receipt.GroupAck;
import seenby.receipt.Nudge;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** Receipts in Redis. Each message has a set of those who have not read it; the other recipients have. */
public final class RedisReceipts implements LiveReceipts {
    /** About how many acks a group keeps for polls; a sender who missed more is told to fetch the counts. */
    private static final int MAX_READS = 20_000;

    private static final int ORIGINS_IN_STEP = 100;

    private static final Duration NUDGE_PAUSE = Duration.ofMinutes(10);

    private final Redis redis;
    private final Clock clock;
    private final UnreadSets unreadSets;
    private final RedisAcks acks;
    private final MessageReceipts ofOne;
    private final LongAdder acked = new LongAdder();

    public RedisReceipts(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
        this.unreadSets = new UnreadSets(redis);
        this.ofOne = new MessageReceipts(redis, unreadSets);
        this.acks = new RedisAcks(redis, clock, unreadSets, MAX_READS);
    }

    @Override
    public AckResult ack(GroupId group, UserId member, long upto) {
        AckResult result = acks.ack(member, List.of(new GroupAck(group, Optional.empty(), 0, upto))).values().stream()
                .findFirst()
                .orElseThrow(() -> new Refused(Refusal.NOT_MEMBER));
        acked.increment();
        return result;
    }

    @Override
    public Set<GroupId> ackEach(UserId user, Collection<GroupAck> each) {
        List<GroupAck> moving = each.stream().filter(ack -> ack.distance() > 0).toList();
        Set<GroupId> members = new TreeSet<>(acks.ack(user, moving).keySet());
        acked.add(members.size());
        each.stream().filter(ack -> ack.distance() == 0).forEach(ack -> members.add(ack.group()));
        return members;
    }

    @Override
    public void ackOne(GroupId group, UserId member, long id) {
        boolean missing = Script.RECEIPT_ACK_ONE.run(
                redis,
                Keys.ofAck(group),
                List.of(
                        Long.toString(clock.millis()),
                        member.value(),
                        Long.toString(id),
                        Integer.toString(MAX_READS),
                        Keys.unreadPrefix(group),
                        redis.wakes(),
                        group.value()),
                Reply::flag);
        acked.increment();
        if (missing) {
            unreadSets.report(group, List.of(id));
        }
    }

    /** How many acks were stored since the start: of a group, or of a single message. */
    public long acks() {
        return acked.sum();
    }

    /** The unread set decides whom it reaches, so a lost one is restored before, if the member may send it. */
    @Override
    public Nudge nudge(GroupId group, UserId member, long id) {
        Nudge nudge = new Nudge(group, id, member, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        nudge(nudge, false);
        var unused = unreadSets.restoreLost(group, List.of(id));
        nudge(nudge, true);
        return nudge;
    }

    /** @param send whether to send it, or only to refuse it if it may not be sent */
    private void nudge(Nudge nudge, boolean send) {
        GroupId group = nudge.group();
        long waitMillis = Script.RECEIPT_NUDGE.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.nudges(group),
                        Keys.nudged(group)),
                List.of(
                        Long.toString(nudge.at().toEpochMilli()),
                        nudge.by().value(),
                        Long.toString(nudge.id()),
                        Long.toString(NUDGE_PAUSE.toMillis()),
                        redis.wakes(),
                        group.value(),
                        Script.flag(send)),
                Reply::number);
        if (waitMillis > 0) {
            throw Refused.tooSoon(Refusal.NUDGED, Duration.ofMillis(waitMillis));
        }
    }

    @Override
    public Counts counts(GroupId group, UserId member, long from, long upto) {
        Counts counts = countOnce(group, member, from, upto);
        return unreadSets.confirm(group, counts.live()) ? counts : countOnce(group, member, from, upto);
    }

    private Counts countOnce(GroupId group, UserId member, long from, long upto) {
        return Script.RECEIPT_COUNT.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group)),
                List.of(member.value(), Long.toString(from), Long.toString(upto), Keys.unreadPrefix(group)),
                RedisReceipts::counts);
    }

    private static Counts counts(Reply reply) {
        ArchiveAccess access = access(reply);
        return new Counts(reply.rest(item -> count(item.number(), item)), access);
    }

    /** In steps, because the messages have their texts beside their senders. */
    @Override
    public Map<Long, Origin> origins(GroupId group, String incarnation, long from, long upto) {
        Map<Long, Origin> origins = new HashMap<>();
        for (long first = from; first <= upto; first += ORIGINS_IN_STEP) {
            origins.putAll(originsOfStep(group, incarnation, first, Math.min(upto, first + ORIGINS_IN_STEP - 1)));
        }
        return origins;
    }

    private Map<Long, Origin> originsOfStep(GroupId group, String incarnation, long from, long upto) {
        return Script.RECEIPT_ORIGINS.run(
                redis,
                List.of(Keys.info(group), Keys.messages(group)),
                List.of(incarnation, Long.toString(from), Long.toString(upto)),
                reply -> {
                    Map<Long, Origin> origins = new HashMap<>();
                    while (reply.hasNext()) {
                        origins.put(reply.number(), origin(reply));
                    }
                    return origins;
                });
    }

    private static Origin origin(Reply reply) {
        return new Origin(new UserId(reply.text()), !reply.text().equals(ReceiptPolicy.OFF.word()));
    }

    static ReceiptCount count(long id, Reply reply) {
        return new ReceiptCount(id, reply.number(), reply.number(), reply.optionalNumber());
    }

    static ArchiveAccess access(Reply reply) {
        return new ArchiveAccess(reply.text(), reply.number(), reply.flag());
    }

    @Override
    public Lookup count(GroupId group, UserId member, long id) {
        return ofOne.count(group, member, id);
    }

    @Override
    public Lookup list(GroupId group, UserId member, long id) {
        return ofOne.list(group, member, id);
    }
}
