package seenby.http;

import io.javalin.http.Context;

/** Whether the process is up, and whether it can do its work. */
public final class ServiceHandler {
    private final Runnable store;

    /** @param store returns when the store answers and takes writes, and throws {@code Unavailable} otherwise */
    public ServiceHandler(Runnable store) {
        this.store = store;
    }

    private record Status(String status) {}

    void healthy(Context ctx) {
        Query.of(ctx).only();
        Answer.json(ctx, 200, new Status("up"));
    }

    void ready(Context ctx) {
        Query.of(ctx).only();
        store.run();
        Answer.json(ctx, 200, new Status("ready"));
    }
}
