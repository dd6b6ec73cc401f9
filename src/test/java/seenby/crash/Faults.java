package seenby.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ClientKillParams;
import seenby.checker.History;
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** A server in its own process, and what happens to it at random. */
final class Faults implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 2500;
    private static final int LONGEST_STOP_MILLIS = 4000;
    private static final int LONGEST_START_MILLIS = 1500;

    /** Each fifth fault or so is followed by another at once. */
    private static final int AT_ONCE = 5;

    private static final String[] SETTINGS = {"rate.requests_per_second=0", "receipts.coalesce=100ms"};

    private final Path directory;
    private final Random random;
    private final History history;
    private final CrashHttp http;
    private volatile ServerProcess server;
    private int kills;

    /** A kind of fault. Those that stand in the list more often happen more often. */
    private record Kind(String name, Runnable fault) {}

    private final List<Kind> kinds = List.of(
            new Kind("kill of the server", this::killServer),
            new Kind("kill of the server", this::killServer),
            new Kind("kill of the server", this::killServer),
            new Kind("kill of Redis", this::killRedis),
            new Kind("kill of Redis", this::killRedis),
            new Kind("kill of both", this::killBoth),
            new Kind("kill of both", this::killBoth),
            new Kind("kill of both, as by a loss of power", this::losePower),
            new Kind("kill of both, as by a loss of power", this::losePower),
            new Kind("stop of Redis", () -> stop(server.redis())),
            new Kind("stop of the server", () -> stop(List.of(handle(server)))),
            new Kind("all scripts forgotten", () -> command(Jedis::scriptFlush)),
            new Kind("subscriptions ended", () -> command(redis -> redis.clientKill(connections(ClientType.PUBSUB)))),
            new Kind("connections ended", () -> command(redis -> redis.clientKill(connections(ClientType.NORMAL)))),
            new Kind("clients cut off", this::cutClients));

    Faults(Path directory, History history, long seed) {
        this.directory = directory;
        this.history = history;
        this.random = new Random(seed);
        this.server = ServerProcess.start(directory, SETTINGS);
        this.http = new CrashHttp(() -> server.port());
    }

    ServerProcess server() {
        return server;
    }

    /** The connections of clients to whatever server runs. */
    CrashHttp http() {
        return http;
    }

    int kills() {
        return kills;
    }

    /** Waits for a random moment, makes something fail, and waits until the server is ready again. */
    void next() {
        pause(LONGEST_PAUSE_MILLIS);
        long begin = history.now();
        String name = fail();
        while (random.nextInt(AT_ONCE) == 0) {
            name += ", " + fail();
        }
        eventually("ready after " + name, this::isReady);
        history.add(new History.Fault(name, history.since(begin)));
    }

    private String fail() {
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        kind.fault().run();
        return kind.name();
    }

    private void pause(int mostMillis) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
    }

    private boolean isReady() {
        return http.call("", "GET", "/readyz", Map.of()).status() == 200;
    }

    private void killServer() {
        kills++;
        server.kill();
        readLog();
        restart();
    }

    /** Now and then it is killed during the start too. */
    private void restart() {
        if (random.nextInt(3) == 0) {
            kills++;
            ServerProcess half = ServerProcess.launch(directory, SETTINGS);
            pause(LONGEST_START_MILLIS);
            half.kill();
        }
        server = ServerProcess.start(directory, SETTINGS);
    }

    private void killRedis() {
        kills++;
        List<ProcessHandle> redis = server.redis();
        redis.forEach(ProcessHandle::destroyForcibly);
        redis.forEach(process -> process.onExit().join());
    }

    private void endBoth() {
        kills++;
        List<ProcessHandle> redis = server.redis();
        if (random.nextBoolean()) {
            redis.forEach(ProcessHandle::destroyForcibly);
        }
        server.close();
        readLog();
    }

    /** No fault here is one of the server. */
    void readLog() {
        server.err("[ERROR]").forEach(line -> history.addUnexpected("the log says: " + line));
    }

    private void killBoth() {
        endBoth();
        restart();
    }

    private void losePower() {
        endBoth();
        new TornEnd(server.dataDir().resolve("redis/appendonly.aof"), random).append();
        restart();
    }

    private void stop(List<ProcessHandle> processes) {
        processes.forEach(process -> signal("STOP", process));
        pause(LONGEST_STOP_MILLIS);
        processes.forEach(process -> signal("CONT", process));
    }

    private static ProcessHandle handle(ServerProcess server) {
        return ProcessHandle.of(server.pid()).orElseThrow();
    }

    private static void signal(String name, ProcessHandle process) {
        assertTrue(Tools.work("kill -" + name + " " + process.pid()));
    }

    /** A command that Redis gets. */
    private interface Command {
        void sendTo(Jedis redis);
    }

    private void command(Command command) {
        try (Jedis redis = new RedisSettings(server.dataDir()).connection()) {
            command.sendTo(redis);
        } catch (JedisException away) {
            // another fault has hit it just before
        }
    }

    private static ClientKillParams connections(ClientType type) {
        return ClientKillParams.clientKillParams().type(type);
    }

    private void cutClients() {
        http.cut();
    }

    @Override
    public void close() {
        server.close();
    }
}
