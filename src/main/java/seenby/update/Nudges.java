package seenby.update;

import java.util.List;
import seenby.receipt.Nudge;

/**
 * Nudges after a position, for messages that one user has not read.
 *
 * @param upto the position after them
 * @param more whether more follow that position
 */
public record Nudges(List<Nudge> nudges, long upto, boolean more) {
    public Nudges {
        nudges = List.copyOf(nudges);
    }
}
