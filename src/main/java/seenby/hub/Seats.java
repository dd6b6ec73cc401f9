package seenby.hub;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import seenby.group.Groups;
import seenby.user.UserId;

/** The seats of this instance, one for each user who polls, or did a moment ago. */
final class Seats {
    private final Map<UserId, Seat> seats = new ConcurrentHashMap<>();
    private final Groups groups;
    private final Rooms rooms;

    Seats(Groups groups, Rooms rooms) {
        this.groups = groups;
        this.rooms = rooms;
    }

    Optional<Seat> find(UserId user) {
        return Optional.ofNullable(seats.get(user));
    }

    Collection<Seat> all() {
        return seats.values();
    }

    Seat enter(UserWaiter poll) {
        return seats.compute(poll.user(), (user, known) -> {
            Seat seat = known == null ? new Seat(user, groups, rooms) : known;
            seat.add(poll);
            return seat;
        });
    }

    void exit(UserWaiter poll) {
        seats.computeIfPresent(poll.user(), (user, seat) -> {
            seat.remove(poll, System.nanoTime());
            return seat;
        });
    }

    void forgetIdleSince(long time) {
        seats.keySet()
                .forEach(user -> seats.computeIfPresent(user, (same, seat) -> {
                    boolean over = seat.isIdleSince(time);
                    if (over) {
                        seat.close();
                    }
                    return over ? null : seat;
                }));
    }
}
