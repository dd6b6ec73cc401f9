package seenby.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import seenby.client.ReconnectingMember;
import seenby.load.LatencyRecorder;

/** The server restarts while many members wait, each in ten groups; then they all come back at once. */
final class ReconnectScenario implements Scenario {
    private static final int GROUPS = 10;

    /** This many members share their ten groups. */
    private static final int CIRCLE = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "reconnect";
    }

    @Override
    public String measures() {
        return "10,000 members of 10 groups each come back at once after a restart";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int members = bench.size(10_000, 400);
        try (Stage stage = bench.stage(members)) {
            List<String> groups = groups(stage.accounts(), members);
            List<ReconnectingMember> clients = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                clients.add(
                        new ReconnectingMember(stage.client(), stage.accounts().of(i)));
            }
            bench.report().progress("Opening %,d polls".formatted(members));
            open(stage, clients);
            bench.report().progress("Restarting the server");
            restart(bench, stage, clients, groups);
        }
    }

    private static List<String> groups(Accounts accounts, int members) {
        List<String> groups = new ArrayList<>();
        for (int first = 0; first < members; first += CIRCLE) {
            for (int i = 0; i < GROUPS; i++) {
                String group = "of-" + first + "-" + i;
                accounts.group(group, first, CIRCLE);
                groups.add(group);
            }
        }
        return groups;
    }

    private static void open(Stage stage, List<ReconnectingMember> clients) {
        int atOnce = 40;
        for (int i = 0; i < clients.size(); i++) {
            int behind = Math.max(0, i - atOnce);
            stage.client()
                    .runUntil(
                            "a poll is open",
                            PATIENCE,
                            () -> clients.get(behind).isBack() || behind == 0);
            clients.get(i).open();
        }
        awaitAll(stage, clients);
    }

    private static void awaitAll(Stage stage, List<ReconnectingMember> clients) {
        stage.client().runUntil("all poll", PATIENCE, () -> clients.stream().allMatch(ReconnectingMember::isBack));
    }

    private static void restart(Bench bench, Stage stage, List<ReconnectingMember> clients, List<String> groups)
            throws InterruptedException {
        clients.forEach(ReconnectingMember::expectRestart);
        long stop = System.nanoTime();
        CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> restart(stage));
        stage.client().runUntil("the server runs again", PATIENCE, restart::isDone);
        restart.join();
        long ready = System.nanoTime();
        stage.accounts().each(groups.size(), i -> stage.accounts().of(0).send(groups.get(i), "after the restart"));
        awaitAll(stage, clients);
        LatencyRecorder back = new LatencyRecorder();
        clients.forEach(client -> back.add(Math.max(0, client.backAt() - ready)));
        // user 0 owns all groups, and so is a member of each
        long messages = (long) (clients.size() - 1) * GROUPS + groups.size();
        stage.client().runUntil("everyone has every message", PATIENCE, () -> deliveries(clients) >= messages);
        stage.client().runFor(bench.time());
        bench.report().head("%,d members".formatted(clients.size()), List.of("p50 ms", "p99 ms", "max ms"));
        double took = (ready - stop) / 1e6;
        bench.report().row("stop and start of the server", List.<Object>of(took, took, took));
        bench.report()
                .row(
                        "from then until a member polls again",
                        List.<Object>of(
                                back.latencies().p50(),
                                back.latencies().p99(),
                                back.latencies().longest()));
        bench.report().expect("deliveries after the restart", messages, deliveries(clients));
    }

    private static void restart(Stage stage) {
        try {
            stage.server().restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long deliveries(List<ReconnectingMember> clients) {
        return clients.stream().mapToLong(ReconnectingMember::deliveries).sum();
    }
}
