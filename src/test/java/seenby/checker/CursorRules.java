package seenby.checker;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A cursor is where the acks say, and never goes back. */
final class CursorRules {
    private final Facts facts;
    private final Consumer<String> complain;

    CursorRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        for (GroupView group : facts.groups()) {
            for (String user : facts.rosters().users()) {
                List<Operation> acks = facts.ackOperations(user, group.id()).stream()
                        .filter(ack -> ack.isOk() && ack.is(Operation.Kind.ACK))
                        .sorted(Comparator.comparingLong(ack -> ack.span().begin()))
                        .toList();
                checkAnswers(acks);
                checkEnd(group, user, acks);
            }
        }
    }

    /** A join moves the cursor to the last message, which is no step back either. */
    private void checkAnswers(List<Operation> acks) {
        List<Operation> byEnd = acks.stream()
                .sorted(Comparator.comparingLong(ack -> ack.span().end()))
                .toList();
        long highest = -1;
        int ended = 0;
        for (Operation ack : acks) {
            for (; byEnd.get(ended).span().end() < ack.span().begin(); ended++) {
                highest = Math.max(highest, byEnd.get(ended).told().number());
            }
            long told = ack.told().number();
            boolean isTold = told >= 0;
            if (isTold && told < ack.id()) {
                complain.accept("%s acked %s up to %d at %s, and was told %d"
                        .formatted(ack.user(), ack.group(), ack.id(), ack.span(), told));
            } else if (isTold && told < highest) {
                complain.accept("the cursor of %s in %s went back from %d to %d at %s"
                        .formatted(ack.user(), ack.group(), highest, told, ack.span()));
            }
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
