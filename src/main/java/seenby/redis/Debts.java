package seenby.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import seenby.group.GroupId;

/**
 * Who owes receipts as the cursors say, without the unread sets. Only a walk through all members finds that out. It
 * reads in pages and at different moments: what is owed all the time is found, and so may be what was owed until now.
 */
final class Debts {
    private final Redis redis;

    Debts(Redis redis) {
        this.redis = redis;
    }

    /** In a receipt period, the messages after one id and up to another are owed, except the user's own. */
    private record Debt(Recipients.ReceiptPeriod period, long after, long upto) {
        boolean includes(long id, String sender, Set<String> alone) {
            return after < id
                    && id <= upto
                    && !period.user().value().equals(sender)
                    && !alone.contains(period.ordinal());
        }
    }

    /** Those of these messages for which a receipt is owed. */
    List<Long> owed(GroupId group, List<Long> ids) {
        OptionalLong last = ids.stream().mapToLong(Long::longValue).max();
        if (last.isEmpty()) {
            return List.of();
        }
        List<Debt> debts = debts(group).stream()
                .filter(debt -> debt.after() < last.getAsLong())
                .toList();
        return debts.isEmpty() ? List.of() : owed(group, ids, debts);
    }

    private List<Debt> debts(GroupId group) {
        List<Recipients.ReceiptPeriod> periods = ReceiptPeriods.read(redis, group);
        Map<String, String> cursors = redis.hash(Keys.acks(group));
        Map<String, String> leaving = redis.hash(Keys.leaving(group));
        return periods.stream()
                .flatMap(period -> period.lastAck().isEmpty()
                        ? Stream.of(ofMember(period, cursors))
                        : Optional.ofNullable(leaving.get(period.ordinal()))
                                .map(span -> ofLeaver(period, span))
                                .stream())
                .toList();
    }

    /** A member who left meanwhile has no cursor any more: then what it owed is uncertain, and counts. */
    private static Debt ofMember(Recipients.ReceiptPeriod period, Map<String, String> cursors) {
        long cursor = Long.parseLong(cursors.getOrDefault(period.user().value(), "0"));
        return new Debt(period, Math.max(period.after(), cursor), Long.MAX_VALUE);
    }

    /** @param span "next upto" of the messages that may still count the period */
    private static Debt ofLeaver(Recipients.ReceiptPeriod period, String span) {
        String[] ends = span.split(" ", -1);
        return new Debt(period, Long.parseLong(ends[0]) - 1, Long.parseLong(ends[1]));
    }

    private List<Long> owed(GroupId group, List<Long> ids, List<Debt> debts) {
        List<List<StreamEntry>> receipts = redis.readEach(ids, (pipeline, id) -> {
            StreamEntryID entry = new StreamEntryID(id, 0);
            return pipeline.xrange(Keys.receipts(group), entry, entry);
        });
        List<List<String>> alone =
                redis.readEach(ids, (pipeline, id) -> pipeline.zrangeByScore(Keys.readOne(group), id, id));
        return IntStream.range(0, ids.size())
                .filter(i -> receipts.get(i).stream()
                        .anyMatch(receipt ->
                                isOwed(receipt, Recipients.alone(alone.get(i)).keySet(), debts)))
                .mapToObj(ids::get)
                .toList();
    }

    private static boolean isOwed(StreamEntry receipt, Set<String> alone, List<Debt> debts) {
        long id = receipt.getID().getTime();
        String sender = receipt.getFields().getOrDefault("sender", "");
        return debts.stream().anyMatch(debt -> debt.includes(id, sender, alone));
    }
}
