package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;
import seenby.support.SmallDisk;

/** The commands {@code backup} and {@code restore} of the packaged server. */
class BackupIT {
    /** Messages are archived while others are sent, in many files, some of which are closed. */
    private static final String[] QUICK_SWEEPS = {
        "receipts.retention=1s", "archive.segment_bytes=4096", "rate.requests_per_second=0"
    };

    @TempDir
    private Path directory = Path.of("");

    @TempDir
    private Path commands = Path.of("");

    private Path saved() {
        return directory.resolve("backup");
    }

    private Path elsewhere() {
        return directory.resolve("elsewhere");
    }

    /** In a folder of its own: at its end, a process of the tests kills the Redis of its folder. */
    private ServerProcess command(String name, Path dataDir, String... more) {
        List<String> words = new ArrayList<>(List.of(name, saved().toString(), "--data.dir=" + dataDir));
        words.addAll(List.of(more));
        return ServerProcess.run(commands, Map.of(), words.toArray(String[]::new));
    }

    private void backUp() {
        try (ServerProcess backup = command("backup", ServerProcess.dataIn(directory))) {
            assertEquals(0, backup.awaitExit(), backup::err);
            assertTrue(backup.out().startsWith("Backed up "), backup.out());
        }
    }

    private void restore() {
        try (ServerProcess restore = command("restore", ServerProcess.dataIn(elsewhere()))) {
            assertEquals(0, restore.awaitExit(), restore::err);
            assertTrue(restore.out().contains("1 groups and 3 users"), restore.out());
        }
    }

    private static String refusal(ServerProcess command) {
        assertEquals(1, command.awaitExit());
        List<String> lines = command.err().lines().toList();
        assertEquals("", command.out());
        assertTrue(lines.get(lines.size() - 1).startsWith("seenby: "), command.err());
        return lines.get(lines.size() - 1);
    }

    /** Ann sends, and bob reads about half of it. */
    private record Talk(ApiClient ann, ApiClient bob, AtomicLong answered, AtomicLong acked) {
        static Talk begin(ServerProcess server) {
            ApiClient ann = server.user("ann");
            ApiClient bob = server.user("bob");
            ann.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob")))
                    .expect(201);
            return new Talk(ann, bob, new AtomicLong(), new AtomicLong());
        }

        void goOn() {
            long id = ann.send("ops", "message " + (answered.get() + 1));
            answered.set(id);
            if (id % 20 == 10) {
                bob.ack("ops", id);
                acked.set(id);
            }
        }

