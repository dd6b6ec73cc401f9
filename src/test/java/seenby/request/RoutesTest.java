package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final AtomicInteger HANDLED = new AtomicInteger();

    private static SmallServer server;

    @BeforeAll
    static void start() {
        server = new SmallServer(config -> {
            Routes routes = new Routes(config.routes);
            routes.get("/none", ctx -> ctx.result("" + HANDLED.incrementAndGet()));
            routes.post("/none", ctx -> ctx.result("" + HANDLED.incrementAndGet()));
            routes.put("/none", ctx -> ctx.result("" + HANDLED.incrementAndGet()));
            routes.patch("/none", ctx -> ctx.result("" + HANDLED.incrementAndGet()));
            routes.delete("/none", ctx -> ctx.result("" + HANDLED.incrementAndGet()));
            routes.get("/two", ctx -> ctx.result("" + HANDLED.incrementAndGet()), "since", "limit");
            routes.get("/mistaken", ctx -> ctx.result("" + Query.of(ctx).text("limit")), "since");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void aRouteThatDeclaresNoParameterRefusesAny(String method) {
        int before = HANDLED.get();

        JsonNode problem = server.send(method, "/none?limit=1", new byte[0]).problem(422, "invalid");

        assertEquals("limit", problem.path("field").textValue());
        assertEquals(
                "Unknown query parameter 'limit'. This call takes no parameters.",
                problem.path("detail").textValue());
        assertEquals(before, HANDLED.get());
        assertEquals(200, server.send(method, "/none", new byte[0]).status());
    }

    @Test
    void anUnknownParameterIsNamedBesideTheKnownOnes() {
        int before = HANDLED.get();

        JsonNode problem = server.get("/two?since=a&sinec=b").problem(422, "invalid");

        assertEquals("sinec", problem.path("field").textValue());
        assertTrue(
                problem.path("detail").textValue().endsWith("'sinec'. Known parameters: since, limit."),
                problem.toString());
        server.get("/two?since%5B%5D=a").problem(422, "invalid");
        assertEquals(before, HANDLED.get());
    }

    @Test
    void aParameterGivenTwiceIsNamedBeforeTheHandlerRuns() {
        int before = HANDLED.get();

        JsonNode problem = server.get("/two?limit=1&limit=1").problem(422, "invalid");

        assertEquals("limit", problem.path("field").textValue());
        assertEquals(before, HANDLED.get());
    }

    @Test
    void aHandlerCannotReadAParameterThatItsRouteDoesNotDeclare() {
        server.get("/mistaken").problem(500, "internal");
    }
}
