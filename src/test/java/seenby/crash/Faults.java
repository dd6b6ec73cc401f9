package seenby.crash;

import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import seenby.checker.History;

/** What happens to a server at random. */
final class Faults implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 2500;

    /** Each fifth fault or so is followed by another at once. */
    private static final int AT_ONCE = 5;

    /** A rewrite of so little data takes less, with the time until Redis notices its end. */
    private static final int LONGEST_REWRITE_MILLIS = 200;

    /** What was answered before a kill has arrived by then. */
    private static final Duration ANSWERS = Duration.ofMillis(300);

    private final Random random;
    private final History history;
    private final CrashRedis redis;
    private final CrashServer server;
    private final CrashHttp http;
    private final List<FaultKind> kinds;
    private int cuts;

    /** @param settings of the server, beside those that all have */
    Faults(Path directory, CrashRedis redis, History history, long seed, String... settings) {
        this.history = history;
        this.random = new Random(seed);
        this.server = new CrashServer(directory, redis, history, random, settings);
        this.http = new CrashHttp(() -> server.process().port());
        this.redis = redis;
        this.kinds = Stream.of(everywhere(), redis.isRepaired() ? losses() : List.<FaultKind>of(), redis.faults(server))
                .flatMap(List::stream)
                .toList();
    }

    private List<FaultKind> everywhere() {
        return List.of(
                new FaultKind("kill of the server", server::kill),
                new FaultKind("kill of the server", server::kill),
                new FaultKind("kill of the server", server::kill),
                new FaultKind("kill of Redis", server::killRedis),
                new FaultKind("kill of Redis", server::killRedis),
                new FaultKind("kill of both", this::killBoth),
                new FaultKind("kill of both", this::killBoth),
                new FaultKind("stop of Redis", server::stopRedis),
                new FaultKind("stop of the server", server::stop),
                new FaultKind("Redis full", server::fillRedis),
                new FaultKind("rewrite of the data", () -> server.command(Jedis::bgrewriteaof)),
                new FaultKind("kill of Redis in a rewrite", () -> inARewrite(server::killRedis)),
                new FaultKind("kill of both in a rewrite", () -> inARewrite(this::killBoth)),
                new FaultKind("all scripts forgotten", () -> server.command(Jedis::scriptFlush)),
                new FaultKind("subscriptions ended", () -> endConnections(ClientType.PUBSUB)),
                new FaultKind("connections ended", () -> endConnections(ClientType.NORMAL)),
                new FaultKind("clock moved", server::moveClock),
                new FaultKind("clock moved", server::moveClock),
                new FaultKind("clients cut off", http::cut));
    }

    private List<FaultKind> losses() {
        return List.of(
                new FaultKind("loss of power", this::losePower),
                new FaultKind("loss of power", this::losePower),
                new FaultKind("loss of power in a rewrite", () -> inARewrite(this::losePower)));
    }

    CrashServer server() {
        return server;
    }

    /** The connections of clients to whatever server runs. */
    CrashHttp http() {
        return http;
    }

    /** How many losses of power have cut off a write. */
    int cuts() {
        return cuts;
    }

    /** Waits for a random moment, makes something fail, and waits until the server is ready again. */
    void next() {
        server.pause(LONGEST_PAUSE_MILLIS);
        long begin = history.now();
        String name = fail();
        while (random.nextInt(AT_ONCE) == 0) {
            name += ", " + fail();
        }
        awaitReady(name, begin);
    }

    private String fail() {
        FaultKind kind = kinds.get(random.nextInt(kinds.size()));
        kind.fault().run();
        return kind.name();
    }

    private void awaitReady(String fault, long begin) {
        eventually(
                "ready after " + fault,
                () -> http.call("", "GET", "/readyz", Map.of()).status() == 200);
        history.add(new History.Fault(fault, history.since(begin)));
    }

    private void killBoth() {
        server.end();
        server.start();
    }

    private void losePower() {
        server.end();
        new TornEnd(redis.data(), random).append();
        server.start();
    }

    private void inARewrite(Runnable fault) {
        server.command(Jedis::bgrewriteaof);
        server.pause(LONGEST_REWRITE_MILLIS);
        fault.run();
    }

    private void endConnections(ClientType type) {
        server.command(
                redis -> redis.clientKill(ClientKillParams.clientKillParams().type(type)));
    }

    /**
     * What is being written when the power fails is there in part, as long as nobody has been told of it: only then it
     * may not have been synced.
     *
     * @param send returns a text of which it is unknown whether it is stored
     */
    void losePowerDuring(Supplier<Optional<String>> send) {
        long begin = history.now();
        if (random.nextBoolean()) {
            server.command(Jedis::bgrewriteaof);
        }
        CompletableFuture<Optional<String>> sent = killDuring(send);
        LockSupport.parkNanos(ANSWERS.toNanos());
        boolean isCut = sent.join()
                .filter(Predicate.not(this::isKnown))
                .filter(text -> redis.isRepaired() && new TornEnd(redis.data(), random).cut(text))
                .isPresent();
        cuts += isCut ? 1 : 0;
        server.start();
        awaitReady("loss of power during a send", begin);
    }

    /** Kills both as soon as Redis writes. */
    private CompletableFuture<Optional<String>> killDuring(Supplier<Optional<String>> send) {
        long size = redis.data().toFile().length();
        CompletableFuture<Optional<String>> sent = CompletableFuture.supplyAsync(send);
        while (redis.data().toFile().length() == size && !sent.isDone()) {
            Thread.onSpinWait();
        }
        redis.kill();
        server.end();
        return sent;
    }

    private boolean isKnown(String text) {
        return history.polls().stream()
                .flatMap(answer -> answer.messages().stream())
                .anyMatch(message -> message.text().equals(text));
    }

    @Override
    public void close() {
        server.close();
    }
}
