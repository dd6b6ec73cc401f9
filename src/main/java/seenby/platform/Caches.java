package seenby.platform;

import com.github.benmanes.caffeine.cache.Caffeine;

/** Where every cache begins. */
public final class Caches {
    private Caches() {}

    /**
     * A cache without a bound yet. Its upkeep runs on the thread that uses it: that takes less than to wake another
     * thread, which is what the library does by default.
     */
    public static Caffeine<Object, Object> builder() {
        return Caffeine.newBuilder().executor(Runnable::run);
    }
}
