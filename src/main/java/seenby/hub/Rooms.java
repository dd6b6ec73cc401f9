package seenby.hub;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import seenby.group.GroupId;
import seenby.group.SharedNames;

/** The rooms of this instance. A room exists while somebody watches it. */
final class Rooms {
    private final Map<GroupId, Room> rooms = new ConcurrentHashMap<>();
    private final SharedNames names = new SharedNames();

    /** Names of groups in what is remembered of rooms and seats. */
    SharedNames names() {
        return names;
    }

    Optional<Room> find(GroupId group) {
        return Optional.ofNullable(rooms.get(group));
    }

    /** Adds a watcher, and the room if it is the first. From then on it hears every wake. */
    Room enter(GroupId group, Consumer<Room> addition) {
        return rooms.compute(names.id(group), (id, known) -> {
            Room room = known == null ? new Room() : known;
            addition.accept(room);
            return room;
        });
    }

    /** Removes a watcher, and the room with the last one. */
    void exit(GroupId group, Consumer<Room> removal) {
        rooms.computeIfPresent(group, (id, room) -> {
            removal.accept(room);
            return room.isWatched() ? room : null;
        });
    }

    Set<GroupId> groups() {
        return rooms.keySet();
    }

    Collection<Room> all() {
        return rooms.values();
    }
}
