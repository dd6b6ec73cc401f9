package seenby.crash;

import static seenby.support.Eventually.eventually;

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
import seenby.checker.StoredMessage;
import seenby.support.ApiClient;

/** A user's second device. It polls from where the last answer ended, and acks with its polls. */
final class CrashPoller implements Runnable {
    private static final int LONGEST = 20;
    private static final List<Integer> TIMEOUTS = List.of(0, 1, LONGEST, LONGEST);
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(60);

    private final CrashMember member;
    private final History history;
    private final BooleanSupplier calm;
    private final BooleanSupplier ended;
    private final Random random;

    /** What the last answer brought, and is not acked. */
    private final Map<String, Long> unacked = new HashMap<>();

    private String since = "";

    /** @param calm whether it only waits for messages, and acks none */
    CrashPoller(CrashMember member, History history, BooleanSupplier calm, BooleanSupplier ended, long seed) {
        this.member = member;
        this.history = history;
        this.calm = calm;
        this.ended = ended;
        this.random = new Random(seed);
    }

    /** The first poll, before anything is sent: from then on no message may be missing. */
    void begin() {
        poll(Map.of(), 0, false);
    }

    @Override
    public void run() {
        while (!ended.getAsBoolean()) {
            boolean isCalm = calm.getAsBoolean();
            Map<String, Long> acks = isCalm || random.nextBoolean() ? Map.of() : Map.copyOf(unacked);
            int timeout = isCalm ? LONGEST : TIMEOUTS.get(random.nextInt(TIMEOUTS.size()));
            if (poll(acks, timeout, false)) {
                acks.forEach(unacked::remove);
            } else {
                LockSupport.parkNanos(BEFORE_A_RETRY.toNanos());
            }
        }
    }

    /** Polls until there is nothing more, and reads have been told too. */
    void finish() {
        String before = since + " ";
        while (!since.equals(before)) {
            before = since;
            eventually("a poll is answered", () -> poll(Map.of(), 0, false));
        }
        eventually("a poll is answered", () -> poll(Map.of(), 0, true));
    }

    /** Returns whether it was answered. */
    private boolean poll(Map<String, Long> acks, int timeout, boolean isLast) {
        long begin = history.now();
        CrashHttp.Reply reply = member.call("POST", "/v1/updates", body(acks, timeout));
        boolean isOk = reply.status() == 200;
        if (!reply.isNotSent()) {
            record(acks, begin, reply);
        }
        if (isOk) {
            take(Views.poll(member.id(), history.since(begin), isLast, reply.json()));
            since = reply.json().get("next").asText();
        } else if (!reply.isMissing()) {
            history.addUnexpected("%s: a poll was answered with %s".formatted(member.id(), reply));
        }
        return isOk;
    }

    private Map<String, ?> body(Map<String, Long> acks, int timeout) {
        return Map.of("since", since, "ack", acks, "timeout", timeout, "limit", 1 + random.nextInt(50));
    }

    private void take(PollAnswer answer) {
        history.add(answer);
        for (StoredMessage message : answer.messages()) {
            member.delivered().merge(message.group(), message.id(), Math::max);
            unacked.put(message.group(), message.id());
        }
        answer.left().forEach(unacked::remove);
    }

    private void record(Map<String, Long> acks, long begin, CrashHttp.Reply reply) {
        Span span = history.since(begin);
        acks.forEach((group, upto) -> history.add(
                new Operation(Kind.ACK, member.id(), group, upto, "", span, outcome(group, reply), Told.NOTHING)));
    }

    /** A group in {@code left} may have been left before its ack or after it. */
    private static Outcome outcome(String group, CrashHttp.Reply reply) {
        JsonNode left = reply.json().path("left");
        boolean isIn = ApiClient.texts(left).contains(group);
        return reply.status() == 200 && !isIn ? Outcome.OK : Outcome.UNKNOWN;
    }
}
