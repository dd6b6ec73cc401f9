package seenby.checker;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A record and the state in the end, in the order in which the rules look at them. */
final class Facts {
    private static final Set<Operation.Kind> ACKS = EnumSet.of(Operation.Kind.ACK, Operation.Kind.ACK_ONE);

    private static final int CREATED = 201;

    private final History history;
    private final Map<String, GroupView> groups = new HashMap<>();
    private final Map<String, SendTimes> times = new HashMap<>();
    private final Map<String, List<Operation>> sends;
    private final Map<String, List<Operation>> ackOperations;
    private final Map<String, List<Operation>> joins;
    private final Map<String, Acks> acks = new HashMap<>();
    private final Rosters rosters;

    Facts(History history, List<GroupView> views) {
        this.history = history;
        List<Operation> operations = history.operations();
        sends = operations.stream()
                .filter(operation -> operation.is(Operation.Kind.SEND) && operation.mayBeDone())
                .collect(Collectors.groupingBy(Operation::text));
        ackOperations = operations.stream()
                .filter(operation -> ACKS.contains(operation.kind()))
                .collect(Collectors.groupingBy(ack -> key(ack.user(), ack.group())));
        joins = operations.stream()
                .filter(operation ->
                        operation.is(Operation.Kind.JOIN) && operation.told().status() == CREATED)
                .collect(Collectors.groupingBy(join -> key(join.user(), join.group())));
        ackOperations.forEach((key, all) -> acks.put(key, new Acks(all)));
        rosters = new Rosters(history);
        for (GroupView view : views) {
            groups.put(view.id(), view);
            times.put(view.id(), new SendTimes(view.messages(), sends));
        }
    }

    private static String key(String user, String group) {
        return user + " " + group;
    }

    History history() {
        return history;
    }

    Rosters rosters() {
        return rosters;
    }

    Iterable<GroupView> groups() {
        return groups.values();
    }

    GroupView group(String id) {
        return Objects.requireNonNull(groups.get(id), id);
    }

    /** When a message was stored. */
    Span sent(String group, long id) {
        return Objects.requireNonNull(times.get(group), group).of(id);
    }

    /** The last message that was certainly stored before, or 0. */
    long lastBefore(String group, long time) {
        return Objects.requireNonNull(times.get(group), group).lastBefore(time);
    }

    /** The answers by which users became members. */
    List<Operation> joins(String user, String group) {
        return joins.getOrDefault(key(user, group), List.of());
    }

    /** The attempts to send each text. */
    Map<String, List<Operation>> sends() {
        return sends;
    }

    Acks acks(String user, String group) {
        return acks.getOrDefault(key(user, group), new Acks(List.of()));
    }

    List<Operation> ackOperations(String user, String group) {
        return ackOperations.getOrDefault(key(user, group), List.of());
    }
}
