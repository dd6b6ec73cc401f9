package seenby.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.access.AccessRow.Cell;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Whoever may make a call can make it, and gets nothing to read that is not for it. Each change finds new users. */
class AllowedCallsTest {
    private static final Set<Role> MEMBERS = Set.of(Role.MEMBER, Role.OWNER);

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static AccessFixture untouched;

    @BeforeAll
    static void createData() {
        untouched = new AccessFixture(SERVER);
    }

    static Stream<Cell> allowed() {
        return AccessTable.cells().filter(cell -> !cell.isRefused());
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void callThatIsAllowedSucceeds(Cell cell) {
        AccessFixture fixture = cell.row().method().equals("GET") ? untouched : new AccessFixture(SERVER);

        String body = fixture.call(cell).expect(cell.status()).response().body();

        assertFalse(body.contains(AccessFixture.TEXT) && !MEMBERS.contains(cell.role()), body);
        assertFalse(body.contains(AccessFixture.NAME) && !mayReadName(cell.role()), body);
    }

    private static boolean mayReadName(Role role) {
        return MEMBERS.contains(role) || role == Role.ADMIN;
    }

    @Test
    void memberReadsNameAndText() {
        ApiClient member = untouched.as(Role.MEMBER);

        assertTrue(member.poll("").toString().contains(AccessFixture.TEXT));
        assertTrue(member.get("/v1/me").toString().contains(AccessFixture.NAME));
    }
}
