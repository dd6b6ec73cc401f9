package seenby.support;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.group.GroupId;
import seenby.measurement.MemoryUsage;

/**
 * A real server on a free port with a separate Redis, or shared by all classes of the JVM that need the same settings.
 * Register it as a static extension. Users and groups get unique ids, so tests that share a server do not meet.
 */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {
    private static final String ADMIN_TOKEN = "the-admin-token-of-the-tests";
    private static final AtomicInteger SERIAL = new AtomicInteger();
    private static final Map<List<String>, RunningServer> SHARED = new ConcurrentHashMap<>();

    private final List<String> settings;
    private final TestRedis redis;
    private final String database;
    private final Optional<RedisProxy> proxy;
    private final boolean isShared;
    private final TestClock clock = new TestClock();
    private Optional<TemporaryFolder> dataDir = Optional.empty();
    private Optional<Seenby> seenby = Optional.empty();

    /** A server for one class, with settings such as {@code receipts.coalesce=50ms}. */
    public RunningServer(String... settings) {
        this(List.of(settings), new TestRedis(), "", Optional.empty(), false);
    }

    private RunningServer(
            List<String> settings, TestRedis redis, String database, Optional<RedisProxy> proxy, boolean isShared) {
        this.settings = settings;
        this.redis = redis;
        this.database = database;
        this.proxy = proxy;
        this.isShared = isShared;
    }

    /**
     * The server of all classes that ask for these settings. It runs until the last test, so a class that restarts it,
     * moves its clock, counts its polls or looks at all keys needs one for itself.
     */
    public static RunningServer shared(String... settings) {
        return TestRedis.isExternal()
                ? new RunningServer(settings)
                : SHARED.computeIfAbsent(
                        List.of(settings),
                        same -> new RunningServer(same, new TestRedis(), "", Optional.empty(), true));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isShared) {
            context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(RunningServer.class))
                    .computeIfAbsent(settings, same -> startUntilTheLastTest());
        } else {
            start();
        }
    }

    private AutoCloseable startUntilTheLastTest() {
        start();
        return this::end;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!isShared) {
            end();
        }
    }

    private void end() {
        stop();
        redis.close();
        dataDir.ifPresent(TemporaryFolder::close);
    }

    public void start() {
        if (dataDir.isEmpty()) {
            dataDir = Optional.of(TemporaryFolder.create());
        }
        Map<String, String> defaults = Map.of(
                "SEENBY_HTTP_PORT",
                "0",
                "SEENBY_DATA_DIR",
                dataDir.get().path().toString(),
                "SEENBY_REDIS_URL",
                url().toString(),
                "SEENBY_ADMIN_TOKEN",
                ADMIN_TOKEN,
                "SEENBY_RATE_REQUESTS_PER_SECOND",
                "0");
        List<String> flags = settings.stream().map(setting -> "--" + setting).toList();
        seenby = Optional.of(Seenby.start(ConfigSources.read(flags, defaults, Path.of("")), clock));
    }

    private URI url() {
        URI url = proxy.map(RedisProxy::url).orElseGet(redis::url);
        return database.isEmpty() ? url : url.resolve(database);
    }

    public void stop() {
        seenby.ifPresent(Seenby::close);
        seenby = Optional.empty();
    }

    /** Restarts the server; Redis keeps its data. */
    public void restart() {
        stop();
        start();
    }

    /** A second server on the same Redis, with another data directory; its caller stops it. */
    public RunningServer another() {
        return another("");
    }

    /** A second server on another database of the same Redis, such as {@code /1}; its caller stops it. */
    public RunningServer another(String database) {
        return started(new RunningServer(settings, redis, database, Optional.empty(), false));
    }

    /** A second server on the same Redis, which it reaches through a proxy; its caller stops it. */
    public RunningServer another(RedisProxy proxy) {
        return started(new RunningServer(settings, redis, "", Optional.of(proxy), false));
    }

    private static RunningServer started(RunningServer other) {
        other.start();
        return other;
    }

    public TestRedis redis() {
        return redis;
    }

    /** A client of the same user for this server. */
    public ApiClient as(ApiClient user) {
        return new ApiClient(this::port, user.id(), user.token());
    }

    public int port() {
        return seenby.orElseThrow().port();
    }

    /** The port of its metrics. */
    public int metricsPort() {
        return seenby.orElseThrow().metricsPort().orElseThrow();
    }

    /** The folder of its archive. */
    public Path archive() {
        return dataDir.orElseThrow().path().resolve("archive");
    }

    /** The memory that a group's receipts take in Redis, in bytes. */
    public long receiptBytes(String group) {
        return new MemoryUsage(seenby.orElseThrow().redis()).unread(new GroupId(group));
    }

    /** Waits until this many polls are open. */
    public void awaitPolls(int count) {
        Eventually.eventually(
                count + " polls are open", () -> seenby.orElseThrow().openPolls() == count);
    }

    /** The number of requests in progress. */
    public long requests() {
        return seenby.orElseThrow().requests();
    }

    public TestClock clock() {
        return clock;
    }

    public ApiClient admin() {
        return new ApiClient(this::port, "admin", ADMIN_TOKEN);
    }

    /** A client without a token. */
    public ApiClient nobody() {
        return new ApiClient(this::port, "", "");
    }

    /** Creates a user whose id starts with the name. */
    public ApiClient user(String name) {
        String id = name + "-" + SERIAL.incrementAndGet();
        return admin().newUser(Map.of("id", id));
    }

    public List<ApiClient> users(String... names) {
        return Arrays.stream(names).map(this::user).toList();
    }

    /** Creates a group; returns its id. */
    public String group(ApiClient owner, ApiClient... members) {
        String id = "group-" + SERIAL.incrementAndGet();
        List<String> ids = Arrays.stream(members).map(ApiClient::id).toList();
        owner.post("/v1/groups", Map.of("id", id, "members", ids)).expect(201);
        return id;
    }
}
