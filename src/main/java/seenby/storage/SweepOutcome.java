package seenby.storage;

import java.time.Duration;
import java.util.List;
import seenby.load.Latencies;

/** How much sweeps slowed down people who sent, and the most heap that one used, in bytes. */
public record SweepOutcome(List<SweepCost> sweeps, long heap) {
    static final double MOST_RATIO = 2;
    static final Duration LONGEST_CALL = Duration.ofMillis(5);
    static final long MOST_HEAP = 8 << 20;

    /** The sweep of one backlog, and how long sends took before, during and after it. */
    public record SweepCost(
            SweepCase.Backlog backlog,
            Duration took,
            Latencies before,
            Latencies during,
            Latencies after,
            List<SweepCase.SlowCall> slowCalls) {

        double ratio() {
            return during.p99() / before.p99();
        }

        /** Whether sends after the sweep were as fast as before. Otherwise something else slowed the machine down. */
        boolean isSteady() {
            double most = Math.max(before.p99(), after.p99());
            return most <= MOST_RATIO * Math.min(before.p99(), after.p99());
        }

        boolean isQuiet() {
            return ratio() <= MOST_RATIO;
        }

        /** Whether the machine interrupted Redis. Then the time that a call took does not tell how much work it was. */
        boolean isDisturbed() {
            return slowCalls.stream().anyMatch(call -> call.isTrivial() && call.isTooLong());
        }

        /** Whether no script of the sweep blocked Redis for too long. */
        boolean isShort() {
            return slowCalls.stream().noneMatch(call -> call.isOfTheSweep() && call.isTooLong());
        }
    }

    /** Whether the goals were met. A goal that the run cannot decide counts as missed. */
    public boolean holds() {
        return heap <= MOST_HEAP
                && !sweeps.isEmpty()
                && sweeps.stream().allMatch(sweep -> sweep.isSteady() && sweep.isQuiet() && sweep.isShort());
    }
}
