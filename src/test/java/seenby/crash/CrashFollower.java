package seenby.crash;

import static seenby.support.Eventually.eventually;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import seenby.checker.History;
import seenby.checker.PollAnswer;
import seenby.checker.Span;
import seenby.checker.StoredMessage;

/** A device that follows the updates of its user. It goes on where the last answer ended. */
final class CrashFollower {
    private static final int MOST_MESSAGES = 20;

    private final CrashMember member;
    private final String device;
    private final History history;
    private final Map<String, Long> delivered = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private String since = "";

    CrashFollower(CrashMember member, String device, History history) {
        this.member = member;
        this.device = device;
        this.history = history;
    }

    CrashMember member() {
        return member;
    }

    String since() {
        return since;
    }

    /** The last message that it got. */
    long delivered(String group) {
        return delivered.getOrDefault(group, 0L);
    }

    /** Whether it has heard that a reader has read a message. */
    boolean hasHeard(String group, String reader, long id) {
        return heard.getOrDefault(group + " " + reader, 0L) >= id;
    }

    /** The first poll, before anything is sent: from then on no message may be missing. */
    void begin() {
        eventually("a poll is answered", () -> poll(PollAnswer.Kind.AT_ONCE));
    }

    /** Polls until there is nothing more. The last poll has everything. */
    void finish() {
        String before = since + " ";
        while (!since.equals(before)) {
            before = since;
            begin();
        }
        eventually("a poll is answered", () -> poll(PollAnswer.Kind.LAST));
    }

    private boolean poll(PollAnswer.Kind kind) {
        long begin = history.now();
        CrashHttp.Reply reply = poll(Map.of(), 0);
        if (reply.status() == 200) {
            take(Views.poll(member.id(), device, history.since(begin), kind, reply.json()), Views.next(reply));
        }
        return reply.status() == 200;
    }

    /** Asks for what comes next, and does not take it yet. */
    CrashHttp.Reply poll(Map<String, Long> acks, int timeout) {
        Map<String, ?> body = Map.of("since", since, "ack", acks, "timeout", timeout, "limit", MOST_MESSAGES);
        CrashHttp.Reply reply = member.call("POST", "/v1/updates", body);
        if (reply.status() != 200 && !reply.isMissing()) {
            history.addUnexpected("%s: a poll was answered with %s".formatted(device, reply));
        }
        return reply;
    }

    void take(PollAnswer answer, String next) {
        history.add(answer);
        since = next;
        for (PollAnswer.Read read : answer.reads()) {
            heard.merge(read.group() + " " + read.reader(), read.upto(), Math::max);
        }
        for (StoredMessage message : answer.messages()) {
            delivered.merge(message.group(), message.id(), Math::max);
            member.delivered().merge(message.group(), message.id(), Math::max);
        }
    }

    /** One event of a stream, or a comment. */
    void takeEvent(String event, String data, Span span, String next) {
        take(Views.event(member.id(), device, span, event, data), next);
    }

    @Override
    public String toString() {
        return device;
    }
}
