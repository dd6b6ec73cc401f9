package seenby.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import seenby.checker.History;
import seenby.checker.Operation;
import seenby.checker.Operation.Kind;
import seenby.checker.Operation.Outcome;
import seenby.checker.Operation.Told;

/** A user's first device. It sends, acks, joins and leaves at random. It retries most of what is not answered. */
final class CrashUser implements Runnable {
    private static final int LONGEST_PAUSE_MILLIS = 120;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(60);

    /** The answers of what is done. Who is not there has left. */
    private static final Map<Kind, Set<Integer>> DONE = Map.of(
            Kind.SEND, Set.of(200, 201),
            Kind.ACK, Set.of(200),
            Kind.ACK_ONE, Set.of(200),
            Kind.JOIN, Set.of(200, 201),
            Kind.LEAVE, Set.of(204, NOT_FOUND),
            Kind.OPT_OUT, Set.of(200),
            Kind.OPT_IN, Set.of(200));

    private final String name;
    private final CrashMember member;
    private final CrashMember owner;
    private final History history;
    private final Lock turn;
    private final BooleanSupplier ended;
    private final Random random;
    private final Set<String> outside = new HashSet<>();
    private boolean optedOut;
    private int serial;

    /**
     * @param name the beginning of all its texts
     * @param turn which it holds from a request to its answer
     */
    CrashUser(
            String name,
            CrashMember member,
            CrashMember owner,
            History history,
            Lock turn,
            BooleanSupplier ended,
            long seed) {
        this.name = name;
        this.member = member;
        this.owner = owner;
        this.history = history;
        this.turn = turn;
        this.ended = ended;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (!ended.getAsBoolean()) {
            turn.lock();
            try {
                step(CrashClients.GROUPS.get(random.nextInt(CrashClients.GROUPS.size())));
            } finally {
                turn.unlock();
            }
            pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
        }
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    private void step(String group) {
        int dice = random.nextInt(24);
        if (member.leaves() && dice == 0) {
            choose();
        } else if (outside.contains(group)) {
            join(group);
        } else if (member.leaves() && dice == 1) {
            leave(group);
        } else if (dice < 11) {
            send(group);
        } else if (member.delivered(group) > 0) {
            read(group, dice);
        }
    }

    private void read(String group, int dice) {
        long id = Math.max(1, member.delivered(group) - random.nextInt(8));
        if (dice < 15) {
            ack(group, id);
        } else if (dice < 20) {
            ackOne(group, id);
        } else {
            lookAtReceipts(group, id);
        }
    }

    private static String path(String group) {
        return "/v1/groups/" + group;
    }

    /** A few are not retried, and a few cannot be. */
    private void send(String group) {
        Map<String, String> draft = new HashMap<>(draft());
        if (random.nextInt(10) == 0) {
            draft.remove("client_id");
        }
        send(group, draft, draft.size() > 1 && random.nextInt(10) > 0);
    }

    /** Sends until it is answered. */
    void say(String group) {
        send(group, draft(), true);
    }

    /** Acks the last message that it knows. */
    void readLast(String group) {
        ackOne(group, member.delivered(group));
    }

    /** Tries to send once. Returns the text, if nobody knows whether it is stored. */
    Optional<String> trySaying(String group) {
        Map<String, String> draft = draft();
        boolean isDone = send(group, draft, false);
        return isDone ? Optional.empty() : Optional.ofNullable(draft.get("text"));
    }

    private Map<String, String> draft() {
        String text = "%s says %d".formatted(name, ++serial);
        return Map.of("text", text, "client_id", text);
    }

    private boolean send(String group, Map<String, String> draft, boolean retries) {
        Plan plan = new Plan(Kind.SEND, group, 0, draft.getOrDefault("text", ""));
        return carryOut(plan, retries, () -> member.call("POST", path(group) + "/messages", draft));
    }

    private void ack(String group, long upto) {
        Plan plan = new Plan(Kind.ACK, group, upto, "");
        carryOut(plan, true, () -> member.call("POST", path(group) + "/ack", Map.of("upto", upto)));
    }

    private void ackOne(String group, long id) {
        Plan plan = new Plan(Kind.ACK_ONE, group, id, "");
        carryOut(plan, true, () -> member.call("POST", path(group) + "/messages/" + id + "/ack", Map.of()));
    }

    private void join(String group) {
        String path = path(group) + "/members/" + member.id();
        if (carryOut(new Plan(Kind.JOIN, group, 0, ""), true, () -> owner.call("PUT", path, Map.of()))) {
            outside.remove(group);
        }
    }

    private void leave(String group) {
        String path = path(group) + "/members/" + member.id();
        outside.add(group);
        carryOut(new Plan(Kind.LEAVE, group, 0, ""), true, () -> member.call("DELETE", path, Map.of()));
    }

    private void choose() {
        optedOut = !optedOut;
        Plan plan = new Plan(optedOut ? Kind.OPT_OUT : Kind.OPT_IN, "", 0, "");
        carryOut(plan, true, () -> member.call("PATCH", "/v1/me", Map.of("send_read_receipts", !optedOut)));
    }

    private void lookAtReceipts(String group, long id) {
        long begin = history.now();
        CrashHttp.Reply reply = member.call("GET", path(group) + "/messages/" + id + "/receipts", Map.of());
        if (reply.status() == 200) {
            history.add(Views.receipts(group, history.since(begin), reply.json()));
        }
    }

    /** What to do, until it is answered. */
    private record Plan(Kind kind, String group, long id, String text) {}

    /** A request. */
    private interface Request {
        CrashHttp.Reply send();
    }

    /** Returns whether it was done. */
    private boolean carryOut(Plan plan, boolean retries, Request request) {
        Outcome outcome = attempt(plan, request);
        while (outcome == Outcome.UNKNOWN && retries) {
            pause(BEFORE_A_RETRY);
            outcome = attempt(plan, request);
        }
        return outcome == Outcome.OK;
    }

    private Outcome attempt(Plan plan, Request request) {
        long begin = history.now();
        CrashHttp.Reply reply = request.send();
        if (reply.isNotSent()) {
            return Outcome.UNKNOWN;
        }
        Outcome outcome = outcome(plan, reply);
        Told told = outcome == Outcome.UNKNOWN ? Told.NOTHING : told(reply);
        history.add(new Operation(
                plan.kind(), member.id(), plan.group(), plan.id(), plan.text(), history.since(begin), outcome, told));
        return outcome;
    }

    private Outcome outcome(Plan plan, CrashHttp.Reply reply) {
        if (DONE.getOrDefault(plan.kind(), Set.of()).contains(reply.status())) {
            return Outcome.OK;
        }
        if (reply.isMissing()) {
            return Outcome.UNKNOWN;
        }
        if (reply.status() != NOT_FOUND && !isTooOften(plan, reply)) {
            history.addUnexpected("%s: %s was answered with %s".formatted(member.id(), plan, reply));
        }
        return Outcome.REFUSED;
    }

    /** A choice may be made once in ten seconds, after many, and each retry counts. */
    private static boolean isTooOften(Plan plan, CrashHttp.Reply reply) {
        return reply.status() == TOO_MANY && (plan.kind() == Kind.OPT_OUT || plan.kind() == Kind.OPT_IN);
    }

    private static Told told(CrashHttp.Reply reply) {
        JsonNode json = reply.json();
        long number = json.path("last_ack").asLong(json.path("id").asLong(-1));
        return new Told(
                reply.status(),
                number,
                json.path("recipients").asLong(-1),
                json.path("acked").asLong(-1));
    }
}
