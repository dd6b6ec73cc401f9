package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.request.SmallServer.Answer;
import seenby.user.Caller;
import seenby.user.Token;
import seenby.user.UserId;

class AuthenticationTest {
    private static final String TOKEN = "s3cret:token=";
    private static final String HASH = new Token(TOKEN).hash();
    private static SmallServer server;

    @BeforeAll
    static void start() {
        Map<String, Caller> callers = Map.of(HASH, new Caller(new UserId("alice"), false));
        Authentication authentication = new Authentication(hash -> Optional.ofNullable(callers.get(hash)));
        server = new SmallServer(config -> {
            config.routes.before("/v1/*", authentication::authenticate);
            config.routes.get(
                    "/v1/me", ctx -> ctx.result(Authentication.caller(ctx).id() + " " + Authentication.tokenHash(ctx)));
            config.routes.get(
                    "/open", ctx -> ctx.result(Authentication.caller(ctx).id().value()));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<String> known() {
        return Stream.of(
                "Bearer " + TOKEN,
                "bearer " + TOKEN,
                "BEARER   " + TOKEN,
                basic(":" + TOKEN),
                basic("whoever:" + TOKEN),
                basic(":" + TOKEN).replace("Basic", "bAsIc"));
    }

    @ParameterizedTest
    @MethodSource("known")
    void aValidTokenIdentifiesItsUser(String authorization) {
        Answer answer = server.get("/v1/me", "Authorization", authorization);

        assertEquals("alice " + HASH, answer.body());
    }

    static Stream<String> unknown() {
        return Stream.of(
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer " + TOKEN + " x",
                TOKEN,
                "Digest " + TOKEN,
                "Basic",
                "Basic " + TOKEN,
                "Basic !!!!",
                "Basic /w==",
                basic(TOKEN),
                basic(""),
                basic(":"),
                basic("alice:wrong"),
                basic(TOKEN + ":"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void anInvalidTokenIsUnauthorized(String authorization) {
        server.get("/v1/me", "Authorization", authorization).problem(401, "unauthorized");
    }

    @Test
    void aRequestWithoutATokenIsUnauthorized() {
        server.get("/v1/me").problem(401, "unauthorized");
        server.get("/open").problem(401, "unauthorized");
    }

    @Test
    void aTokenInTheUrlIsIgnored() {
        server.get("/v1/me?token=" + TOKEN + "&access_token=" + TOKEN).problem(401, "unauthorized");
    }
}
