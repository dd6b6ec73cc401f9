package seenby.segment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;

/**
 * What segments there were when a folder was listed last, of the folders that were asked for of late: to list one of 1,000
 * files costs more than to find a line. What is not found by it may have come since.
 */
public final class SegmentCache {
    private static final int MOST_FOLDERS = 256;

    private final Map<SegmentFolder, long[]> firsts = new LinkedHashMap<>(16, 0.75f, true);

    synchronized void remember(SegmentFolder folder, NavigableSet<Long> listed) {
        firsts.put(folder, listed.stream().mapToLong(Long::longValue).toArray());
        if (firsts.size() > MOST_FOLDERS) {
            firsts.remove(firsts.keySet().iterator().next());
        }
    }

    /** The segment that was the last to begin with this message or an earlier one. */
    synchronized OptionalLong holding(SegmentFolder folder, long id) {
        long[] known = firsts.getOrDefault(folder, new long[0]);
        int found = Arrays.binarySearch(known, id);
        int at = found >= 0 ? found : -found - 2;
        return at >= 0 ? OptionalLong.of(known[at]) : OptionalLong.empty();
    }
}
