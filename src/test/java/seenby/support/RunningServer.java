package seenby.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.group.GroupId;
import seenby.measurement.MemoryUsage;

/**
 * A real server on a free port, on the tests' Redis, for all tests of a class. Register it as a static extension. Users
 * and groups get names of their own, so that tests do not meet.
 */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {
    private static final String ADMIN_TOKEN = "the-admin-token-of-the-tests";
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final List<String> settings;
    private final TestClock clock = new TestClock();
    private Optional<Path> dataDir = Optional.empty();
    private Optional<Seenby> seenby = Optional.empty();

    /** With settings of its own, each as {@code receipts.coalesce=50ms}. */
    public RunningServer(String... settings) {
        this.settings = List.of(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        TestRedis.flush();
        dataDir = Optional.of(Files.createTempDirectory("seenby-server-"));
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    public void start() {
        List<String> flags = new ArrayList<>(List.of(
                "--http.port=0",
                "--data.dir=" + dataDir.orElseThrow(),
                "--redis.url=" + TestRedis.at(),
                "--admin.token=" + ADMIN_TOKEN,
                "--rate.requests_per_second=0"));
        settings.forEach(setting -> flags.add("--" + setting));
        seenby = Optional.of(Seenby.start(ConfigSources.read(flags, Map.of(), Path.of("")), clock));
    }

    public void stop() {
        seenby.ifPresent(Seenby::close);
        seenby = Optional.empty();
    }

    /** What is in Redis stays. */
    public void restart() {
        stop();
        start();
    }

    /** A second server on the same Redis, with a data directory of its own; who asks for it stops it. */
    public RunningServer another() throws IOException {
        RunningServer other = new RunningServer(settings.toArray(String[]::new));
        other.dataDir = Optional.of(Files.createTempDirectory("seenby-server-"));
        other.start();
        return other;
    }

    /** The same user, who asks this server. */
    public ApiClient as(ApiClient user) {
        return new ApiClient(this::port, user.id(), user.token());
    }

    public int port() {
        return seenby.orElseThrow().port();
    }

    /** Where its archive lies. */
    public Path archive() {
        return dataDir.orElseThrow().resolve("archive");
    }

    /** What the receipts of a group weigh in Redis, in bytes. */
    public long receiptBytes(String group) {
        return new MemoryUsage(seenby.orElseThrow().redis()).unread(new GroupId(group));
    }

    /** Returns when so many polls wait. */
    public void awaitPolls(int count) {
        Eventually.eventually(count + " polls wait", () -> seenby.orElseThrow().openPolls() == count);
    }

    /** How many requests are under way. */
    public long requests() {
        return seenby.orElseThrow().requests();
    }

    public TestClock clock() {
        return clock;
    }

    public ApiClient admin() {
        return new ApiClient(this::port, "admin", ADMIN_TOKEN);
    }

    /** A client that has no token. */
    public ApiClient nobody() {
        return new ApiClient(this::port, "", "");
    }

    /** A new user; its id begins with the name. */
    public ApiClient user(String name) {
        String id = name + "-" + SERIAL.incrementAndGet();
        return admin().newUser(Map.of("id", id));
    }

    public List<ApiClient> users(String... names) {
        return Arrays.stream(names).map(this::user).toList();
    }

    /** A new group; returns its id. */
    public String group(ApiClient owner, ApiClient... members) {
        String id = "group-" + SERIAL.incrementAndGet();
        List<String> ids = Arrays.stream(members).map(ApiClient::id).toList();
        owner.post("/v1/groups", Map.of("id", id, "members", ids)).expect(201);
        return id;
    }
}
