package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import seenby.receipt.Receipt;
import seenby.user.UserId;

/**
 * The recipients of one message, found from the receipt periods of its group. In a receipt period a user owes receipts:
 * it begins when the user joins or turns receipts on, and ends when the user leaves or turns them off.
 *
 * @param unread members who have not read it, sorted by id
 * @param readAlone members who have read it by an ack of this message alone, with the time
 * @param readByCursor periods in which it was read by a cumulative ack
 */
public record Recipients(
        long id, List<UserId> unread, List<Receipt.Reader> readAlone, List<ReceiptPeriod> readByCursor) {
    /**
     * A receipt period.
     *
     * @param ordinal its number within the group
     * @param after the last message when it began
     * @param lastAck the cursor when it ended; empty if it has not ended
     */
    public record ReceiptPeriod(String ordinal, UserId user, long after, OptionalLong lastAck) {
        /** Parses "uid after" or "uid after last_ack last_id". */
        public static ReceiptPeriod of(String ordinal, String text) {
            String[] fields = text.split(" ", -1);
            return new ReceiptPeriod(
                    ordinal,
                    new UserId(fields[0]),
                    Long.parseLong(fields[1]),
                    fields.length < 3 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[2])));
        }
    }

    /**
     * A period makes its user a recipient if it began before the message and the user is not the sender. The user has
     * read the message if the period goes on and is not in the unread set, or if the cursor had reached the message
     * when the period ended. Otherwise a period that has ended does not count.
     *
     * @param unread ordinals of periods in which it was not read
     * @param acksAlone acks of this message alone, each "id:ordinal:time"; those of unread periods came later
     */
    public static Recipients of(
            long id,
            UserId sender,
            Collection<String> unread,
            List<ReceiptPeriod> periods,
            Collection<String> acksAlone) {
        Set<String> unreadOrdinals = new HashSet<>(unread);
        Map<String, Instant> alone = alone(acksAlone);
        Recipients recipients = new Recipients(id, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (ReceiptPeriod period : periods) {
            if (period.user().equals(sender) || period.after() >= id) {
                continue;
            }
            Instant readAlone = alone.get(period.ordinal());
            if (period.lastAck().isEmpty() && unreadOrdinals.contains(period.ordinal())) {
                recipients.unread.add(period.user());
            } else if (readAlone != null) {
                recipients.readAlone.add(new Receipt.Reader(period.user(), readAlone));
            } else if (period.lastAck().orElse(id) >= id) {
                recipients.readByCursor.add(period);
            }
        }
        recipients.unread.sort(null);
        return recipients;
    }

    /** The times of these acks, each "id:ordinal:time", by the ordinal. */
    static Map<String, Instant> alone(Collection<String> acksAlone) {
        Map<String, Instant> alone = new HashMap<>();
        for (String ack : acksAlone) {
            String[] fields = ack.split(":", -1);
            alone.put(fields[1], Instant.ofEpochMilli(Long.parseLong(fields[2])));
        }
        return alone;
    }

    /** How many have read it or still owe the receipt. */
    public int size() {
        return unread.size() + readAlone.size() + readByCursor.size();
    }

    /** The readers, sorted by id; empty if a time is missing because the message was archived meanwhile. */
    public Optional<List<Receipt.Reader>> readers(ReadTimes times) {
        List<Receipt.Reader> readers = new ArrayList<>(readAlone);
        for (ReceiptPeriod period : readByCursor) {
            Optional<Instant> at = times.of(period, id);
            if (at.isEmpty()) {
                return Optional.empty();
            }
            readers.add(new Receipt.Reader(period.user(), at.get()));
        }
        readers.sort(Comparator.comparing(Receipt.Reader::id));
        return Optional.of(readers);
    }
}
