package seenby.archive;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import seenby.group.GroupId;
import seenby.platform.Directories;
import seenby.platform.OwnerOnlyFiles;
import seenby.segment.SegmentCache;
import seenby.segment.SegmentFolder;
import seenby.segment.SegmentType;
import seenby.segment.Segments;
import seenby.user.UserId;

/**
 * The files of what left Redis: {@code <dir>/<group>/<incarnation>/<first id>.ndjson}, with {@code .gz} appended once a
 * file is closed. A disk that fails is an {@code IOException}; a line that is missing is empty.
 */
public final class Archive {
    /** The file that tells an archive, also one without lines, from any other folder. No group has this id. */
    static final String MARKER = ".seenby-archive";

    private static final String MARKER_TEXT =
            "Seenby keeps receipts and messages in this folder: see docs/archive.md.\n";

    private final Path dir;
    private final long segmentBytes;
    private final SegmentCache cache = new SegmentCache();
    private boolean isMade;
    private boolean isProtected;

    /**
     * Makes the folder when it is first used. If it vanishes later, every use fails and the folder is not made again.
     */
    public Archive(Path dir, long segmentBytes) {
        this.dir = dir;
        this.segmentBytes = segmentBytes;
    }

    /** The segments of a group's receipts or messages. The incarnation tells it from another group with the same id. */
    public Segments segments(GroupId group, String incarnation, SegmentType type) throws IOException {
        return new Segments(
                new SegmentFolder(folder(), group.value(), validated(incarnation), type), segmentBytes, cache);
    }

    /** The receipts of a message. */
    public Optional<ArchiveLine> find(GroupId group, String incarnation, long id) throws IOException {
        Optional<byte[]> line =
                segments(group, incarnation, SegmentType.RECEIPTS).find(id);
        return line.isPresent() ? Optional.of(ArchiveLine.parse(line.get())) : Optional.empty();
    }

    /** The receipts of these messages in ascending order, without those that are missing. */
    public void range(GroupId group, String incarnation, long from, long upto, Consumer<ArchiveLine> consumer)
            throws IOException {
        segments(group, incarnation, SegmentType.RECEIPTS)
                .read(from, upto, (id, line) -> consumer.accept(ArchiveLine.parse(line)));
    }

    /**
     * The receipts of these messages in ascending order, without those that are missing.
     *
     * @param sender only those of messages that this user sent; the others are not parsed
     */
    void lines(
            GroupId group,
            String incarnation,
            NavigableSet<Long> ids,
            Optional<UserId> sender,
            Consumer<ArchiveLine> consumer)
            throws IOException {
        segments(group, incarnation, SegmentType.RECEIPTS).read(ids, (id, line) -> {
            if (sender.isEmpty() || ArchiveLine.isOf(sender.get(), group, id, line)) {
                consumer.accept(ArchiveLine.parse(line));
            }
        });
    }

    /** Whether there is a folder of this group, or of this incarnation of it. */
    public boolean knows(GroupId group, Optional<String> incarnation) throws IOException {
        Path ofGroup = folder().resolve(group.value());
        return incarnation
                .map(name -> isIncarnation(name) && Files.isDirectory(ofGroup.resolve(name)))
                .orElseGet(() -> Files.isDirectory(ofGroup));
    }

    /** The groups that have a folder. */
    public NavigableSet<GroupId> groups() throws IOException {
        NavigableSet<GroupId> groups = new TreeSet<>();
        for (String name : SegmentFolder.names(folder(), dir)) {
            GroupId.parse(name)
                    .filter(group -> Files.isDirectory(dir.resolve(name)))
                    .ifPresent(groups::add);
        }
        return groups;
    }

    /** The incarnations of a group that have lines of this type, the oldest first. */
    public List<String> incarnations(GroupId group, SegmentType type) throws IOException {
        Map<String, String> byAge = new TreeMap<>();
        for (String incarnation : SegmentFolder.names(folder(), dir.resolve(group.value()))) {
            if (isIncarnation(incarnation)) {
                Optional<byte[]> line = segments(group, incarnation, type).first();
                if (line.isPresent()) {
                    byAge.put(archivedAt(type, line.get()) + " " + incarnation, incarnation);
                }
            }
        }
        return new ArrayList<>(byAge.values());
    }

    private static Instant archivedAt(SegmentType type, byte[] line) throws IOException {
        return type == SegmentType.RECEIPTS
                ? ArchiveLine.parse(line).archivedAt()
                : MessageLine.parse(line).archivedAt();
    }

    /** Removes all files of this incarnation, and the folders that are empty then. Does nothing if there are none. */
    public void delete(GroupId group, String incarnation) throws IOException {
        Path folder = folder().resolve(group.value()).resolve(validated(incarnation));
        for (String name : SegmentFolder.names(dir, folder)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        prune(group, incarnation);
    }

    /** Removes the folders of this incarnation and its group if they are empty. */
    void prune(GroupId group, String incarnation) throws IOException {
        Path ofGroup = folder().resolve(group.value());
        try {
            Files.deleteIfExists(ofGroup.resolve(validated(incarnation)));
            Files.deleteIfExists(ofGroup);
            Directories.sync(dir);
        } catch (DirectoryNotEmptyException e) {
            Directories.sync(ofGroup);
        }
    }

    /** Whether the folder exists and its permissions allow writing. */
    public boolean isWritable() {
        try {
            return Files.isDirectory(folder()) && Files.isWritable(dir);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Marks the folder as an archive that only its owner can read. Only the server does so: who only reads an archive
     * changes nothing in it.
     */
    public void mark() throws IOException {
        Path marker = folder().resolve(MARKER);
        if (!isProtected) {
            OwnerOnlyFiles.protect(dir);
            isProtected = true;
        }
        if (!Files.exists(marker)) {
            OwnerOnlyFiles.write(marker, MARKER_TEXT);
            Directories.sync(dir);
        }
    }

    private synchronized Path folder() throws IOException {
        if (!isMade) {
            Directories.makeWithParents(dir, OwnerOnlyFiles.forDirectory());
            isMade = true;
        }
        return dir;
    }

    /** Whether a folder may belong to an incarnation. */
    static boolean isIncarnation(String name) {
        return UserId.PATTERN.matcher(name).matches();
    }

    /** Keeps every path inside the group's folder. */
    private static String validated(String incarnation) {
        if (!isIncarnation(incarnation)) {
            throw new IllegalArgumentException("not an incarnation: " + incarnation);
        }
        return incarnation;
    }
}
