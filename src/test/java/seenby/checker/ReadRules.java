package seenby.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Who polls, or reads a stream, hears of every read that concerns it, at least once and soon, and of no other. */
final class ReadRules {
    private final Facts facts;
    private final Consumer<String> complain;

    /** What each device has heard of each reader in each group. */
    private final Map<String, BitSet> heard = new HashMap<>();

    ReadRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        facts.history().polls().stream()
                .sorted(Comparator.comparingLong(answer -> answer.span().end()))
                .forEach(this::check);
    }

    private void check(PollAnswer answer) {
        Span open = answer.span();
        if (open.end() - open.begin() > PollRules.LATE) {
            missing(answer, (message, reader) -> wasLate(answer, message, reader))
                    .forEach(read -> complain.accept(
                            "%s was not told in its poll of %s that %s".formatted(answer.device(), open, read)));
        }
        answer.reads().forEach(read -> add(answer, read));
        if (answer.isLast()) {
            missing(answer, (message, reader) -> true)
                    .forEach(read -> complain.accept("%s never heard that %s".formatted(answer.device(), read)));
        }
    }

    /** The reads that concern a device, and that it has not heard of. */
    private List<String> missing(PollAnswer answer, BiPredicate<StoredMessage, String> counts) {
        List<String> missing = new ArrayList<>();
        for (GroupView group : facts.groups()) {
            for (StoredMessage message : group.messages()) {
                if (concerns(answer, group, message)) {
                    Objects.requireNonNull(group.receipts().get(message.id())).readers().keySet().stream()
                            .filter(reader -> !reader.equals(answer.user()))
                            .filter(reader -> !hasHeard(answer.device(), message, reader))
                            .filter(reader -> counts.test(message, reader))
                            .forEach(reader -> missing.add("%s read %s".formatted(reader, message)));
                }
            }
        }
        return missing;
    }

    /** Whether the read was answered, and the poll was open for long after that. */
    private boolean wasLate(PollAnswer answer, StoredMessage message, String reader) {
        long acked = facts.acks(reader, message.group()).answeredAt(message.id());
        long from = Math.max(acked, answer.span().begin());
        long end = answer.span().end();
        return from < end && end - from > PollRules.LATE && facts.history().isCalm(from, end);
    }

    private static String key(String device, String group, String reader) {
        return device + " " + group + " " + reader;
    }

    private void add(PollAnswer answer, PollAnswer.Read read) {
        heard.computeIfAbsent(key(answer.device(), read.group(), read.reader()), it -> new BitSet())
                .set((int) read.from(), (int) read.upto() + 1);
        if (!facts.acks(read.reader(), read.group()).mayHaveAcked(read.upto())) {
            complain(answer, read, "it never acked that");
        }
        GroupView group = facts.group(read.group());
        if (!group.isOpen() && !sentAny(answer.user(), group, read)) {
            complain(answer, read, "%s sent none of them".formatted(answer.user()));
        }
    }

    private void complain(PollAnswer answer, PollAnswer.Read read, String why) {
        complain.accept("%s heard at %s that %s read %s %d to %d, and %s"
                .formatted(answer.device(), answer.span(), read.reader(), read.group(), read.from(), read.upto(), why));
    }

    private static boolean sentAny(String user, GroupView group, PollAnswer.Read read) {
        return group.messages().subList((int) read.from() - 1, (int) read.upto()).stream()
                .anyMatch(message -> message.sender().equals(user));
    }

    private boolean concerns(PollAnswer answer, GroupView group, StoredMessage message) {
        Span since = new Span(
                facts.sent(group.id(), message.id()).begin(), answer.span().end());
        return (group.isOpen() || message.sender().equals(answer.user()))
                && facts.rosters().certainlyMember(answer.user(), group.id(), since);
    }

    private boolean hasHeard(String device, StoredMessage message, String reader) {
        return heard.getOrDefault(key(device, message.group(), reader), new BitSet())
                .get((int) message.id());
    }
}
