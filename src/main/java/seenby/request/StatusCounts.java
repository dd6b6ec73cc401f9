package seenby.request;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** How many requests have ended with each status, including those that reach no route. */
public final class StatusCounts implements RequestLog {
    private static final Set<Integer> SUCCESSES = Set.of(200, 201, 204, 304);
    private static final int END = 600;

    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(END).toArray(LongAdder[]::new);

    /** The statuses that this server answers with. */
    public static Set<Integer> known() {
        Set<Integer> known = new TreeSet<>(SUCCESSES);
        Arrays.stream(ProblemType.values()).map(ProblemType::status).forEach(known::add);
        return known;
    }

    /** Jetty calls it at the end of each request. */
    @Override
    public void log(Request request, Response response) {
        counts[Math.min(response.getStatus(), END - 1)].increment();
    }

    public long of(int status) {
        return counts[status].sum();
    }
}
