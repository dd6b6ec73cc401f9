package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.input.Endpoint;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** What the refusals of calls in a group say. */
class GroupRefusalsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static String detail(Answer answer, int status, String code) {
        return answer.problem(status, code).get("detail").asText();
    }

    static Stream<Endpoint> forMembers() {
        return Stream.of(
                Endpoint.SEND,
                Endpoint.LIST_MESSAGES,
                Endpoint.SHOW_MESSAGE,
                Endpoint.ACK,
                Endpoint.ACK_ONE,
                Endpoint.SHOW_RECEIPTS,
                Endpoint.LIST_RECEIPTS);
    }

    private static String refused(ApiClient caller, Endpoint call, String group) {
        String request = call.request.replace("/groups/ops", "/groups/" + group);
        String[] parts = request.split(" ", 2);
        Answer answer = call.json.isEmpty()
                ? caller.call(parts[0], parts[1], BodyPublishers.noBody(), Map.of())
                : caller.call(
                        parts[0],
                        parts[1],
                        BodyPublishers.ofString(call.json),
                        Map.of("Content-Type", RefusalFixture.JSON));
        return detail(answer, 404, "not_found");
    }

    @ParameterizedTest
    @MethodSource("forMembers")
    void anAdminIsToldThatItIsNoMember(Endpoint call) {
        ApiClient owner = SERVER.user("owner");
        String group = SERVER.group(owner);
        owner.send(group, "one");

        String detail = refused(SERVER.admin(), call, group);

        assertTrue(detail.contains("not a member"), detail);
        assertTrue(detail.endsWith("PUT /v1/groups/" + group + "/members/admin."), detail);
    }

    @ParameterizedTest
    @MethodSource("forMembers")
    void anAdminIsToldThatThereIsNoGroup(Endpoint call) {
        assertEquals("There is no such group. Check the group id.", refused(SERVER.admin(), call, "nowhere"));
        assertEquals("There is no such group. Check the group id.", refused(SERVER.admin(), call, "Nowhere"));
    }

    @ParameterizedTest
    @MethodSource("forMembers")
    void aStrangerLearnsNotWhetherThereIsAGroup(Endpoint call) {
        String group = SERVER.group(SERVER.user("owner"));
        ApiClient stranger = SERVER.user("stranger");

        assertEquals(refused(stranger, call, "nowhere"), refused(stranger, call, group));
    }

    @Test
    void theMemberIdAtFaultIsNamed() {
        ApiClient owner = SERVER.user("owner");
        String group = SERVER.group(owner);

        for (String wrong : List.of("Bob", "", "a b", "x".repeat(65))) {
            Answer answer =
                    owner.post("/v1/groups/" + group + "/members", Map.of("ids", List.of("owner", wrong, "nobody")));

            String named = wrong.length() > 64 ? wrong.substring(0, 64) + "…" : wrong;
            String detail = detail(answer, 422, "invalid");
            assertTrue(detail.startsWith("'" + named + "' is not a user id. A user id takes"), detail);
        }
    }

    @Test
    void anAckBeyondTheLastMessageIsToldWhatToDo() {
        ApiClient owner = SERVER.user("owner");
        String group = SERVER.group(owner);

        assertEquals(
                "The group " + group + " has no message yet. Leave it out of ack.",
                detail(owner.post("/v1/updates", Map.of("ack", Map.of(group, 1))), 422, "invalid"));
        owner.send(group, "one");
        assertEquals(
                "The last message of " + group + " is 1. Ack that id or a lower one.",
                detail(owner.post("/v1/updates", Map.of("ack", Map.of(group, 2))), 422, "invalid"));
    }

    @Test
    void theGroupIdAtFaultInAcksIsNamed() {
        Answer answer = SERVER.user("ann").post("/v1/updates", Map.of("ack", Map.of("Ops!", 1)));

        assertTrue(detail(answer, 422, "invalid").startsWith("'Ops!' is not a group id. A group id takes"));
    }
}
