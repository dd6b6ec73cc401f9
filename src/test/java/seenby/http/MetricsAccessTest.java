package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.ExternalRedis;
import seenby.support.RunningServer;
import seenby.support.Scrape;

/** Who may see the metrics, in which format, and when. */
class MetricsAccessTest {
    private static final String TOKEN = "the-admin-token-of-the-tests";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    @RegisterExtension
    static final RunningServer LIMITED = new RunningServer("rate.requests_per_second=5");

    @RegisterExtension
    static final RunningServer OPEN = RunningServer.shared("metrics.open=true");

    @RegisterExtension
    static final RunningServer APART = RunningServer.shared("metrics.port=0");

    @TempDir
    private Path directory = Path.of("");

    private static Answer accepting(String type) {
        return OPEN.nobody().call("GET", "/metrics", BodyPublishers.noBody(), Map.of("Accept", type));
    }

    @Test
    void onlyAdminsSeeThem() {
        ApiClient deputy = SERVER.admin().newUser(Map.<String, Object>of("id", "deputy", "admin", true));

        SERVER.nobody().get("/metrics").problem(401, "unauthorized");
        new ApiClient(SERVER::port, "eve", "no-token").get("/metrics").problem(401, "unauthorized");
        SERVER.user("ann").get("/metrics").problem(403, "forbidden");
        Scrape.by(deputy);
        Scrape.by(SERVER.admin());
    }

    @Test
    void everybodySeesThemWhereTheConfigurationSaysSo() {
        Scrape.by(OPEN.nobody());
        Scrape.by(OPEN.user("ann"));
        Scrape.by(new ApiClient(OPEN::port, "eve", "no-token"));
    }

    @Test
    void everybodyWhoReachesTheirOwnPortSeesThemThereAndNothingElse() {
        ApiClient nobody = new ApiClient(APART::metricsPort, "", "");

        Scrape.by(nobody);
        assertTrue(nobody.get("/metrics").header("X-Request-Id").length() > 1);
        for (String path : List.of("/", "/healthz", "/v1/me", "/v1/updates", "/metrics/", "/%6detrics")) {
            nobody.get(path).problem(404, "not_found");
        }
        APART.nobody().get("/metrics").problem(401, "unauthorized");
        APART.nobody().get("/healthz").expect(200);
    }

    @Test
    void aTokenThatIsRevokedOpensThemNoLonger() {
        ApiClient former = SERVER.admin().newUser(Map.<String, Object>of("id", "former", "admin", true));
        Scrape.by(former);

        SERVER.admin().delete("/v1/users/former").expect(204);

        eventually("the wake has arrived", () -> former.get("/metrics").status() == 401);
        Scrape.by(SERVER.admin());
    }

    @Test
    void theyDoNotCountForTheRateLimitAndShowWhatItRefuses() {
        ApiClient admin = LIMITED.admin();
        eventually("the limit is reached", () -> admin.get("/v1/me").status() == 429);

        for (int i = 0; i < 20; i++) {
            assertTrue(Scrape.by(admin).value("seenby_rate_refusals_total") >= 1);
        }
    }

    @Test
    void theyCarryTheTypeOfTheFormatThatIsAccepted() {
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                OPEN.nobody().get("/metrics").expect(200).header("Content-Type"));
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                accepting("application/json").expect(200).header("Content-Type"));
        Answer open = accepting("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3");
        assertEquals(
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                open.expect(200).header("Content-Type"));
        assertTrue(open.response().body().endsWith("# EOF\n"));
    }

    @Test
    void theyTellThatRedisIsAway() throws IOException {
        try (ExternalRedis redis = ExternalRedis.start(directory);
                Seenby seenby = Seenby.start(ConfigSources.read(
                        List.of(
                                "--http.port=0",
                                "--data.dir=" + directory.resolve("data"),
                                "--redis.url=" + redis.url("default"),
                                "--admin.token=" + TOKEN),
                        Map.of(),
                        directory))) {
            ApiClient admin = new ApiClient(seenby::port, "admin", TOKEN);
            assertEquals(1, Scrape.by(admin).value("seenby_subscription_up"));

            redis.kill();
            eventually("no token is known", () -> admin.get("/v1/me").status() == 503);

            Scrape away = Scrape.by(admin);
            assertEquals(0, away.value("seenby_subscription_up"));
            assertEquals(0, away.value("seenby_redis_up"));
            assertTrue(away.value("seenby_redis_failures_total") > 0);
            assertFalse(away.samples().isEmpty());
        }
    }
}
