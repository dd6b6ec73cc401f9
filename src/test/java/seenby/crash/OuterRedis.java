package seenby.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import seenby.support.ExternalRedis;
import seenby.support.RedisProxy;

/** An external Redis behind a proxy, which falls silent without an end of the connections. */
final class OuterRedis implements CrashRedis {
    private final Path directory;
    private final URI url;
    private final RedisProxy proxy;
    private ExternalRedis redis;

    private OuterRedis(Path directory, ExternalRedis redis) {
        this.directory = directory;
        this.redis = redis;
        this.url = URI.create(redis.url(""));
        this.proxy = new RedisProxy(url);
    }

    /** @param directory of the server */
    static OuterRedis beside(Path directory) {
        try {
            Path own = Files.createDirectory(directory.resolve("redis"));
            return new OuterRedis(own, ExternalRedis.start(own));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> settings() {
        return List.of("redis.url=" + proxy.url());
    }

    /** As a service manager does. */
    @Override
    public void start() {
        if (!redis.isAlive()) {
            try {
                redis = ExternalRedis.startAt(url.getPort(), directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public List<ProcessHandle> processes() {
        return ProcessHandle.of(redis.pid()).stream().toList();
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Path data() {
        return directory.resolve("appendonly.aof");
    }

    @Override
    public boolean isRepaired() {
        return false;
    }

    @Override
    public List<FaultKind> faults(CrashServer server) {
        return List.of(
                new FaultKind("subscription half open", proxy::stallSubscriptions),
                new FaultKind("subscription half open", proxy::stallSubscriptions),
                new FaultKind("connections half open", proxy::stallEverything),
                new FaultKind("subscriptions stalled", () -> stall(proxy::stallAllSubscriptions, server)),
                new FaultKind("connections stalled", () -> stall(proxy::stallEverything, server)));
    }

    private void stall(Runnable fault, CrashServer server) {
        fault.run();
        server.pauseForLong();
        proxy.resume();
    }

    @Override
    public void close() {
        proxy.close();
        redis.close();
    }
}
