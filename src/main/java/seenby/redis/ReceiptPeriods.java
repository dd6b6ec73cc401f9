package seenby.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.group.GroupId;

/**
 * The receipt periods of a group when this many had begun and ended. They stay valid until another begins or ends, so
 * they are read once for many messages.
 */
public record ReceiptPeriods(
        GroupId group, String incarnation, long begun, long ended, List<Recipients.ReceiptPeriod> all) {
    private static final int PAGE = 1000;

    public boolean are(GroupId ofGroup, String ofIncarnation, long nowBegun, long nowEnded) {
        return group.equals(ofGroup) && incarnation.equals(ofIncarnation) && begun == nowBegun && ended == nowEnded;
    }

    /** Reads them in pages, so that a large group does not block Redis. A page may repeat some of an earlier one. */
    public static List<Recipients.ReceiptPeriod> read(Redis redis, GroupId group) {
        Map<String, Recipients.ReceiptPeriod> periods = new HashMap<>();
        ScanParams count = new ScanParams().count(PAGE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<Map.Entry<String, String>> page =
                    redis.read(jedis -> jedis.hscan(Keys.spells(group), from, count));
            page.getResult()
                    .forEach(entry ->
                            periods.put(entry.getKey(), Recipients.ReceiptPeriod.of(entry.getKey(), entry.getValue())));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return List.copyOf(periods.values());
    }
}
