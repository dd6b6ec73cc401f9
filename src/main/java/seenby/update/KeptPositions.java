package seenby.update;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import seenby.group.SharedNames;
import seenby.platform.Caches;
import seenby.platform.HeapShare;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/**
 * Positions that are too long for a URL. The store keeps them under names made from their content, so a name always
 * means the same position, and this instance may remember it: to open a poll with one of them asks the store nothing.
 * The store keeps a position for some days after its last use, so a position in use is renewed there once a day. If the
 * store has lost it by then, it gets it again: another instance, or this one after a restart, does not remember it. A
 * store that refuses writes gets it at the first use after that.
 */
final class KeptPositions {
    private static final Duration RENEWED_EVERY = Duration.ofDays(1);
    private static final long MOST_BYTES = HeapShare.bytes(16, 32 << 20);

    private final Look look;
    private final Clock clock;
    private final SharedNames names = new SharedNames();
    private final Cache<Key, Remembered> remembered = Caches.builder()
            .maximumWeight(MOST_BYTES)
            .weigher((Key key, Remembered kept) -> kept.position().bytes())
            .build();

    /** @param line the line of history: a store that was set back has lost what it kept in another one */
    private record Key(String line, UserId user, String name) {}

    /** @param renewed long ago if the store has refused it */
    private record Remembered(Position position, Instant renewed) {}

    KeptPositions(Look look, Clock clock) {
        this.look = look;
        this.clock = clock;
    }

    /** Names of groups in positions. */
    SharedNames names() {
        return names;
    }

    /** Keeps a position. Writes nothing if it is kept already. */
    Since.Base keep(String line, UserId user, String name, Position position) {
        Key key = new Key(line, user, name);
        Optional<Position> known = remembered(key);
        if (known.isEmpty()) {
            store(key, position, () -> write(key, position));
        }
        return new Since.Base(name, known.orElse(position));
    }

    /** A kept position; empty if it is no longer kept. */
    Optional<Since.Base> find(String line, UserId user, String name) {
        Key key = new Key(line, user, name);
        return remembered(key)
                .or(() -> look.kept(user, name).map(lines -> {
                    Position position = Position.NOWHERE.with(lines, names);
                    remember(key, position, clock.instant());
                    return position;
                }))
                .map(position -> new Since.Base(name, position));
    }

    private Optional<Position> remembered(Key key) {
        Optional<Remembered> known = Optional.ofNullable(remembered.getIfPresent(key));
        known.filter(this::isDue).ifPresent(kept -> renew(key, kept.position()));
        return known.map(Remembered::position);
    }

    /** Also if the clock was set back, because nobody knows how much time has passed. */
    private boolean isDue(Remembered kept) {
        Duration age = Duration.between(kept.renewed(), clock.instant());
        return age.isNegative() || age.compareTo(RENEWED_EVERY) >= 0;
    }

    private void renew(Key key, Position position) {
        store(key, position, () -> {
            if (!look.renew(key.user(), key.name())) {
                write(key, position);
            }
        });
    }

    private void write(Key key, Position position) {
        look.keep(key.user(), key.name(), position.linesBeyond(Position.NOWHERE));
    }

    /** A poll only reads, so it goes on while the store refuses writes. */
    private void store(Key key, Position position, Runnable write) {
        try {
            write.run();
            remember(key, position, clock.instant());
        } catch (Unavailable refused) {
            if (refused.outage() == Unavailable.Outage.AWAY) {
                throw refused;
            }
            remember(key, position, Instant.EPOCH);
        }
    }

    private void remember(Key key, Position position, Instant renewed) {
        remembered.put(key, new Remembered(position, renewed));
    }
}
