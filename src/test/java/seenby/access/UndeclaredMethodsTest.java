package seenby.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.docs.OpenApi;
import seenby.docs.Operation;
import seenby.support.RunningServer;

/** A method that a path does not have is refused to everybody, tells those that it has, and changes nothing. */
class UndeclaredMethodsTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @RegisterExtension
    static final UnchangedKeyspace UNCHANGED = new UnchangedKeyspace(SERVER);

    private static AccessFixture fixture;

    /** A path with the methods that it takes. */
    private record Declared(String path, Set<String> methods) {
        Stream<AccessRow> others() {
            return METHODS.stream()
                    .filter(method -> !methods.contains(method))
                    .map(method -> new AccessRow(method, path, "", Map.of()));
        }

        /** Callers without a token learn nothing below {@code /v1}, not even its methods. */
        int status(Role role) {
            return role.isKnown() || !path.startsWith("/v1/") ? 405 : 401;
        }

        String allow(Role role) {
            return status(role) == 405 ? String.join(", ", methods) : "";
        }

        @Override
        public String toString() {
            return path;
        }
    }

    @BeforeAll
    static void createData() {
        fixture = new AccessFixture(SERVER);
    }

    static Stream<Declared> paths() {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (Operation operation : OpenApi.read().operations()) {
            Set<String> ofPath = methods.computeIfAbsent(operation.path(), path -> new TreeSet<>());
            ofPath.add(operation.route().split(" ", 2)[0]);
            if (ofPath.contains("GET")) {
                ofPath.add("HEAD");
            }
        }
        // a user may have the id batch
        methods.getOrDefault("/v1/users/batch", Set.of()).addAll(methods.getOrDefault("/v1/users/{uid}", Set.of()));
        return methods.entrySet().stream().map(path -> new Declared(path.getKey(), path.getValue()));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void methodThatThePathDoesNotHaveIsRefused(Declared declared) {
        declared.others().forEach(row -> {
            for (Role role : List.of(Role.NONE, Role.OUTSIDER, Role.OWNER, Role.ADMIN)) {
                String allow =
                        fixture.call(role, row).expect(declared.status(role)).header("Allow");
                assertEquals(declared.allow(role), allow, role + ": " + row);
            }
        });
    }
}
