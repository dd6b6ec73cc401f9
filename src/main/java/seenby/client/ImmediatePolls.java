package seenby.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import seenby.load.ClosedLoop;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/**
 * Members who poll without waiting, each one poll after the other. They ack nothing.
 *
 * @param again whether a member who has everything begins again, instead of asking for more
 */
public record ImmediatePolls(List<Requests> members, boolean again) implements Neighbour {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Override
    public void load(LoadClient client, Runnable begun, BooleanSupplier isOver) {
        try (ClosedLoop loop = new ClosedLoop(client, members.size(), new PullWork(members, again, isOver))) {
            begun.run();
            var unused = loop.run(LONGEST);
        }
    }

    private static final class PullWork implements ClosedLoop.Work {
        private static final byte[] MORE = "\"more\":true".getBytes(StandardCharsets.US_ASCII);

        private final List<Requests> members;
        private final boolean again;
        private final BooleanSupplier isOver;
        private final List<String> since;

        PullWork(List<Requests> members, boolean again, BooleanSupplier isOver) {
            this.members = members;
            this.again = again;
            this.isOver = isOver;
            this.since = new ArrayList<>(Collections.nCopies(members.size(), ""));
        }

        @Override
        public Optional<byte[]> next(int connection) {
            return isOver.getAsBoolean()
                    ? Optional.empty()
                    : Optional.of(members.get(connection).pull(since.get(connection)));
        }

        @Override
        public void answered(int connection, Response response) {
            response.requireSuccess();
            since.set(connection, again && !response.contains(MORE) ? "" : response.next());
        }
    }
}
