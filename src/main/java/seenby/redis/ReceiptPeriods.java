package seenby.redis;

import java.util.List;
import seenby.group.GroupId;

/**
 * The receipt periods of a group when this many had begun and ended. They stay valid until another begins or ends, so
 * they are read once for many messages.
 */
public record ReceiptPeriods(
        GroupId group, String incarnation, long begun, long ended, List<Recipients.ReceiptPeriod> all) {
    public boolean are(GroupId ofGroup, String ofIncarnation, long nowBegun, long nowEnded) {
        return group.equals(ofGroup) && incarnation.equals(ofIncarnation) && begun == nowBegun && ended == nowEnded;
    }

    public static List<Recipients.ReceiptPeriod> read(Redis redis, GroupId group) {
        return redis.hash(Keys.spells(group)).entrySet().stream()
                .map(period -> Recipients.ReceiptPeriod.of(period.getKey(), period.getValue()))
                .toList();
    }
}
