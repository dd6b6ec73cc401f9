package seenby.update;

import java.util.List;

/**
 * Reads after a position that one user may see.
 *
 * @param upto the position after them
 * @param more whether more follow that position
 * @param gap whether some after the requested position were deleted
 */
public record Reads(List<Read> reads, long upto, boolean more, boolean gap) {
    public Reads {
        reads = List.copyOf(reads);
    }
}