        CompletableFuture<Void> goOnUntil(AtomicBoolean enough) {
            return CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    goOn();
                }
            });
        }

        /** What a client knows that reads all and acks nothing of it. */
        static List<Long> read(ApiClient reader, String since) {
            List<Long> ids = new ArrayList<>();
            JsonNode update = reader.poll(since);
            while (!update.get("messages").isEmpty()) {
                update.get("messages")
                        .forEach(message -> ids.add(message.get("id").asLong()));
                update = reader.poll(update.get("next").asText());
            }
            return ids;
        }
    }

    private static boolean isArchived(ApiClient ann, long id) {
        return ann.receipts("ops", id).get("archived").asBoolean();
    }

    @Test
    void whatWasAnsweredBeforeABackupOfABusyServerIsRestored() throws IOException {
        Talk talk;
        long answered;
        long acked;
        String since;
        try (ServerProcess server = ServerProcess.start(directory, QUICK_SWEEPS)) {
            talk = Talk.begin(server);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> going = talk.goOnUntil(enough);
            eventually("much is archived", () -> talk.answered().get() > 400 && isArchived(talk.ann(), 200));
            answered = talk.answered().get();
            acked = talk.acked().get();

            backUp();

            enough.set(true);
            going.join();
            since = talk.bob().poll("").get("next").asText();
        }
        assertOnlyTheOwnerCanRead(saved());

        restore();

        // with the settings of a server whose receipts stay as they are
        try (ServerProcess restored = ServerProcess.start(elsewhere(), "rate.requests_per_second=0")) {
            ApiClient ann = restored.as(talk.ann());
            ApiClient bob = restored.as(talk.bob());
            long last =
                    ann.get("/v1/groups/ops").expect(200).json().get("last_id").asLong();
            assertTrue(last >= answered, last + " < " + answered);
            for (long id = 1; id <= answered; id++) {
                assertEquals("message " + id, text(ann, id));
                assertReceipts(ann.receipts("ops", id), id <= acked);
            }
            assertTrue(isArchived(ann, 200));

            assertEquals(List.of("ops"), ApiClient.texts(bob.poll(since).get("resync")));
            long cursor = bob.get("/v1/groups/ops").json().get("last_ack").asLong();
            List<Long> unread = LongStream.rangeClosed(cursor + 1, last).boxed().toList();
            assertTrue(Talk.read(bob, since).equals(unread));
            assertEquals(last + 1, ann.send("ops", "goes on"));
        }
    }

    private static String text(ApiClient reader, long id) {
        return reader.get("/v1/groups/ops/messages/" + id)
                .expect(200)
                .json()
                .get("text")
                .asText();
    }

    private static void assertReceipts(JsonNode receipts, boolean wasAcked) {
        int known =
                receipts.get("readers").size() + receipts.get("unread_members").size();
        assertEquals(1, known, receipts::toString);
        assertEquals(1, receipts.get("recipients").asInt(), receipts::toString);
        // what was not acked before may have been since, unless it was archived by then
        assertTrue(!wasAcked
                || receipts.get("archived").asBoolean()
                || receipts.get("unread").asInt() == 0);
    }

    private static void assertOnlyTheOwnerCanRead(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.toList()) {
                String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
                assertEquals(
                        expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path::toString);
            }
        }
    }

    private void backUpATalk() {
        try (ServerProcess server = ServerProcess.start(directory, QUICK_SWEEPS)) {
            Talk talk = Talk.begin(server);
            talk.goOn();
            eventually("it is archived", () -> isArchived(talk.ann(), 1));
            assertEquals(0, server.stop());
        }
        backUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis/appendonly.aof", "admin.token", "archive/.seenby-archive", "manifest.json"})
    void aDamagedFileIsRefusedByItsNameAndNothingIsRestored(String name) throws IOException {
        backUpATalk();
        Path file = saved().resolve(name);
        byte[] content = Files.readAllBytes(file);
        content[1] ^= 1;
        Files.write(file, content);

        try (ServerProcess restore = command("restore", ServerProcess.dataIn(elsewhere()))) {
            String refusal = refusal(restore);

            assertTrue(refusal.contains(file + " is damaged"), refusal);
            assertNothingIsIn(ServerProcess.dataIn(elsewhere()));
        }
    }

    private static void assertNothingIsIn(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> left = Files.list(folder)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis/appendonly.aof", "manifest.json"})
    void aMissingFileIsRefusedByItsName(String name) throws IOException {
        backUpATalk();
        Files.delete(saved().resolve(name));

        try (ServerProcess restore = command("restore", ServerProcess.dataIn(elsewhere()))) {
            String refusal = refusal(restore);

            assertTrue(refusal.contains(name), refusal);
            assertNothingIsIn(ServerProcess.dataIn(elsewhere()));
        }
    }

    @Test
    void noDataIsOverwritten() throws IOException {
        backUpATalk();
        Path data = ServerProcess.dataIn(directory);

        try (ServerProcess backup = command("backup", data);
                ServerProcess restore = command("restore", data)) {
            assertTrue(refusal(backup).contains("backup is not empty"), backup.err());
            assertTrue(refusal(restore).contains("the data is not empty"), restore.err());
        }
        assertTrue(Files.exists(data.resolve("admin.token")));
        assertTrue(Files.exists(saved().resolve("manifest.json")));
    }

    @Test
    void damagedDataIsNotBackedUp() throws IOException {
        backUpATalk();
        Path data = ServerProcess.dataIn(directory);
        Files.move(saved(), directory.resolve("an earlier backup"));
        Files.writeString(data.resolve("redis/appendonly.aof"), "x", StandardOpenOption.APPEND);
        Files.writeString(data.resolve("redis/appendonly.aof"), "y\r\n", StandardOpenOption.APPEND);

        try (ServerProcess backup = command("backup", data)) {
            assertTrue(refusal(backup).contains("damaged, and not only at its end"), backup.err());
            assertNothingIsIn(saved());
        }
    }

    @Test
    void aFullDiskIsNamedAndNothingIsLeft() throws IOException {
        backUpATalk();
        Files.move(saved(), directory.resolve("an earlier backup"));
        try (SmallDisk disk = SmallDisk.mount(saved(), "size=4k")) {
            try (ServerProcess backup = command("backup", ServerProcess.dataIn(directory))) {
                String refusal = refusal(backup);

                assertTrue(refusal.contains("No space left on device"), refusal);
                assertNothingIsIn(disk.path());
            }
        }
    }

    @Test
    void anExternalRedisIsLeftToItsOwnMeans() {
        try (ServerProcess backup = command("backup", elsewhere(), "--redis.url=redis://127.0.0.1:1")) {
            assertTrue(refusal(backup).contains("redis.url"), backup.err());
            assertFalse(Files.exists(saved()));
        }
    }
}
