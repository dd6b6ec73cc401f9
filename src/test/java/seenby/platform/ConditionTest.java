package seenby.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos;
    private final Condition condition =
            new Condition("It fails", "It works again", Duration.ofSeconds(2), () -> nanos, lines::add, lines::add);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void theLogTellsTheBeginningOnceAMinuteAndTheEnd() {
        condition.hold();
        for (int second = 0; second < 130; second++) {
            condition.fail("no answer");
            pass(Duration.ofSeconds(1));
        }
        assertEquals(Optional.of("no answer"), condition.reason());
        pass(Duration.ofSeconds(1));
        condition.hold();
        condition.hold();

        assertEquals(
                List.of(
                        "It fails: no answer",
                        "It fails, for 60 s, 61 times: no answer",
                        "It fails, for 120 s, 121 times: no answer",
                        "It works again, after 131 s and 130 failures."),
                lines);
        assertEquals(Optional.empty(), condition.reason());
    }

    @Test
    void itHoldsOnlyWhenItHasNotFailedForAWhile() {
        condition.fail("no answer");
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(1900));
            condition.hold();
            condition.fail("no answer");
        }
        assertEquals(List.of("It fails: no answer"), lines);

        pass(Duration.ofSeconds(2));
        condition.hold();

        assertEquals(2, lines.size());
    }

    @Test
    void aSecondFailureIsToldAsTheFirst() {
        for (int i = 0; i < 2; i++) {
            condition.fail("no answer");
            pass(Duration.ofSeconds(3));
            condition.hold();
        }

        assertEquals(
                List.of(
                        "It fails: no answer",
                        "It works again, after 3 s and 1 failures.",
                        "It fails: no answer",
                        "It works again, after 3 s and 1 failures."),
                lines);
    }
}
