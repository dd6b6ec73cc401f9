package seenby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import seenby.measurement.MeasuredServer;
import seenby.measurement.RedisUsage;

/**
 * What a scenario works with.
 *
 * @param quick whether small sizes are enough, because only the bench itself is tried
 * @param time how long each figure is measured
 * @param rounds how often each figure of a comparison is measured
 * @param nchan the module of nginx that is one of the compared servers, if it is to be one
 */
public record Bench(Report report, boolean quick, Duration time, int rounds, Optional<Path> nchan) {
    /** The full size, or a small one if the run is to be quick. */
    public int size(int full, int small) {
        return quick ? small : full;
    }

    /** The sizes that are measured, up to the limit of a quick run. */
    List<Integer> sizes(int quickLimit, Integer... full) {
        return List.of(full).stream()
                .filter(size -> !quick || size <= quickLimit)
                .toList();
    }

    /** How long a server runs before the first figure, until Java has compiled what is measured. */
    Duration warmUp() {
        return time.multipliedBy(quick ? 1 : 3);
    }

    /** Starts a server and creates users on it. */
    Stage stage(int users, String... settings) throws IOException, InterruptedException {
        return stage(List.of(), users, settings);
    }

    /** The same, with options of the Java that runs the server. */
    Stage stage(List<String> options, int users, String... settings) throws IOException, InterruptedException {
        MeasuredServer server = MeasuredServer.start(options, List.of(settings));
        boolean complete = false;
        try {
            report.redis(RedisUsage.version(server.redis()));
            report.progress("Creating %,d users".formatted(users));
            Stage stage = Stage.of(server, users);
            complete = true;
            return stage;
        } finally {
            if (!complete) {
                server.close();
            }
        }
    }
}
