package seenby.command;

import java.util.List;
import seenby.bench.MemoryCase;
import seenby.group.GroupId;
import seenby.measurement.ArticleRows;
import seenby.measurement.MemoryUsage;
import seenby.redis.Redis;

/** Weighs for the bench of memory. */
final class MemoryCaseStore implements MemoryCase.Store {
    private final Redis redis;
    private final MemoryUsage scales;
    private final Runnable makeDue;

    MemoryCaseStore(Redis redis, Runnable makeDue) {
        this.redis = redis;
        this.scales = new MemoryUsage(redis);
        this.makeDue = makeDue;
    }

    @Override
    public long unread(String group) {
        return scales.unread(new GroupId(group));
    }

    @Override
    public long receipts(String group) {
        return scales.receipts(new GroupId(group));
    }

    @Override
    public List<String> keys(String group) {
        return scales.keys(new GroupId(group));
    }

    @Override
    public MemoryCase.ArticleBytes article(int recipients) {
        ArticleRows rows = new ArticleRows(redis, recipients);
        rows.insert();
        long atSend = rows.bytes();
        rows.deleteFrom(recipients - recipients / 2 + 1);
        long halfRead = rows.bytes();
        rows.deleteFrom(1);
        return new MemoryCase.ArticleBytes(atSend, halfRead, rows.bytes());
    }

    @Override
    public void makeDue() {
        makeDue.run();
    }
}
