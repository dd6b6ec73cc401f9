package seenby.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random actions of a writer: after each one, the files contain the same lines as a list. */
class SegmentsModelTest {
    private static final int STEPS = 100;

    @TempDir
    private Path archive = Path.of("");

    private final List<byte[]> model = new ArrayList<>();
    private Random random = new Random();

    // lines in a closed segment are committed, so a truncation cannot remove them
    private int closed;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void filesAndAListAgreeAfterEveryStep(long seed) throws IOException {
        random = new Random(seed);
        Segments segments = SampleLines.segments(archive, 1 + random.nextInt(20_000));
        SegmentWriter writer = SampleLines.writer(segments, 0);
        for (int step = 1; step <= STEPS; step++) {
            String done = "";
            try {
                done = step(writer);
                if (done.equals("crash") || done.equals("take over")) {
                    writer = SampleLines.writer(segments, model.size());
                    assertEquals(model.size(), writer.truncation().last());
                    if (done.equals("take over")) {
                        writer.closeCurrent();
                        closed = model.size();
                    }
                }
                compare(segments, step % 30 == 0);
            } catch (AssertionError | IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + done, e);
            }
        }
    }

    private String step(SegmentWriter writer) throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> {
                int upto = closed + random.nextInt(model.size() - closed + 1);
                writer.truncate(upto);
                model.subList(upto, model.size()).clear();
                return "truncate " + upto;
            }
            case 1 -> {
                leaveGarbage();
                return "crash";
            }
            case 2 -> {
                return "take over";
            }
            default -> {
                List<byte[]> lines = lines();
                writer.append(model.size() + 1, lines);
                model.addAll(lines);
                writer.roll();
                closed = Files.exists(SampleLines.folder(archive)) && hasNoPlain() ? model.size() : closed;
                return "append " + lines.size();
            }
        }
    }

    private boolean hasNoPlain() {
        return SampleLines.names(archive).stream().allMatch(name -> name.endsWith(".gz"));
    }

    private List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int readers = random.nextInt(20) == 0 ? 3000 : random.nextInt(60);
            lines.add(SampleLines.line(model.size() + lines.size() + 1, readers).bytes());
        }
        return lines;
    }

    private void leaveGarbage() throws IOException {
        byte[] garbage = new byte[random.nextInt(3000)];
        if (random.nextBoolean()) {
            random.nextBytes(garbage);
        }
        Optional<String> plain = Files.exists(SampleLines.folder(archive))
                ? SampleLines.names(archive).stream()
                        .filter(name -> name.endsWith(".ndjson"))
                        .findFirst()
                : Optional.empty();
        Path file =
                plain.map(SampleLines.folder(archive)::resolve).orElse(SampleLines.plain(archive, model.size() + 1));
        Files.createDirectories(SampleLines.folder(archive));
        Files.write(file, garbage, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void compare(Segments segments, boolean everyLine) throws IOException {
        List<byte[]> read = new ArrayList<>();
        segments.read(1, model.size(), (id, line) -> read.add(line));
        assertEquals(model.size(), read.size());
        for (int i = 0; i < read.size(); i++) {
            assertArrayEquals(model.get(i), read.get(i));
            if (everyLine) {
                assertArrayEquals(model.get(i), segments.find(i + 1).orElseThrow());
            }
        }
    }
}
