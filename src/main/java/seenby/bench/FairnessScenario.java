package seenby.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seenby.client.ImmediatePolls;
import seenby.client.LargeGroup;
import seenby.client.Neighbour;
import seenby.client.NeighbourThread;
import seenby.client.SeenbyChannel;
import seenby.client.SlowConnections;

/**
 * An ordinary group of 40 who poll gets 20 messages a second, alone and beside neighbours that take more than others
 * do. Rounds alone and rounds beside a neighbour alternate, because the speed of a machine changes.
 */
final class FairnessScenario implements Scenario {
    private static final int CHAT = 40;
    private static final int LOOPS = 50;
    private static final int READERS = 10;
    private static final int READER_BYTES_PER_SECOND = 1_000;
    private static final byte[] SILENCE = {};
    private static final Duration CROWD_INTERVAL = Duration.ofSeconds(1);

    // the numbers of the users; user 0 owns the groups, and sends what is unread
    private static final int SENDER = 1;
    private static final int CHAT_MEMBERS = SENDER + 1;
    private static final int PULLER = CHAT_MEMBERS + CHAT;
    private static final int READER = PULLER + 1;
    private static final int LOOP_MEMBERS = READER + 1;
    private static final int CROWD_SENDER = LOOP_MEMBERS + LOOPS;

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public String measures() {
        return "deliveries to an ordinary group beside neighbours that take much";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int crowd = bench.size(10_000, 100);
        try (Stage stage = bench.stage(CROWD_SENDER + crowd);
                Fanout chat = stage.fanout()) {
            Map<String, Neighbour> neighbours = neighbours(bench, stage.accounts(), crowd);
            stage.accounts().group("chat", SENDER, 1 + CHAT);
            chat.add(channel(stage.accounts(), "chat", SENDER, CHAT), Fanout.Pace.OPEN_LOOP);
            chat.open();
            bench.report().progress("Warming up");
            chat.run(Fanout.Pace.OPEN_LOOP, bench.warmUp());
            bench.report()
                    .head(
                            "an ordinary group of %d beside".formatted(CHAT),
                            List.of("p50 ms", "p99 ms", "max ms", "alone p50", "alone p99", "alone max", "p99 ratio"));
            neighbours.forEach((name, neighbour) -> {
                bench.report().progress("Beside " + name);
                compare(bench, stage, chat, name, neighbour);
            });
            chat.check(bench.report());
        }
    }

    /** The neighbours by their names. Creates what they need. */
    private static Map<String, Neighbour> neighbours(Bench bench, Accounts accounts, int crowd) {
        int unread = bench.size(100_000, 1_000);
        int polling = bench.size(2_000, 50);
        int silent = bench.size(2_000, 100);
        bench.report().progress("Sending what is unread");
        accounts.group("backlog", PULLER, 1);
        accounts.each(unread, i -> accounts.of(0).send("backlog", "unread message " + i + " ".repeat(80) + "."));
        accounts.group("long", READER, 1);
        accounts.each(bench.size(300, 100), i -> accounts.of(0).send("long", "x".repeat(4_000)));
        accounts.group("loops", LOOP_MEMBERS, LOOPS);
        accounts.group("crowd", CROWD_SENDER, crowd - 1);

        Map<String, Neighbour> neighbours = new LinkedHashMap<>();
        neighbours.put(named("a pull of %,d messages", unread), new ImmediatePolls(accounts.of(PULLER, 1), true));
        neighbours.put(
                named("a group of %,d, %,d poll", crowd, polling),
                new LargeGroup(channel(accounts, "crowd", CROWD_SENDER, polling), CROWD_INTERVAL));
        neighbours.put(
                named("%d readers of 1 MiB at 1 kB/s", READERS),
                new SlowConnections(READERS, accounts.of(READER).pull(""), READER_BYTES_PER_SECOND));
        neighbours.put(named("%,d silent connections", silent), new SlowConnections(silent, SILENCE, 1));
        neighbours.put(
                named("%d loops of immediate polls", LOOPS),
                new ImmediatePolls(accounts.of(LOOP_MEMBERS, LOOPS), false));
        return neighbours;
    }

    private static String named(String name, Object... numbers) {
        return String.format(Locale.ROOT, name, numbers);
    }

    /** A group whose members are the users after its sender. */
    private static SeenbyChannel channel(Accounts accounts, String group, int sender, int members) {
        return new SeenbyChannel(group, accounts.of(sender), accounts.of(sender + 1, members), false);
    }

    private static void compare(Bench bench, Stage stage, Fanout chat, String name, Neighbour neighbour) {
        Duration time = bench.time().multipliedBy(bench.quick() ? 1 : 3);
        Map<Boolean, List<Figures>> rounds = Rounds.run(bench.size(5, 1), List.of(false, true), beside -> {
            if (!beside) {
                return chat.run(Fanout.Pace.OPEN_LOOP, time);
            }
            NeighbourThread load = NeighbourThread.start(stage.server().port(), neighbour);
            try {
                return chat.run(Fanout.Pace.OPEN_LOOP, time);
            } finally {
                load.end();
            }
        });
        Figures alone = median(rounds.getOrDefault(false, List.of()));
        Figures beside = median(rounds.getOrDefault(true, List.of()));
        List<Object> cells = new ArrayList<>();
        for (Figures figures : List.of(beside, alone)) {
            cells.addAll(List.of(
                    figures.latencies().p50(),
                    figures.p99(),
                    figures.latencies().longest()));
        }
        cells.add(beside.p99() / alone.p99());
        bench.report().row(name, cells);
    }

    private static Figures median(List<Figures> rounds) {
        return Rounds.sorted(rounds, Figures::p99).get(rounds.size() / 2);
    }
}
