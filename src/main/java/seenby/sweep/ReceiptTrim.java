package seenby.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.ReceiptPeriods;
import seenby.redis.Recipients;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.redis.Script;

/** Deletes what archived receipts leave behind: read times, ended receipt periods and reads. */
final class ReceiptTrim {
    /** Receipt periods, or reads, per call of a script: 500 reads took Redis up to 6 ms. */
    private static final int CHUNK = 200;

    private final Redis redis;

    ReceiptTrim(Redis redis) {
        this.redis = redis;
    }

    void trim(GroupId group) {
        Map<String, String> state = redis.fields(Keys.info(group), "incarnation", "archived_upto");
        String incarnation = state.getOrDefault("incarnation", "");
        List<String> ordinals = ReceiptPeriods.read(redis, group).stream()
                .map(Recipients.ReceiptPeriod::ordinal)
                .toList();
        for (int from = 0; from < ordinals.size(); from += CHUNK) {
            trim(group, incarnation, "0", ordinals.subList(from, Math.min(ordinals.size(), from + CHUNK)));
        }
        long removed;
        do {
            removed = trim(group, incarnation, state.getOrDefault("archived_upto", "0"), List.of());
        } while (removed == CHUNK);
    }

    private long trim(GroupId group, String incarnation, String done, List<String> ordinals) {
        List<String> args =
                new ArrayList<>(List.of(incarnation, done, Integer.toString(CHUNK), Keys.readAtPrefix(group)));
        args.addAll(ordinals);
        return Script.ARCHIVE_TRIM.run(
                redis, List.of(Keys.info(group), Keys.spells(group), Keys.reads(group)), args, Reply::number);
    }
}
