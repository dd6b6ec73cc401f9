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
 * Compares what this instance remembers with the store, so that a mistake that nobody has found does not last. A wake may
 * be on its way when the store is asked. Therefore a difference counts only if it is still there at the next comparison.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    /** How many groups or users are asked for in one trip. */
    private static final int CHUNK = 100;

    private static final long ROOMS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SEATS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Hub hub;
    private final StoredGroups store;
    private Map<GroupId, StoredGroups.Version> suspects = Map.of();
    private long roomsAt = System.nanoTime();
    private long seatsAt = System.nanoTime();

    public Audit(Hub hub, StoredGroups store) {
        this.hub = hub;
        this.store = store;
    }

    /** Does what is due. Call it every second. */
    public void run() {
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

    private void doubtSuspects() {
        suspects.forEach((group, version) -> hub.rooms()
                .find(group)
                .filter(room -> isBehind(room, version))
                .ifPresent(room -> {
                    LOG.warn("A change of the group {} was not heard. Its polls look again.", group);
                    hub.doubt(room);
                }));
        suspects = Map.of();
    }

    public void compareRooms() {
        List<GroupId> groups = new ArrayList<>();
        hub.rooms().forEach((group, room) -> groups.add(group));
        Map<GroupId, StoredGroups.Version> differing = new HashMap<>();
        for (List<GroupId> chunk : chunks(groups)) {
            store.versions(chunk)
                    .forEach((group, version) -> hub.rooms()
                            .find(group)
                            .filter(room -> isBehind(room, version))
                            .ifPresent(room -> differing.put(group, version)));
        }
        suspects = differing;
    }

    /** A room without a state is no mistake: the next poll looks. */
    private static boolean isBehind(Room room, StoredGroups.Version version) {
        return room.state()
                .filter(state -> !state.incarnation().equals(version.incarnation()) || state.seq() < version.seq())
                .isPresent();
    }

    public void compareSeats() {
        Map<UserId, Seat> seats = new HashMap<>();
        hub.seats().forEach(seat -> seats.put(seat.user(), seat));
        for (List<UserId> chunk : chunks(List.copyOf(seats.keySet()))) {
            store.groupsOf(chunk)
                    .forEach((user, groups) -> Optional.ofNullable(seats.get(user))
                            .filter(seat -> !seat.groups().equals(groups))
                            .ifPresent(Hub::doubt));
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
