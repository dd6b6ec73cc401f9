package seenby.http;

import io.javalin.http.Context;
import java.util.function.BooleanSupplier;
import seenby.request.Answer;
import seenby.request.Query;

/** Whether the process is up, and whether it can do its work. */
public final class ServiceHandler {
    private final Runnable store;
    private final BooleanSupplier archiveFails;

    /**
     * @param store returns when the store answers and takes writes, and throws {@code Unavailable} otherwise
     * @param archiveFails whether receipts that are due can't be archived now
     */
    public ServiceHandler(Runnable store, BooleanSupplier archiveFails) {
        this.store = store;
        this.archiveFails = archiveFails;
    }

    private record Status(String status) {}

    private record Readiness(String status, String archive) {}

    void healthy(Context ctx) {
        Query.of(ctx).only();
        Answer.json(ctx, 200, new Status("up"));
    }

    void ready(Context ctx) {
        Query.of(ctx).only();
        store.run();
        Answer.json(ctx, 200, new Readiness("ready", archiveFails.getAsBoolean() ? "failing" : "ok"));
    }
}
