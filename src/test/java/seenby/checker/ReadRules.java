package seenby.checker;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Who polls, or reads a stream, hears of every read that concerns it, at least once, and of no other. */
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
        facts.history().polls().forEach(answer -> answer.reads().forEach(read -> add(answer, read)));
        facts.history().polls().stream().filter(PollAnswer::isLast).forEach(this::checkComplete);
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

    private void checkComplete(PollAnswer last) {
        for (GroupView group : facts.groups()) {
            for (StoredMessage message : group.messages()) {
                if (concerns(last, group, message)) {
                    Objects.requireNonNull(group.receipts().get(message.id())).readers().keySet().stream()
                            .filter(reader -> !reader.equals(last.user()))
                            .filter(reader -> !hasHeard(last.device(), message, reader))
                            .forEach(reader -> complain.accept(
                                    "%s never heard that %s read %s".formatted(last.device(), reader, message)));
                }
            }
        }
    }

    private boolean concerns(PollAnswer last, GroupView group, StoredMessage message) {
        Span since = new Span(
                facts.sent(group.id(), message.id()).begin(), last.span().end());
        return (group.isOpen() || message.sender().equals(last.user()))
                && facts.rosters().certainlyMember(last.user(), group.id(), since);
    }

    private boolean hasHeard(String device, StoredMessage message, String reader) {
        return heard.getOrDefault(key(device, message.group(), reader), new BitSet())
                .get((int) message.id());
    }
}
