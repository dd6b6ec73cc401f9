package seenby.command;

import java.time.Duration;
import java.util.List;
import seenby.measurement.SlowLog;
import seenby.redis.Redis;
import seenby.storage.SweepCase;

/** Measures Redis for the sweep bench. */
final class SweepCaseStore implements SweepCase.SweepControl {
    private final SlowLog slowLog;
    private final Runnable makeDue;

    SweepCaseStore(Redis redis, Runnable makeDue) {
        this.slowLog = new SlowLog(redis, Duration.ofMillis(1));
        this.makeDue = makeDue;
    }

    @Override
    public void makeDue() {
        makeDue.run();
    }

    @Override
    public List<SweepCase.SlowCall> slowCalls() {
        return slowLog.sinceLastLook().stream()
                .map(call -> new SweepCase.SlowCall(call.name(), call.took()))
                .toList();
    }
}
