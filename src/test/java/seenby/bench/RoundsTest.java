package seenby.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The order in which servers are compared. */
class RoundsTest {
    @Test
    void everySecondRoundGoesBackwards() {
        AtomicInteger number = new AtomicInteger();

        Map<String, List<Integer>> numbers = Rounds.run(3, List.of("a", "b"), each -> number.incrementAndGet());

        assertEquals(List.of("a", "b"), List.copyOf(numbers.keySet()));
        assertEquals(Map.of("a", List.of(1, 4, 5), "b", List.of(2, 3, 6)), numbers);
    }

    @Test
    void resultsAreSortedByTheirFigure() {
        assertEquals(List.of(1, -2, 3), Rounds.sorted(List.of(3, 1, -2), each -> Math.abs(each)));
    }
}
