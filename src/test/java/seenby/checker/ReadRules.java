package seenby.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Who polls, or reads a stream, hears of every read that concerns it, at least once and soon, and of no other. */
final class ReadRules {
    private final Facts facts;
    private final Consumer<String> complain;

    /** What each device has heard of each reader in each group. */
    private final Map<String, BitSet> heard = new HashMap<>();

    /** All reads whose acks were answered, in this order. */
    private final List<AnsweredRead> answered = new ArrayList<>();

    /** Of how many of them, the first ones, each device had to be told. */
    private final Map<String, Integer> due = new HashMap<>();

    private record AnsweredRead(GroupView group, StoredMessage message, String reader, long answer) {}

    ReadRules(Facts facts, Consumer<String> complain) {
        this.facts = facts;
        this.complain = complain;
    }

    void check() {
        facts.groups().forEach(group -> group.messages().forEach(message -> addReads(group, message)));
        answered.sort(Comparator.comparingLong(AnsweredRead::answer));
        facts.history().polls().stream()
                .sorted(Comparator.comparingLong(answer -> answer.span().end()))
                .forEach(this::check);
    }

    private void addReads(GroupView group, StoredMessage message) {
        for (String reader : readers(group, message)) {
            long answer = facts.acks(reader, group.id()).answeredAt(message.id());
            answered.add(new AnsweredRead(group, message, reader, answer));
        }
    }

    private static Set<String> readers(GroupView group, StoredMessage message) {
        return Objects.requireNonNull(group.receipts().get(message.id()))
                .readers()
                .keySet();
    }

    private void check(PollAnswer answer) {
        Span open = answer.span();
        if (open.end() - open.begin() > PollRules.LATE) {
            missing(answer, (message, reader) -> wasLate(answer, message, reader))
                    .forEach(read -> complain.accept(
                            "%s was not told in its poll of %s that %s".formatted(answer.device(), open, read)));
        }
        answer.reads().forEach(read -> add(answer, read));
        checkAll(answer);
        if (answer.isLast()) {
            missing(answer, (message, reader) -> true)
                    .forEach(read -> complain.accept("%s never heard that %s".formatted(answer.device(), read)));
        }
    }

    /** An answer that has messages, or is given at once, has the reads before it too. */
    private void checkAll(PollAnswer answer) {
        int next = due.getOrDefault(answer.device(), 0);
        for (; next < answered.size() && answered.get(next).answer() < answer.hasReadsUntil(); next++) {
            AnsweredRead read = answered.get(next);
            if (concerns(answer, read.group(), read.message())
                    && !read.reader().equals(answer.user())
                    && !hasHeard(answer.device(), read.message(), read.reader())) {
                complain.accept("%s was told of all reads at %s, and not that %s read %s"
                        .formatted(answer.device(), answer.span(), read.reader(), read.message()));
            }
        }
        due.put(answer.device(), next);
    }

    /** The reads that concern a device, and that it has not heard of. */
    private List<String> missing(PollAnswer answer, BiPredicate<StoredMessage, String> counts) {
        List<String> missing = new ArrayList<>();
        for (GroupView group : facts.groups()) {
            for (StoredMessage message : group.messages()) {
                if (concerns(answer, group, message)) {
                    readers(group, message).stream()
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
