package seenby.group;

import com.github.benmanes.caffeine.cache.Interner;

/**
 * One object for equal ids of groups, and for equal incarnations. So a group is named once in memory, however many
 * users it is remembered for. A name that nobody remembers any more is dropped.
 */
public final class SharedNames {
    private final Interner<GroupId> ids = Interner.newWeakInterner();
    private final Interner<String> incarnations = Interner.newWeakInterner();

    public GroupId id(GroupId id) {
        return ids.intern(id);
    }

    public String incarnation(String incarnation) {
        return incarnations.intern(incarnation);
    }
}
