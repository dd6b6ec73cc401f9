package seenby.segment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;

/**
 * The segments of recently used folders, as they were last listed: to list 1,000 files costs more than to find a line.
 * A newer segment is not in it, so list the folder when a line is not found.
 */
public final class SegmentCache {
    private static final int MAX_FOLDERS = 256;

    private final Map<SegmentFolder, long[]> firsts = new LinkedHashMap<>(16, 0.75f, true);

    synchronized void put(SegmentFolder folder, NavigableSet<Long> listed) {
        firsts.put(folder, listed.stream().mapToLong(Long::longValue).toArray());
        if (firsts.size() > MAX_FOLDERS) {
            firsts.remove(firsts.keySet().iterator().next());
        }
    }

    /** The last segment that begins with this message or an earlier one. */
    synchronized OptionalLong floor(SegmentFolder folder, long id) {
        long[] cached = firsts.getOrDefault(folder, new long[0]);
        int found = Arrays.binarySearch(cached, id);
        int index = found >= 0 ? found : -found - 2;
        return index >= 0 ? OptionalLong.of(cached[index]) : OptionalLong.empty();
    }
}
