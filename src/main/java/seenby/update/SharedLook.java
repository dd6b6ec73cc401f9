package seenby.update;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.message.Messages;
import seenby.message.Page;
import seenby.platform.Caches;
import seenby.platform.HeapShare;

/**
 * A cache for the polls that look at the same messages after a wake. The messages between two ids never change, so one
 * look serves all polls. A page that ends before what was asked is not kept: the rest may come.
 */
final class SharedLook {
    private static final long MOST_CHARS = HeapShare.bytes(32, 16 << 20);
    private static final int FRAME_CHARS = 100;
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final Messages messages;
    private final LongAdder reads = new LongAdder();
    private final Cache<Range, Page> pages = Caches.builder()
            .maximumWeight(MOST_CHARS)
            .weigher(SharedLook::chars)
            .expireAfterWrite(KEPT)
            .build();

    SharedLook(Messages messages) {
        this.messages = messages;
    }

    private record Range(GroupId group, String incarnation, long after, long upto, int limit) {
        boolean isAnsweredBy(Page page) {
            return page.messages().size() == limit
                    || page.messages().stream().anyMatch(message -> message.id() == upto);
        }
    }

    /** About the memory of a page: one may have a mebibyte, another a single line. */
    private static int chars(Range range, Page page) {
        return page.messages().stream()
                .mapToInt(message -> FRAME_CHARS + message.text().length())
                .sum();
    }

    /** The first messages after an id, up to the last known one of the group. */
    Page messages(GroupState group, long after, int limit) {
        Range range = new Range(group.id(), group.incarnation(), after, group.lastId(), limit);
        Page page = pages.get(range, missing -> look(group, range));
        if (!range.isAnsweredBy(page)) {
            pages.asMap().remove(range, page);
        }
        return page;
    }

    /** How often it has read the store. */
    long reads() {
        return reads.sum();
    }

    private Page look(GroupState group, Range range) {
        reads.increment();
        return messages.oldest(group, range.after() + 1, range.upto(), range.limit());
    }
}
