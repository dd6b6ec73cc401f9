package seenby.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.request.SmallServer;
import seenby.request.SmallServer.Answer;
import seenby.user.Caller;
import seenby.user.Token;
import seenby.user.UserId;

class AuthenticationTest {
    private static final String TOKEN = "s3cret:token=";
    private static final String HASH = new Token(TOKEN).hash();
    private static final String SHORT_TOKEN = "hunter2";
    private static SmallServer server;

    @BeforeAll
    static void start() {
        Map<String, Caller> callers = Map.of(
                HASH,
                new Caller(new UserId("alice"), false),
                new Token(SHORT_TOKEN).hash(),
                new Caller(new UserId("bob"), false));
        Authentication authentication =
                new Authentication(hash -> Optional.ofNullable(callers.get(hash)), new WrongTokens());
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

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, what-comes-next",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
    })
    void aPageOfAnotherWebsiteDoesNotGetInWithTheTokenThatTheBrowserKeeps(String header, String value) {
        Answer answer = server.get("/v1/me", "Authorization", basic(":" + TOKEN), header, value);

        assertEquals(
                "cross_site", answer.problem(403, "forbidden").path("reason").textValue());
        assertEquals(
                200,
                server.get("/v1/me", "Authorization", "Bearer " + TOKEN, header, value)
                        .status(),
                "no website can make a browser send a bearer token");
    }

    @Test
    void aPageOfThisServerAndTheAddressBarGetIn() {
        String own = server.uri("/").getAuthority();

        for (String[] headers : List.of(
                new String[] {"Sec-Fetch-Site", "same-origin"},
                new String[] {"Sec-Fetch-Site", "none"},
                // a proxy has changed the host, and the site tells more
                new String[] {"Sec-Fetch-Site", "same-origin", "Origin", "https://chat.example"},
                new String[] {"Origin", "http://" + own})) {
            List<String> all = new ArrayList<>(List.of("Authorization", basic(":" + TOKEN)));
            all.addAll(List.of(headers));
            assertEquals(200, server.get("/v1/me", all.toArray(String[]::new)).status(), String.join(" ", headers));
        }
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, none", "Origin, https://evil.example", "User-Agent, Mozilla/5.0 (X11; Linux)"})
    void aBrowserIsNotAskedForATokenThatItWouldKeep(String header, String value) {
        assertEquals(
                "Bearer realm=\"seenby\"", server.get("/v1/me", header, value).header("WWW-Authenticate"));
        assertTrue(server.get("/v1/me", "User-Agent", "curl/8")
                .header("WWW-Authenticate")
                .contains("Basic"));
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

    private static void assertReason(Answer answer, String reason) {
        String detail = answer.problem(401, "unauthorized").path("detail").textValue();
        assertTrue(detail.contains(reason), detail);
        assertTrue(detail.contains("Send a valid token: Authorization: Bearer <token>, or HTTP Basic"), detail);
        assertFalse(detail.contains(SHORT_TOKEN), detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer wrong | No user has this token",
                "Bearer s3cret:token= x | No user has this token",
                "Bearer | is empty",
                "Basic Og== | is empty",
                "hunter2 | must begin with Bearer or Basic",
                "Token hunter2 | must begin with Bearer or Basic",
                "Basic hunter2 | not user:password in Base64",
                "Basic !!!! | not user:password in Base64",
                "Basic | not user:password in Base64"
            })
    void anInvalidTokenIsToldWhatIsWrongWithIt(String authorization, String reason) {
        assertReason(server.get("/v1/me", "Authorization", authorization), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {":", ":x-oauth-basic"})
    void aTokenInTheUserNameIsToldSo(String password) {
        for (String token : List.of(SHORT_TOKEN, Token.random().text())) {
            assertReason(server.get("/v1/me", "Authorization", basic(token + password)), "in the user name");
        }
    }

    @Test
    void aUserNameThatIsNoTokenIsNotToldSo() {
        assertReason(server.get("/v1/me", "Authorization", basic("alice:")), "is empty");
        assertReason(server.get("/v1/me", "Authorization", basic("alice:wrong")), "No user has this token");
    }

    @Test
    void aRequestWithoutATokenIsToldSo() {
        assertReason(server.get("/v1/me"), "The request has no token");
        assertReason(server.get("/v1/me?since=" + Token.random().text()), "The request has no token");
        assertReason(server.get("/open"), "The request has no token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"token=", "limit=1&access_token=", "Authorization=Bearer%20", "api_key=", "key=", "bearer="})
    void aTokenInTheQueryIsToldSo(String parameter) {
        assertReason(server.get("/v1/me?" + parameter + SHORT_TOKEN), "in the query");
    }
}
