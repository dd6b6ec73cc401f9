package seenby.hub;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import seenby.group.GroupState;

/**
 * A group that somebody on this instance watches: its state as far as this instance has been told, and who watches it.
 * The state is a memory of the store, never the truth: it may be behind, and to lose it costs one look.
 */
final class Room {
    /** A concurrent set would take twice the memory, and every group of every user is in here. */
    private final Set<Seat> seats = Collections.newSetFromMap(new IdentityHashMap<>(1));

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private Optional<GroupState> state = Optional.empty();
    private long moves;
    private volatile Optional<GroupState> heard = Optional.empty();

    synchronized void add(Seat seat) {
        seats.add(seat);
    }

    synchronized void remove(Seat seat) {
        seats.remove(seat);
    }

    synchronized boolean has(Seat seat) {
        return seats.contains(seat);
    }

    /** The seats at this moment. */
    synchronized List<Seat> seats() {
        return List.copyOf(seats);
    }

    Set<Waiter> waiters() {
        return waiters;
    }

    synchronized boolean isWatched() {
        return !seats.isEmpty() || !waiters.isEmpty();
    }

    /** Empty if it must be read from the store. */
    synchronized Optional<GroupState> state() {
        return state;
    }

    /** Raised whenever the state changes. Ask before you look at the store. */
    synchronized long moves() {
        return moves;
    }

    /** All seats have heard of the reads up to this number in this group; 0 if nothing is known. */
    long readsHeard(String incarnation) {
        return heard.filter(state -> state.incarnation().equals(incarnation))
                .map(GroupState::lastRead)
                .orElse(0L);
    }

    /** Call it when the wake has reached all seats that it concerns. */
    void heardBySeats(GroupState news) {
        heard = Optional.of(news);
    }

    /** The state is in doubt. */
    synchronized void forget() {
        heard = Optional.empty();
        set(Optional.empty());
    }

    /**
     * Takes the state of a wake, if it is newer. Wakes arrive in the order of the changes, but a look may overtake
     * them.
     *
     * @return why the state is in doubt; empty if it is not
     */
    synchronized Optional<StaleCause> hear(GroupState news) {
        Optional<GroupState> before = state;
        if (before.isPresent() && !before.get().isSameGroup(news)) {
            forget();
            return Optional.of(StaleCause.INCARNATION);
        }
        if (before.isEmpty() || before.get().seq() < news.seq()) {
            set(Optional.of(news));
        }
        boolean isNext = before.isEmpty() || news.seq() <= before.get().seq() + 1;
        return isNext ? Optional.empty() : Optional.of(StaleCause.GAP);
    }

    /**
     * Takes what a look at the store has found, if it is newer. Where the look found another group with this id, nobody
     * knows which of both is the newer one if the room has moved during the look. Then the next look tells.
     */
    synchronized void see(GroupState found, long movesBefore) {
        boolean isSame = state.filter(found::isSameGroup).isPresent();
        if (isSame ? state.get().seq() < found.seq() : moves == movesBefore || state.isEmpty()) {
            set(Optional.of(found));
        } else if (!isSame) {
            forget();
        }
    }

    private void set(Optional<GroupState> next) {
        state = next;
        moves++;
    }
}
