package seenby.update;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import seenby.group.GroupId;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/** The waiters of this instance. A wake goes to those that it concerns, without a lock. */
public final class Waiters {
    private final Map<UserId, Set<Waiter>> byUser = new ConcurrentHashMap<>();
    private final Map<GroupId, Set<Waiter>> byGroup = new ConcurrentHashMap<>();
    private volatile boolean finished;

    /** Adds the waiter before it checks, so that {@link #finish} misses none. */
    void enter(Waiter waiter) {
        add(byUser, waiter.user(), waiter);
        if (finished) {
            waiter.finish();
        }
    }

    void watch(Waiter waiter, Collection<GroupId> groups) {
        groups.forEach(group -> add(byGroup, group, waiter));
    }

    void exit(Waiter waiter, Collection<GroupId> groups) {
        remove(byUser, waiter.user(), waiter);
        groups.forEach(group -> remove(byGroup, group, waiter));
    }

    private static <K> void add(Map<K, Set<Waiter>> waiters, K key, Waiter waiter) {
        waiters.compute(key, (same, known) -> {
            Set<Waiter> set = known == null ? ConcurrentHashMap.newKeySet() : known;
            set.add(waiter);
            return set;
        });
    }

    private static <K> void remove(Map<K, Set<Waiter>> waiters, K key, Waiter waiter) {
        waiters.computeIfPresent(key, (same, known) -> {
            known.remove(waiter);
            return known.isEmpty() ? null : known;
        });
    }

    /** Passes news to the waiters that it concerns. */
    public void wake(Wake wake) {
        if (wake instanceof Wake.Sent sent) {
            of(byGroup, sent.group()).forEach(waiter -> waiter.sent(sent));
        } else if (wake instanceof Wake.Acked acked) {
            concerned(acked).forEach(waiter -> waiter.acked(acked.group(), acked.reader()));
        } else if (wake instanceof Wake.Nudged nudged) {
            of(byGroup, nudged.group()).forEach(waiter -> waiter.nudged(nudged.group()));
        } else if (wake instanceof Wake.Moved moved) {
            moved.users().forEach(user -> of(byUser, user).forEach(Waiter::lookAgain));
            of(byGroup, moved.group()).forEach(waiter -> waiter.moved(moved.group()));
        } else if (wake instanceof Wake.Archived archived) {
            of(byGroup, archived.group()).forEach(waiter -> waiter.archived(archived.group()));
        } else if (wake instanceof Wake.Gone gone) {
            of(byGroup, gone.group()).forEach(Waiter::lookAgain);
        } else if (wake instanceof Wake.Revoked revoked) {
            all().stream()
                    .filter(waiter -> waiter.tokenHash().equals(revoked.tokenHash()))
                    .forEach(waiter -> waiter.fail(new Refused(Refusal.UNAUTHORIZED)));
        }
    }

    private Stream<Waiter> concerned(Wake.Acked acked) {
        return acked.all()
                ? of(byGroup, acked.group()).stream()
                : acked.senders().stream().flatMap(sender -> of(byUser, sender).stream());
    }

    private static <K> Set<Waiter> of(Map<K, Set<Waiter>> waiters, K key) {
        return waiters.getOrDefault(key, Set.of());
    }

    private List<Waiter> all() {
        return byUser.values().stream().flatMap(Set::stream).toList();
    }

    /** The subscription works again after a loss: any wake may have been missed. */
    public void lookAgain() {
        all().forEach(Waiter::lookAgain);
    }

    /** Ends all waiters because the store is unavailable. */
    public void away() {
        all().forEach(waiter -> waiter.fail(new Unavailable("Redis does not answer")));
    }

    /** Makes all waiters answer with the news so far, including later ones. */
    public void finish() {
        finished = true;
        all().forEach(Waiter::finish);
    }

    /** Whether new waiters end at once. */
    boolean isFinished() {
        return finished;
    }

    /** Whether there are no waiters and no traces of earlier ones. */
    boolean isEmpty() {
        return byUser.isEmpty() && byGroup.isEmpty();
    }

    /** The number of waiters. */
    public int count() {
        return byUser.values().stream().mapToInt(Set::size).sum();
    }
}
