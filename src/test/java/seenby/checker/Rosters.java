package seenby.checker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who was a member and who owed receipts, as far as the answers tell. */
final class Rosters {
    private static final String ALL = "";

    private final List<String> users;
    private final Map<String, Timeline> members;
    private final Map<String, Timeline> choices;

    Rosters(History history) {
        users = history.users();
        members = timelines(history, Operation.Kind.JOIN, Operation.Kind.LEAVE);
        choices = timelines(history, Operation.Kind.OPT_IN, Operation.Kind.OPT_OUT);
    }

    private static Map<String, Timeline> timelines(History history, Operation.Kind on, Operation.Kind off) {
        Predicate<Operation> toTrue = operation -> operation.is(on);
        Map<String, List<Operation>> byKey = history.operations().stream()
                .filter(toTrue.or(operation -> operation.is(off)))
                .collect(Collectors.groupingBy(operation -> key(operation.user(), operation.group())));
        Map<String, Timeline> timelines = new HashMap<>();
        byKey.forEach((key, changes) -> timelines.put(key, new Timeline(changes, toTrue)));
        return timelines;
    }

    private static String key(String user, String group) {
        return user + " " + group;
    }

    List<String> users() {
        return users;
    }

    Timeline membership(String user, String group) {
        return members.getOrDefault(key(user, group), new Timeline(List.of(), it -> true));
    }

    private Timeline choice(String user) {
        return choices.getOrDefault(key(user, ALL), new Timeline(List.of(), it -> true));
    }

    boolean certainlyMember(String user, String group, Span span) {
        return membership(user, group).certainly(true, span.begin(), span.end());
    }

    boolean certainlyNoMember(String user, String group, Span span) {
        return membership(user, group).certainly(false, span.begin(), span.end());
    }

    /** Whether a message that was sent in this time counts the user in any case. */
    boolean certainlyOwes(String user, String group, Span sent) {
        return certainlyMember(user, group, sent) && choice(user).certainly(true, sent.begin(), sent.end());
    }

    /** Whether a message that was sent in this time may count the user. */
    boolean mayOwe(String user, String group, Span sent) {
        return !certainlyNoMember(user, group, sent) && !choice(user).certainly(false, sent.begin(), sent.end());
    }

    /** Whether the user may have left, or opted out, in this time. */
    boolean mayStop(String user, String group, long from, long to) {
        return membership(user, group).mayBecome(false, from, to)
                || choice(user).mayBecome(false, from, to);
    }

    /** Whether the user has certainly left, or opted out, after this time. */
    boolean hasStopped(String user, String group, long after) {
        return membership(user, group).endedAfter(after) || choice(user).endedAfter(after);
    }
}
