package seenby.bench;

import java.util.List;

/** All scenarios that need only HTTP, in the order of a whole run. */
public final class Scenarios {
    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                new SendScenario(),
                new AckScenario(),
                new ReceiptsScenario(),
                new FanoutScenario(),
                new StormScenario(),
                new BacklogScenario(),
                new FairnessScenario(),
                new IdleScenario(),
                new ReconnectScenario(),
                new GrowthScenario(),
                new LimitsScenario());
    }
}
