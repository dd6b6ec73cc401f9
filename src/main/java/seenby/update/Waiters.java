package seenby.update;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import seenby.group.GroupId;
import seenby.user.UserId;

/** Who waits for what on this instance. A wake reaches those whom it concerns, and no lock is held while it does. */
public final class Waiters {
    private final Map<UserId, Set<OpenPoll>> byUser = new ConcurrentHashMap<>();
    private final Map<GroupId, Set<OpenPoll>> byGroup = new ConcurrentHashMap<>();
    private volatile boolean finished;

    /** Enters first and looks second, so that none slips by {@link #finish}. */
    void enter(OpenPoll poll) {
        add(byUser, poll.user(), poll);
        if (finished) {
            poll.finish();
        }
    }

    void watch(OpenPoll poll, Collection<GroupId> groups) {
        groups.forEach(group -> add(byGroup, group, poll));
    }

    void exit(OpenPoll poll, Collection<GroupId> groups) {
        remove(byUser, poll.user(), poll);
        groups.forEach(group -> remove(byGroup, group, poll));
    }

    private static <K> void add(Map<K, Set<OpenPoll>> waiters, K key, OpenPoll poll) {
        waiters.compute(key, (same, polls) -> {
            Set<OpenPoll> set = polls == null ? ConcurrentHashMap.newKeySet() : polls;
            set.add(poll);
            return set;
        });
    }

    private static <K> void remove(Map<K, Set<OpenPoll>> waiters, K key, OpenPoll poll) {
        waiters.computeIfPresent(key, (same, polls) -> {
            polls.remove(poll);
            return polls.isEmpty() ? null : polls;
        });
    }

    /** Hands news to the polls that wait for it. */
    public void wake(Wake wake) {
        if (wake instanceof Wake.Sent sent) {
            of(byGroup, sent.group()).forEach(poll -> poll.sent(sent.group(), sent.id()));
        } else if (wake instanceof Wake.Acked acked) {
            concerned(acked)
                    .filter(poll -> !poll.user().equals(acked.reader()))
                    .forEach(poll -> poll.acked(acked.group()));
        } else if (wake instanceof Wake.Moved moved) {
            moved.users().forEach(user -> of(byUser, user).forEach(OpenPoll::lookAgain));
        } else if (wake instanceof Wake.Gone gone) {
            of(byGroup, gone.group()).forEach(OpenPoll::lookAgain);
        } else if (wake instanceof Wake.Revoked revoked) {
            all().forEach(poll -> poll.revoked(revoked.tokenHash()));
        }
    }

    private Stream<OpenPoll> concerned(Wake.Acked acked) {
        return acked.all()
                ? of(byGroup, acked.group()).stream()
                : acked.senders().stream().flatMap(sender -> of(byUser, sender).stream());
    }

    private static <K> Set<OpenPoll> of(Map<K, Set<OpenPoll>> waiters, K key) {
        return waiters.getOrDefault(key, Set.of());
    }

    private List<OpenPoll> all() {
        return byUser.values().stream().flatMap(Set::stream).toList();
    }

    /** After the subscription was lost and is back: any wake may have been missed. */
    public void lookAgain() {
        all().forEach(OpenPoll::lookAgain);
    }

    /** Ends all polls: the store is away. */
    public void away() {
        all().forEach(OpenPoll::away);
    }

    /** Ends all polls with what there is, also those that come later. */
    public void finish() {
        finished = true;
        all().forEach(OpenPoll::finish);
    }

    /** Whether nothing of any poll is left here. */
    boolean isEmpty() {
        return byUser.isEmpty() && byGroup.isEmpty();
    }

    /** How many polls are open. */
    public int count() {
        return byUser.values().stream().mapToInt(Set::size).sum();
    }
}
