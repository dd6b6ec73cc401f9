package seenby.group;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When a clock that was set back is worth a warning. */
class ClockWarningTest {
    private final ClockWarning warning = new ClockWarning();

    @Test
    void oneWarningIsEnoughForAllGroups() {
        assertTrue(warning.timeWentBack(new GroupId("one"), 61_000));
        assertFalse(warning.timeWentBack(new GroupId("one"), 61_000));
        assertFalse(warning.timeWentBack(new GroupId("other"), 90_000));
    }

    @Test
    void timeThatGoesOnIsNoWarning() {
        assertFalse(warning.timeWentBack(new GroupId("one"), 0));
        assertTrue(warning.timeWentBack(new GroupId("one"), 61_000));
    }
}
