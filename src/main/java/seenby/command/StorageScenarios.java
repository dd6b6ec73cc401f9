package seenby.command;

import java.util.List;
import seenby.bench.Scenario;

/**
 * The scenarios about what is stored. Their server runs in this process, because they set its clock and measure its
 * heap.
 */
final class StorageScenarios {
    private StorageScenarios() {}

    static List<Scenario> all(Server.Starter starter) {
        return List.of(new MemoryScenario(starter), new ArchiveScenario(starter), new SweepScenario(starter));
    }
}
