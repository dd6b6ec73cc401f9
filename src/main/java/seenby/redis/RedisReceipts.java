package seenby.redis;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import seenby.group.GroupId;
import seenby.receipt.Acked;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.Receipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** Receipts in Redis: a set for each message of those who have not read it; who has read it is the rest. */
public final class RedisReceipts implements Receipts {
    /** Messages or ordinals in one call of a script. */
    private static final int CHUNK = 1000;

    /** About how many acks a group keeps for polls to tell; a sender away for longer is told to fetch the counts. */
    private static final int KEPT_READS = 20_000;

    private final Redis redis;
    private final Clock clock;

    public RedisReceipts(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** In steps, so that a member who is far behind does not keep Redis from everyone else. */
    @Override
    public Acked ack(GroupId group, UserId member, long upto) {
        Reply first = ackChunk(group, member, upto);
        long before = first.number(0);
        Reply reply = first;
        while (reply.number(1) < upto) {
            reply = ackChunk(group, member, upto);
        }
        return new Acked(reply.number(1), Math.max(0, reply.number(1) - before), reply.number(2));
    }

    private Reply ackChunk(GroupId group, UserId member, long upto) {
        return Script.RECEIPT_ACK.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.ordinals(group),
                        Keys.receipts(group),
                        Keys.reads(group),
                        Keys.heard(group)),
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
        Script.RECEIPT_ACK_ONE.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.ordinals(group),
                        Keys.receipts(group),
                        Keys.reads(group),
                        Keys.heard(group),
                        Keys.readOne(group)),
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
    public List<ReceiptCount> counts(GroupId group, UserId member, long from, long upto) {
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
        for (int i = 0; i < reply.size(); i += 3) {
            counts.add(new ReceiptCount(reply.number(i), reply.number(i + 1), reply.number(i + 2)));
        }
        return counts;
    }

    @Override
    public Receipt count(GroupId group, UserId member, long id) {
        return receipt(id, look(group, member, id, false), List.of(), List.of());
    }

    @Override
    public Receipt list(GroupId group, UserId member, long id) {
        Reply reply = look(group, member, id, true);
        Audience audience = Audience.of(id, reply.text(0), reply.texts(4), reply.texts(5), reply.texts(6));
        return receipt(id, reply, readers(group, id, audience), audience.unread());
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
        ReceiptCount count = new ReceiptCount(id, reply.number(2), reply.number(3));
        return new Receipt(new UserId(reply.text(0)), reply.time(1), count, readers, unread);
    }

    /** Read times never change while the group is there, so they may be looked up after the rest, in steps. */
    private List<Receipt.Reader> readers(GroupId group, long id, Audience audience) {
        List<Receipt.Reader> readers = new ArrayList<>(audience.readAlone());
        List<Audience.Spell> spells = audience.readByCursor();
        for (int from = 0; from < spells.size(); from += CHUNK) {
            List<Audience.Spell> chunk = spells.subList(from, Math.min(spells.size(), from + CHUNK));
            List<String> times = times(group, id, chunk);
            for (int i = 0; i < chunk.size(); i++) {
                readers.add(new Receipt.Reader(chunk.get(i).user(), time(times.get(i))));
            }
        }
        readers.sort(Comparator.comparing(Receipt.Reader::id));
        return readers;
    }

    /** The time of "upto:time". There is none where the group was deleted and made anew since the look at it. */
    private static Instant time(String ack) {
        if (ack.isEmpty()) {
            throw new Refused(Refusal.NO_GROUP);
        }
        return Instant.ofEpochMilli(Long.parseLong(ack.substring(ack.indexOf(':') + 1)));
    }

    private List<String> times(GroupId group, long id, List<Audience.Spell> spells) {
        List<String> args = new ArrayList<>(List.of(Long.toString(id), Keys.readAtPrefix(group)));
        spells.forEach(spell -> args.add(spell.ordinal()));
        return Script.RECEIPT_TIMES.run(redis, List.of(Keys.info(group)), args).textsFrom(0);
    }

    @Override
    public long bytes(GroupId group) {
        String lastId = redis.call(jedis -> jedis.hget(Keys.info(group), "last_id"));
        List<Long> ids = LongStream.rangeClosed(1, lastId == null ? 0 : Long.parseLong(lastId))
                .boxed()
                .toList();
        List<Long> sizes = redis.each(ids, (pipeline, id) -> pipeline.memoryUsage(Keys.unreadPrefix(group) + id));
        return sizes.stream()
                .filter(java.util.Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
