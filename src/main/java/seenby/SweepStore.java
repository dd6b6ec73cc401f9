package seenby;

import java.time.Duration;
import java.util.List;
import seenby.bench.SweepCase;
import seenby.redis.Redis;
import seenby.redis.SlowCalls;

/** Looks into Redis for the bench of the sweep. */
final class SweepStore implements SweepCase.Store {
    private final SlowCalls slowCalls;
    private final Runnable makeDue;

    SweepStore(Redis redis, Runnable makeDue) {
        this.slowCalls = new SlowCalls(redis, Duration.ofMillis(1));
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
