package seenby.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import seenby.request.Exchange;

/** Counts the time until something happens as the wait of a request. */
final class Waits {
    private Waits() {}

    static <T> CompletableFuture<T> of(Context ctx, CompletableFuture<T> awaited) {
        long begin = System.nanoTime();
        Optional<Exchange> exchange = Exchange.of(ctx);
        return awaited.whenComplete(
                (done, failure) -> exchange.ifPresent(known -> known.waited(System.nanoTime() - begin)));
    }
}
