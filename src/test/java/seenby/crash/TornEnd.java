package seenby.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/**
 * What a loss of power leaves at the end of the data of Redis. Everything that was answered had been synced before, so
 * it stays. Behind it may stand a part of what was written next, zeros in its place, or both.
 */
final class TornEnd {
    private static final int MOST_ZEROS = 5000;
    private static final String TRANSACTION = "*1\r\n$5\r\nMULTI\r\n";

    private final Path file;
    private final Random random;

    TornEnd(Path file, Random random) {
        this.file = file;
        this.random = random;
    }

    void append() {
        try {
            int kind = random.nextInt(3);
            if (kind != 0) {
                Files.write(file, partOfATransaction(), StandardOpenOption.APPEND);
            }
            if (kind != 1) {
                Files.write(file, new byte[1 + random.nextInt(MOST_ZEROS)], StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts off the last transaction anywhere, if it has sent a text. Returns whether it has. */
    boolean cut(String text) {
        try {
            String all = Files.readString(file, StandardCharsets.ISO_8859_1);
            int last = all.lastIndexOf(TRANSACTION);
            boolean isIn = last >= 0 && all.indexOf(text, last) >= 0;
            if (isIn) {
                String rest = all.substring(0, last + random.nextInt(all.length() - last));
                Files.writeString(file, rest, StandardCharsets.ISO_8859_1);
            }
            return isIn;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of a copy of the last transaction. Directly after a rewrite there is none to copy, only data. */
    private byte[] partOfATransaction() throws IOException {
        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
        int last = all.lastIndexOf(TRANSACTION);
        byte[] whole = (last < 0 ? TRANSACTION : all.substring(last)).getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
}
