package seenby.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.OwnerOnlyFiles;
import seenby.refusal.Unavailable;

/**
 * The line of history that the store is on. The ids in a position mean something in one line only: a restore, or a
 * failover that loses a tail, sets the store back, and later messages get ids that others have had. Then a new line
 * begins.
 *
 * <p>The store holds the name of the line and a number. Each server raises the number again and again, first in the
 * store and then in a file. A store whose number is below the one that a server remembers was set back.
 */
public final class HistoryLine implements LineName {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryLine.class);
    private static final String FILE = "line";

    private final Store store;
    private final Path dataDir;
    private final boolean storeIsInDataDir;
    private final AtomicLong doubts = new AtomicLong();
    private volatile Told told = new Told("", -1);
    private Optional<Mark> last = Optional.empty();

    /** The name, and the number of doubts before the store was asked for it. */
    private record Told(String name, long doubts) {}

    /**
     * The line after a raise.
     *
     * @param isNew whether it begins with this raise
     */
    public record Mark(String name, long number, boolean isNew) {}

    /** Holds the line for all servers. */
    public interface Store {
        /**
         * Raises the number. Begins a new line if there is none, or if the number is below the remembered one.
         *
         * @param remembered empty to begin a new line anyway
         */
        Mark raise(Optional<Long> remembered);

        /** The line as it is; empty if there is none. */
        Optional<Mark> mark();
    }

    /** @param storeIsInDataDir whether a missing file means that the store was restored without it */
    public HistoryLine(Store store, Path dataDir, boolean storeIsInDataDir) {
        this.store = store;
        this.dataDir = dataDir;
        this.storeIsInDataDir = storeIsInDataDir;
    }

    /** The name of the line. Asks the store first if it may have been set back. Else it waits for nothing. */
    @Override
    public String name() {
        return known().orElseGet(this::raised);
    }

    @Override
    public Optional<String> known() {
        Told now = told;
        return now.doubts() == doubts.get() ? Optional.of(now.name()) : Optional.empty();
    }

    private synchronized String raised() {
        if (told.doubts() != doubts.get()) {
            raise();
        }
        return told.name();
    }

    /** The connection to the store was lost: it may come back from a backup or a replica. */
    public void doubt() {
        doubts.incrementAndGet();
    }

    /** Raises the number. Returns whether the line is another one than before. */
    public synchronized boolean raise() {
        // before the store is asked, so that no later doubt is lost
        long before = doubts.get();
        Optional<Long> remembered = remembered();
        Mark now = raise(remembered);
        if (now.isNew() && remembered.orElse(0L) > 0) {
            LOG.warn("Redis was set back. Clients receive again what is unread.");
        }
        boolean isOther = last.filter(mark -> !mark.name().equals(now.name())).isPresent();
        last = Optional.of(now);
        told = new Told(now.name(), before);
        write(now.number());
        return isOther;
    }

    /** Where the store does not answer, the line is in doubt. */
    private Mark raise(Optional<Long> remembered) {
        try {
            return raiseIfPossible(remembered);
        } catch (RuntimeException e) {
            doubt();
            throw e;
        }
    }

    /** A store that refuses writes keeps its number: it is enough to see that it was not set back. */
    private Mark raiseIfPossible(Optional<Long> remembered) {
        try {
            return store.raise(remembered);
        } catch (Unavailable refused) {
            if (refused.outage() == Unavailable.Outage.AWAY) {
                throw refused;
            }
            return store.mark()
                    .filter(mark ->
                            remembered.filter(number -> number <= mark.number()).isPresent())
                    .orElseThrow(() -> refused);
        }
    }

    private Optional<Long> remembered() {
        return last.map(Mark::number).or(this::read).or(() -> storeIsInDataDir ? Optional.empty() : Optional.of(0L));
    }

    private Optional<Long> read() {
        try {
            return Optional.of(
                    Long.parseLong(Files.readString(dataDir.resolve(FILE)).strip()));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            LOG.warn("Cannot read {}: {}", dataDir.resolve(FILE), e.toString());
            return Optional.empty();
        }
    }

    /** A number that is not written is lost at a restart only; until then it is remembered here. */
    private void write(long number) {
        try {
            OwnerOnlyFiles.replace(dataDir.resolve(FILE), number + "\n");
        } catch (IOException e) {
            LOG.warn("Cannot write {}: {}", dataDir.resolve(FILE), e.toString());
        }
    }
}
