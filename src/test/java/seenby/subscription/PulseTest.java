package seenby.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a subscription counts as alive, tick by tick. */
class PulseTest {
    private final List<String> told = new ArrayList<>();
    private final Pulse pulse = new Pulse(new QuietListener() {
        @Override
        public void silent() {
            told.add("silent");
        }

        @Override
        public void resumed() {
            told.add("resumed");
        }

        @Override
        public void lost() {
            told.add("lost");
        }

        @Override
        public void regained() {
            told.add("regained");
        }

        @Override
        public void away() {
            told.add("away");
        }
    });

    @BeforeEach
    void subscribe() {
        begin();
        hear(publish());
        assertEquals(List.of("regained"), told);
        told.clear();
    }

    private void begin() {
        pulse.begin(() -> told.add("disconnected"));
    }

    private long publish() {
        long number = pulse.next();
        pulse.answer(number);
        return number;
    }

    private void hear(long number) {
        pulse.arrive();
        pulse.hear(number);
    }

    private void tickUnheard() {
        pulse.tick();
        publish();
    }

    @Test
    void itIsAliveWhileItHearsItself() {
        for (int i = 0; i < 20; i++) {
            pulse.tick();
            hear(publish());
        }

        assertTrue(pulse.isAlive());
        assertEquals(List.of(), told);
    }

    @Test
    void aSubscriptionThatBringsNothingForTwoTicksIsGivenUp() {
        tickUnheard();
        tickUnheard();
        assertTrue(pulse.isAlive());

        tickUnheard();

        assertFalse(pulse.isAlive());
        assertEquals(List.of("silent", "disconnected"), told);
        pulse.lose();
        begin();
        hear(publish());
        assertEquals(List.of("silent", "disconnected", "lost", "regained"), told);
    }

    @Test
    void aRedisThatIsSlowIsWaitedForAndLosesNothing() {
        pulse.tick();
        long slow = pulse.next();
        pulse.tick();
        pulse.tick();
        pulse.tick();
        assertEquals(List.of("silent"), told);

        pulse.answer(slow);
        pulse.tick();
        hear(slow);

        assertTrue(pulse.isAlive());
        assertEquals(List.of("silent", "resumed"), told);
    }

    @Test
    void aNumberBeforeTheLastDoesNotProveThatNothingIsBehindIt() {
        pulse.tick();
        long first = pulse.next();
        pulse.tick();
        pulse.tick();
        long last = pulse.next();

        hear(first);
        assertFalse(pulse.isAlive());

        hear(last);
        assertTrue(pulse.isAlive());
    }

    @Test
    void aRedisThatAnswersNothingIsAwayAfterFiveTicks() {
        pulse.tick();
        pulse.next();
        for (int i = 0; i < 4; i++) {
            pulse.tick();
        }
        assertEquals(List.of("silent"), told);

        pulse.tick();
        pulse.tick();

        assertEquals(List.of("silent", "away", "away"), told);
    }

    @Test
    void aSubscriptionThatIsBehindIsLeftAloneForTenTicks() {
        for (int i = 0; i < 10; i++) {
            tickUnheard();
            pulse.arrive();
        }
        assertTrue(pulse.isAlive());

        tickUnheard();

        assertEquals(List.of("silent", "disconnected"), told);
    }

    @Test
    void aConnectionThatNeverBringsAnythingIsGivenUp() {
        pulse.lose();
        begin();
        told.clear();
        tickUnheard();
        tickUnheard();
        tickUnheard();

        assertEquals(List.of("disconnected"), told);
    }

    @Test
    void whatWasPublishedBeforeASubscriptionDoesNotEndIt() {
        publish();
        publish();
        pulse.tick();
        pulse.lose();
        begin();
        pulse.tick();
        pulse.tick();

        assertEquals(List.of("lost"), told);
    }
}
