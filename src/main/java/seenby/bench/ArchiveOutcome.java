package seenby.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * How long it took, each with lines of 5 members and of 200, the fewest messages first.
 *
 * @param found one message in the archive, without the server
 * @param one the same of the server
 * @param range counts of a range
 */
public record ArchiveOutcome(
        List<Answers> found,
        List<Answers> foundLong,
        List<Answers> one,
        List<Answers> oneLong,
        List<Answers> range,
        List<Answers> rangeLong) {
    static final double MOST = 3;

    /** Of one archive. */
    public record Answers(String archive, Latencies latencies) {
        double ratio(Answers base) {
            return latencies.p50() / base.latencies().p50();
        }
    }

    /** One among many messages costs at most three times of one among few, at the median. */
    public boolean holds() {
        return Stream.of(found, foundLong, one, oneLong).allMatch(ArchiveOutcome::holds);
    }

    static boolean holds(List<Answers> answers) {
        return answers.stream().allMatch(each -> each.ratio(answers.get(0)) <= MOST);
    }
}
