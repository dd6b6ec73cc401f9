package seenby.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import seenby.client.Comeback;
import seenby.client.ReceiptWatch;
import seenby.client.SeenbyChannel;
import seenby.load.LatencyRecorder;

/**
 * Members come back, one after the other, to many unread messages in 50 groups. Each fetches all, and acks all with its
 * next poll. Meanwhile others chat at a steady rate.
 */
final class BacklogScenario implements Scenario {
    private static final int GROUPS = 50;
    private static final int RETURNING = 10;
    private static final int CHAT = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public String measures() {
        return "members with 10,000 unread messages in 50 groups come back while others chat";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int messages = bench.size(200, 4);
        try (Stage stage = bench.stage(1 + RETURNING + CHAT + 1)) {
            bench.report().progress("Sending what is unread");
            for (int i = 0; i < GROUPS; i++) {
                stage.accounts().group(Comeback.group(i), 0, 1 + RETURNING);
            }
            stage.accounts()
                    .each(
                            GROUPS * messages,
                            i -> stage.accounts().of(0).send(Comeback.group(i % GROUPS), "unread message " + i));
            int chatter = 1 + RETURNING;
            stage.accounts().group("chat", chatter, CHAT + 1);
            try (Fanout chat = stage.fanout()) {
                chat.add(
                        new SeenbyChannel(
                                "chat",
                                stage.accounts().of(chatter),
                                stage.accounts().of(chatter + 1, CHAT),
                                false),
                        Fanout.Pace.OPEN_LOOP);
                chat.open();
                measure(bench, stage, chat, messages);
            }
        }
    }

    private static void measure(Bench bench, Stage stage, Fanout chat, int messages) {
        Duration time = bench.time().multipliedBy(3);
        chat.run(Fanout.Pace.OPEN_LOOP, bench.warmUp());
        bench.report().head("deliveries of a chat of 40, 20 a second", Figures.COLUMNS);
        bench.report().row("before", chat.run(Fanout.Pace.OPEN_LOOP, time));
        Comebacks comebacks = new Comebacks(stage, messages);
        comebacks.begin();
        bench.report().row("while members come back", chat.run(Fanout.Pace.OPEN_LOOP, time));
        stage.client().runUntil("all have come back", PATIENCE, comebacks::areComplete);
        chat.check(bench.report());
        comebacks.report(bench.report());
    }

    /** The returning members, one after the other, and the sender, who follows who has read. */
    private static final class Comebacks {
        private final Stage stage;
        private final int messages;
        private final ReceiptWatch sender;
        private final LatencyRecorder acked = new LatencyRecorder();
        private final LatencyRecorder receipted = new LatencyRecorder();
        private final List<Comeback> comebacks = new ArrayList<>();

        Comebacks(Stage stage, int messages) {
            this.stage = stage;
            this.messages = messages;
            this.sender = new ReceiptWatch(stage.client(), stage.accounts().of(0), messages, this::readByOne);
        }

        void begin() {
            sender.open();
            next();
        }

        private void next() {
            Comeback comeback =
                    new Comeback(stage.client(), stage.accounts().of(1 + comebacks.size()), GROUPS, messages);
            comebacks.add(comeback);
            comeback.begin();
        }

        /** The sender knows that one more member has read everything in one more group. */
        private void readByOne(long groups) {
            if (groups == (long) GROUPS * comebacks.size()) {
                Comeback last = comebacks.get(comebacks.size() - 1);
                acked.add(last.tookNanos());
                receipted.add(System.nanoTime() - last.begunAt());
                if (comebacks.size() < RETURNING) {
                    next();
                } else {
                    sender.close();
                }
            }
        }

        boolean areComplete() {
            return receipted.latencies().count() == RETURNING;
        }

        void report(Report report) {
            report.head(
                    "%,d unread in %d groups".formatted(messages * GROUPS, GROUPS),
                    List.of("members", "p50 ms", "max ms"));
            row(report, "until all is fetched and acked", acked);
            row(report, "until the sender has all receipts", receipted);
            long fetched = comebacks.stream().mapToLong(Comeback::fetched).sum();
            report.expect("messages fetched", (long) RETURNING * GROUPS * messages, fetched);
        }

        private static void row(Report report, String what, LatencyRecorder of) {
            report.row(
                    what,
                    List.<Object>of(
                            of.latencies().count(),
                            of.latencies().p50(),
                            of.latencies().longest()));
        }
    }
}
