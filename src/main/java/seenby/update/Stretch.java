package seenby.update;

import java.util.List;

/**
 * What a stream goes on with.
 *
 * @param steps an update with one entry each; {@code next} in it is where its reader stands then
 * @param next where the reader stands after all of them
 */
public record Stretch(List<Update> steps, String next) {
    public Stretch {
        steps = List.copyOf(steps);
    }
}
