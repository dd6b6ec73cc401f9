package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.Main;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.support.ApiClient;
import seenby.support.Tools;

/** The pages in {@code docs/} say what is so: their commands are run as they stand there, their tables compared. */
class ManualTest {
    private static final Path DOCS = Path.of("docs");
    private static final Markdown OPERATE = Markdown.of(DOCS.resolve("operate.md"));

    @TempDir
    private Path directory = Path.of("");

    private Seenby start(Path place, String... more) {
        List<String> flags = new ArrayList<>(List.of("--http.port=0", "--rate.requests_per_second=0"));
        flags.addAll(List.of(more));
        return Seenby.start(ConfigSources.read(flags, Map.of(), place));
    }

    private static ApiClient admin(Seenby seenby, Path place) throws IOException {
        String token = Files.readString(place.resolve("data/admin.token")).strip();
        return new ApiClient(seenby::port, "admin", token);
    }

    @Test
    void commandsOfTheArchiveRunAsTheyStand() throws IOException {
        assumeTrue(Tools.work("zcat --version && jq --version"), "the commands need bash, gzip and jq");
        Shell shell = new Shell(directory);
        try (Seenby seenby = start(directory, "--receipts.retention=1s")) {
            ApiClient admin = admin(seenby, directory);
            ApiClient bob = admin.newUser(Map.of("id", "bob"));
            admin.post("/v1/users", Map.of("id", "carol")).expect(201);
            admin.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob", "carol")))
                    .expect(201);
            admin.send("ops", "one");
            bob.ack("ops", 1);
            eventually(
                    "it is archived",
                    () -> admin.receipts("ops", 1).get("archived").asBoolean());

            for (String block : Markdown.of(DOCS.resolve("archive.md")).blocks("sh")) {
                shell.run(block);
            }
        }

        assertEquals(
                "[\"carol\"] 1 bob { \"messages\": 1, \"read_by_all\": 0 }",
                shell.printed().replaceAll("\\s+", " ").strip());
    }

    @Test
    void commandsForScriptsRunAsTheyStand() throws IOException {
        assumeTrue(Tools.work("curl --json {} --version && jq --version"), "the commands need bash, curl 7.82 and jq");
        Shell shell = new Shell(directory);
        try (Seenby seenby = start(directory)) {
            ApiClient admin = admin(seenby, directory);
            ApiClient bob = admin.newUser(Map.of("id", "bob"));
            admin.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob")))
                    .expect(201);
            admin.send("ops", "Welcome");

            String given = "URL=http://127.0.0.1:%d TOKEN=%s\n".formatted(seenby.port(), bob.token());
            shell.run(given
                    + String.join("", Markdown.of(DOCS.resolve("scripts.md")).blocks("sh")));
        }

        String printed = shell.printed();
        assertTrue(printed.contains("}admin\n1 have not read it\n1 admin: Welcome\n"), printed);
        assertTrue(printed.endsWith("5 bob: Please update today.\n0\n"), printed);
    }

    /** Whatever was answered before the copy began is in it, also if more comes while it is made. */
    @Test
    void backupOfARunningServerIsRestoredByTheCommandsThatStandThere() throws IOException {
        assumeTrue(Tools.work("true"), "the commands need bash");
        List<String> commands = OPERATE.section("Backup and restore").blocks("sh");
        AtomicLong answered = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        long before;
        String since;
        ApiClient bob;
        try (Seenby seenby = start(directory)) {
            ApiClient admin = admin(seenby, directory);
            bob = admin.newUser(Map.of("id", "bob"));
            admin.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob")))
                    .expect(201);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    answered.set(admin.send("ops", "one more"));
                }
            });
            eventually("much was sent", () -> answered.get() > 100);
            before = answered.get();

            new Shell(directory).run(withTheseClasses(commands.get(0)));

            enough.set(true);
            sending.join();
            since = readAll(bob, "").since();
        }

        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.move(directory.resolve("backup"), elsewhere.resolve("backup"));
        new Shell(elsewhere).run(withTheseClasses(commands.get(1)));

        try (Seenby restored = start(elsewhere)) {
            long last = admin(restored, elsewhere)
                    .get("/v1/groups/ops")
                    .expect(200)
                    .json()
                    .get("last_id")
                    .asLong();
            assertTrue(last >= before && last <= answered.get(), before + " <= " + last + " <= " + answered);
            assertOldPositionCountsAsForgotten(new ApiClient(restored::port, "bob", bob.token()), since, last);
        }
    }

    /** The jar is made after the tests of this kind. */
    private static String withTheseClasses(String commands) {
        String java = "'%s' -cp '%s' %s"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName());
        assertTrue(commands.contains("java -jar target/seenby.jar"), commands);
        return commands.replace("java -jar target/seenby.jar", java);
    }

    /**
     * What a program has read before the restore and not acked, it gets again, with all that the restored server has.
     */
    private static void assertOldPositionCountsAsForgotten(ApiClient bob, String since, long last) {
        assertEquals(List.of("ops"), ApiClient.texts(bob.poll(since).get("resync")));
        bob.ack("ops", 1);

        assertEquals(
                LongStream.rangeClosed(2, last).boxed().toList(),
                readAll(bob, since).ids());
    }

    /** What polls have brought up to the last position. */
    private record Reading(List<Long> ids, String since) {}

    private static Reading readAll(ApiClient reader, String from) {
        List<Long> ids = new ArrayList<>();
        String since = from;
        JsonNode update;
        do {
            update = reader.poll(since);
            since = update.get("next").asText();
            update.get("messages").forEach(message -> ids.add(message.get("id").asLong()));
        } while (update.get("more").asBoolean());
        return new Reading(ids, since);
    }
}
