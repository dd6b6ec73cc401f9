package seenby.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seenby.client.AckWalk;
import seenby.client.Repeated;
import seenby.load.ClosedLoop;
import seenby.load.Requests;

/**
 * What a server stores grows: users, the members of a group, and the history of a group. One connection sends, acks and
 * polls in each size, and each figure is compared with that of the smallest size.
 */
final class GrowthScenario implements Scenario {
    private static final int BATCH = 10_000;
    private static final String SMALL_GROUP = "small";
    private static final int SMALL = 10;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String measures() {
        return "send, ack and poll with 1,000 to 100,000 users, 10 to 10,000 members, 1,000 to 1,000,000 messages";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        try (Stage stage = bench.stage(1_000)) {
            Growth growth = new Growth(bench, stage);
            stage.accounts().group(SMALL_GROUP, 0, SMALL);
            bench.report().progress("Warming up");
            growth.warmUp(SMALL_GROUP);
            users(bench, stage, growth);
            members(bench, stage, growth);
            history(bench, stage, growth);
        }
    }

    private static void users(Bench bench, Stage stage, Growth growth) {
        growth.head("users");
        for (int users : bench.sizes(2_000, 1_000, 2_000, 10_000, 100_000)) {
            stage.accounts().grow(users);
            growth.measure(users, SMALL_GROUP);
        }
    }

    private static void members(Bench bench, Stage stage, Growth growth) {
        growth.head("members");
        for (int members : bench.sizes(100, 10, 100, 1_000, 10_000)) {
            stage.accounts().grow(members);
            String group = "of-" + members;
            stage.accounts().group(group, 0, members);
            growth.measure(members, group);
        }
    }

    /** The first messages are acked, so that their receipts take no memory, as it is with messages that are old. */
    private static void history(Bench bench, Stage stage, Growth growth) {
        Accounts accounts = stage.accounts();
        accounts.group("history", 0, 2);
        byte[] send = accounts.of(0).send("history", "x".repeat(100));
        growth.head("messages");
        for (int messages : bench.sizes(2_000, 1_000, 2_000, 10_000, 100_000, 1_000_000)) {
            for (long last = accounts.lastId("history"); last < messages; last = accounts.lastId("history")) {
                bench.report().progress("%,d of %,d messages".formatted(last, messages));
                accounts.each((int) Math.min(BATCH, messages - last), i -> send);
                accounts.ask(accounts.of(1).post("/v1/groups/history/ack?upto=" + accounts.lastId("history"), ""));
            }
            growth.measure(messages, "history");
        }
    }

    /** Measures the same operations in one size after the other. User 0 sends, and user 1 acks and polls. */
    private static final class Growth {
        private final Bench bench;
        private final Stage stage;
        private final Map<String, Double> smallest = new HashMap<>();

        Growth(Bench bench, Stage stage) {
            this.bench = bench;
            this.stage = stage;
        }

        void head(String what) {
            smallest.clear();
            List<String> columns = new ArrayList<>(Figures.COLUMNS);
            columns.add("p50 ratio");
            bench.report().head(what, columns);
        }

        void warmUp(String group) {
            Requests sender = stage.accounts().of(0);
            stage.measure(1, bench.warmUp(), new Repeated(sender.send(group, "x".repeat(100))));
        }

        void measure(int size, String group) {
            Accounts accounts = stage.accounts();
            long first = accounts.lastId(group) + 1;
            byte[] send = accounts.of(0).send(group, "x".repeat(100));
            accounts.ask(accounts.of(1).post("/v1/groups/" + group + "/ack?upto=" + (first - 1), ""));
            row(size, "send", new Repeated(send));
            long last = accounts.lastId(group);
            row(size, "ack", new AckWalk(accounts.of(1), group, first, last));
            accounts.ask(accounts.of(1).post("/v1/groups/" + group + "/ack?upto=" + last, ""));
            String since = accounts.ask(accounts.of(1).poll("", 0)).get("next").asText();
            row(size, "poll without news", new Repeated(accounts.of(1).poll(since, 0)));
        }

        private void row(int size, String what, ClosedLoop.Work work) {
            Figures figures = stage.measure(1, bench.time(), work);
            double p50 = figures.latencies().p50();
            List<Object> cells = new ArrayList<>(figures.cells());
            cells.add(p50 / smallest.computeIfAbsent(what, first -> p50));
            bench.report().row("%,d: %s".formatted(size, what), cells);
        }
    }
}
