package seenby.redis;

import java.time.Instant;
import java.util.List;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** What a script answered after its {@code OK}, typed where it is read. */
final class Reply {
    private final List<?> values;

    private Reply(List<?> values) {
        this.values = values;
    }

    /** Decodes {@code {'OK', …}}; any other tag is the refusal of that name, and an unknown one a fault of ours. */
    static Reply of(Object answer) {
        List<?> values = (List<?>) answer;
        String tag = (String) values.get(0);
        if (!tag.equals("OK")) {
            throw new Refused(Refusal.valueOf(tag));
        }
        return new Reply(values.subList(1, values.size()));
    }

    /** Whether the answer to a look is that there is no such group. */
    static boolean isNoGroup(Object answer) {
        return ((List<?>) answer).get(0).equals(Refusal.NO_GROUP.name());
    }

    int size() {
        return values.size();
    }

    String text(int index) {
        return String.valueOf(values.get(index));
    }

    long number(int index) {
        return values.get(index) instanceof Long number ? number : Long.parseLong(text(index));
    }

    boolean flag(int index) {
        return number(index) == 1;
    }

    Instant time(int index) {
        return Instant.ofEpochMilli(number(index));
    }

    /** A list within the answer. */
    List<String> texts(int index) {
        return ((List<?>) values.get(index)).stream().map(String::valueOf).toList();
    }

    /** All values from an index on. */
    List<String> textsFrom(int index) {
        return values.subList(index, values.size()).stream()
                .map(String::valueOf)
                .toList();
    }
}
