package seenby.checker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Each message that was answered is there once, where the answer said, and all see the same order. */
final class MessageRules {
    private final Facts facts;
    private final Consumer<String> complain;

    MessageRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        facts.groups().forEach(this::check);
        facts.sends().values().forEach(attempts -> attempts.forEach(this::checkKept));
    }

    private void check(GroupView group) {
        Map<String, Long> ids = new HashMap<>();
        long newestBegin = 0;
        for (int i = 0; i < group.messages().size(); i++) {
            StoredMessage message = group.messages().get(i);
            if (message.id() != i + 1) {
                complain.accept("ids have a gap: %s comes at %d".formatted(message, i + 1));
                return;
            }
            Long before = ids.putIfAbsent(message.text(), message.id());
            if (before != null) {
                complain.accept("%s was stored before, as %d".formatted(message, before));
            }
            newestBegin = checkOrder(message, newestBegin);
        }
        group.histories().forEach((user, messages) -> checkSame(group, user, messages));
    }

    /** A message that was answered before another one was sent has the lower id. */
    private long checkOrder(StoredMessage message, long newestBegin) {
        List<Operation> attempts = facts.sends().getOrDefault(message.text(), List.of());
        if (attempts.stream().noneMatch(send -> isOf(send, message))) {
            complain.accept("%s was never sent by %s".formatted(message, message.sender()));
            return newestBegin;
        }
        if (SendTimes.end(attempts) < newestBegin) {
            complain.accept("%s was answered before a message with a lower id was sent".formatted(message));
        }
        long begin =
                attempts.stream().mapToLong(send -> send.span().begin()).min().orElse(0);
        return Math.max(newestBegin, begin);
    }

    private static boolean isOf(Operation send, StoredMessage message) {
        return send.user().equals(message.sender()) && send.group().equals(message.group());
    }

    private void checkSame(GroupView group, String user, List<StoredMessage> messages) {
        if (!messages.equals(group.messages())) {
            complain.accept("%s reads another history of %s".formatted(user, group.id()));
        }
    }

    private void checkKept(Operation send) {
        List<StoredMessage> messages = facts.group(send.group()).messages();
        long id = send.told().number();
        if (send.isOk()
                && (id > messages.size() || !messages.get((int) id - 1).text().equals(send.text()))) {
            complain.accept("%s %d \"%s\" was answered with %d at %s, and is not there"
                    .formatted(send.group(), id, send.text(), send.told().status(), send.span()));
        }
    }
}
