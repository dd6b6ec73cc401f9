package seenby.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import seenby.request.SmallServer;
import seenby.request.SmallServer.Answer;
import seenby.user.UserId;

class RateLimitTest {
    private final ManualMeter clock = new ManualMeter();

    private static SmallServer serverOf(RateLimit<UserId> limit) {
        return new SmallServer(config -> {
            config.routes.get("/{uid}", ctx -> {
                limit.take(new UserId(ctx.pathParam("uid")), ctx::header);
                ctx.result("taken");
            });
            config.routes.delete("/{uid}", ctx -> limit.giveBack(new UserId(ctx.pathParam("uid"))));
        });
    }

    private static String headers(Answer answer) {
        return answer.header("X-RateLimit-Limit") + " " + answer.header("X-RateLimit-Remaining") + " "
                + answer.header("X-RateLimit-Reset");
    }

    @Test
    void aRequestBeyondTheLimitIsRefusedUntilTheLimitRefills() {
        try (SmallServer server = serverOf(RateLimit.ofRequests(2, clock))) {
            assertEquals("2 1 1", headers(server.get("/ann")));
            assertEquals("2 0 1", headers(server.get("/ann")));
            Answer refused = server.get("/ann");
            refused.problem(429, "rate_limited");
            assertEquals("2 0 1", headers(refused));
            assertEquals("1", refused.header("Retry-After"));

            clock.pass(Duration.ofMillis(500));
            assertEquals("taken", server.get("/ann").body());
            server.get("/ann").problem(429, "rate_limited");
        }
    }

    @Test
    void eachUserHasASeparateLimit() {
        try (SmallServer server = serverOf(RateLimit.ofRequests(1, clock))) {
            assertEquals("1 0 1", headers(server.get("/ann")));
            assertEquals("1 0 1", headers(server.get("/bob")));
            assertEquals(429, server.get("/ann").status());
        }
    }

    @Test
    void aRequestGivenBackIsNotCountedAndNeverRaisesTheLimit() {
        try (SmallServer server = serverOf(RateLimit.ofRequests(2, clock))) {
            server.get("/ann");
            server.send("DELETE", "/ann", new byte[0]);
            server.send("DELETE", "/ann", new byte[0]);
            server.send("DELETE", "/ann", new byte[0]);

            assertEquals("2 1 1", headers(server.get("/ann")));
        }
    }

    @Test
    void zeroMeansNoLimit() {
        try (SmallServer server = serverOf(RateLimit.ofRequests(0))) {
            for (int i = 0; i < 50; i++) {
                assertEquals("  ", headers(server.get("/ann")));
            }
            assertEquals(200, server.send("DELETE", "/ann", new byte[0]).status());
        }
    }
}
