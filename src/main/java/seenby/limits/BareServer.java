package seenby.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import seenby.group.ClockWarning;
import seenby.measurement.RedisConf;
import seenby.redis.RedisMessages;

/**
 * A bare hub in its own process: {@code javalin} or {@code jetty}. With the configuration file of a Redis each message
 * is stored there first, by the script that the server uses. Prints where it listens, as the server does.
 */
public final class BareServer {
    private BareServer() {}

    public static void main(String[] args) throws Exception {
        BareHub hub = new BareHub(args.length > 1 ? Optional.of(messages(Path.of(args[1]))) : Optional.empty());
        int port = args[0].equals("javalin") ? BareJavalin.start(hub) : BareJetty.start(hub);
        System.out.println("The bare hub listens on http://127.0.0.1:" + port);
    }

    /** The messages of a Redis, stored as the server does. */
    public static RedisMessages messages(Path redisConf) throws IOException {
        return new RedisMessages(
                RedisConf.connect(redisConf),
                Clock.systemUTC(),
                new ClockWarning(),
                Duration.ofHours(24),
                Duration.ofDays(7));
    }
}
