package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.archive.Verification;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Acks, leaves, joins and opt-outs during a sweep: each is either in the archive or came too late. */
class SweepRacesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.retention=1s", "archive.segment_bytes=4096");

    private static final Duration DURATION = Duration.ofSeconds(6);
    private static final int MAX_ROUNDS = 400;

    @Test
    void aLineContainsEveryAckAnsweredBeforeItsCommit() throws Exception {
        try (SweepWorkload workload =
                SweepWorkload.of("races", SERVER.users("ann", "bob", "cem"), SERVER.users("dan", "eve", "fay"))) {
            workload.awaitSends(1);
            long end = System.nanoTime() + DURATION.toNanos();
            for (int round = 0; System.nanoTime() < end && round < MAX_ROUNDS; round++) {
                workload.awaitSends(5);
                SERVER.clock().move(Duration.ofMillis(1100));
                Sweeps.expire(SERVER, "races");
                workload.checkCounts();
            }
            workload.end();
            SERVER.clock().move(DURATION);

            workload.awaitArchived();

            workload.check(SERVER.archive());
            Verification.of(SERVER.archive());
            assertTrue(workload.acks() > 50, workload.acks() + " acks");
            System.out.println(
                    "SweepRacesTest: " + workload.sends() + " messages, " + workload.acks() + " acks in time");
        }
    }
}
