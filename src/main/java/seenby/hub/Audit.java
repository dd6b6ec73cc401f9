package seenby.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * Compares what this instance remembers with the store, so that no mistake lasts: a lost wake, or a store that was set
 * back. A wake may be on its way when the store is asked. Therefore a difference counts only if it is still there a
 * second later, and the room has not moved meanwhile.
 *
 * <p>While no wakes arrive, it compares everything each time, and what differs is in doubt at once. So waiting polls
 * look again when their groups have changed, and only then.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    /** How many groups or users are asked for in one trip. */
    private static final int CHUNK = 100;

    private static final long ROOMS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SEATS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Hub hub;
    private final StoredGroups store;
    private Map<GroupId, Long> suspects = Map.of();
    private Map<GroupId, StoredGroups.Version> seen = Map.of();
    private long roomsAt = System.nanoTime();
    private long seatsAt = System.nanoTime();

    public Audit(Hub hub, StoredGroups store) {
        this.hub = hub;
        this.store = store;
    }

    /** Does what is due. Call it every second. */
    public void run() {
        if (hub.isTrusted()) {
            seen = Map.of();
            compareWhatIsDue();
        } else {
            suspects = Map.of();
            compareEverything();
        }
    }

    private void compareWhatIsDue() {
        doubtSuspects();
        long now = System.nanoTime();
        if (now - roomsAt >= ROOMS_EVERY_NANOS) {
            roomsAt = now;
            compareRooms();
        }
        if (now - seatsAt >= SEATS_EVERY_NANOS) {
            seatsAt = now;
            compareSeats();
        }
    }

    private void compareEverything() {
        Map<GroupId, StoredGroups.Version> before = seen;
        seen = versions(List.copyOf(hub.rooms().groups()));
        seen.forEach((group, stored) -> hub.rooms()
                .find(group)
                .filter(room -> hasChanged(room, stored, Optional.ofNullable(before.get(group))))
                .ifPresent(room -> hub.doubt(room, StaleCause.SUBSCRIPTION)));
        compareSeats();
    }

    /** A room without a state has no polls that wait for a change, but may have other waiters. */
    private static boolean hasChanged(Room room, StoredGroups.Version stored, Optional<StoredGroups.Version> before) {
        Optional<StoredGroups.Version> known = heard(room);
        boolean isAwaited = known.isPresent() || !room.waiters().isEmpty();
        return isAwaited && !Optional.of(stored).equals(known.or(() -> before));
    }

    private void doubtSuspects() {
        Map<GroupId, Long> before = suspects;
        suspects = Map.of();
        differing(List.copyOf(before.keySet())).forEach((group, moves) -> {
            if (moves.equals(before.get(group))) {
                LOG.warn("The group {} is not as it was heard of. Its polls look again.", group);
                hub.rooms().find(group).ifPresent(room -> hub.doubt(room, StaleCause.AUDIT));
            }
        });
    }

    public void compareRooms() {
        suspects = differing(List.copyOf(hub.rooms().groups()));
    }

    /** The groups that differ from the store, each with the number of moves of its room. */
    private Map<GroupId, Long> differing(List<GroupId> groups) {
        Map<GroupId, Long> differing = new HashMap<>();
        versions(groups)
                .forEach((group, stored) -> hub.rooms()
                        .find(group)
                        // a room without a state is no mistake: the next poll looks
                        .filter(room -> heard(room)
                                .filter(version -> !version.equals(stored))
                                .isPresent())
                        .ifPresent(room -> differing.put(group, room.moves())));
        return differing;
    }

    private Map<GroupId, StoredGroups.Version> versions(List<GroupId> groups) {
        Map<GroupId, StoredGroups.Version> versions = new HashMap<>();
        chunks(groups).forEach(chunk -> versions.putAll(store.versions(chunk)));
        return versions;
    }

    /** Empty if this instance knows nothing of the group. */
    private static Optional<StoredGroups.Version> heard(Room room) {
        return room.state().map(state -> new StoredGroups.Version(state.incarnation(), state.seq()));
    }

    public void compareSeats() {
        Map<UserId, Seat> seats = new HashMap<>();
        hub.seats().forEach(seat -> seats.put(seat.user(), seat));
        for (List<UserId> chunk : chunks(List.copyOf(seats.keySet()))) {
            store.groupsOf(chunk)
                    .forEach((user, groups) -> Optional.ofNullable(seats.get(user))
                            .filter(seat -> !seat.groups().equals(groups))
                            .ifPresent(hub::doubt));
        }
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
