package seenby.checker;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A cursor is where the acks say, and never goes back. */
final class CursorRules {
    private final Facts facts;
    private final Consumer<String> complain;

    CursorRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    /** What a cursor is at least, from some time on. */
    private record Floor(long from, long id) {}

    void check() {
        for (GroupView group : facts.groups()) {
            for (String user : facts.rosters().users()) {
                List<Operation> acks = facts.ackOperations(user, group.id()).stream()
                        .filter(ack -> ack.isOk() && ack.is(Operation.Kind.ACK))
                        .sorted(Comparator.comparingLong(ack -> ack.span().begin()))
                        .toList();
                checkAnswers(acks, floors(group, user, acks));
                checkEnd(group, user, acks);
            }
        }
    }

    /** A join moves the cursor to the last message, which is no step back either. */
    private List<Floor> floors(GroupView group, String user, List<Operation> acks) {
        Stream<Floor> acked = acks.stream()
                .map(ack -> new Floor(
                        ack.span().end(), Math.max(ack.id(), ack.told().number())));
        Stream<Floor> joined = facts.joins(user, group.id()).stream()
                .map(join -> new Floor(join.span().end(), joinedAfter(join)));
        return Stream.concat(acked, joined)
                .sorted(Comparator.comparingLong(Floor::from))
                .toList();
    }

    private long joinedAfter(Operation join) {
        return facts.lastBefore(join.group(), join.span().begin());
    }

    private void checkAnswers(List<Operation> acks, List<Floor> floors) {
        long floor = -1;
        int passed = 0;
        for (Operation ack : acks) {
            for (; floors.get(passed).from() < ack.span().begin(); passed++) {
                floor = Math.max(floor, floors.get(passed).id());
            }
            if (ack.told().number() >= 0) {
                checkAnswer(ack, floor);
            }
        }
    }

    private void checkAnswer(Operation ack, long floor) {
        long told = ack.told().number();
        long before = told - ack.told().moved();
        if (told < ack.id()) {
            complain.accept("%s acked %s up to %d at %s, and was told %d"
                    .formatted(ack.user(), ack.group(), ack.id(), ack.span(), told));
        } else if (told < floor) {
            complain.accept("the cursor of %s in %s went back from %d to %d at %s"
                    .formatted(ack.user(), ack.group(), floor, told, ack.span()));
        } else if (before < floor) {
            complain.accept("an ack moved the cursor of %s in %s from %d at %s, and it was %d"
                    .formatted(ack.user(), ack.group(), before, ack.span(), floor));
        }
    }

    private void checkEnd(GroupView group, String user, List<Operation> acks) {
        Long cursor = group.cursors().get(user);
        if (cursor == null) {
            return;
        }
        long answered = acks.stream().mapToLong(Operation::id).max().orElse(0);
        if (cursor < answered) {
            complain.accept(
                    "%s has acked %s up to %d, and its cursor is %d".formatted(user, group.id(), answered, cursor));
        }
        long joined = facts.joins(user, group.id()).stream()
                .mapToLong(this::joinedAfter)
                .max()
                .orElse(0);
        if (cursor < joined) {
            complain.accept(
                    "%s has joined %s after %d, and its cursor is %d".formatted(user, group.id(), joined, cursor));
        }
        long most = highest(group, user);
        if (cursor > most) {
            complain.accept("the cursor of %s in %s is %d, and nothing puts it beyond %d"
                    .formatted(user, group.id(), cursor, most));
        }
    }

    /** The highest cursor that acks, own messages or a join explain. */
    private long highest(GroupView group, String user) {
        long joined = facts.rosters().membership(user, group.id()).lastChangeBefore(Long.MAX_VALUE);
        long most = facts.acks(user, group.id()).attemptedUpto();
        for (StoredMessage message : group.messages()) {
            if (message.sender().equals(user)
                    || facts.sent(group.id(), message.id()).begin() <= joined) {
                most = Math.max(most, message.id());
            }
        }
        return most;
    }
}
