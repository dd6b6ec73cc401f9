package seenby.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Measurements of some participants in turn. Every second round goes backwards, so that nobody is always first. */
final class Rounds {
    private Rounds() {}

    /** Measures. Returns the results of each participant, in the order of the participants. */
    static <P, R> Map<P, List<R>> run(int rounds, List<P> participants, Function<P, R> measurement) {
        Map<P, List<R>> results = new LinkedHashMap<>();
        participants.forEach(each -> results.put(each, new ArrayList<>()));
        List<P> order = new ArrayList<>(participants);
        for (int round = 0; round < rounds; round++) {
            order.forEach(each -> results.getOrDefault(each, List.of()).add(measurement.apply(each)));
            Collections.reverse(order);
        }
        return results;
    }

    /** The results from the lowest to the highest figure; the median is in the middle. */
    static <R> List<R> sorted(List<R> results, ToDoubleFunction<R> figure) {
        return results.stream().sorted(Comparator.comparingDouble(figure)).toList();
    }
}
