package seenby.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.group.GroupId;

/**
 * The spells of a group that is being swept, at the time when so many had begun and ended. They are good for as long as
 * no others have: so they are read once for many messages.
 */
record ReceiptPeriods(GroupId group, String incarnation, long begun, long ended, List<Recipients.ReceiptPeriod> all) {
    private static final int PORTION = 1000;

    boolean are(GroupId ofGroup, String ofIncarnation, long nowBegun, long nowEnded) {
        return group.equals(ofGroup) && incarnation.equals(ofIncarnation) && begun == nowBegun && ended == nowEnded;
    }

    /** Reads them in portions, so that a large group keeps Redis from nobody. */
    static List<Recipients.ReceiptPeriod> read(Redis redis, GroupId group) {
        List<Recipients.ReceiptPeriod> spells = new ArrayList<>();
        ScanParams portion = new ScanParams().count(PORTION);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<Map.Entry<String, String>> page =
                    redis.call(jedis -> jedis.hscan(Keys.spells(group), from, portion));
            page.getResult()
                    .forEach(entry -> spells.add(Recipients.ReceiptPeriod.of(entry.getKey(), entry.getValue())));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return spells;
    }
}
