package seenby.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import seenby.bench.Fanout.Pace;
import seenby.client.Channel;
import seenby.client.Repeated;
import seenby.measurement.WarmUp;

/** Measures all peers in turn, in some rounds, every second one backwards, and compares each with Seenby. */
record Comparison(Bench bench, List<Peer> peers) {
    static final String SEENBY = "Seenby";

    private static final List<String> MORE_COLUMNS = List.of("lowest", "highest", "Seenby :");

    /** Messages to members who do not poll. */
    void posts(int members, int connections) {
        bench.report().progress("Warming up");
        peers.forEach(peer -> posts(peer, members, connections, bench.warmUp()));
        head("POST to %d members, %d connections".formatted(members, connections));
        compare("", Figures::perSecond, peer -> posts(peer, members, connections, bench.time()));
    }

    /** Messages to members who poll, by each pace. */
    void deliveries(List<Integer> sizes) {
        warmUp(sizes.get(0));
        head("deliveries by poll: members, pace");
        for (int members : sizes) {
            for (Pace pace : List.of(Pace.CLOSED, Pace.SATURATED, Pace.OPEN_LOOP)) {
                String what = "%,d, %s: ".formatted(members, pace.label());
                // in an open loop all rates are the same
                ToDoubleFunction<Figures> figure = pace == Pace.OPEN_LOOP ? Figures::p99 : Figures::perSecond;
                compare(what, figure, peer -> fanout(peer, members, pace, bench.time()));
            }
        }
    }

    private void head(String what) {
        List<String> columns = new ArrayList<>(Figures.COLUMNS);
        columns.addAll(MORE_COLUMNS);
        bench.report().head(what, columns);
    }

    /** Each peer delivers until it gets no faster: Java compiles what runs often, and that takes some seconds. */
    private void warmUp(int members) {
        bench.report().progress("Warming up");
        bench.report().head("warm-up: %d members".formatted(members), List.of("runs", "first per s", "last per s"));
        for (Peer peer : peers) {
            WarmUp warmUp = new WarmUp(bench.quick() ? 1 : WarmUp.FEWEST);
            while (!warmUp.isOver()) {
                warmUp.add(fanout(peer, members, Pace.WARM_UP, bench.time()).perSecond());
            }
            bench.report()
                    .row(
                            peer.name(),
                            List.<Object>of(warmUp.runs(), Math.round(warmUp.first()), Math.round(warmUp.last())));
        }
    }

    /** A row is the round with the median of what is compared. */
    private void compare(String what, ToDoubleFunction<Figures> compared, Function<Peer, Figures> measurement) {
        double ours = 0;
        for (Map.Entry<Peer, List<Figures>> entry :
                Rounds.run(bench.rounds(), peers, measurement).entrySet()) {
            List<Figures> sorted = Rounds.sorted(entry.getValue(), compared);
            Figures median = sorted.get(sorted.size() / 2);
            double figure = compared.applyAsDouble(median);
            ours = entry.getKey().name().equals(SEENBY) ? figure : ours;
            List<Object> cells = new ArrayList<>(median.cells());
            cells.add(compared.applyAsDouble(sorted.get(0)));
            cells.add(compared.applyAsDouble(sorted.get(sorted.size() - 1)));
            cells.add(ours / figure);
            bench.report().row(what + entry.getKey().name(), cells);
        }
    }

    private Figures posts(Peer peer, int members, int connections, Duration time) {
        Channel channel = peer.create("posts", members - 1);
        byte[] send = channel.send("x".repeat(100));
        try {
            return Meter.measure(peer.client(), peer::usage, connections, time, new Repeated(send));
        } finally {
            peer.delete("posts");
        }
    }

    private Figures fanout(Peer peer, int members, Pace pace, Duration time) {
        String group = "of-" + members;
        Channel channel = peer.create(group, members);
        try (Fanout fanout = new Fanout(peer.client(), peer::usage)) {
            fanout.add(channel, pace);
            return fanout.measure(pace, time, bench.report());
        } finally {
            peer.delete(group);
        }
    }
}
