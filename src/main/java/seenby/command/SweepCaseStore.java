package seenby.command;

import java.time.Duration;
import java.util.List;
import seenby.bench.SweepCase;
import seenby.measurement.SlowLog;
import seenby.redis.Redis;

/** Looks into Redis for the bench of the sweep. */
final class SweepCaseStore implements SweepCase.Store {
    private final SlowLog slowCalls;
    private final Runnable makeDue;

    SweepCaseStore(Redis redis, Runnable makeDue) {
        this.slowCalls = new SlowLog(redis, Duration.ofMillis(1));
        this.makeDue = makeDue;
    }

    @Override
    public void makeDue() {
        makeDue.run();
    }

    @Override
    public List<SweepCase.SlowCall> slowCalls() {
        return slowCalls.sinceLastLook().stream()
                .map(call -> new SweepCase.SlowCall(call.name(), call.took()))
                .toList();
    }
}
