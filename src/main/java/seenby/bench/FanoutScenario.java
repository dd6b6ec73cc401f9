package seenby.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import seenby.bench.Fanout.Pace;
import seenby.client.Channel;
import seenby.client.SeenbyChannel;

/** Members of a group wait for messages, by poll or by stream. An operation is a delivery to one of them. */
final class FanoutScenario implements Scenario {
    private static final int GROUP = 40;

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String measures() {
        return "deliveries to 40 to 5,000 members by poll and by stream, and to 100 groups of 40";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        List<Integer> sizes = bench.sizes(200, 40, 200, 1_000, 5_000);
        int groups = bench.size(100, 4);
        int users = Math.max(sizes.get(sizes.size() - 1), groups * GROUP) + 1;
        try (Stage stage = bench.stage(users)) {
            bench.report().progress("Warming up");
            one(bench, stage, new Plan(GROUP, false, Pace.WARM_UP), bench.warmUp());
            bench.report().head("members, how, pace", Figures.COLUMNS);
            for (boolean stream : new boolean[] {false, true}) {
                for (int members : sizes) {
                    for (Pace pace : List.of(Pace.CLOSED, Pace.SATURATED, Pace.OPEN_LOOP)) {
                        Plan plan = new Plan(members, stream, pace);
                        bench.report().row(plan.toString(), one(bench, stage, plan, bench.time()));
                    }
                }
            }
            bench.report().row("%d groups of %d, poll, closed".formatted(groups, GROUP), many(bench, stage, groups));
        }
    }

    private record Plan(int members, boolean stream, Pace pace) {
        private String group() {
            return "of-" + members + (stream ? "-stream-" : "-poll-")
                    + pace.name().toLowerCase(Locale.ROOT);
        }

        private Channel channel(Accounts accounts) {
            return new SeenbyChannel(group(), accounts.of(0), accounts.of(1, members), stream);
        }

        @Override
        public String toString() {
            return "%,d, %s, %s".formatted(members, stream ? "stream" : "poll", pace.label());
        }
    }

    /** User 0 sends, and the others wait. */
    private static Figures one(Bench bench, Stage stage, Plan plan, Duration time) {
        Accounts accounts = stage.accounts();
        accounts.group(plan.group(), 0, plan.members() + 1);
        try (Fanout fanout = stage.fanout()) {
            fanout.add(plan.channel(accounts), plan.pace());
            return fanout.measure(plan.pace(), time, bench.report());
        } finally {
            accounts.delete(plan.group());
        }
    }

    private static Figures many(Bench bench, Stage stage, int groups) {
        Accounts accounts = stage.accounts();
        try (Fanout fanout = stage.fanout()) {
            for (int i = 0; i < groups; i++) {
                int first = 1 + i * GROUP;
                accounts.group("many-" + i, first, GROUP);
                Channel channel = new SeenbyChannel("many-" + i, accounts.of(0), accounts.of(first, GROUP), false);
                fanout.add(channel, Pace.CLOSED);
            }
            return fanout.measure(Pace.CLOSED, bench.time(), bench.report());
        }
    }
}
