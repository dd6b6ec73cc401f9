package seenby.crash;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.checker.Checker;
import seenby.checker.GroupView;
import seenby.checker.History;
import seenby.checker.Operation;

/**
 * Processes are killed and stopped at random while users send, read, join and leave. What the clients were told is then
 * compared with what is there. {@code -Dcrash.seconds} and {@code -Dcrash.seed} run it for longer, or again. The seed
 * also decides which Redis the server has: the embedded one, that on a disk which can be full, or an external one.
 */
@Order(1) // one of the longest
class CrashCheckIT {
    private static final int MOST_COMPLAINTS = 30;

    /** Two of so many faults are followed by a calm, and one by a loss of power in a calm. */
    private static final int SHARES = 6;

    @TempDir
    private Path directory = Path.of("");

    private final long seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000));

    @Test
    void whatWasAnsweredHoldsWhateverFails() {
        run(Long.getLong("crash.seconds", 30));
    }

    @Test
    @Tag("soak")
    void whatWasAnsweredHoldsForMinutes() {
        run(Long.getLong("crash.seconds", 300));
    }

    private void run(long seconds) {
        System.out.println("CrashCheckIT: -Dcrash.seed=" + seed);
        Random random = new Random(seed);
        History history = new History(CrashClients.USERS);
        try (Faults faults = new Faults(directory, redis(), history, seed);
                CrashClients clients = new CrashClients(faults, history, seed)) {
            clients.start();
            long end = history.now() + Duration.ofSeconds(seconds).toNanos();
            while (history.now() < end) {
                faults.next();
                switch (random.nextInt(SHARES)) {
                    case 0, 1 -> clients.calm();
                    case 2 -> clients.losePower(faults);
                    default -> {}
                }
            }
            clients.calm();
            clients.end();
            faults.server().readLog();
            List<GroupView> groups = CrashClients.GROUPS.stream()
                    .map(group -> new FinalReader(group, clients, history).read())
                    .toList();
            report(faults, history, Checker.violations(history, groups));
        }
    }

    /** Each of them has faults of its own. */
    private CrashRedis redis() {
        return switch ((int) Math.floorMod(seed, 3L)) {
            case 0 -> InnerRedis.in(directory);
            case 1 -> InnerRedis.onSmallDisk(directory);
            default -> OuterRedis.beside(directory);
        };
    }

    private void report(Faults faults, History history, List<String> violations) {
        List<Operation> operations = history.operations();
        String summary =
                "CrashCheckIT: seed %d; %d faults, %d kills, %d writes cut off; %d operations, %d of them unknown; %d polls; %d violations"
                        .formatted(
                                seed,
                                history.faults().size(),
                                faults.server().kills(),
                                faults.cuts(),
                                operations.size(),
                                operations.stream()
                                        .filter(operation -> operation.outcome() == Operation.Outcome.UNKNOWN)
                                        .count(),
                                history.polls().size(),
                                violations.size());
        System.out.println(summary);
        if (!violations.isEmpty()) {
            String complaints = violations.stream().limit(MOST_COMPLAINTS).collect(Collectors.joining("\n"));
            String happened = history.faults().stream()
                    .map(fault -> fault.span() + " " + fault.name())
                    .collect(Collectors.joining("\n"));
            fail(summary + "\n" + complaints + "\nFaults:\n" + happened);
        }
    }
}
