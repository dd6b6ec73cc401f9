package seenby.update;

import java.nio.file.Path;
import java.time.Duration;
import seenby.archive.Archive;
import seenby.archive.ArchivedReceipts;
import seenby.hub.Hub;
import seenby.hub.WorkerPool;
import seenby.redis.RedisLook;
import seenby.redis.RedisStores;

/** The polls of a server, without its HTTP and its archive. */
final class StoredPolls implements AutoCloseable {
    private final WorkerPool workers = new WorkerPool();
    private final RedisStores store;
    private final Hub hub;
    private final Polls polls;

    StoredPolls(RedisStores store, Duration coalesce) {
        this(store, coalesce, () -> "line");
    }

    StoredPolls(RedisStores store, Duration coalesce, LineName line) {
        this.store = store;
        hub = new Hub(store.groups, workers);
        hub.trust(true);
        polls = new Polls(
                store.users,
                store.groups,
                store.messages,
                new ArchivedReceipts(store.receipts, new Archive(Path.of("none"), 1)),
                new RedisLook(store.redis),
                hub,
                line,
                "secret",
                coalesce,
                store.clock);
    }

    Polls polls() {
        return polls;
    }

    Hub hub() {
        return hub;
    }

    /** Closes the stores too. */
    @Override
    public void close() {
        polls.close();
        workers.close();
        store.close();
    }
}
