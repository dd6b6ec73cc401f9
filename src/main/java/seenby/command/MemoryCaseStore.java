package seenby.command;

import java.util.List;
import seenby.group.GroupId;
import seenby.measurement.ArticleRows;
import seenby.measurement.MemoryUsage;
import seenby.redis.Redis;
import seenby.storage.MemoryCase;

/** Measures Redis for the memory bench. */
final class MemoryCaseStore implements MemoryCase.MemoryStore {
    private final Redis redis;
    private final MemoryUsage memory;
    private final Runnable makeDue;

    MemoryCaseStore(Redis redis, Runnable makeDue) {
        this.redis = redis;
        this.memory = new MemoryUsage(redis);
        this.makeDue = makeDue;
    }

    @Override
    public long unread(String group) {
        return memory.unread(new GroupId(group));
    }

    @Override
    public long receipts(String group) {
        return memory.receipts(new GroupId(group));
    }

    @Override
    public List<String> keys(String group) {
        return memory.keys(new GroupId(group));
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
