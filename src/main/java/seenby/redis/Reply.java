package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** The answer of a script after its {@code OK}: each call reads the next value, in the order that the header lists. */
public final class Reply {
    private final Iterator<?> values;

    private Reply(Iterator<?> values) {
        this.values = values;
    }

    /**
     * Reads {@code {'OK', …}}. Any other tag is the refusal of that name. An unknown tag, a missing value and a value
     * that the reader leaves are bugs.
     */
    public static <T> T read(Object answer, Function<Reply, T> reader) {
        Reply reply = new Reply(((List<?>) answer).iterator());
        String tag = reply.text();
        if (!tag.equals("OK")) {
            throw new Refused(Refusal.valueOf(tag));
        }
        T result = reader.apply(reply);
        if (reply.hasNext()) {
            throw new IllegalStateException("unread in a reply: " + reply.text());
        }
        return result;
    }

    /** Reads an answer that may be this refusal; empty where it is. */
    public static <T> Optional<T> readUnless(Refusal refusal, Object answer, Function<Reply, T> reader) {
        boolean refused = ((List<?>) answer).iterator().next().equals(refusal.name());
        return refused ? Optional.empty() : Optional.of(read(answer, reader));
    }

    public boolean hasNext() {
        return values.hasNext();
    }

    public String text() {
        return String.valueOf(values.next());
    }

    public long number() {
        return Long.parseLong(text());
    }

    /** Empty if the value is ''. */
    public Optional<Long> optionalNumber() {
        String text = text();
        return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
    }

    public boolean flag() {
        return number() == 1;
    }

    public Instant time() {
        return Instant.ofEpochMilli(number());
    }

    /** The items of a list within the answer. */
    public <T> List<T> list(Function<Reply, T> item) {
        return new Reply(((List<?>) values.next()).iterator()).rest(item);
    }

    /** All that follows, one item after another. */
    public <T> List<T> rest(Function<Reply, T> item) {
        List<T> items = new ArrayList<>();
        while (hasNext()) {
            items.add(item.apply(this));
        }
        return items;
    }
}
