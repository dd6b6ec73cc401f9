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

/** A sweeper whose store and disk fail at the same time. */
class SweeperTest {
    @TempDir
    private Path directory = Path.of("");

    private static void failAtTheSecond(int claim) {
        if (claim == 2) {
            throw new Unavailable("away");
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
