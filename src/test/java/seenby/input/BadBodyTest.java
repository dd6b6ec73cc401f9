package seenby.input;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** A body that is too large is refused, and one that no call reads is ignored. Neither changes anything. */
class BadBodyTest {
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

    static Stream<Endpoint> thoseThatReadABody() {
        return Arrays.stream(Endpoint.values()).filter(Endpoint::readsBody);
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aHugeBodyIsTooLarge(Endpoint endpoint) {
        String body = "{\"text\":\"" + "a".repeat(1_100_000) + "\"}";

        RefusalFixture.refused(fixture.call(fixture.ann, endpoint.request, body), 413, "");
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void aBodyThatTheCallDoesNotReadChangesNothing(Endpoint endpoint) {
        if (endpoint.method().equals("GET")) {
            for (String body : List.of("nonsense", "{\"upto\":2,\"id\":\"x\"}", "\u0000", "a".repeat(100_000))) {
                fixture.call(fixture.ann, endpoint.request, body).expect(200);
            }
        }
    }
}
