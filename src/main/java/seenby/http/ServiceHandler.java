package seenby.http;

import io.javalin.http.Context;
import java.util.function.BooleanSupplier;
import seenby.json.Json;
import seenby.refusal.Unavailable;
import seenby.request.Answer;
import seenby.request.Problem;

/** Tells load balancers whether the process is up, and whether it is ready. */
public final class ServiceHandler {
    private final Runnable store;
    private final BooleanSupplier subscriptionFails;
    private final BooleanSupplier archiveFails;

    /**
     * @param store throws {@code Unavailable} unless storage answers and accepts writes
     * @param subscriptionFails whether no events arrive from storage
     * @param archiveFails whether the last attempt to archive due receipts failed
     */
    public ServiceHandler(Runnable store, BooleanSupplier subscriptionFails, BooleanSupplier archiveFails) {
        this.store = store;
        this.subscriptionFails = subscriptionFails;
        this.archiveFails = archiveFails;
    }

    private record Health(String status) {}

    private record Readiness(String status, String subscription, String archive) {}

    void healthy(Context ctx) {
        Answer.json(ctx, 200, health());
    }

    static byte[] health() {
        return Json.write(new Health("up"));
    }

    void ready(Context ctx) {
        try {
            store.run();
        } catch (Unavailable e) {
            Problem.ofReadiness(e).answer(ctx);
            return;
        }
        Answer.json(ctx, 200, new Readiness("ready", state(subscriptionFails), state(archiveFails)));
    }

    private static String state(BooleanSupplier fails) {
        return fails.getAsBoolean() ? "failing" : "ok";
    }
}
