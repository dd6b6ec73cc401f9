package seenby.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import seenby.group.GroupId;
import seenby.segment.LineFormat;
import seenby.user.UserId;

/** A message when it left Redis. */
public record MessageLine(GroupId group, long id, UserId sender, Instant sentAt, Instant archivedAt, String text) {
    public MessageLine {
        Objects.requireNonNull(group, "no group");
        Objects.requireNonNull(sender, "no sender");
        Objects.requireNonNull(sentAt, "no sent_at");
        Objects.requireNonNull(archivedAt, "no archived_at");
        Objects.requireNonNull(text, "no text");
    }

    /** Reads what {@link #bytes} has written. Fails with the reason if it is anything else. */
    public static MessageLine parse(byte[] line) throws IOException {
        return LineFormat.read(line, MessageLine.class);
    }

    /** The line in the file, with the newline at its end. */
    public byte[] bytes() {
        return LineFormat.of(this);
    }
}
