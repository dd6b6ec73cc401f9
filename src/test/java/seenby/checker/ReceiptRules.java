package seenby.checker;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Each recipient of a message is either a reader or has not read it, as its acks and its membership say. */
final class ReceiptRules {
    private final Facts facts;
    private final Consumer<String> complain;

    ReceiptRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        for (GroupView group : facts.groups()) {
            group.messages().forEach(message -> check(group, message));
        }
        facts.history().receipts().forEach(this::checkEarlier);
    }

    private void check(GroupView group, StoredMessage message) {
        ReceiptView receipts = Objects.requireNonNull(group.receipts().get(message.id()));
        checkCounts(receipts);
        ReceiptView.Counts listed = group.counts().get(message.id());
        if (!receipts.counts().equals(listed)) {
            complain.accept(
                    "%s %d has %s, and in the list %s".formatted(group.id(), message.id(), receipts.counts(), listed));
        }
        Set<String> named = new HashSet<>(receipts.readers().keySet());
        named.addAll(receipts.unreadMembers());
        for (String user : facts.rosters().users()) {
            if (!user.equals(message.sender())) {
                checkUser(receipts, user);
            } else if (named.contains(user)) {
                complain.accept("%s %d counts its sender %s".formatted(group.id(), message.id(), user));
            }
        }
    }

    private void checkCounts(ReceiptView view) {
        Collection<String> readers = view.readers().keySet();
        ReceiptView.Counts counts = view.counts();
        if (counts.recipients() != counts.read() + counts.unread()
                || counts.read() != readers.size()
                || counts.unread() != view.unreadMembers().size()
                || view.unreadMembers().stream().anyMatch(readers::contains)) {
            complain.accept("%s %d has %s, and lists %s and %s"
                    .formatted(view.group(), view.id(), counts, readers, view.unreadMembers()));
        }
    }

    private void checkUser(ReceiptView view, String user) {
        Rosters rosters = facts.rosters();
        Span sent = facts.sent(view.group(), view.id());
        Acks acks = facts.acks(user, view.group());
        boolean isReader = view.readers().containsKey(user);
        boolean isUnread = view.unreadMembers().contains(user);
        if (isReader && !acks.mayHaveAcked(view.id())) {
            complain(view, user, "is a reader, and never acked it");
        }
        if ((isReader || isUnread) && !rosters.mayOwe(user, view.group(), sent)) {
            complain(view, user, "is named, and owes nothing for it");
        }
        if (isUnread && rosters.hasStopped(user, view.group(), sent.end())) {
            complain(view, user, "has not read it, and owes nothing any more");
        }
        long acked = acks.answeredAt(view.id());
        if (!rosters.certainlyOwes(user, view.group(), sent)) {
            return;
        }
        if (acked < Long.MAX_VALUE && !isReader && !rosters.mayStop(user, view.group(), sent.begin(), acked)) {
            complain(view, user, "has acked it, and is no reader");
        }
        if (!isReader
                && !isUnread
                && !rosters.mayStop(
                        user, view.group(), sent.begin(), view.span().end())) {
            complain(view, user, "owes a receipt, and is not named");
        }
    }

    private void complain(ReceiptView view, String user, String what) {
        complain.accept("%s %d: %s %s".formatted(view.group(), view.id(), user, what));
    }

    /** Compares receipts that were answered during the run with those in the end. */
    private void checkEarlier(ReceiptView earlier) {
        checkCounts(earlier);
        ReceiptView last =
                Objects.requireNonNull(facts.group(earlier.group()).receipts().get(earlier.id()));
        earlier.readers().forEach((user, at) -> {
            if (!at.equals(last.readers().get(user))) {
                complain(
                        earlier,
                        user,
                        "was a reader at %s, and is one at %s"
                                .formatted(at, last.readers().get(user)));
            }
        });
        for (String user : last.readers().keySet()) {
            long acked = facts.acks(user, earlier.group()).answeredAt(earlier.id());
            if (acked < earlier.span().begin() && !earlier.readers().containsKey(user)) {
                complain(earlier, user, "had acked it, and was no reader at " + earlier.span());
            }
        }
        for (String user : last.unreadMembers()) {
            if (!earlier.unreadMembers().contains(user)) {
                complain(earlier, user, "has not read it, and was not named at " + earlier.span());
            }
        }
    }
}
