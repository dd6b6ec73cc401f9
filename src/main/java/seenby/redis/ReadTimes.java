package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seenby.group.GroupId;

/**
 * When members have read the messages of a range by cumulative acks: at the first ack of that message or a later one.
 */
public final class ReadTimes {
    /** Receipt periods per call of a script. */
    private static final int CHUNK = 500;

    private record Ack(long upto, Instant at) {
        /** Parses "upto:time". */
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

    /** Reads them in steps, after everything else: an ack does not change while a message of it is not archived. */
    public static ReadTimes read(
            Redis redis, GroupId group, long from, long upto, List<Recipients.ReceiptPeriod> periods) {
        ReadTimes times = new ReadTimes();
        for (int start = 0; start < periods.size(); start += CHUNK) {
            times.add(redis, group, from, upto, periods.subList(start, Math.min(periods.size(), start + CHUNK)));
        }
        return times;
    }

    private void add(Redis redis, GroupId group, long from, long upto, List<Recipients.ReceiptPeriod> periods) {
        List<String> args =
                new ArrayList<>(List.of(Long.toString(from), Long.toString(upto), Keys.readAtPrefix(group)));
        periods.forEach(period -> args.add(period.ordinal()));
        List<List<Ack>> acksOfEach = Script.RECEIPT_TIMES.run(
                redis, List.of(Keys.info(group)), args, reply -> reply.rest(period -> period.list(Ack::of)));
        for (int i = 0; i < periods.size(); i++) {
            acks.put(periods.get(i).ordinal(), acksOfEach.get(i));
        }
    }

    /** Empty if the message was archived or its group deleted meanwhile. */
    public Optional<Instant> of(Recipients.ReceiptPeriod period, long id) {
        return acks.getOrDefault(period.ordinal(), List.of()).stream()
                .filter(ack -> ack.upto() >= id)
                .findFirst()
                .map(Ack::at);
    }
}
