package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;
import seenby.support.SmallDisk;
import seenby.support.Tools;

/** Starts of the packaged server on data that a loss of power, a person or a mount has damaged. */
class DamagedDataIT {
    private static final int ZEROS = 5000;

    @TempDir
    private Path directory = Path.of("");

    private Path data() {
        return directory.resolve("the data");
    }

    private Path file() {
        return data().resolve("redis/appendonly.aof");
    }

    /** The server has stopped after a group was made and this message sent. */
    private void leaveData() {
        try (ServerProcess server = ServerProcess.start(directory)) {
            server.admin().post("/v1/groups", Map.of("id", "ops")).expect(201);
            assertEquals(1, server.admin().send("ops", "kept"));
            assertEquals(0, server.stop());
        }
    }

    private String refusal() {
        try (ServerProcess server = ServerProcess.launch(directory)) {
            assertEquals(1, server.awaitExit());
            String[] lines = server.err().split("\n", -1);
            assertTrue(lines[lines.length - 2].startsWith("seenby: "), server.err());
            return lines[lines.length - 2];
        }
    }

    private static String text(ApiClient user, int message) {
        return user.get("/v1/groups/ops/messages/" + message)
                .expect(200)
                .json()
                .get("text")
                .asText();
    }

    @Test
    void zerosAtTheEndAreRemovedAndNothingIsLost() throws IOException {
        leaveData();
        Files.write(file(), new byte[ZEROS], StandardOpenOption.APPEND);

        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals("kept", text(server.admin(), 1));
            assertEquals(2, server.admin().send("ops", "next"));
            assertTrue(server.err().contains(ZEROS + " bytes"), server.err());
            assertEquals(0, server.stop());
        }
        assertTrue(Files.exists(file().resolveSibling("appendonly.aof.damaged")));
        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals("next", text(server.admin(), 2));
        }
    }

    /** Redis would remove the command that is cut off, and at the start after the next do the others. */
    @Test
    void aTransactionThatIsCutOffIsNeverDoneInPart() throws IOException {
        leaveData();
        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals(2, server.admin().send("ops", "cut off"));
        }
        String commands = Files.readString(file(), StandardCharsets.ISO_8859_1);
        int end = commands.indexOf("*", commands.lastIndexOf("cut off"));
        Files.writeString(file(), commands.substring(0, end + 9), StandardCharsets.ISO_8859_1);

        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals(2, server.admin().send("ops", "next"));
        }
        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals("next", text(server.admin(), 2));
            assertEquals("kept", text(server.admin(), 1));
        }
    }

    /** Zeros may stand where a word of the command should be, or its length. */
    @ParameterizedTest
    @ValueSource(strings = {"*1\r\n$5\r\n", "*3\r\n$3\r\nSET\r\n$"})
    void zerosBehindACommandThatIsCutOffAreRemovedToo(String begun) throws IOException {
        leaveData();
        Files.writeString(file(), begun + "\0".repeat(ZEROS), StandardOpenOption.APPEND);

        try (ServerProcess server = ServerProcess.start(directory)) {
            assertEquals("kept", text(server.admin(), 1));
            assertEquals(2, server.admin().send("ops", "next"));
        }
    }

    @Test
    void damageInTheMiddleIsRefusedWithCommandsThatWork() throws IOException {
        leaveData();
        // where a command begins: what is in a value may be anything
        String commands = Files.readString(file(), StandardCharsets.ISO_8859_1);
        int middle = commands.indexOf("\r\n*", commands.length() / 2) + 2;
        Files.writeString(
                file(),
                commands.substring(0, middle) + "x" + commands.substring(middle + 1),
                StandardCharsets.ISO_8859_1);

        String refusal = refusal();

        assertTrue(refusal.contains("damaged, and not only at its end"), refusal);
        String remedy = refusal.substring(refusal.indexOf("cd '"));
        assertTrue(Tools.work(remedy), remedy);
        try (ServerProcess server = ServerProcess.start(directory)) {
            server.admin().get("/readyz").expect(200);
        }
    }

    @Test
    void dataThatIsMissingIsNoFreshStart() throws IOException {
        leaveData();
        Files.delete(file());

        String refusal = refusal();
        assertTrue(refusal.contains("the data of Redis is lost"), refusal);

        Files.createFile(file());
        assertEquals(refusal, refusal());
    }

    @Test
    void aMountThatForbidsExecutionIsNamed() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(data(), "noexec,size=40m")) {
            String refusal = refusal();
            assertTrue(refusal.contains("noexec"), refusal);
            assertTrue(refusal.contains(disk.path().toString()), refusal);
        }
    }
}
