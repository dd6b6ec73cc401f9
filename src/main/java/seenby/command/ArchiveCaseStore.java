package seenby.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import seenby.archive.Archive;
import seenby.archive.ArchiveLine;
import seenby.config.Config;
import seenby.group.GroupId;
import seenby.measurement.FakeHistory;
import seenby.receipt.Receipt;
import seenby.redis.Redis;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.storage.ArchiveCase;
import seenby.user.UserId;

/** Fills archives for the archive bench and finds messages in them. Half of the recipients have read each message. */
final class ArchiveCaseStore implements ArchiveCase.ArchiveStore {
    private static final int LINES = 500;
    private static final String PLAIN = ".ndjson";
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private final FakeHistory history;
    private final Path dir;
    private final Map<String, String> incarnations = new HashMap<>();
    private final Archive archive;

    ArchiveCaseStore(Redis redis, Config.ArchiveSettings config) {
        this.history = new FakeHistory(redis);
        this.dir = config.dir();
        this.archive = new Archive(dir, config.segmentBytes());
    }

    @Override
    public long fill(String group, List<String> members, int messages, boolean closed) {
        GroupId id = new GroupId(group);
        try {
            String incarnation = history.incarnation(id);
            incarnations.put(group, incarnation);
            SegmentWriter writer = archive.segments(id, incarnation, SegmentType.RECEIPTS)
                    .open()
                    .truncate(() -> OptionalLong.of(0))
                    .orElseThrow();
            write(writer, id, members.stream().map(UserId::new).toList(), messages);
            if (closed) {
                writer.closeCurrent();
            }
            history.upto(id, messages);
            return lastSegment(dir.resolve(group).resolve(incarnation)).orElse(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void find(String group, long id) {
        GroupId of = new GroupId(group);
        try {
            if (archive.find(of, incarnations.getOrDefault(group, ""), id).isEmpty()) {
                throw new IllegalStateException("message " + id + " of " + group + " is not found");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(SegmentWriter writer, GroupId group, List<UserId> members, int messages)
            throws IOException {
        for (long next = 1; next <= messages; next += LINES) {
            List<byte[]> lines = new ArrayList<>();
            for (long id = next; id < next + LINES && id <= messages; id++) {
                lines.add(line(group, members, id));
            }
            writer.append(next, lines);
            writer.roll();
        }
    }

    /** The first message of the segment that is not compressed, which is its file name. */
    private static OptionalLong lastSegment(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(PLAIN))
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - PLAIN.length())))
                    .findFirst();
        }
    }

    private static byte[] line(GroupId group, List<UserId> members, long id) {
        Instant sent = BEGIN.plusSeconds(id);
        int half = members.size() / 2;
        List<Receipt.Reader> readers = new ArrayList<>();
        for (UserId reader : members.subList(1, 1 + half)) {
            readers.add(new Receipt.Reader(reader, sent.plusMillis(readers.size() * 7L)));
        }
        ArchiveLine.Lists lists =
                new ArchiveLine.Lists(readers, members.subList(1 + half, members.size()), Optional.of(0L));
        return new ArchiveLine(group, id, members.get(0), sent, sent.plus(Duration.ofDays(7)), Optional.of(lists))
                .bytes();
    }
}
