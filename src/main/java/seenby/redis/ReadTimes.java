package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seenby.group.GroupId;

/** When spells have read the messages of a range by cumulative acks: each at the first ack from that message on. */
final class ReadTimes {
    /** Spells in one call of a script. */
    private static final int CHUNK = 500;

    private record Ack(long upto, Instant at) {
        /** Of "upto:time". */
        static Ack of(Reply reply) {
            String text = reply.text();
            int colon = text.indexOf(':');
            return new Ack(
                    Long.parseLong(text.substring(0, colon)),
                    Instant.ofEpochMilli(Long.parseLong(text.substring(colon + 1))));
        }
    }

    private final Map<String, List<Ack>> acks = new HashMap<>();

    private ReadTimes() {}

    /** Looks them up in steps, after the rest: no ack changes while a message of it is not archived. */
    static ReadTimes look(Redis redis, GroupId group, long from, long upto, List<Recipients.ReceiptPeriod> spells) {
        ReadTimes times = new ReadTimes();
        for (int start = 0; start < spells.size(); start += CHUNK) {
            times.add(redis, group, from, upto, spells.subList(start, Math.min(spells.size(), start + CHUNK)));
        }
        return times;
    }

    private void add(Redis redis, GroupId group, long from, long upto, List<Recipients.ReceiptPeriod> spells) {
        List<String> args =
                new ArrayList<>(List.of(Long.toString(from), Long.toString(upto), Keys.readAtPrefix(group)));
        spells.forEach(spell -> args.add(spell.ordinal()));
        List<List<Ack>> acksOfEach = Script.RECEIPT_TIMES.run(
                redis, List.of(Keys.info(group)), args, reply -> reply.rest(spell -> spell.list(Ack::of)));
        for (int i = 0; i < spells.size(); i++) {
            acks.put(spells.get(i).ordinal(), acksOfEach.get(i));
        }
    }

    /** Empty where the message was archived, or its group deleted, since it was looked at. */
    Optional<Instant> of(Recipients.ReceiptPeriod spell, long id) {
        return acks.getOrDefault(spell.ordinal(), List.of()).stream()
                .filter(ack -> ack.upto() >= id)
                .findFirst()
                .map(Ack::at);
    }
}
