package seenby.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** A query parameter is accepted up to its bounds. Beyond them it is refused by its name, and changes nothing. */
class BadQueryTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static RefusalFixture fixture;

    @BeforeAll
    static void createData() {
        fixture = new RefusalFixture(SERVER);
    }

    @AfterEach
    void nothingWasChanged() {
        fixture.unchanged();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/groups/ops/messages?limit=0, limit",
        "/v1/groups/ops/messages?limit=1001, limit",
        "/v1/groups/ops/messages?after=1&before=2, before",
        "/v1/groups/ops/messages?after=0&before=0, before",
        "/v1/groups/ops/receipts?from=0, from",
        "/v1/groups/ops/receipts?to=0, to",
        "/v1/groups/ops/receipts?from=1&to=1001, to",
        "/v1/groups/ops/receipts?from=2&to=1, to",
        "/v1/groups/ops/receipts?to=1001, to",
        "/v1/groups/ops/messages/1/receipts?list=all, list",
        "/v1/groups/ops/messages/1/receipts?list=None, list",
        "/v1/groups?all=1, all",
        "/v1/groups?all=TRUE, all",
        "/v1/groups?all=yes, all",
        "/v1/updates?limit=0, limit",
        "/v1/updates?limit=1001, limit",
        "/v1/updates?since=garbage, since",
        "/v1/updates?since=%2A%2A, since",
        "/v1/updates?since=%00, since",
        "/v1/updates?since=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, since",
        "/v1/updates?since=%20, since"
    })
    void aWrongValueIsNamed(String path, String field) {
        RefusalFixture.refused(fixture.call(fixture.ann, "GET " + path, ""), 422, field);
    }

    @Test
    void anAckBeyondTheLastMessageIsNamed() {
        RefusalFixture.refused(fixture.call(fixture.bob, "POST /v1/groups/ops/ack?upto=3", ""), 422, "upto");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/groups/ops/messages?limit=1000&after=0",
                "/v1/groups/ops/messages?limit=1&before=9007199254740992",
                "/v1/groups/ops/messages?after=&before=&limit=",
                "/v1/groups/ops/messages?after=007",
                "/v1/groups/ops/receipts?from=1&to=1000",
                "/v1/groups/ops/receipts?from=9007199254740992",
                "/v1/groups/ops/messages/1/receipts?list=none",
                "/v1/groups/ops/messages/1/receipts?list=",
                "/v1/groups?all=false",
                "/v1/groups?",
                "/v1/groups?&&",
                "/v1/updates?since=&timeout=&limit=1000",
                "/v1/updates?timeout=-0"
            })
    void aValueWithinBoundsIsAccepted(String path) {
        fixture.ann.get(path).expect(200);
    }

    @Test
    void aLongerTimeoutIsClamped() {
        // there is news, so the answer comes at once
        for (String seconds : List.of("56", "9007199254740993", "9223372036854775808", "1" + "0".repeat(400))) {
            var update = fixture.bob
                    .get("/v1/updates?timeout=" + seconds)
                    .expect(200)
                    .json();
            assertEquals(2, update.get("messages").size());
        }
    }

    @Test
    void aSinceWithAChangedCharacterIsRefused() {
        String since = fixture.bob.poll("").get("next").asText();
        assertTrue(since.matches("[A-Za-z0-9_-]+"), since);

        for (int i = 0; i < since.length(); i++) {
            for (char c : new char[] {'A', 'B', 'x', '9', '_', '=', '.'}) {
                if (since.charAt(i) != c) {
                    String other = since.substring(0, i) + c + since.substring(i + 1);
                    fixture.bob.get("/v1/updates?since=" + other).problem(422, "invalid");
                }
            }
            fixture.bob
                    .get("/v1/updates?since=" + since.substring(0, Math.max(1, i)))
                    .problem(422, "invalid");
        }
        for (String more : List.of("=", "==", "A", "%20", "%0A", "AAAA")) {
            RefusalFixture.refused(
                    fixture.call(fixture.bob, "GET /v1/updates?since=" + since + more, ""), 422, "since");
        }
        RefusalFixture.refused(fixture.call(fixture.eve, "GET /v1/updates?since=" + since, ""), 422, "since");
        fixture.bob.poll(since);
    }
}
