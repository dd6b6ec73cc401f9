package seenby.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import seenby.config.Config;
import seenby.redis.Redis;

/** What a command needs of a running server. */
public interface Server extends AutoCloseable {
    /** Starts a server, which accepts requests when this returns. */
    interface Starter {
        Server start(Config config, Clock clock);
    }

    int port();

    /** The file with the admin's token, unless only the configuration has it. */
    Optional<Path> adminTokenFile();

    /** For what a bench measures or changes and no client can. */
    Redis redis();

    @Override
    void close();
}
