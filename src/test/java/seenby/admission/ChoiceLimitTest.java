package seenby.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

class ChoiceLimitTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final ManualMeter clock = new ManualMeter();
    private final RateLimit<UserId> limit = RateLimit.ofChoices(clock);

    @Test
    void whoChoosesAllTheTimeMustWait() {
        for (int i = 0; i < 60; i++) {
            limit.take(ANN);
        }
        clock.pass(Duration.ofSeconds(4));

        Refused refused = assertThrows(Refused.class, () -> limit.take(ANN));

        assertEquals(Refusal.RATE_LIMITED, refused.refusal());
        assertEquals(Optional.of(Duration.ofSeconds(6)), refused.retryAfter());
        limit.take(BOB);
        clock.pass(Duration.ofSeconds(6));
        limit.take(ANN);
    }
}
