package seenby.archive;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.refusal.Unavailable;
import seenby.support.TestClock;

/** A sweeper whose store and disk fail at the same time. */
class SweeperTest {
    @TempDir
    private Path directory = Path.of("");

    private static void failAtTheSecond(int claim) {
        if (claim == 2) {
            throw new Unavailable("away");
        }
    }

    /** A lag is the first thing that tells of an archive which is slow, and not broken. */
    @Test
    void whatIsDueLagsUntilItIsArchivedAndEachFailureCounts() throws IOException {
        Path blockingFile = Files.createFile(directory.resolve(SingleDueReceipt.GROUP.value()));
        SingleDueReceipt store = new SingleDueReceipt(claim -> {}, () -> true);
        Archive archive = new Archive(directory, 1 << 20);
        TestClock clock = new TestClock();
        try (Sweeper sweeper = new Sweeper(new Sweep(store, archive), store, archive, Duration.ofSeconds(1), clock)) {
            sweeper.start();
            eventually("it has failed twice", () -> sweeper.failures() >= 2);
            clock.move(Duration.ofMinutes(5));
            assertTrue(sweeper.lag().compareTo(Duration.ofMinutes(5)) >= 0, () -> "" + sweeper.lag());

            Files.delete(blockingFile);

            eventually(
                    "nothing is due", () -> store.isArchived() && sweeper.lag().isZero());
        }
    }

    @Test
    void anOutageOfTheStoreDuringADiskFailureDelaysTheArchiveOnly() throws IOException {
        Path blockingFile = Files.createFile(directory.resolve(SingleDueReceipt.GROUP.value()));
        SingleDueReceipt store = new SingleDueReceipt(SweeperTest::failAtTheSecond, () -> true);
        Archive archive = new Archive(directory, 1 << 20);
        Sweep sweep = new Sweep(store, archive);
        try (Sweeper sweeper = new Sweeper(sweep, store, archive, Duration.ofSeconds(1), Clock.systemUTC())) {
            sweeper.start();
            eventually("the store has failed", () -> store.claims() >= 2);
            assertTrue(sweeper.isFailing());

            Files.delete(blockingFile);

            eventually("the message is archived", () -> store.isArchived() && !sweeper.isFailing());
        }
    }
}
