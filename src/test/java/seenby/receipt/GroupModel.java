package seenby.receipt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A simple model of a group as the contract describes it, which stores the receipts of each message explicitly. */
final class GroupModel {
    /** A message with its receipts: who owes one and who has read it. */
    static final class Sent {
        final String sender;
        final boolean kept;
        final long hidden;
        final Set<String> unread;
        final Set<String> readers = new TreeSet<>();
        final Map<String, String> readAt = new HashMap<>();
        private boolean archived;

        Sent(String sender, boolean kept, long hidden, Set<String> unread) {
            this.sender = sender;
            this.kept = kept;
            this.hidden = hidden;
            this.unread = unread;
        }

        private void read(String user) {
            if (!archived && unread.remove(user)) {
                readers.add(user);
            }
        }

        long recipients() {
            return (long) unread.size() + readers.size();
        }
    }

    final String owner;
    final Map<String, Long> cursors = new TreeMap<>();
    final List<Sent> messages = new ArrayList<>();
    String policy = "sender";

    GroupModel(String owner) {
        this.owner = owner;
        join(owner);
    }

    long lastId() {
        return messages.size();
    }

    Sent message(long id) {
        return messages.get((int) id - 1);
    }

    boolean isMember(String user) {
        return cursors.containsKey(user);
    }

    long cursor(String user) {
        return Objects.requireNonNull(cursors.get(user), user);
    }

    void join(String user) {
        cursors.putIfAbsent(user, lastId());
    }

    void leave(String user) {
        cursors.remove(user);
        stopOwing(user);
    }

    void stopOwing(String user) {
        messages.stream().filter(message -> !message.archived).forEach(message -> message.unread.remove(user));
    }

    /** Archives all receipts; they can no longer change. */
    void sweep() {
        messages.forEach(message -> message.archived = true);
    }

    Sent send(String sender, Set<String> optedOut) {
        boolean kept = !policy.equals("off");
        Set<String> recipients = cursors.keySet().stream()
                .filter(member -> kept && !member.equals(sender) && !optedOut.contains(member))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean caughtUp = cursor(sender) == lastId();
        long hidden = cursors.keySet().stream()
                .filter(member -> kept && !member.equals(sender) && optedOut.contains(member))
                .count();
        Sent sent = new Sent(sender, kept, hidden, recipients);
        messages.add(sent);
        if (caughtUp) {
            cursors.put(sender, lastId());
        }
        return sent;
    }

    /** Returns how far the cursor moved. */
    long ack(String user, long upto) {
        long before = cursor(user);
        for (long id = before + 1; id <= upto; id++) {
            message(id).read(user);
        }
        cursors.put(user, Math.max(before, upto));
        return cursor(user) - before;
    }

    void ackOne(String user, long id) {
        message(id).read(user);
    }

    boolean maySee(String viewer, Sent message) {
        return message.kept && (message.sender.equals(viewer) || policy.equals("members"));
    }

    /** The counts that a member sees, each as "id recipients hidden read unread". */
    List<String> counts(String viewer) {
        List<String> counts = new ArrayList<>();
        for (long id = 1; id <= lastId(); id++) {
            Sent sent = message(id);
            if (maySee(viewer, sent)) {
                counts.add("%d %d %d %d %d"
                        .formatted(id, sent.recipients(), sent.hidden, sent.readers.size(), sent.unread.size()));
            }
        }
        return counts;
    }
}
