package seenby.archive;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * What left Redis, in files: {@code <dir>/<group>/<incarnation>/<first id>.ndjson}, with {@code .gz} behind it once it is closed.
 * Trouble with the disk is an {@code IOException}; a line that is not there is none.
 */
public final class Archive {
    private final Path dir;
    private final long segmentBytes;
    private final SegmentCache known = new SegmentCache();
    private boolean isMade;

    /** Makes the folder the first time that it is used. When it vanishes later, that is trouble, and it is not made again. */
    public Archive(Path dir, long segmentBytes) {
        this.dir = dir;
        this.segmentBytes = segmentBytes;
    }

    /** The segments of a group's receipts or messages; the incarnation tells it from another under the same id. */
    public Segments segments(GroupId group, String incarnation, SegmentType kind) throws IOException {
        return new Segments(new SegmentFolder(made(), group.value(), checked(incarnation), kind), segmentBytes, known);
    }

    /** The receipts of a message. */
    public Optional<ArchiveLine> find(GroupId group, String incarnation, long id) throws IOException {
        Optional<byte[]> line =
                segments(group, incarnation, SegmentType.RECEIPTS).find(id);
        return line.isPresent() ? Optional.of(ArchiveLine.parse(line.get())) : Optional.empty();
    }

    /** The receipts of these messages, ascending; left out are those that are not there. */
    public void range(GroupId group, String incarnation, long from, long upto, Consumer<ArchiveLine> consumer)
            throws IOException {
        segments(group, incarnation, SegmentType.RECEIPTS)
                .read(from, upto, (id, line) -> consumer.accept(ArchiveLine.parse(line)));
    }

    /** Whether there is a folder of this group, or of this incarnation of it. */
    public boolean knows(GroupId group, Optional<String> incarnation) throws IOException {
        Path ofGroup = made().resolve(group.value());
        return incarnation
                .map(name -> isIncarnation(name) && Files.isDirectory(ofGroup.resolve(name)))
                .orElseGet(() -> Files.isDirectory(ofGroup));
    }

    /** The incarnations that a group has such lines of, the oldest first. */
    public List<String> incarnations(GroupId group, SegmentType kind) throws IOException {
        Map<String, String> byAge = new TreeMap<>();
        for (String incarnation : SegmentFolder.names(made(), dir.resolve(group.value()))) {
            if (isIncarnation(incarnation)) {
                Optional<byte[]> line = segments(group, incarnation, kind).first();
                if (line.isPresent()) {
                    byAge.put(archivedAt(kind, line.get()) + " " + incarnation, incarnation);
                }
            }
        }
        return new ArrayList<>(byAge.values());
    }

    private static Instant archivedAt(SegmentType kind, byte[] line) throws IOException {
        return kind == SegmentType.RECEIPTS
                ? ArchiveLine.parse(line).archivedAt()
                : MessageLine.parse(line).archivedAt();
    }

    /** Removes all files of this incarnation, and the folders that are empty then. Nothing where there are none. */
    public void delete(GroupId group, String incarnation) throws IOException {
        Path folder = made().resolve(group.value()).resolve(checked(incarnation));
        for (String name : SegmentFolder.names(dir, folder)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        prune(group, incarnation);
    }

    /** Removes the folders of this incarnation that are empty. */
    void prune(GroupId group, String incarnation) throws IOException {
        Path ofGroup = made().resolve(group.value());
        try {
            Files.deleteIfExists(ofGroup.resolve(checked(incarnation)));
            Files.deleteIfExists(ofGroup);
            Directories.sync(dir);
        } catch (DirectoryNotEmptyException others) {
            Directories.sync(ofGroup);
        }
    }

    /** Whether the folder is there and can be written to, as far as that is told without writing. */
    public boolean isWritable() {
        try {
            return Files.isDirectory(made()) && Files.isWritable(dir);
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized Path made() throws IOException {
        if (!isMade) {
            Directories.makeWithParents(dir, OwnerOnlyFiles.forDirectory());
            isMade = true;
        }
        return dir;
    }

    /** Whether a folder may be one of an incarnation. */
    static boolean isIncarnation(String name) {
        return UserId.PATTERN.matcher(name).matches();
    }

    /** So that no path leads out of the group's folder. */
    private static String checked(String incarnation) {
        if (!isIncarnation(incarnation)) {
            throw new IllegalArgumentException("no incarnation: " + incarnation);
        }
        return incarnation;
    }
}
