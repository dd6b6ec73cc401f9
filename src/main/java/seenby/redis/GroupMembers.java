package seenby.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import seenby.group.GroupId;
import seenby.group.Member;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;
import seenby.user.UserId;

/**
 * Who is a member of a group, and who of them owes receipts. The index is written before a membership begins and after
 * it has ended.
 */
final class GroupMembers {
    /** Joiners in one call of a script. */
    private static final int CHUNK = 200;

    /** From the last of them on. A step takes milliseconds, so only what is cut off expires. */
    private static final Duration PREPARED_FOR = Duration.ofMinutes(1);

    private final Redis redis;
    private final Clock clock;
    private final GroupIndex index;
    private final UnreadCleanup unreadCleanup;

    GroupMembers(Redis redis, Clock clock, GroupIndex index, UnreadCleanup unreadCleanup) {
        this.redis = redis;
        this.clock = clock;
        this.index = index;
        this.unreadCleanup = unreadCleanup;
    }

    /** Asks again after it has read them, because the group may have ended, or the caller left, meanwhile. */
    List<Member> list(GroupId group, Caller caller) {
        var unused = owner(group, caller);
        Map<String, String> members = redis.hash(Keys.members(group));
        return GroupReply.members(members, owner(group, caller));
    }

    private UserId owner(GroupId group, Caller caller) {
        return Script.GROUP_MEMBERS.run(
                redis,
                List.of(Keys.info(group), Keys.acks(group)),
                List.of(caller.id().value(), Script.flag(caller.admin())),
                reply -> new UserId(reply.text()));
    }

    /** The script refuses before it looks at the list of users, so it runs with an empty one. */
    void requireOwner(GroupId group, Caller caller) {
        runJoin(group, caller, List.of());
    }

    Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> users) {
        Set<UserId> added = new TreeSet<>();
        for (List<Map.Entry<UserId, Boolean>> joiners : chunks(users)) {
            added.addAll(join(group, caller, joiners));
        }
        return added;
    }

    private static List<List<Map.Entry<UserId, Boolean>>> chunks(Map<UserId, Boolean> users) {
        List<Map.Entry<UserId, Boolean>> all = List.copyOf(users.entrySet());
        return IntStream.iterate(0, from -> from < all.size(), from -> from + CHUNK)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + CHUNK)))
                .toList();
    }

    private static List<String> args(List<String> first, List<Map.Entry<UserId, Boolean>> joiners) {
        List<String> args = new ArrayList<>(first);
        joiners.forEach(joiner -> args.addAll(List.of(joiner.getKey().value(), Script.flag(joiner.getValue()))));
        return args;
    }

    /**
     * Prepares the members of a group that does not exist yet. Its creation makes them members all at once; without it
     * they expire.
     */
    void prepare(GroupId group, String incarnation, String now, Map<UserId, Boolean> members) {
        List<String> keys = new ArrayList<>(List.of(Keys.info(group)));
        keys.addAll(Keys.ofNewMembers(group, incarnation));
        List<String> first = List.of(now, Long.toString(PREPARED_FOR.toMillis()));
        chunks(members).forEach(joiners -> Script.GROUP_PREPARE.run(redis, keys, args(first, joiners)));
    }

    /**
     * The index is written before the members, so that after a crash no member is missing in it. It is written again
     * after them, because an earlier membership that ends at the same time may have removed its entry.
     */
    private List<UserId> join(GroupId group, Caller caller, List<Map.Entry<UserId, Boolean>> joiners) {
        List<UserId> ids = joiners.stream().map(Map.Entry::getKey).toList();
        index.add(group, ids);
        try {
            List<UserId> added = runJoin(group, caller, joiners);
            index.add(group, ids);
            return added;
        } catch (Refused refused) {
            index.remove(group, ids);
            throw refused;
        }
    }

    private List<UserId> runJoin(GroupId group, Caller caller, List<Map.Entry<UserId, Boolean>> joiners) {
        List<String> first = List.of(
                Long.toString(clock.millis()),
                caller.id().value(),
                Script.flag(caller.admin()),
                redis.wakes(),
                group.value());
        return Script.GROUP_JOIN.run(
                redis,
                Keys.ofMembership(group),
                args(first, joiners),
                reply -> reply.rest(item -> new UserId(item.text())));
    }

    /**
     * Corrects the index even if there is no such member: a join that lost a race may have written an entry. Changes
     * nothing for a caller who may not remove the member.
     */
    void leave(GroupId group, Caller caller, UserId member) {
        boolean corrects = true;
        try {
            end(group, caller, member, false);
        } catch (Refused refused) {
            corrects = mayRemove(caller, member) || refused.refusal() == Refusal.NO_MEMBER;
            throw refused;
        } finally {
            if (corrects) {
                index.remove(group, List.of(member));
            }
        }
    }

    /** Whether the caller may remove the member from any group. */
    private static boolean mayRemove(Caller caller, UserId member) {
        return caller.admin() || caller.id().equals(member);
    }

    void endPeriod(GroupId group, UserId member) {
        try {
            end(group, Caller.SERVER, member, true);
        } catch (Refused gone) {
            ignoreUnless(gone, Refusal.NO_MEMBER);
        }
    }

    void startPeriod(GroupId group, UserId member) {
        try {
            Script.GROUP_START_PERIOD.run(
                    redis,
                    List.of(
                            Keys.info(group),
                            Keys.acks(group),
                            Keys.ordinals(group),
                            Keys.roster(group),
                            Keys.spells(group)),
                    List.of(member.value()));
        } catch (Refused gone) {
            ignoreUnless(gone, Refusal.NOT_MEMBER);
        }
    }

    private static void ignoreUnless(Refused refused, Refusal expected) {
        if (refused.refusal() != expected && refused.refusal() != Refusal.NO_GROUP) {
            throw refused;
        }
    }

    private void end(GroupId group, Caller caller, UserId member, boolean stay) {
        long ordinal = Script.GROUP_LEAVE.run(
                redis,
                Keys.ofLeave(group),
                List.of(
                        caller.id().value(),
                        Script.flag(caller.admin()),
                        member.value(),
                        Script.flag(stay),
                        redis.wakes(),
                        group.value()),
                Reply::number);
        if (ordinal > 0) {
            unreadCleanup.clean(group, Long.toString(ordinal));
        }
    }
}
