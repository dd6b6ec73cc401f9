package seenby.refusal;

import java.time.Duration;
import java.util.Optional;

/** Thrown to refuse a request. Only the code that writes the answer catches it. */
public final class Refused extends RuntimeException {
    private final Refusal refusal;
    private final Optional<String> field;
    private final Optional<String> detail;
    private final Optional<Duration> retryAfter;
    private final Optional<Long> limit;

    /** Refuses with the default text of the refusal. */
    public Refused(Refusal refusal) {
        this(refusal, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Refuses with a text that says what to do. */
    public Refused(Refusal refusal, String detail) {
        this(refusal, Optional.empty(), Optional.of(detail), Optional.empty(), Optional.empty());
    }

    private Refused(
            Refusal refusal,
            Optional<String> field,
            Optional<String> detail,
            Optional<Duration> retryAfter,
            Optional<Long> limit) {
        super(detail.orElse(refusal.name()), null, false, false);
        this.refusal = refusal;
        this.field = field;
        this.detail = detail;
        this.retryAfter = retryAfter;
        this.limit = limit;
    }

    /** Refuses a value by the name of its field or parameter. */
    public static Refused invalid(String field, String detail) {
        return new Refused(
                Refusal.INVALID, Optional.of(field), Optional.of(detail), Optional.empty(), Optional.empty());
    }

    /** Refuses what has more bytes than this. */
    public static Refused tooLarge(long limit, String detail) {
        return new Refused(
                Refusal.TOO_LARGE, Optional.empty(), Optional.of(detail), Optional.empty(), Optional.of(limit));
    }

    /** Refuses until some time has passed. */
    public static Refused tooSoon(Refusal refusal, Duration retryAfter) {
        return new Refused(refusal, Optional.empty(), Optional.empty(), Optional.of(retryAfter), Optional.empty());
    }

    /** The same refusal of a part, which has this place in the request. */
    public Refused within(String place) {
        return new Refused(
                refusal,
                Optional.of(field.map(name -> place + "." + name).orElse(place)),
                detail.map(text -> "In '" + place + "': " + text),
                retryAfter,
                limit);
    }

    public Refusal refusal() {
        return refusal;
    }

    public Optional<String> field() {
        return field;
    }

    public Optional<String> detail() {
        return detail;
    }

    /** How long to wait before a retry; empty if a retry does not help, or the time is unknown. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** How many bytes are accepted; empty where the size is not the reason. */
    public Optional<Long> limit() {
        return limit;
    }
}
