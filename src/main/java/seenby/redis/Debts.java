package seenby.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import seenby.group.GroupId;

/**
 * Who owes receipts as the cursors say, without the unread sets. Only a walk through all members finds that out. It
 * reads in pages and at different moments: what is owed all the time is found, and so may be what was owed until now.
 */
final class Debts {
    /** So few are looked for among all who have acked a message alone. To find more, all these are read. */
    private static final int FEW = 50;

    private final Redis redis;

    Debts(Redis redis) {
        this.redis = redis;
    }

    private record Candidate(long id, String sender) {
        static Candidate of(StreamEntry receipt) {
            return new Candidate(receipt.getID().getTime(), receipt.getFields().getOrDefault("sender", ""));
        }
    }

    /** In a receipt period, the messages after one id and up to another are owed, except the user's own. */
    private record Debt(Recipients.ReceiptPeriod period, long after, long upto) {
        boolean includes(Candidate message) {
            return after < message.id()
                    && message.id() <= upto
                    && !period.user().value().equals(message.sender());
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
        return messages(group, ids).stream()
                .filter(message -> isOwed(group, message, debts))
                .map(Candidate::id)
                .toList();
    }

    private List<Candidate> messages(GroupId group, List<Long> ids) {
        return redis
                .readEach(ids, (pipeline, id) -> {
                    StreamEntryID entry = new StreamEntryID(id, 0);
                    return pipeline.xrange(Keys.receipts(group), entry, entry);
                })
                .stream()
                .flatMap(List::stream)
                .map(Candidate::of)
                .toList();
    }

    /** The receipt periods that owe the message, unless they have acked it alone. */
    private static Stream<String> debtors(Candidate message, List<Debt> debts) {
        return debts.stream()
                .filter(debt -> debt.includes(message))
                .map(debt -> debt.period().ordinal());
    }

    /** One message after the other, because each may have as many acks as the group has members. */
    private boolean isOwed(GroupId group, Candidate message, List<Debt> debts) {
        List<String> first = debtors(message, debts).limit(FEW + 1).toList();
        return first.size() > FEW
                ? isOwedByMany(group, message, debts)
                : !first.isEmpty() && isOwedByFew(group, message, first);
    }

    private boolean isOwedByFew(GroupId group, Candidate message, List<String> debtors) {
        return Script.RECEIPT_OWED.run(
                redis,
                List.of(Keys.readOne(group)),
                Stream.concat(Stream.of(Long.toString(message.id())), debtors.stream())
                        .toList(),
                Reply::flag);
    }

    private boolean isOwedByMany(GroupId group, Candidate message, List<Debt> debts) {
        Set<String> alone = Recipients.alone(redis.scored(Keys.readOne(group), (double) message.id()))
                .keySet();
        return debtors(message, debts).anyMatch(debtor -> !alone.contains(debtor));
    }
}
