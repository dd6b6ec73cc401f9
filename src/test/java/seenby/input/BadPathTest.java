package seenby.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** A call without permission, or on something that does not exist, is refused and changes nothing. */
class BadPathTest {
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

    static Stream<Endpoint> thoseOfAGroup() {
        return Arrays.stream(Endpoint.values()).filter(Endpoint::ofGroup);
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void everyCallNeedsAValidToken(Endpoint endpoint) {
        for (ApiClient nobody : List.of(SERVER.nobody(), new ApiClient(SERVER::port, "x", "wrong"))) {
            Answer answer = fixture.call(nobody, endpoint.request, endpoint.json);

            RefusalFixture.refused(answer, 401, "");
            assertEquals(
                    2, answer.response().headers().allValues("WWW-Authenticate").size());
        }
    }

    @ParameterizedTest
    @MethodSource("thoseOfAGroup")
    void anOutsiderDoesNotFindTheGroup(Endpoint endpoint) {
        Answer outside = fixture.call(fixture.eve, endpoint.request, endpoint.json);
        Answer nowhere = fixture.call(fixture.eve, endpoint.request.replace("/ops", "/no-ops"), endpoint.json);

        RefusalFixture.refused(outside, 404, "");
        assertEquals(nowhere.response().body(), outside.response().body());
        assertEquals(nowhere.status(), outside.status());
    }

    @Test
    void aUserWhoIsNoMemberIsNotFound() {
        RefusalFixture.refused(fixture.call(fixture.ann, "DELETE /v1/groups/ops/members/eve", ""), 404, "");
    }

    @Test
    void aMemberWithoutPermissionIsForbidden() {
        for (String call : List.of(
                "PATCH /v1/groups/ops {\"name\":\"x\"}",
                "PATCH /v1/groups/ops {\"owner\":\"bob\"}",
                "DELETE /v1/groups/ops ",
                "POST /v1/groups/ops/members {\"ids\":[\"eve\"]}",
                "PUT /v1/groups/ops/members/eve ",
                "PUT /v1/groups/ops/members/bob ",
                "DELETE /v1/groups/ops/members/ann ",
                "GET /v1/groups/ops/messages/1/receipts ",
                "GET /v1/groups/ops/messages/1/receipts?list=none ",
                "GET /v1/groups?all=true ",
                "POST /v1/users {\"id\":\"new\",\"admin\":true}",
                "DELETE /v1/users/eve ",
                "DELETE /v1/users/bob ",
                "DELETE /v1/users/nobody ",
                "POST /v1/users/ann/token ",
                "POST /v1/users/nobody/token ")) {
            int end = call.lastIndexOf(' ');
            RefusalFixture.refused(fixture.call(fixture.bob, call.substring(0, end), call.substring(end + 1)), 403, "");
        }
    }

    @Test
    void anIdInUseAndAnOwnerWhoLeavesAreConflicts() {
        for (String call : List.of(
                "POST /v1/users {\"id\":\"bob\"}",
                "POST /v1/users {\"id\":\"admin\",\"admin\":true}",
                "POST /v1/groups {\"id\":\"ops\"}",
                "POST /v1/groups {\"id\":\"ops\",\"members\":[\"eve\",\"bob\"]}",
                "DELETE /v1/users/admin ",
                "DELETE /v1/groups/ops/members/ann ")) {
            int end = call.lastIndexOf(' ');
            RefusalFixture.refused(fixture.call(fixture.ann, call.substring(0, end), call.substring(end + 1)), 409, "");
        }
        RefusalFixture.refused(
                fixture.call(fixture.eve, "POST /v1/groups", "{\"id\":\"ops\",\"members\":[\"bob\"]}"), 409, "");
    }

    @Test
    void anAdminWhoIsNotAMemberReadsNoMessagesAndNoReceipts() {
        for (String request : List.of(
                "GET /v1/groups/ops/messages",
                "GET /v1/groups/ops/messages/1",
                "POST /v1/groups/ops/messages {\"text\":\"x\"}",
                "POST /v1/groups/ops/ack?upto=1",
                "POST /v1/groups/ops/messages/1/ack",
                "GET /v1/groups/ops/messages/1/receipts",
                "GET /v1/groups/ops/receipts",
                "DELETE /v1/groups/ops/members/admin")) {
            String[] words = request.split(" ", 3);
            String body = words.length == 3 ? words[2] : "";
            RefusalFixture.refused(fixture.call(SERVER.admin(), words[0] + " " + words[1], body), 404, "");
        }
    }
}
