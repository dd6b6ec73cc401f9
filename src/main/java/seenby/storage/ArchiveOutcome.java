package seenby.storage;

import java.util.List;
import java.util.stream.Stream;
import seenby.load.Latencies;

/**
 * How long it took to find messages, with lines of 5 members and with long lines of 200. Each list begins with the
 * archive of the fewest messages.
 *
 * @param found one message in the archive, without the server
 * @param one one message through the API
 * @param range the counts of a range through the API
 */
public record ArchiveOutcome(
        List<Timing> found,
        List<Timing> foundLong,
        List<Timing> one,
        List<Timing> oneLong,
        List<Timing> range,
        List<Timing> rangeLong) {
    static final double MOST = 3;

    /** How long the requests to one archive took. */
    public record Timing(String archive, Latencies latencies) {
        double ratio(Timing base) {
            return latencies.p50() / base.latencies().p50();
        }
    }

    /** Whether one of many messages takes at most three times as long as one of few, at the median. */
    public boolean holds() {
        return Stream.of(found, foundLong, one, oneLong).allMatch(ArchiveOutcome::holds);
    }

    static boolean holds(List<Timing> timings) {
        return !timings.isEmpty() && timings.stream().allMatch(each -> each.ratio(timings.get(0)) <= MOST);
    }
}
