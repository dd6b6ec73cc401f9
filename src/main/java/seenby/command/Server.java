package seenby.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import seenby.config.Config;
import seenby.redis.Redis;

/** A running server, as far as a command needs it. */
public interface Server extends AutoCloseable {
    /** Starts a server; it takes requests when this returns. */
    interface Starter {
        Server start(Config config, Clock clock);
    }

    int port();

    /** The file that holds the admin's token, unless only the configuration has it. */
    Optional<Path> adminTokenFile();

    /** For what a bench looks at, or brings about, that no client does. */
    Redis redis();

    @Override
    void close();
}
