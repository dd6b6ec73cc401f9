package seenby.checker;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Whether something was so, such as that a user was a member, as far as the answers tell: it was, it was not, or it may
 * be either. It was so at first.
 */
final class Timeline {
    /** No operation lasts longer, with the time after it in which it may still be done. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private final List<Operation> changes;
    private final Predicate<Operation> toTrue;

    /** @param toTrue of the changes, which make it so; all others end it */
    Timeline(List<Operation> changes, Predicate<Operation> toTrue) {
        this.changes = changes.stream()
                .filter(Operation::mayBeDone)
                .sorted(Comparator.comparingLong(change -> change.span().begin()))
                .toList();
        this.toTrue = toTrue;
    }

    /** Whether it had this value during all of this time, in any case. */
    boolean certainly(boolean value, long from, long to) {
        for (int i = firstAfter(from) - 1; i >= 0; i--) {
            Operation change = changes.get(i);
            if (change.isOk() && change.span().end() < from) {
                return toTrue.test(change) == value
                        && !mayBecome(!value, change.span().begin(), to);
            }
        }
        return value && !mayBecome(false, 0, to);
    }

    /** Whether an operation that gives it this value may have been done in this time. */
    boolean mayBecome(boolean value, long from, long to) {
        for (int i = firstAfter(from - LONGEST); i < changes.size(); i++) {
            Span effect = changes.get(i).effect();
            if (effect.begin() > to) {
                return false;
            }
            if (toTrue.test(changes.get(i)) == value && effect.touches(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an operation that began after this time has certainly ended it. */
    boolean endedAfter(long time) {
        return changes.subList(firstAfter(time), changes.size()).stream()
                .anyMatch(change -> change.isOk() && !toTrue.test(change));
    }

    /** The end of the last time in which it may have changed, as of some time; 0 if it never did. */
    long lastChangeBefore(long time) {
        return changes.subList(0, firstAfter(time)).stream()
                .mapToLong(change -> change.effect().end())
                .max()
                .orElse(0);
    }

    private int firstAfter(long time) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).span().begin() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
