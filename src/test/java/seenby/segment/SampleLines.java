package seenby.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import seenby.archive.ArchiveLine;
import seenby.archive.MessageLine;
import seenby.group.GroupId;
import seenby.receipt.Receipt.Reader;
import seenby.user.UserId;

/** Sample lines of one group, and access to its folder. */
public final class SampleLines {
    public static final GroupId GROUP = new GroupId("ops");
    public static final String INCARNATION = "0123456789";
    public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private SampleLines() {}

    public static ArchiveLine line(long id) {
        return line(id, 2);
    }

    public static ArchiveLine line(long id, int readers) {
        List<Reader> read = IntStream.range(0, readers)
                .mapToObj(i -> new Reader(user(i), TIME.plusSeconds(id)))
                .toList();
        return line(id, new ArchiveLine.Lists(read, List.of(new UserId("zoe")), Optional.of(1L)));
    }

    public static ArchiveLine line(long id, ArchiveLine.Lists lists) {
        return new ArchiveLine(
                GROUP, id, new UserId("ann"), TIME.plusSeconds(id), TIME.plusSeconds(id + 9), Optional.of(lists));
    }

    public static MessageLine message(long id, String text) {
        return new MessageLine(GROUP, id, new UserId("ann"), TIME.plusSeconds(id), TIME.plusSeconds(id + 9), text);
    }

    private static UserId user(int number) {
        return new UserId("u%05d".formatted(number));
    }

    public static List<byte[]> lines(long from, long upto) {
        return LongStream.rangeClosed(from, upto)
                .mapToObj(id -> line(id).bytes())
                .toList();
    }

    public static Segments segments(Path archive, long segmentBytes) {
        return segments(archive, segmentBytes, SegmentType.RECEIPTS);
    }

    public static Segments segments(Path archive, long segmentBytes, SegmentType type) {
        return new Segments(
                new SegmentFolder(archive, GROUP.value(), INCARNATION, type), segmentBytes, new SegmentCache());
    }

    /** A writer of segments that are committed up to this message. */
    public static SegmentWriter writer(Segments segments, long committed) throws IOException {
        return segments.open().truncate(() -> OptionalLong.of(committed)).orElseThrow();
    }

    public static Path folder(Path archive) {
        return archive.resolve(GROUP.value()).resolve(INCARNATION);
    }

    public static Path plain(Path archive, long first) {
        return folder(archive).resolve("%016d.ndjson".formatted(first));
    }

    public static Path closed(Path archive, long first) {
        return folder(archive).resolve("%016d.ndjson.gz".formatted(first));
    }

    public static List<String> names(Path archive) {
        try (Stream<Path> paths = Files.list(folder(archive))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of all lines in a range. */
    public static List<Long> ids(Segments segments, long from, long upto) throws IOException {
        List<Long> ids = new ArrayList<>();
        segments.read(from, upto, (id, line) -> ids.add(id));
        return ids;
    }

    public static List<Long> range(long from, long upto) {
        return LongStream.rangeClosed(from, upto).boxed().toList();
    }
}
