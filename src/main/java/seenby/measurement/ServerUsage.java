package seenby.measurement;

import java.time.Duration;
import java.util.Optional;

/** What a server and its Redis have used. A server without one has only the first part. */
public record ServerUsage(ProcessUsage process, Optional<RedisUsage> redis) {
    /** The time of both together, if the system tells. */
    public Optional<Duration> cpu() {
        return process.cpu().map(own -> own.plus(redis.map(RedisUsage::cpu).orElse(Duration.ZERO)));
    }

    /** What it has used since an earlier moment. Memory is what it has now. */
    public ServerUsage since(ServerUsage before) {
        return new ServerUsage(
                process.since(before.process), redis.flatMap(now -> before.redis.map(then -> now.since(then))));
    }
}
