package seenby.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** To an outsider, what it may not see looks as if it did not exist. */
class HiddenGroupsTest {
    private static final Map<String, String> MISSING = Map.of(
            "{gid}", "no-such-group",
            "{uid}", "no-such-user",
            "{other}", "no-such-member",
            "{id}", "7",
            "{theirs}", "8");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static AccessFixture fixture;

    private record Told(int status, Map<String, List<String>> headers, String body) {}

    @BeforeAll
    static void createData() {
        fixture = new AccessFixture(SERVER);
    }

    static Stream<AccessRow> refused() {
        return AccessTable.refusedTo(Role.OUTSIDER).filter(row -> row.status(Role.OUTSIDER) <= 404);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void outsiderIsToldTheSameOfWhatExistsAndOfWhatDoesNot(AccessRow row) {
        Told existing = told(row, Map.of());

        MISSING.forEach((placeholder, id) -> {
            if (row.names(placeholder)) {
                assertEquals(existing, told(row, Map.of(placeholder, id)), placeholder);
            }
        });
    }

    private static Told told(AccessRow row, Map<String, String> instead) {
        Answer answer = fixture.call(Role.OUTSIDER, row, instead);
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return new Told(answer.status(), headers, fixture.unnamed(answer, instead));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7})
    void ackOfAnotherGroupIsAnsweredAsOneOfNoGroup(long upto) {
        String hidden = fixture.id("{gid}");
        String missing = MISSING.getOrDefault("{gid}", "");

        String existing = left(hidden, upto);

        assertEquals(existing.replace(hidden, missing), left(missing, upto));
    }

    /** The update without its position, which is the same for no two users. */
    private static String left(String group, long upto) {
        ObjectNode update = (ObjectNode) fixture.as(Role.OUTSIDER)
                .post("/v1/updates", Map.of("ack", Map.of(group, upto)))
                .expect(200)
                .json();
        update.remove("next");
        return update.toString();
    }
}
