package seenby.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seenby.support.Keyspace;
import seenby.support.RunningServer;

/** After each test, Redis has the content that it had before. Register it as a static extension. */
final class UnchangedKeyspace implements BeforeEachCallback, AfterEachCallback {
    private final RunningServer server;
    private Map<String, String> before = Map.of();

    UnchangedKeyspace(RunningServer server) {
        this.server = server;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (before.isEmpty()) {
            before = Keyspace.content(server.redis());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Map<String, String> then = before;
        before = Keyspace.content(server.redis());
        assertEquals(then, before, context.getDisplayName());
    }
}
