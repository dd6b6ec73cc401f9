package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.archive.Verification;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Acks, single ones too, leaves, returns and choices that race the sweep: each is in the archive, or came too late. */
class SweepRacesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.retention=1s", "archive.segment_bytes=4096");

    private static final Duration LONG = Duration.ofSeconds(6);
    private static final int MOST_ROUNDS = 400;

    @Test
    void whatWasAnsweredBeforeALineWasCommittedIsInIt() throws Exception {
        try (SweepWorkload talk =
                SweepWorkload.of("races", SERVER.users("ann", "bob", "cem"), SERVER.users("dan", "eve", "fay"))) {
            talk.awaitSends(1);
            long end = System.nanoTime() + LONG.toNanos();
            for (int round = 0; System.nanoTime() < end && round < MOST_ROUNDS; round++) {
                talk.awaitSends(5);
                SERVER.clock().move(Duration.ofMillis(1100));
                Sweeps.expire(SERVER, "races");
                talk.look();
            }
            talk.end();
            SERVER.clock().move(LONG);

            talk.awaitArchived();

            talk.check(SERVER.archive());
            Verification.of(SERVER.archive());
            assertTrue(talk.acks() > 50, talk.acks() + " acks");
            System.out.println("SweepRacesTest: " + talk.sends() + " messages, " + talk.acks() + " acks in time");
        }
    }
}
