package seenby.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** How a token authenticates its user, and when it stops working. */
class TokenTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static Answer me(String authorization) {
        return SERVER.nobody().call("GET", "/v1/me", BodyPublishers.noBody(), Map.of("Authorization", authorization));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static String newToken(ApiClient caller, ApiClient user) {
        return caller.post("/v1/users/" + user.id() + "/token")
                .expect(200)
                .json()
                .get("token")
                .asText();
    }

    @Test
    void aTokenIsAcceptedAsBearerAndAsBasicPasswordWithAnyName() {
        String token = SERVER.user("ann").token();

        for (String authorization : new String[] {
            "Bearer " + token, "bearer " + token, "BEARER  " + token, basic(":" + token), basic("x:" + token)
        }) {
            me(authorization).expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer %s x",
                "Bearer x%s",
                "%s",
                "Token %s",
                "Basic %s",
                "Basic ###",
                "Basic",
                "Digest x",
                "Bearer \u00e9"
            })
    void otherCredentialsAreRefused(String authorization) {
        String token = SERVER.user("ann").token();

        Answer answer = me(authorization.formatted(token));

        answer.problem(401, "unauthorized");
        assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"), answer.header("WWW-Authenticate"));
    }

    @Test
    void aTokenInTheUrlIsRefused() {
        String token = SERVER.user("ann").token();

        for (String name : new String[] {"token", "access_token", "authorization"}) {
            SERVER.nobody().get("/v1/me?" + name + "=" + token).problem(401, "unauthorized");
        }
    }

    @Test
    void aNewTokenRevokesThePreviousOne() {
        ApiClient ann = SERVER.user("ann");

        String second = newToken(ann, ann);
        ann.get("/v1/me").problem(401, "unauthorized");
        String third = newToken(SERVER.admin(), ann);

        me("Bearer " + second).problem(401, "unauthorized");
        me("Bearer " + third).expect(200);
    }

    @Test
    void revokingATokenEndsItsOpenPoll() {
        ApiClient ann = SERVER.user("ann");
        var poll = ann.polling("", 30);

        newToken(SERVER.admin(), ann);

        poll.join().problem(401, "unauthorized");
    }

    @Test
    void deletingAUserRevokesItsToken() {
        ApiClient ann = SERVER.user("ann");
        ann.get("/v1/me").expect(200);

        SERVER.admin().delete("/v1/users/" + ann.id()).expect(204);

        ann.get("/v1/me").problem(401, "unauthorized");
        SERVER.admin().post("/v1/users/" + ann.id() + "/token").problem(404, "not_found");
    }

    @Test
    void aTokenSurvivesARestart() {
        ApiClient ann = SERVER.user("ann");

        SERVER.restart();

        ann.get("/v1/me").expect(200);
    }
}
