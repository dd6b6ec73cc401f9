package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import seenby.archive.Verification;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Two servers that share a Redis and an archive sweep the same groups. */
class TwoSweepersTest {
    private static final Path ARCHIVE = directory();

    @RegisterExtension
    static final RunningServer HERE =
            new RunningServer("receipts.retention=300ms", "archive.segment_bytes=4096", "archive.dir=" + ARCHIVE);

    private static RunningServer there = HERE;

    private final RedisClient redis = HERE.redis().client();

    private static Path directory() {
        try {
            return Files.createTempDirectory("seenby-archive-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void startSecondServer() throws IOException {
        there = HERE.another();
    }

    @AfterAll
    static void stopSecondServer() {
        there.stop();
    }

    private static SweepWorkload workload(String group) {
        List<ApiClient> stable = Stream.of(HERE.user("ann"), there.as(HERE.user("bob")), HERE.user("cem"))
                .toList();
        return SweepWorkload.of(group, stable, List.of(there.as(HERE.user("dan"))));
    }

    @Test
    void everyMessageHasOneLineWhicheverServerSweepsIt() throws Exception {
        try (SweepWorkload one = workload("one");
                SweepWorkload other = workload("other")) {
            one.awaitSends(150);
            other.awaitSends(50);
            for (SweepWorkload workload : List.of(one, other)) {
                workload.end();
                workload.awaitArchived();
                workload.check(ARCHIVE);
            }
            Verification.of(ARCHIVE);
        }
    }

    @Test
    void bothServersAnswerFromTheArchive() {
        ApiClient ann = HERE.user("ann");
        ApiClient bob = HERE.user("bob");
        String group = HERE.group(ann, bob);
        ann.send(group, "one");
        bob.ack(group, 1);

        eventually(
                "the message is archived",
                () -> ann.receipts(group, 1).get("archived").asBoolean());

        assertEquals(ann.receipts(group, 1), there.as(ann).receipts(group, 1));
        assertEquals(
                List.of(bob.id()),
                ApiClient.each(there.as(ann).receipts(group, 1).get("readers"), "id"));
    }

    @Test
    void aHangingSweepDelaysTheOtherServerOnlyUntilItsLockExpires() throws Exception {
        ApiClient ann = HERE.user("ann");
        String group = HERE.group(ann, HERE.user("bob"));
        redis.set(
                Sweeps.key(group, "sweep"),
                "hangs",
                SetParams.setParams().px(Duration.ofSeconds(3).toMillis()));
        redis.hset(Sweeps.key(group, "info"), "sweeper", "hangs");
        ann.send(group, "one");
        eventually("the receipts are due", () -> !redis.exists(Sweeps.key(group, "due")));
        assertFalse(ann.receipts(group, 1).get("archived").asBoolean());

        eventually("the lock expires", () -> !redis.exists(Sweeps.key(group, "sweep")));
        long expired = System.nanoTime();
        eventually(
                "the message is archived",
                () -> ann.receipts(group, 1).get("archived").asBoolean());

        // time for the next scan, and some more on a busy machine
        assertTrue(System.nanoTime() - expired < Duration.ofSeconds(5).toNanos());
        assertEquals(1, Sweeps.lines(ARCHIVE, group, "").size());
        Verification.of(ARCHIVE);
    }
}
