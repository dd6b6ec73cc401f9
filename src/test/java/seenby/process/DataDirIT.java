package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.measurement.RedisConf;
import seenby.support.ServerProcess;

/** What the packaged server stores in its data directory, and who can read it. */
class DataDirIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void secretsAreReadableByTheOwnerOnlyAndInNoProcessListOrLog() throws IOException {
        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals("rwx------", permissions(server.dataDir()));
            assertEquals("rw-------", permissions(server.dataDir().resolve("admin.token")));
            assertEquals("rwx------", permissions(server.dataDir().resolve("redis")));
            assertEquals("rw-------", permissions(server.dataDir().resolve("redis/redis.conf")));

            String token = server.admin().token();
            String password = password(server.dataDir());
            String processes =
                    ProcessHandle.allProcesses().map(it -> it.info().toString()).toList() + environments(server);
            String logs = server.out()
                    + server.err()
                    + Files.readString(server.dataDir().resolve("redis/redis.log"));
            assertTrue(processes.contains("redis-server"));
            for (String secret : List.of(token, password)) {
                assertTrue(secret.length() >= 22);
                assertFalse(processes.contains(secret));
                assertFalse(logs.contains(secret));
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String password(Path dataDir) throws IOException {
        return RedisConf.url(dataDir.resolve("redis/redis.conf")).getUserInfo().substring(1);
    }

    private static String environments(ServerProcess server) throws IOException {
        StringBuilder all = new StringBuilder();
        for (ProcessHandle redis : server.redis()) {
            Path environment = Path.of("/proc/" + redis.pid() + "/environ");
            all.append(Files.exists(environment) ? Files.readString(environment) : "");
        }
        return all.toString();
    }

    @Test
    void embeddedModeRunsTheConfiguredExecutable() throws IOException {
        Path other = directory.resolve("other-redis");
        try (ServerProcess server = ServerProcess.start(directory)) {
            Files.copy(server.dataDir().resolve("redis/redis-server"), other);
            assertEquals(0, server.stop());
        }
        assertTrue(other.toFile().setExecutable(true));
        // it prints a line when it runs
        Path named = Files.writeString(directory.resolve("named"), """
                #!/bin/sh
                echo "the configured one"
                exec '%s' "$@"
                """.formatted(other));
        assertTrue(named.toFile().setExecutable(true));

        try (ServerProcess server = ServerProcess.start(directory, "redis.executable=named")) {
            assertEquals(200, server.admin().get("/readyz").status());
            assertTrue(Files.readString(server.dataDir().resolve("redis/redis.log"))
                    .startsWith("the configured one"));
            assertEquals(0, server.stop());
            assertTrue(other.toFile().delete());
        }
    }

    @Test
    void configuredTokenReplacesTheFile() {
        String token = "a-token-in-the-configuration";
        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals(0, server.stop());
        }

        try (ServerProcess server = ServerProcess.start(directory, "admin.token=" + token)) {
            assertTrue(server.out().contains("Admin token: see admin.token in the configuration\n"), server.out());
            assertFalse(Files.exists(server.dataDir().resolve("admin.token")));
        }
    }
}
