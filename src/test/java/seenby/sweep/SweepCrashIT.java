package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import seenby.archive.Verification;
import seenby.measurement.RedisConf;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;
import seenby.support.Sweeps;

/** {@code kill -9} of the packaged server and of its Redis at random moments, most of them during a sweep. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Order(1) // one of the longest
class SweepCrashIT {
    /** Ten kills in a row include one of Redis, two during a start, and each kind of moment. */
    private static final int FEW_KILLS = 10;

    private static final int MANY_KILLS = 50;
    private static final int GROUPS = 5;

    /** In milliseconds after the first messages. */
    private static final int LONGEST_PAUSE = 700;

    private static final int LONGEST_START = 1500;
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final String[] SETTINGS = {
        "receipts.retention=200ms", "archive.segment_bytes=4096", "rate.requests_per_second=0"
    };
    private static final Pattern TRUNCATED = Pattern.compile("sweep that was not committed");
    private static final Pattern EXPECTED = Pattern.compile("sweep that was not committed|Redis has ended unexpectedly"
            + "|outlived|orphan|are refused with 503|Redis did not start. Trying again");

    @TempDir
    private Path directory = Path.of("");

    private final Random random = new Random();
    private final List<SweepWorkload> workloads = new ArrayList<>();
    private Optional<ServerProcess> running = Optional.empty();
    private int kills;
    private int truncations;
    private int unfinishedSegments;

    @Test
    void everyMessageHasOneLineThatSaysWhatWasAcked() throws Exception {
        killAndCheck(FEW_KILLS);
    }

    @Test
    @Tag("soak")
    void everyMessageHasOneLineAfterManyKills() throws Exception {
        killAndCheck(MANY_KILLS);
    }

    /** Continues until at least one kill has hit the time between append and commit. */
    private void killAndCheck(int least) throws Exception {
        start();
        try {
            for (int i = 1; i <= GROUPS; i++) {
                workloads.add(workload("swept-" + i));
            }
            for (int kill = 1; kill <= least || (truncations == 0 && kill <= MANY_KILLS); kill++) {
                kill(kill);
            }
            awaitArchived();
            check();
        } finally {
            workloads.forEach(SweepWorkload::close);
            running.ifPresent(ServerProcess::close);
        }
    }

    private void start() {
        running = Optional.of(ServerProcess.start(directory, SETTINGS));
    }

    private ServerProcess server() {
        return running.orElseThrow();
    }

    private SweepWorkload workload(String group) {
        List<ApiClient> users = Stream.of("ann", "bob", "cem", "dan")
                .map(name -> server().user(name + "-" + group))
                .map(user -> new ApiClient(() -> server().port(), user.id(), user.token()))
                .toList();
        return SweepWorkload.of(group, users.subList(0, 3), users.subList(3, 4));
    }

    private void kill(int kill) {
        workloads.get(kill % GROUPS).awaitSends(3);
        awaitMoment(kill % 4);
        if (kill % 10 == 0) {
            server().redis().forEach(ProcessHandle::destroyForcibly);
            return;
        }
        server().kill();
        kills++;
        checkLog(server().err());
        countUnfinishedSegment();
        if (kill % 5 == 0) {
            killDuringTheStart();
        }
        start();
    }

    /** At this start, receipts are already due. */
    private void killDuringTheStart() {
        ServerProcess half = ServerProcess.launch(directory, SETTINGS);
        pause(LONGEST_START);
        half.kill();
        kills++;
        checkLog(half.err());
        countUnfinishedSegment();
    }

    /** Waits for a random moment, a moment just after lines were appended, or one while a segment is being closed. */
    private void awaitMoment(int kind) {
        switch (kind) {
            case 0 -> awaitMore(".ndjson");
            case 1 -> awaitMore(".tmp");
            default -> pause(LONGEST_PAUSE);
        }
    }

    /** Polls busily until files with this suffix have grown, for a short time at most. */
    private void awaitMore(String suffix) {
        long end = System.nanoTime() + TIMEOUT_NANOS;
        long before = bytes(suffix);
        long now = before;
        while (now <= before && System.nanoTime() < end) {
            before = now;
            now = bytes(suffix);
        }
    }

    private long bytes(String suffix) {
        return workloads.stream()
                .flatMap(workload -> listed(archive().resolve(workload.group())))
                .flatMap(incarnation -> listed(incarnation.toPath()))
                .filter(file -> file.getName().endsWith(suffix))
                .mapToLong(file -> 1 + file.length())
                .sum();
    }

    /** Tolerates files that are created or deleted at the same time. */
    private static Stream<File> listed(Path folder) {
        return Stream.ofNullable(folder.toFile().listFiles()).flatMap(Arrays::stream);
    }

    private void pause(int maxMillis) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(maxMillis)).toNanos());
    }

    private void checkLog(String log) {
        truncations += (int) TRUNCATED.matcher(log).results().count();
        log.lines()
                .filter(line -> line.contains("[ERROR]") || line.contains("[WARN]"))
                .forEach(line -> assertTrue(EXPECTED.matcher(line).find(), log));
    }

    /** Counts kills that left a segment unfinished while it was being closed. */
    private void countUnfinishedSegment() {
        Set<String> names = new TreeSet<>();
        workloads.forEach(
                workload -> Sweeps.segments(archive(), workload.group()).forEach(file -> names.add(file.toString())));
        boolean isLeft = names.stream().anyMatch(name -> name.endsWith(".tmp") || names.contains(name + ".gz"));
        unfinishedSegments += isLeft ? 1 : 0;
    }

    private Path archive() {
        return server().dataDir().resolve("archive");
    }

    private void awaitArchived() {
        workloads.forEach(SweepWorkload::end);
        workloads.forEach(SweepWorkload::awaitArchived);
    }

    private void check() throws Exception {
        checkLog(server().err());
        for (SweepWorkload workload : workloads) {
            workload.check(archive());
        }
        Verification.of(archive());
        assertNothingLeft();
        System.out.printf(
                "SweepCrashIT: %d kills; %d truncations, %d unfinished segments; %d messages, %d acks%n",
                kills,
                truncations,
                unfinishedSegments,
                workloads.stream().mapToInt(SweepWorkload::sends).sum(),
                workloads.stream().mapToInt(SweepWorkload::acks).sum());
        assertTrue(truncations > 0, "no kill hit the time between append and commit");
    }

    private void assertNothingLeft() throws IOException {
        URI url = RedisConf.url(server().dataDir().resolve("redis/redis.conf"));
        try (RedisClient redis = RedisClient.create(url)) {
            for (SweepWorkload workload : workloads) {
                String prefix = "sb:{" + workload.group() + "}:";
                eventually(
                        "all keys are trimmed",
                        () -> remainingKeys(redis, prefix).isEmpty());
                Map<String, String> info = redis.hgetAll(prefix + "info");
                assertEquals(info.get("last_id"), info.get("archived_upto"));
                assertEquals(info.get("last_id"), info.get("trimmed_upto"));
            }
        }
    }

    private static Set<String> remainingKeys(RedisClient redis, String prefix) {
        Set<String> keys = redis.keys(prefix + "*");
        keys.removeIf(key -> !key.substring(prefix.length())
                .matches("(unread|read_at):.*|read_one|left|leaving|receipts|reads|due|sweep"));
        return keys;
    }
}
