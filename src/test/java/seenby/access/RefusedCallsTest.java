package seenby.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.access.AccessRow.Cell;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Whoever may not make a call is refused, and changes nothing. Not even what Redis has lost is restored. */
class RefusedCallsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @RegisterExtension
    static final UnchangedKeyspace UNCHANGED = new UnchangedKeyspace(SERVER);

    private static AccessFixture fixture;

    @BeforeAll
    static void createData() {
        fixture = new AccessFixture(SERVER);
        for (String message : List.of("{id}", "{theirs}")) {
            String unread = Sweeps.key(fixture.id("{gid}"), "unread:" + fixture.id(message));
            assertEquals(1, SERVER.redis().client().del(unread));
        }
    }

    static Stream<Cell> refused() {
        return AccessTable.cells().filter(Cell::isRefused);
    }

    static Stream<Cell> refusedReads() {
        return refused().filter(cell -> cell.row().method().equals("GET"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void callThatIsNotAllowedIsRefused(Cell cell) {
        String body = fixture.call(cell).expect(cell.status()).response().body();

        assertFalse(body.contains(AccessFixture.TEXT) || body.contains(AccessFixture.NAME), body);
    }

    @ParameterizedTest
    @MethodSource("refusedReads")
    void headIsRefusedAsGetIs(Cell cell) {
        Answer answer = fixture.call(cell.role(), cell.row().with("HEAD")).expect(cell.status());

        assertEquals("", answer.response().body());
    }

    static Stream<AccessRow> refusedToOutsiders() {
        return AccessTable.refusedTo(Role.OUTSIDER);
    }

    @ParameterizedTest
    @MethodSource("refusedToOutsiders")
    void memberThatWasRemovedIsRefusedAsAnOutsiderIs(AccessRow row) {
        fixture.call(Role.REMOVED, row).expect(row.status(Role.OUTSIDER));
    }

    /** A join that was cut off may leave such an entry. */
    @Test
    void onlyWhoMayRemoveAMemberCorrectsTheIndex() {
        String index = "sb:user:{" + fixture.id("{uid}") + "}:groups";
        String group = fixture.id("{gid}");
        String member = "/v1/groups/" + group + "/members/" + fixture.id("{uid}");
        SERVER.redis().client().sadd(index, group);

        fixture.as(Role.OUTSIDER).delete(member).expect(404);
        fixture.as(Role.MEMBER).delete(member).expect(403);
        assertEquals(Set.of(group), SERVER.redis().client().smembers(index));

        fixture.as(Role.OWNER).delete(member).expect(404);
        assertFalse(SERVER.redis().client().exists(index));
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "GARBAGE", "REVOKED"})
    void streamNeedsAToken(Role role) {
        fixture.as(role)
                .call("GET", "/v1/updates", BodyPublishers.noBody(), Map.of("Accept", "text/event-stream"))
                .problem(401, "unauthorized");
    }
}
