package seenby.checker;

import java.util.concurrent.TimeUnit;

/**
 * One attempt of a client to change something. A retry is another operation.
 *
 * @param id the message that it acks, or 0
 * @param text the text that it sends, which no other message has, or ""
 */
public record Operation(
        Kind kind, String user, String group, long id, String text, Span span, Outcome outcome, Told told) {
    /**
     * A request whose client has given up may still wait in the server or in a Redis that is stopped. This is longer
     * than any fault lasts.
     */
    static final long GRACE = TimeUnit.SECONDS.toNanos(15);

    public enum Kind {
        SEND,
        ACK,
        ACK_ONE,
        JOIN,
        LEAVE,
        OPT_OUT,
        OPT_IN
    }

    /** What the client knows: it was done, it was not done, or nothing. */
    public enum Outcome {
        OK,
        REFUSED,
        UNKNOWN
    }

    /**
     * What the answer says.
     *
     * @param number the id of the message that was sent, or the cursor after an ack, or -1
     * @param recipients of the message that was sent, or -1
     * @param moved how far an ack has moved the cursor, or -1
     */
    public record Told(int status, long number, long recipients, long moved) {
        public static final Told NOTHING = new Told(0, -1, -1, -1);
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isOk() {
        return outcome == Outcome.OK;
    }

    /** Whether it may have changed something. */
    boolean mayBeDone() {
        return outcome != Outcome.REFUSED;
    }

    /** When it may have had its effect. */
    Span effect() {
        return isOk() ? span : new Span(span.begin(), span.end() + GRACE);
    }
}
