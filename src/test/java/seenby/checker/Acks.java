package seenby.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one user has acked in one group. */
final class Acks {
    private final Set<Long> attemptedOnes = new HashSet<>();
    private final Map<Long, Long> answeredOnes = new HashMap<>();

    /** For a cursor: the end of the first answered ack of it or a higher one. */
    private final TreeMap<Long, Long> answered = new TreeMap<>();

    private long attemptedUpto;

    Acks(List<Operation> acks) {
        acks.stream().filter(Operation::mayBeDone).forEach(this::add);
        long first = Long.MAX_VALUE;
        for (Map.Entry<Long, Long> ack : answered.descendingMap().entrySet()) {
            first = Math.min(first, ack.getValue());
            ack.setValue(first);
        }
    }

    private void add(Operation ack) {
        if (ack.is(Operation.Kind.ACK)) {
            attemptedUpto = Math.max(attemptedUpto, ack.id());
        } else {
            attemptedOnes.add(ack.id());
        }
        if (ack.isOk()) {
            Map<Long, Long> ends = ack.is(Operation.Kind.ACK) ? answered : answeredOnes;
            ends.merge(ack.id(), ack.span().end(), Math::min);
        }
    }

    /** The highest cursor that was asked for. */
    long attemptedUpto() {
        return attemptedUpto;
    }

    boolean mayHaveAcked(long id) {
        return id <= attemptedUpto || attemptedOnes.contains(id);
    }

    /** When the first ack of the message had been answered; never is the end of time. */
    long answeredAt(long id) {
        Map.Entry<Long, Long> above = answered.ceilingEntry(id);
        long cursor = above == null ? Long.MAX_VALUE : above.getValue();
        return Math.min(cursor, answeredOnes.getOrDefault(id, Long.MAX_VALUE));
    }
}
