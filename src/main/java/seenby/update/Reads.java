package seenby.update;

import java.util.List;

/**
 * Reads after a position that concern one user.
 *
 * @param upto the position after them
 * @param more whether others come after that position
 * @param gap whether some after the position asked for are no longer kept
 */
public record Reads(List<Read> reads, long upto, boolean more, boolean gap) {
    public Reads {
        reads = List.copyOf(reads);
    }
}
