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

/** What a sweeper makes of a store and a disk that fail at once. */
class SweeperTest {
    @TempDir
    private Path directory = Path.of("");

    private static void awayAtTheSecond(int claim) {
        if (claim == 2) {
            throw new Unavailable("away");
        }
    }

    @Test
    void aStoreThatIsAwayWhileTheDiskIsInTroubleKeepsNothingFromBeingArchivedLater() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve(SingleDueReceipt.GROUP.value()));
        SingleDueReceipt store = new SingleDueReceipt(SweeperTest::awayAtTheSecond, () -> true);
        Archive archive = new Archive(directory, 1 << 20);
        Sweep sweep = new Sweep(store, archive);
        try (Sweeper sweeper = new Sweeper(sweep, store, archive, Duration.ofSeconds(1), Clock.systemUTC())) {
            sweeper.start();
            eventually("the store was away", () -> store.claims() >= 2);
            assertTrue(sweeper.isFailing());

            Files.delete(inTheWay);

            eventually("it is archived", () -> store.isArchived() && !sweeper.isFailing());
        }
    }
}
