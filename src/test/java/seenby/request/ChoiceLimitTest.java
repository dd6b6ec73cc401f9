package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

class ChoiceLimitTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private long nanos = 1;
    private final ChoiceLimit limit = new ChoiceLimit(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void whoChoosesAllTheTimeMustWait() {
        for (int i = 0; i < 60; i++) {
            limit.take(ANN);
        }
        nanos += Duration.ofSeconds(4).toNanos();

        Refused refused = assertThrows(Refused.class, () -> limit.take(ANN));

        assertEquals(Refusal.RATE_LIMITED, refused.refusal());
        assertEquals(Optional.of(Duration.ofSeconds(6)), refused.retryAfter());
        limit.take(BOB);
        nanos += Duration.ofSeconds(6).toNanos();
        limit.take(ANN);
    }
}
