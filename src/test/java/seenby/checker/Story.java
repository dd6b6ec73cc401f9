package seenby.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import seenby.checker.Operation.Kind;
import seenby.checker.Operation.Outcome;
import seenby.checker.Operation.Told;

/** A record made by hand, of ann, bob and cem in one group. Each thing takes a millisecond, ten after the last. */
final class Story {
    static final String GROUP = "ops";

    private static final String AT = "ten";
    private static final List<String> USERS = List.of("ann", "bob", "cem");
    private static final long OTHERS = 2;
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    final List<StoredMessage> messages = new ArrayList<>();
    final Map<String, List<StoredMessage>> histories = new HashMap<>();
    final Map<String, Long> cursors = new HashMap<>();
    private final Map<Long, Map<String, String>> readers = new TreeMap<>();
    private final Map<Long, Set<String>> unread = new TreeMap<>();
    private final Map<Long, ReceiptView.Counts> listed = new HashMap<>();
    private final History history = new History(USERS);
    private long time;

    private Span next() {
        time += STEP;
        return new Span(time, time + MILLISECOND);
    }

    Story waits(long seconds) {
        time += TimeUnit.SECONDS.toNanos(seconds);
        return this;
    }

    private void did(Kind kind, String user, long id, String text, Outcome outcome, Told told) {
        String group = kind == Kind.OPT_IN || kind == Kind.OPT_OUT ? "" : GROUP;
        history.add(new Operation(kind, user, group, id, text, next(), outcome, told));
    }

    /** An answered send, whose message is not stored. */
    Story answered(String user, long id, String text) {
        did(Kind.SEND, user, 0, text, Outcome.OK, new Told(201, id, OTHERS, -1));
        return this;
    }

    /** A send without an answer, whose message is not stored. */
    Story triedToSend(String user, String text) {
        did(Kind.SEND, user, 0, text, Outcome.UNKNOWN, Told.NOTHING);
        return this;
    }

    Story refused(Kind kind, String user) {
        did(kind, user, 1, "refused", Outcome.REFUSED, new Told(404, -1, -1, -1));
        return this;
    }

    /** A message that is there, and that all others owe a receipt. */
    Story stored(String user, String text) {
        long id = messages.size() + 1L;
        messages.add(new StoredMessage(GROUP, id, user, text));
        readers.put(id, new TreeMap<>());
        unread.put(id, new TreeSet<>(USERS));
        unread(id).remove(user);
        return this;
    }

    Story sent(String user, String text) {
        stored(user, text);
        return answered(user, messages.size(), text);
    }

    Story acked(String user, long upto) {
        return acked(user, upto, upto);
    }

    Story acked(String user, long upto, long told) {
        return acked(user, upto, told, Math.max(0, told - cursors.getOrDefault(user, 0L)));
    }

    Story acked(String user, long upto, long told, long moved) {
        did(Kind.ACK, user, upto, "", Outcome.OK, new Told(200, told, -1, moved));
        for (long id = 1; id <= upto; id++) {
            if (unread(id).remove(user)) {
                reads(id).put(user, AT);
            }
        }
        cursors.put(user, told);
        return this;
    }

    /** A user who owes nothing leaves, and is a member again, with its cursor at the last message. */
    Story rejoined(String user) {
        unread.values().forEach(owed -> owed.remove(user));
        did(Kind.LEAVE, user, Outcome.OK);
        did(Kind.JOIN, user, 0, "", Outcome.OK, new Told(201, -1, -1, -1));
        cursors.put(user, (long) messages.size());
        return this;
    }

    /** An operation without a message. */
    Story did(Kind kind, String user, Outcome outcome) {
        did(kind, user, 0, "", outcome, Told.NOTHING);
        return this;
    }

    Map<String, String> reads(long id) {
        return readers.getOrDefault(id, Map.of());
    }

    Set<String> unread(long id) {
        return unread.getOrDefault(id, Set.of());
    }

    Story polled(String user, Long... ids) {
        return polled(user, next(), List.of(), PollAnswer.Kind.WAITING, ids);
    }

    Story polledAtOnce(String user) {
        return polled(user, next(), List.of(), PollAnswer.Kind.AT_ONCE);
    }

    /** A poll that was open for some time. */
    Story polledFor(String user, long seconds, Long... ids) {
        long begin = time;
        waits(seconds);
        return polled(user, new Span(begin, time), List.of(), PollAnswer.Kind.WAITING, ids);
    }

    private Story polled(String user, Span span, List<PollAnswer.Read> reads, PollAnswer.Kind kind, Long... ids) {
        List<StoredMessage> got =
                List.of(ids).stream().map(id -> messages.get((int) (id - 1))).toList();
        history.add(new PollAnswer(user, user, span, got, reads, Set.of(), Set.of(), kind));
        return this;
    }

    Story heard(String user, String reader, long from, long upto) {
        return polled(user, next(), List.of(new PollAnswer.Read(GROUP, reader, from, upto)), PollAnswer.Kind.WAITING);
    }

    Story resynced(String user, Set<String> left, Set<String> resync) {
        history.add(new PollAnswer(user, user, next(), List.of(), List.of(), left, resync, PollAnswer.Kind.WAITING));
        return this;
    }

    /** Receipts that the server has answered. */
    Story looked(long id, Map<String, String> read, Set<String> owed, ReceiptView.Counts counts) {
        history.add(new ReceiptView(GROUP, id, next(), read, new TreeSet<>(owed), counts));
        return this;
    }

    private ReceiptView view(long id) {
        return new ReceiptView(GROUP, id, next(), new TreeMap<>(reads(id)), new TreeSet<>(unread(id)), counts(id));
    }

    ReceiptView.Counts counts(long id) {
        long read = reads(id).size();
        long owed = unread(id).size();
        return new ReceiptView.Counts(read + owed, read, owed);
    }

    /** What the list of all messages says of one. */
    Story listed(long id, ReceiptView.Counts counts) {
        listed.put(id, counts);
        return this;
    }

    /** All poll for the last time, and the checker looks. */
    List<String> violations() {
        USERS.forEach(user -> polled(user, next(), List.of(), PollAnswer.Kind.LAST));
        Map<Long, ReceiptView> receipts = new HashMap<>();
        for (StoredMessage message : messages) {
            receipts.put(message.id(), view(message.id()));
            listed.putIfAbsent(message.id(), counts(message.id()));
        }
        return Checker.violations(
                history, List.of(new GroupView(GROUP, true, messages, histories, receipts, listed, cursors)));
    }
}
