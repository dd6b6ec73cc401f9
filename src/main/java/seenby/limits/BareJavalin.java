package seenby.limits;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The bare hub behind handlers of Javalin. */
final class BareJavalin {
    private BareJavalin() {}

    /** Starts it. Returns its port. */
    static int start(BareHub hub) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/v1/updates", request -> poll(hub, request));
                    config.routes.post("/v1/groups/{group}/messages", request -> {
                        byte[] answer = hub.send(request.pathParam("group"), "user-000000", request.body());
                        request.status(201).contentType("application/json").result(answer);
                    });
                })
                .start("127.0.0.1", 0)
                .port();
    }

    private static void poll(BareHub hub, Context request) {
        request.future(() -> {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            String since = Optional.ofNullable(request.queryParam("since")).orElse("");
            hub.poll(since, !"0".equals(request.queryParam("timeout")), answer::complete);
            return answer.thenAccept(
                    bytes -> request.contentType("application/json").result(bytes));
        });
    }
}
