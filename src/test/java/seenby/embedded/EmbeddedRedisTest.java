package seenby.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seenby.embedded.EmbeddedClient.connect;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class EmbeddedRedisTest {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void startReturnsAReadyRedisThatStoresDurably() {
        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            assertEquals("PONG", jedis.ping());
            assertEquals("yes", setting(jedis, "appendonly"));
            assertEquals("always", setting(jedis, "appendfsync"));
            assertEquals("noeviction", setting(jedis, "maxmemory-policy"));
            assertEquals("65536", setting(jedis, "set-max-intset-entries"));
            assertEquals("127.0.0.1", setting(jedis, "bind"));
            assertEquals("", setting(jedis, "save"));
            assertTrue(jedis.info("server").contains("redis_version:6.2."), "the bundled Redis");
        }
    }

    @Test
    void dataSurvivesARestart() {
        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            jedis.set("kept", "yes");
        }

        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            assertEquals("yes", jedis.get("kept"));
        }
    }

    @Test
    void thePasswordIsInNoCommandLineOrLog() throws IOException {
        try (EmbeddedRedis redis = start()) {
            assertTrue(redis.password().length() >= 43, "256 bits");
            assertFalse(log().contains(redis.password()));
            assertEquals(1, processes().size());
            assertFalse(processes().get(0).info().toString().contains(redis.password()));
        }
    }

    @Test
    void filesAreReadableByTheOwnerOnly() throws IOException {
        Path dataDir = directory.resolve("made/by/start");

        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir, Optional.empty())) {
            assertTrue(redis.port() > 0);
            assertEquals("rwx------", permissions(dataDir));
            assertEquals("rwx------", permissions(dataDir.resolve("redis")));
            assertEquals("rw-------", permissions(dataDir.resolve("redis/redis.conf")));
        }
    }

    @Test
    void aSecondServerOnTheDirectoryIsRefusedAndTheFirstKeepsRunning() {
        try (EmbeddedRedis first = start();
                Jedis jedis = connect(first)) {
            for (int i = 0; i < 2; i++) {
                String message = refusal(Optional.empty());

                assertTrue(message.startsWith("another server uses data.dir " + directory), message);
            }
            assertEquals("PONG", jedis.ping());
            assertEquals(1, processes().size());
        }
    }

    @Test
    void anOrphanIsEndedAndItsDataKept() throws IOException {
        start().close();
        Process orphan = new ProcessBuilder(executable().toString(), "redis.conf")
                .directory(directory.resolve("redis").toFile())
                .start();
        eventually("the orphan runs", () -> processes().size() == 1);
        // as after an update of the server, which has deleted the orphan's executable
        Files.delete(executable());

        try (EmbeddedRedis redis = start()) {
            assertTrue(redis.port() > 0);
            assertFalse(RedisProcess.isRunning(orphan.toHandle()));
            assertEquals(1, processes().size());
        }
    }

    @Test
    void aZombieOrphanIsEndedToo() throws IOException {
        start().close();
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$0\" redis.conf & exec sleep 60",
                        executable().toString())
                .directory(directory.resolve("redis").toFile())
                .start();
        eventually("the orphan runs", () -> processes().size() == 1);

        try (EmbeddedRedis redis = start()) {
            assertTrue(redis.port() > 0);
            assertEquals(1, processes().size());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aRedisThatDiesIsRestartedOnItsPortWithItsData() {
        AtomicInteger restarts = new AtomicInteger();

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, Optional.empty(), restarts::incrementAndGet)) {
            int port = redis.port();
            for (int death = 1; death <= 2; death++) {
                int expected = death;
                try (Jedis jedis = connect(redis)) {
                    jedis.incr("deaths");
                }
                processes().forEach(ProcessHandle::destroyForcibly);
                eventually("the owner is notified", () -> restarts.get() == expected);
            }

            assertEquals(port, redis.port());
            try (Jedis jedis = connect(redis)) {
                assertEquals("2", jedis.get("deaths"));
            }
        }
    }

    @Test
    void anExceptionInTheCallbackDoesNotEndTheMonitoring() {
        AtomicInteger restarts = new AtomicInteger();
        Runnable failing = () -> {
            restarts.incrementAndGet();
            throw new IllegalStateException("thrown by the test");
        };

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, Optional.empty(), failing)) {
            assertTrue(redis.port() > 0);
            processes().forEach(ProcessHandle::destroyForcibly);
            eventually("the owner is notified once", () -> restarts.get() == 1);
            processes().forEach(ProcessHandle::destroyForcibly);
            eventually("the owner is notified twice", () -> restarts.get() == 2);
        }
    }

    @Test
    void closeDuringARestartLeavesNoProcess() {
        for (int round = 0; round < 4; round++) {
            EmbeddedRedis redis = start();
            List<ProcessHandle> first = processes();
            first.forEach(ProcessHandle::destroyForcibly);
            if (round % 2 == 1) {
                eventually(
                        "the next process is started",
                        () -> processes().stream().anyMatch(it -> !first.contains(it)));
            }

            redis.close();
            redis.close();

            eventually("no process is left", () -> processes().isEmpty());
        }
    }

    @Test
    void aConfiguredExecutableIsRunAsACopy() throws IOException {
        Path other = bundledElsewhere();

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, Optional.of(other));
                Jedis jedis = connect(redis)) {
            assertEquals("PONG", jedis.ping());
            assertEquals(1, processes().size());
        }
    }

    @Test
    void pathsCanContainSpacesAndQuotes() {
        Path dataDir = directory.resolve("a \"b\" 'c' \\d");

        try (EmbeddedRedis redis = EmbeddedRedis.start(dataDir, Optional.empty());
                Jedis jedis = connect(redis)) {
            jedis.set("kept", "yes");
            assertTrue(Files.exists(dataDir.resolve("redis/appendonly.aof")));
        }
    }

    @Test
    void aPortTakenDuringTheStartIsReplacedByAnother() throws IOException {
        Path real = bundledElsewhere();
        Path script = script("""
                if [ ! -e tried ]; then touch tried; echo 'bind: Address already in use'; exit 1; fi
                exec '%s' redis.conf
                """.formatted(real));

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, Optional.of(script));
                Jedis jedis = connect(redis)) {
            assertEquals("PONG", jedis.ping());
        }
    }

    @Test
    void ctrlCInTheTerminalDoesNotReachRedis() throws IOException {
        assumeTrue(Files.isExecutable(SETSID) && Files.exists(Path.of("/proc/self/stat")));

        try (EmbeddedRedis redis = start()) {
            assertTrue(redis.port() > 0);
            long pid = processes().get(0).pid();
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            assertEquals(Long.toString(pid), fields.get(3), "it leads a separate session");
        }
    }

    @Test
    void aMissingLibraryIsReportedInOneLineWithTheRemedy() throws IOException {
        Path script = script("echo \"$0: error while loading shared libraries: libssl.so.3: cannot open\"; exit 127");

        String message = refusal(Optional.of(script));

        assertTrue(message.contains("needs OpenSSL 3"), message);
        assertTrue(message.contains("apt-get install libssl3"), message);
        assertTrue(message.contains("redis.url"), message);
        assertFalse(message.contains("\n"), message);
    }

    @Test
    void aMissingLoaderIsReportedInOneLineWithTheRemedy() throws IOException {
        assumeTrue(Files.isExecutable(SETSID));
        Path loaded = script("");
        Files.writeString(loaded, "#!/lib/no-such-loader\n");

        assertTrue(refusal(Optional.of(loaded)).startsWith("the embedded Redis needs glibc"));
    }

    @Test
    void theOutputOfAFailedStartIsReportedAndTheDirectoryReleased() throws IOException {
        String message = refusal(Optional.of(script("echo one; echo two; exit 1")));

        assertTrue(message.endsWith("one | two"), message);
        start().close();
    }

    @Test
    void anInvalidExecutableIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no program");

        assertTrue(refusal(Optional.of(text)).startsWith("redis.executable: "));
        assertTrue(refusal(Optional.of(directory.resolve("none"))).startsWith("redis.executable: "));
        assertTrue(refusal(Optional.of(directory)).startsWith("redis.executable: "));
    }

    @Test
    void dataOfANewerRedisIsRefused() throws IOException {
        Files.createDirectories(directory.resolve("redis/appendonlydir"));

        assertTrue(refusal(Optional.empty()).contains("Redis 7 or newer"));
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        EmbeddedRedisException refused = assertThrows(
                EmbeddedRedisException.class, () -> EmbeddedRedis.start(file.resolve("data"), Optional.empty()));

        assertTrue(String.valueOf(refused.getMessage()).contains("cannot create data.dir"), refused.getMessage());
    }

    private EmbeddedRedis start() {
        return EmbeddedRedis.start(directory, Optional.empty());
    }

    private String refusal(Optional<Path> executable) {
        EmbeddedRedisException refused =
                assertThrows(EmbeddedRedisException.class, () -> EmbeddedRedis.start(directory, executable));
        return String.valueOf(refused.getMessage());
    }

    private static String setting(Jedis jedis, String name) {
        return String.valueOf(jedis.configGet(name).get(name));
    }

    private Path executable() {
        return directory.toAbsolutePath().resolve("redis/redis-server");
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(it ->
                        it.info().command().orElse("").startsWith(executable().toString()))
                .toList();
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("redis/redis.log"));
    }

    private Path bundledElsewhere() throws IOException {
        Path source = directory.resolve("source");
        EmbeddedRedis.start(source, Optional.empty()).close();
        return Files.move(source.resolve("redis/redis-server"), directory.resolve("my redis"));
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
