package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
record Audience(List<UserId> unread, List<Receipt.Reader> readAlone, List<Spell> readByCursor) {
    /** A spell by its ordinal. */
    record Spell(String ordinal, UserId user) {}

    /**
     * A spell has read the message if it was a recipient, which takes that it began before and that its user is not the
     * sender, and either goes on and is not in the unread set, or had read it by the time it ended.
     */
    static Audience of(long id, String sender, List<String> unread, List<String> spells, List<String> acksAlone) {
        Set<String> unreadOrdinals = new HashSet<>(unread);
        Map<String, Instant> alone = alone(acksAlone);
        Audience audience = new Audience(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < spells.size(); i += 2) {
            String ordinal = spells.get(i);
            String[] fields = spells.get(i + 1).split(" ", -1);
            boolean ended = fields.length == 3;
            if (fields[0].equals(sender) || Long.parseLong(fields[1]) >= id) {
                continue;
            }
            UserId user = new UserId(fields[0]);
            if (alone.containsKey(ordinal)) {
                audience.readAlone.add(new Receipt.Reader(user, alone.get(ordinal)));
            } else if (ended ? Long.parseLong(fields[2]) >= id : !unreadOrdinals.contains(ordinal)) {
                audience.readByCursor.add(new Spell(ordinal, user));
            } else if (!ended) {
                audience.unread.add(user);
            }
        }
        audience.unread.sort(null);
        return audience;
    }

    private static Map<String, Instant> alone(List<String> acksAlone) {
        Map<String, Instant> alone = new HashMap<>();
        for (String ack : acksAlone) {
            String[] fields = ack.split(":", -1);
            alone.put(fields[1], Instant.ofEpochMilli(Long.parseLong(fields[2])));
        }
        return alone;
    }
}
