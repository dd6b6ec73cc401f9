package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seenby.archive.Verification;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;
import seenby.support.SmallDisk;
import seenby.support.Sweeps;
import seenby.support.TestRedis;

/** The packaged server during and after an archive failure: chat continues, nothing is lost, and it recovers. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Order(1) // one of the longest
class SweepDiskIT {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    /** Longer than an ack takes on a busy machine: what is archived before its ack stays unread. */
    private static final String RETENTION = "receipts.retention=1500ms";

    private static final String NO_LIMIT = "rate.requests_per_second=0";
    private static final String GROUP = "ops";
    private static final int MAX_MESSAGES = 2000;

    private static final Duration OUTAGE = Duration.ofSeconds(3);

    @TempDir
    private Path directory = Path.of("");

    private ApiClient ann = new ApiClient(() -> 0, "", "");
    private ApiClient bob = ann;
    private long last;

    private interface Step {
        void run() throws Exception;
    }

    @AfterEach
    void flush() {
        REDIS.flush();
    }

    private void group(ServerProcess server) {
        ann = server.user("ann");
        bob = server.user("bob");
        ann.post("/v1/groups", Map.of("id", GROUP, "members", List.of("bob"))).expect(201);
    }

    private static String archiveState(ServerProcess server) {
        return server.admin().get("/readyz").expect(200).json().get("archive").asText();
    }

    private void sendAndAck() {
        last = ann.send(GROUP, "a word");
        assertEquals(last, bob.ack(GROUP, last).get("last_ack").asLong());
    }

    private boolean isArchived(long id) {
        return ann.receipts(GROUP, id).get("archived").asBoolean();
    }

    /** Sends and acks until the archive fails. */
    private void sendUntilFailing(ServerProcess server) {
        do {
            sendAndAck();
        } while (archiveState(server).equals("ok") && last <= MAX_MESSAGES);
        assertEquals("failing", archiveState(server));
    }

    /** Continues for long enough that the server retries more than once. */
    private void assertChatContinues(ServerProcess server) {
        long end = System.nanoTime() + OUTAGE.toNanos();
        eventually("the outage has lasted long enough", () -> {
            sendAndAck();
            return System.nanoTime() > end;
        });
        JsonNode receipts = ann.receipts(GROUP, last);
        assertFalse(receipts.get("archived").asBoolean());
        assertEquals(List.of("bob"), ApiClient.each(receipts.get("readers"), "id"));
        JsonNode counts = ann.get("/v1/groups/" + GROUP + "/receipts?from=" + last)
                .expect(200)
                .json()
                .get("receipts");
        assertEquals(List.of("1"), ApiClient.each(counts, "read"));
        assertEquals("failing", archiveState(server));
    }

    private void assertRecovers(ServerProcess server, Path archive) throws Exception {
        eventually("the archive is written again", () -> archiveState(server).equals("ok") && isArchived(last));
        sendAndAck();
        eventually("the next message is archived too", () -> isArchived(last));
        Verification.of(archive);
        List<String> lines = Sweeps.lines(archive, GROUP, "");
        assertEquals(
                LongStream.rangeClosed(1, last).boxed().toList(),
                lines.stream().map(SweepDiskIT::id).toList());
        lines.forEach(line -> assertTrue(line.contains("\"readers\":[{\"id\":\"bob\""), line));
        assertWarnedOnce(server);
    }

    private static Long id(String line) {
        return Long.valueOf(line.replaceFirst(".*?\"id\":(\\d+).*", "$1"));
    }

    private static void assertWarnedOnce(ServerProcess server) {
        List<String> warnings = server.err()
                .lines()
                .filter(line -> line.contains("[WARN]") || line.contains("[ERROR]"))
                .toList();
        assertEquals(1, warnings.size(), server.err());
        assertTrue(warnings.get(0).contains("Cannot write the archive"), server.err());
        assertEquals(
                1,
                server.err()
                        .lines()
                        .filter(line -> line.contains("can be written again"))
                        .count(),
                server.err());
    }

    private void assertSurvives(ServerProcess server, Path archive, Step begin, Step end) throws Exception {
        group(server);
        sendAndAck();
        eventually("the message is archived", () -> isArchived(1));
        begin.run();
        sendUntilFailing(server);
        assertChatContinues(server);
        end.run();
        assertRecovers(server, archive);
    }

    @Test
    void theServerSurvivesAFileSizeLimit() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")));
        REDIS.flush();
        Path archive = directory.resolve("archive");
        try (ServerProcess server = ServerProcess.startBy(
                List.of("/bin/bash", "-c", "ulimit -S -f 64 && exec \"$0\" \"$@\""),
                directory,
                RETENTION,
                NO_LIMIT,
                "redis.url=" + REDIS.url(),
                "archive.dir=" + archive)) {
            assertSurvives(
                    server,
                    archive,
                    () -> {},
                    () -> run("/usr/bin/prlimit", "--pid", Long.toString(server.pid()), "--fsize=unlimited"));
        }
    }

    @Test
    void theServerSurvivesAFullDisk() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=512k");
                ServerProcess server = ServerProcess.start(
                        directory, RETENTION, NO_LIMIT, "archive.segment_bytes=16384", "archive.dir=" + disk.path())) {
            assertSurvives(server, disk.path(), disk::fill, disk::empty);
        }
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, exit(command), List.of(command).toString());
    }

    private static int exit(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    @Test
    void theServerSurvivesAFolderThatDisappearsAndReturns() throws Exception {
        Path archive = directory.resolve("archive");
        Path away = directory.resolve("away");
        try (ServerProcess server = ServerProcess.start(directory, RETENTION, NO_LIMIT, "archive.dir=" + archive)) {
            assertSurvives(server, archive, () -> Files.move(archive, away), () -> Files.move(away, archive));
        }
    }

    @Test
    void readsThatFailAreToldOnceAndSoIsTheirEnd() throws Exception {
        Path archive = directory.resolve("archive");
        try (ServerProcess server = ServerProcess.start(directory, RETENTION, "archive.dir=" + archive)) {
            group(server);
            sendAndAck();
            eventually("the message is archived", () -> isArchived(1));
            Path file = segment(archive);
            Path away = directory.resolve("away");
            Files.move(file, away);
            Files.createDirectory(file);

            for (String path : List.of("/messages/1/receipts", "/receipts?from=1", "/messages/1/receipts")) {
                ann.get("/v1/groups/" + GROUP + path).problem(503, "unavailable");
            }
            Files.delete(file);
            Files.move(away, file);
            eventually(
                    "the log tells the end",
                    () -> isArchived(1)
                            && server.err("Archived receipts can be read again").size() == 1);
            assertEquals(1, server.err("Cannot read archived receipts").size(), server.err());
        }
    }

    private static Path segment(Path archive) throws IOException {
        try (Stream<Path> files = Files.walk(archive)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theServerSurvivesAFolderThatCannotBeCreatedAtTheStart() throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("in-the-way"));
        Path archive = inTheWay.resolve("archive");
        try (ServerProcess server = ServerProcess.start(directory, RETENTION, NO_LIMIT, "archive.dir=" + archive)) {
            group(server);
            sendUntilFailing(server);
            assertChatContinues(server);

            Files.delete(inTheWay);

            assertRecovers(server, archive);
        }
    }
}
