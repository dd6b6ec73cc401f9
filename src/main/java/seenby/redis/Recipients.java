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
 * Who was to read one message, resolved from the spells of its group. A spell is a time in which a user owed receipts:
 * from joining, or from turning them on, to leaving or turning them off.
 *
 * @param unread who has not read it and still owes it, by id
 * @param readAlone who has read it by an ack of this message alone, with the time
 * @param readByCursor spells that have read it by a cumulative ack
 */
record Recipients(long id, List<UserId> unread, List<Receipt.Reader> readAlone, List<ReceiptPeriod> readByCursor) {
    /**
     * A spell by its ordinal.
     *
     * @param after the last message when it began
     * @param lastAck the cursor when it ended; empty where it goes on
     */
    record ReceiptPeriod(String ordinal, UserId user, long after, OptionalLong lastAck) {
        /** Of "uid after" or "uid after last_ack last_id". */
        static ReceiptPeriod of(String ordinal, String text) {
            String[] fields = text.split(" ", -1);
            return new ReceiptPeriod(
                    ordinal,
                    new UserId(fields[0]),
                    Long.parseLong(fields[1]),
                    fields.length < 3 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[2])));
        }
    }

    /**
     * A spell has read the message if it was a recipient, which takes that it began before and that its user is not the
     * sender, and either goes on and is not in the unread set, or had read it by the time it ended.
     *
     * @param unread ordinals that have not read it
     * @param acksAlone acks of this message alone, each "id:ordinal:time"
     */
    static Recipients of(
            long id,
            UserId sender,
            Collection<String> unread,
            List<ReceiptPeriod> spells,
            Collection<String> acksAlone) {
        Set<String> unreadOrdinals = new HashSet<>(unread);
        Map<String, Instant> alone = alone(acksAlone);
        Recipients audience = new Recipients(id, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (ReceiptPeriod spell : spells) {
            if (spell.user().equals(sender) || spell.after() >= id) {
                continue;
            }
            Instant readAlone = alone.get(spell.ordinal());
            if (readAlone != null) {
                audience.readAlone.add(new Receipt.Reader(spell.user(), readAlone));
            } else if (spell.lastAck().isPresent()
                    ? spell.lastAck().getAsLong() >= id
                    : !unreadOrdinals.contains(spell.ordinal())) {
                audience.readByCursor.add(spell);
            } else if (spell.lastAck().isEmpty()) {
                audience.unread.add(spell.user());
            }
        }
        audience.unread.sort(null);
        return audience;
    }

    private static Map<String, Instant> alone(Collection<String> acksAlone) {
        Map<String, Instant> alone = new HashMap<>();
        for (String ack : acksAlone) {
            String[] fields = ack.split(":", -1);
            alone.put(fields[1], Instant.ofEpochMilli(Long.parseLong(fields[2])));
        }
        return alone;
    }

    /** How many owe a receipt or have given it. */
    int size() {
        return unread.size() + readAlone.size() + readByCursor.size();
    }

    /** Who has read it, by id; empty where a time is no longer there, as the message was archived meanwhile. */
    Optional<List<Receipt.Reader>> readers(ReadTimes times) {
        List<Receipt.Reader> readers = new ArrayList<>(readAlone);
        for (ReceiptPeriod spell : readByCursor) {
            Optional<Instant> at = times.of(spell, id);
            if (at.isEmpty()) {
                return Optional.empty();
            }
            readers.add(new Receipt.Reader(spell.user(), at.get()));
        }
        readers.sort(Comparator.comparing(Receipt.Reader::id));
        return Optional.of(readers);
    }
}
