package seenby.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import seenby.checker.History;
import seenby.checker.Operation;
import seenby.checker.Operation.Kind;
import seenby.checker.Operation.Outcome;
import seenby.checker.Operation.Told;
import seenby.checker.PollAnswer;
import seenby.checker.Span;
import seenby.support.ApiClient;

/** A device that polls, and acks with its polls. */
final class CrashPoller implements Runnable {
    private static final int LONGEST = 20;
    private static final List<Integer> TIMEOUTS = List.of(0, 1, LONGEST, LONGEST);
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(60);

    private final CrashFollower follower;
    private final String user;
    private final History history;
    private final BooleanSupplier calm;
    private final BooleanSupplier ended;
    private final Random random;

    /** What the answers brought, and is not acked. */
    private final Map<String, Long> unacked = new HashMap<>();

    /** @param calm whether it only waits for messages, and acks none */
    CrashPoller(CrashFollower follower, History history, BooleanSupplier calm, BooleanSupplier ended, long seed) {
        this.follower = follower;
        this.user = follower.member().id();
        this.history = history;
        this.calm = calm;
        this.ended = ended;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (!ended.getAsBoolean()) {
            boolean isCalm = calm.getAsBoolean();
            Map<String, Long> acks = isCalm || random.nextBoolean() ? Map.of() : Map.copyOf(unacked);
            int timeout = isCalm ? LONGEST : TIMEOUTS.get(random.nextInt(TIMEOUTS.size()));
            if (poll(acks, timeout)) {
                acks.forEach(unacked::remove);
            } else {
                LockSupport.parkNanos(BEFORE_A_RETRY.toNanos());
            }
        }
    }

    /** Returns whether it was answered. */
    private boolean poll(Map<String, Long> acks, int timeout) {
        long begin = history.now();
        CrashHttp.Reply reply = follower.poll(acks, timeout);
        Span span = history.since(begin);
        if (!reply.isNotSent()) {
            acks.forEach((group, upto) -> history.add(
                    new Operation(Kind.ACK, user, group, upto, "", span, outcome(group, reply), Told.NOTHING)));
        }
        boolean isOk = reply.status() == 200;
        if (isOk) {
            PollAnswer.Kind kind = timeout == 0 ? PollAnswer.Kind.AT_ONCE : PollAnswer.Kind.WAITING;
            PollAnswer answer = Views.poll(user, follower.toString(), span, kind, reply.json());
            follower.take(answer, Views.next(reply));
            answer.messages().forEach(message -> unacked.put(message.group(), message.id()));
            answer.left().forEach(unacked::remove);
        }
        return isOk;
    }

    /** A group in {@code left} may have been left before its ack or after it. */
    private static Outcome outcome(String group, CrashHttp.Reply reply) {
        JsonNode left = reply.json().path("left");
        boolean isIn = ApiClient.texts(left).contains(group);
        return reply.status() == 200 && !isIn ? Outcome.OK : Outcome.UNKNOWN;
    }
}
