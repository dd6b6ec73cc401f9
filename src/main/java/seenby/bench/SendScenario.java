package seenby.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import seenby.load.ClosedLoop;
import seenby.load.Response;

/** Members send messages as fast as each is stored. */
final class SendScenario implements Scenario {
    private static final List<Integer> TEXTS = List.of(100, 4096);
    private static final int CREATED = 201;

    @Override
    public String name() {
        return "send";
    }

    @Override
    public String measures() {
        return "messages from 1 to 50 connections to groups of 10 to 10,000, with 100 B and 4 KiB";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        List<Integer> groups = bench.sizes(200, 10, 200, 2_000, 10_000);
        try (Stage stage = bench.stage(groups.get(groups.size() - 1))) {
            for (int members : groups) {
                stage.accounts().group(group(members), 0, members);
            }
            bench.report().progress("Warming up");
            stage.measure(50, bench.warmUp(), new Sends(stage.accounts(), groups.get(0), 100));
            bench.report().head("members, text, connections", Figures.COLUMNS);
            for (int members : groups) {
                for (int text : TEXTS) {
                    for (int connections : List.of(1, 10, 50)) {
                        measure(bench, stage, members, text, connections);
                    }
                }
            }
        }
    }

    private static String group(int members) {
        return "of-" + members;
    }

    private static void measure(Bench bench, Stage stage, int members, int text, int connections) {
        long before = stage.accounts().lastId(group(members));
        Figures figures = stage.measure(connections, bench.time(), new Sends(stage.accounts(), members, text));
        bench.report().row("%,d, %,d B, %d".formatted(members, text, connections), figures);
        long stored = stage.accounts().lastId(group(members)) - before;
        bench.report().expect("messages stored", figures.operations(), stored);
    }

    /** Each connection is another member, as far as there are enough. */
    private static final class Sends implements ClosedLoop.Work {
        private final List<byte[]> requests;

        Sends(Accounts accounts, int members, int length) {
            requests = accounts.of(0, members).stream()
                    .limit(50)
                    .map(member -> member.send(group(members), "x".repeat(length)))
                    .toList();
        }

        @Override
        public Optional<byte[]> next(int connection) {
            return Optional.of(requests.get(connection % requests.size()));
        }

        @Override
        public void answered(int connection, Response response) {
            if (response.status() != CREATED) {
                throw new IllegalStateException("a message was answered " + response);
            }
        }
    }
}
