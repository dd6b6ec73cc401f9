package seenby.support;

import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import redis.clients.jedis.RedisClient;

/** Makes receipts due, waits for the sweep and reads the archive. */
public final class Sweeps {
    private Sweeps() {}

    /** The retention for sweeps on demand: longer than any test, shorter than the clock is moved. */
    public static final String RETENTION = "receipts.retention=1h";

    private static final Duration LATER = Duration.ofHours(2);

    /** Not shorter: if the time has passed when Redis sets it, Redis deletes the key without an expiry event. */
    private static final long SOON_MILLIS = 20;

    /** Makes all receipts of a server due, expires a group's timer, and waits until the group is archived. */
    public static void sweep(RunningServer server, String group) {
        server.clock().move(LATER);
        expire(server, group);
        eventually(
                "all of " + group + " is archived and trimmed",
                () -> number(server, group, "trimmed_upto") == number(server, group, "last_id"));
    }

    /** Makes Redis expire a group's timer now. The server may set it again at once, for what is not due yet. */
    public static void expire(RunningServer server, String group) {
        RedisClient redis = server.redis().client();
        redis.pexpire(key(group, "due"), SOON_MILLIS);
        eventually("the timer expires", () -> {
            long left = redis.pttl(key(group, "due"));
            return left < 0 || left > SOON_MILLIS;
        });
    }

    public static long archivedUpto(RunningServer server, String group) {
        return number(server, group, "archived_upto");
    }

    public static long number(RunningServer server, String group, String field) {
        String value = server.redis().client().hget(key(group, "info"), field);
        return value == null ? 0 : Long.parseLong(value);
    }

    public static String key(String group, String what) {
        return "sb:{" + group + "}:" + what;
    }

    /** The lines of a group's segments in the order of the file names; an empty prefix selects receipts. */
    public static List<String> lines(Path archive, String group, String prefix) {
        List<String> lines = new ArrayList<>();
        for (Path segment : segments(archive, group)) {
            if (segment.getFileName().toString().matches(prefix + "\\d+\\.ndjson(\\.gz)?")) {
                lines.addAll(read(segment));
            }
        }
        return lines;
    }

    public static List<Path> segments(Path archive, String group) {
        Path folder = archive.resolve(group);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path segment) {
        try (var in = Files.newInputStream(segment)) {
            boolean closed = segment.toString().endsWith(".gz");
            byte[] bytes = closed ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
