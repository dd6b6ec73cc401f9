package seenby.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import seenby.load.ClosedLoop;
import seenby.load.Response;

/** A sender asks who has read a message, when half of the group has. */
final class ReceiptsScenario implements Scenario {
    private static final int CONNECTIONS = 10;

    @Override
    public String name() {
        return "receipts";
    }

    @Override
    public String measures() {
        return "who has read a message and who has not, in groups of 200 and 10,000";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int large = bench.size(10_000, 500);
        try (Stage stage = bench.stage(large)) {
            prepare(stage, 200);
            prepare(stage, large);
            bench.report().progress("Warming up");
            stage.measure(CONNECTIONS, bench.warmUp(), new Asks(stage, 200, ""));
            bench.report().head("members, connections", Figures.COLUMNS);
            for (int members : new int[] {200, large}) {
                measure(bench, stage, members, "counts", "?list=none");
                measure(bench, stage, members, "names and times", "");
            }
        }
    }

    /** User 0 sends one message, and half of its recipients read it. */
    private static void prepare(Stage stage, int members) {
        Accounts accounts = stage.accounts();
        accounts.group(group(members), 0, members);
        accounts.ask(accounts.of(0).send(group(members), "Who has read this?"));
        accounts.each(
                (members - 1) / 2, i -> accounts.of(1 + i).post("/v1/groups/" + group(members) + "/ack?upto=1", ""));
    }

    private static String group(int members) {
        return "of-" + members;
    }

    private static void measure(Bench bench, Stage stage, int members, String what, String query) {
        for (int connections : new int[] {1, CONNECTIONS}) {
            Asks asks = new Asks(stage, members, query);
            Figures figures = stage.measure(connections, bench.time(), asks);
            bench.report().row("%,d, %d: %s".formatted(members, connections, what), figures);
            bench.report().expect("answers with wrong counts", 0, asks.wrong);
        }
    }

    private static final class Asks implements ClosedLoop.Work {
        private final byte[] request;
        private final byte[] counts;
        private long wrong;

        Asks(Stage stage, int members, String query) {
            request = stage.accounts().of(0).get("/v1/groups/" + group(members) + "/messages/1/receipts" + query);
            int read = (members - 1) / 2;
            counts = "\"read\":%d,\"unread\":%d,"
                    .formatted(read, members - 1 - read)
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Optional<byte[]> next(int connection) {
            return Optional.of(request);
        }

        @Override
        public void answered(int connection, Response response) {
            response.requireSuccess();
            wrong += response.contains(counts) ? 0 : 1;
        }
    }
}
