package seenby.checker;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who polls, or reads a stream, gets each message once, in order, without a gap, and soon. No fault makes a position
 * unknown.
 */
final class PollRules {
    /** How long an open poll may take to tell of a message, on a busy machine that has no fault. */
    static final long LATE = TimeUnit.SECONDS.toNanos(10);

    private final Facts facts;
    private final Consumer<String> complain;

    /** The last message that each device got in each group. Nothing where it was told that it has left. */
    private final Map<String, Long> positions = new HashMap<>();

    PollRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        facts.history().polls().stream()
                .map(PollAnswer::device)
                .distinct()
                .forEach(device -> facts.groups().forEach(group -> positions.put(key(device, group.id()), 0L)));
        facts.history().polls().stream()
                .sorted(Comparator.comparingLong(answer -> answer.span().end()))
                .forEach(this::check);
    }

    private static String key(String device, String group) {
        return device + " " + group;
    }

    private void check(PollAnswer answer) {
        facts.groups().forEach(group -> checkSoon(answer, group));
        answer.messages().forEach(message -> checkNext(answer, message));
        for (String group : answer.left()) {
            positions.remove(key(answer.device(), group));
            if (facts.rosters().certainlyMember(answer.user(), group, answer.span())) {
                complain.accept(
                        "%s was told at %s that it has left %s".formatted(answer.device(), answer.span(), group));
            }
        }
        if (!answer.resync().isEmpty()) {
            complain.accept(
                    "%s was told at %s to resync %s".formatted(answer.device(), answer.span(), answer.resync()));
        }
        if (answer.isLast()) {
            facts.groups().forEach(group -> checkComplete(answer, group));
        }
    }

    private void checkNext(PollAnswer answer, StoredMessage message) {
        List<StoredMessage> messages = facts.group(message.group()).messages();
        String got = "%s got %s at %s".formatted(answer.device(), message, answer.span());
        if (message.id() > messages.size()
                || !messages.get((int) message.id() - 1).equals(message)) {
            complain.accept(got + ", and it is not there");
            return;
        }
        Long position = positions.put(key(answer.device(), message.group()), message.id());
        if (position == null) {
            checkFirst(answer, message, got);
        } else if (message.id() <= position) {
            complain.accept(got + " again");
        } else if (message.id() > position + 1) {
            complain.accept(got + " after %d".formatted(position));
        }
    }

    /** After a join, it begins with the first message from then on. */
    private void checkFirst(PollAnswer answer, StoredMessage message, String got) {
        long before = message.id() - 1;
        if (before > 0 && isMemberSince(answer, message.group(), before)) {
            complain.accept(got + ", and not %d".formatted(before));
        }
    }

    private boolean isMemberSince(PollAnswer answer, String group, long id) {
        Span since = new Span(facts.sent(group, id).begin(), answer.span().end());
        return facts.rosters().certainlyMember(answer.user(), group, since);
    }

    /** A poll was open, and a message stood there, and it was not told. */
    private void checkSoon(PollAnswer answer, GroupView group) {
        Long position = positions.get(key(answer.device(), group.id()));
        if (position == null || position >= group.messages().size()) {
            return;
        }
        long stored = facts.sent(group.id(), position + 1).end();
        long from = Math.max(stored, answer.span().begin());
        long end = answer.span().end();
        if (end - from > LATE
                && stored < end
                && facts.rosters().certainlyMember(answer.user(), group.id(), answer.span())
                && facts.history().isCalm(from, end)) {
            complain.accept("%s was not told of %s %d in its poll of %s"
                    .formatted(answer.device(), group.id(), position + 1, answer.span()));
        }
    }

    private void checkComplete(PollAnswer answer, GroupView group) {
        Long position = positions.get(key(answer.device(), group.id()));
        long last = group.messages().size();
        if (last > 0 && (position == null || position < last) && isMemberSince(answer, group.id(), last)) {
            complain.accept("%s never got %s %d".formatted(answer.device(), group.id(), last));
        }
    }
}
