package seenby.update;

import java.util.List;

/**
 * The next part of a stream.
 *
 * @param steps updates with one entry each; {@code next} is the position after the entry
 * @param next the position after all of them
 */
public record Stretch(List<Update> steps, String next) {
    public Stretch {
        steps = List.copyOf(steps);
    }
}
