package seenby.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import seenby.load.ClosedLoop;
import seenby.load.Response;

/** The members of a group of 200 ack what they have read, one message or ten at a time. */
final class AckScenario implements Scenario {
    private static final int MEMBERS = 200;
    private static final int CONNECTIONS = 50;

    /** Enough for any machine: each member acks until the time is over. */
    private static final int ACKS = 400;

    @Override
    public String name() {
        return "ack";
    }

    @Override
    public String measures() {
        return "acks of 1 and of 10 messages in a group of 200, on 50 connections";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        try (Stage stage = bench.stage(MEMBERS)) {
            bench.report().progress("Sending what is acked, and warming up");
            stage.measure(CONNECTIONS, bench.warmUp(), acks(bench, stage, "warm-up", 1));
            Acks ofOne = acks(bench, stage, "one", 1);
            Acks ofTen = acks(bench, stage, "ten", 10);
            bench.report().head("messages in an ack", Figures.COLUMNS);
            bench.report().row("1", stage.measure(CONNECTIONS, bench.time(), ofOne));
            bench.report().row("10", stage.measure(CONNECTIONS, bench.time(), ofTen));
            bench.report().expect("acks that moved a cursor by another number", 0, ofOne.wrong + ofTen.wrong);
        }
    }

    private static Acks acks(Bench bench, Stage stage, String group, int step) {
        Accounts accounts = stage.accounts();
        int messages = step * bench.size(ACKS, 20);
        accounts.group(group, 0, MEMBERS);
        accounts.each(messages, i -> accounts.of(0).send(group, "message " + i));
        return new Acks(accounts, group, step, messages);
    }

    /** Each connection serves some members, so that no two acks of a member are under way at once. */
    private static final class Acks implements ClosedLoop.Work {
        private final Accounts accounts;
        private final String group;
        private final int step;
        private final int messages;
        private final byte[] moved;
        private final int[] cursors = new int[MEMBERS];
        private final int[] current = new int[CONNECTIONS];
        private long wrong;

        Acks(Accounts accounts, String group, int step, int messages) {
            this.accounts = accounts;
            this.group = group;
            this.step = step;
            this.messages = messages;
            this.moved = ("\"acked\":" + step + ",").getBytes(StandardCharsets.US_ASCII);
            Arrays.setAll(current, connection -> connection);
        }

        /** User 0 has sent the messages, so it has read them. */
        @Override
        public Optional<byte[]> next(int connection) {
            int member = current[connection] + CONNECTIONS;
            if (member >= MEMBERS) {
                member = connection == 0 ? CONNECTIONS : connection;
            }
            current[connection] = member;
            if (cursors[member] == messages) {
                return Optional.empty();
            }
            cursors[member] += step;
            return Optional.of(accounts.of(member).post("/v1/groups/" + group + "/ack?upto=" + cursors[member], ""));
        }

        @Override
        public void answered(int connection, Response response) {
            response.requireSuccess();
            wrong += response.contains(moved) ? 0 : 1;
        }
    }
}
