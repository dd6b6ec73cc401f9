package seenby.bench;

import java.time.Duration;
import java.util.List;

/** What sweeps cost those who sent meanwhile, and the most heap that one has held, in bytes. */
public record SweepOutcome(List<Sweep> sweeps, long heap) {
    static final double MOST_RATIO = 2;
    static final Duration LONGEST_CALL = Duration.ofMillis(5);
    static final long MOST_HEAP = 8 << 20;

    /** One backlog's. */
    public record Sweep(
            SweepCase.Backlog backlog,
            Duration took,
            Latencies before,
            Latencies during,
            Latencies after,
            List<SweepCase.SlowCall> slowCalls) {

        double ratio() {
            return during.p99() / before.p99();
        }

        /** Whether it was as calm after the sweep as before: else something that is not the sweep was at work. */
        boolean isSteady() {
            double most = Math.max(before.p99(), after.p99());
            return most <= MOST_RATIO * Math.min(before.p99(), after.p99());
        }

        boolean isQuiet() {
            return ratio() <= MOST_RATIO;
        }

        /** Whether the machine has interrupted Redis, so that how long a call took does not say how much work it was. */
        boolean isDisturbed() {
            return slowCalls.stream().anyMatch(call -> call.isTrifle() && call.isTooLong());
        }

        /** Whether none of the sweep's own scripts has kept Redis for too long. */
        boolean isShort() {
            return slowCalls.stream().noneMatch(call -> call.isOfTheSweep() && call.isTooLong());
        }
    }

    /** What can't be told from a run does not hold. */
    public boolean holds() {
        return heap <= MOST_HEAP
                && sweeps.stream().allMatch(sweep -> sweep.isSteady() && sweep.isQuiet() && sweep.isShort());
    }
}
