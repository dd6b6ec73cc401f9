package seenby.checker;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** Members are not refused, others are, and a send tells how many owe a receipt. */
final class AnswerRules {
    private static final int CREATED = 201;

    private final Facts facts;
    private final Consumer<String> complain;

    AnswerRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        facts.history().operations().forEach(this::check);
    }

    private void check(Operation operation) {
        switch (operation.kind()) {
            case SEND, ACK, ACK_ONE -> checkMember(operation);
            default -> {}
        }
        if (operation.is(Operation.Kind.SEND) && operation.told().status() == CREATED) {
            checkRecipients(operation);
        }
    }

    private void checkMember(Operation operation) {
        Rosters rosters = facts.rosters();
        if (operation.isOk() && rosters.certainlyNoMember(operation.user(), operation.group(), operation.span())) {
            complain.accept("%s is no member of %s, and its %s was answered with %d at %s".formatted(words(operation)));
        }
        if (operation.outcome() == Operation.Outcome.REFUSED
                && rosters.certainlyMember(operation.user(), operation.group(), operation.span())) {
            complain.accept("%s is a member of %s, and its %s was refused with %d at %s".formatted(words(operation)));
        }
    }

    private static Object[] words(Operation operation) {
        return new Object[] {
            operation.user(),
            operation.group(),
            operation.kind(),
            operation.told().status(),
            operation.span()
        };
    }

    private void checkRecipients(Operation send) {
        long told = send.told().recipients();
        Span sent = facts.sent(send.group(), send.told().number());
        long least = count(send, user -> facts.rosters().certainlyOwes(user, send.group(), sent));
        long most = count(send, user -> facts.rosters().mayOwe(user, send.group(), sent));
        if (told < least || told > most) {
            complain.accept("%s %d has %d recipients, not %d to %d"
                    .formatted(send.group(), send.told().number(), told, least, most));
        }
    }

    private long count(Operation send, Predicate<String> counts) {
        return facts.rosters().users().stream()
                .filter(user -> !user.equals(send.user()))
                .filter(counts)
                .count();
    }
}
