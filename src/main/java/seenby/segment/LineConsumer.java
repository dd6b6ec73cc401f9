package seenby.segment;

import java.io.IOException;

/** Is given lines one by one. */
@FunctionalInterface
public interface LineConsumer {
    /** A line as it stands in the file, with the newline at its end. */
    void accept(long id, byte[] line) throws IOException;
}
