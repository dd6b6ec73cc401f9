package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.account.RedisUserBatches;
import seenby.account.RedisUsers;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;
import seenby.user.Users;

/** The calls that {@link Memberships} makes to the store. */
class MembershipCallsTest {
    @RegisterExtension
    static final TestRedis SERVER = new TestRedis();

    private static final Redis REDIS = Redis.at(SERVER.url());
    private static final GroupId GROUP = new GroupId("group");
    private static final UserId BOB = new UserId("bob");
    private static final Name NAME = new Name("any");

    private final List<String> calls = new ArrayList<>();
    private final Users users = recorded(Users.class, new RedisUsers(REDIS, Clock.systemUTC()));
    private final Groups groups =
            recorded(Groups.class, new RedisGroups(REDIS, Clock.systemUTC(), (group, incarnation) -> {}));
    private final Memberships memberships = new Memberships(users, groups, GroupLimits.NONE);
    private final BatchCreation creation = new BatchCreation(users, new RedisUserBatches(REDIS, Clock.systemUTC()));

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aJoinChecksPermissionOnceAndFindsTheUserBeforeAndAfter() {
        SERVER.flush();
        users.create(BOB, NAME, false, Token.random());
        groups.create(GROUP, NAME, ReceiptPolicy.SENDER, UserId.ADMIN, Map.of(UserId.ADMIN, true));
        calls.clear();

        assertTrue(memberships.joinOne(GROUP, Caller.SERVER, Optional.of(BOB)));

        assertEquals(List.of("requireOwner", "find", "beginLoops", "join", "find", "endLoops"), calls);
    }

    @Test
    void aGroupIsCreatedWithItsMembersInOneCall() {
        SERVER.flush();
        users.create(UserId.ADMIN, NAME, true, Token.random());
        users.create(BOB, NAME, false, Token.random());
        calls.clear();

        Group group =
                memberships.create(GROUP, NAME, ReceiptPolicy.SENDER, new Caller(UserId.ADMIN, true), List.of(BOB));

        assertEquals(2, group.members());
        assertEquals(List.of("find", "find", "beginLoops", "create", "find", "endLoops", "get"), calls);
    }

    @Test
    void aServerAsksForUnfinishedChangesOnlyWhenItWasToldOfOneOrOnceAMinute() {
        SERVER.flush();
        Recovery recovery = new Recovery(users, groups, memberships, creation);

        look(recovery, 59);
        assertEquals(List.of(), calls);
        look(recovery, 1);
        assertEquals(List.of("unfinishedLoops"), calls);
        recovery.lookSoon();
        look(recovery, 59);
        assertEquals(List.of("unfinishedLoops", "unfinishedLoops"), calls);
    }

    @Test
    void aServerAsksForUnfinishedChangesEachSecondWhileThereAreAny() {
        SERVER.flush();
        Recovery recovery = new Recovery(users, groups, memberships, creation);
        List<Users.Loop> loops = users.beginLoops(List.of(BOB), Users.LoopTask.CHOICE);
        recovery.lookSoon();
        look(recovery, 2);
        users.endLoops(loops);
        look(recovery, 9);

        assertEquals(List.of("beginLoops", "unfinishedLoops", "unfinishedLoops", "endLoops", "unfinishedLoops"), calls);
    }

    private static void look(Recovery recovery, int seconds) {
        for (int second = 0; second < seconds; second++) {
            recovery.look();
        }
    }

    private <T> T recorded(Class<T> port, T store) {
        Object proxy = Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, args) -> {
            calls.add(method.getName());
            try {
                return method.invoke(store, args);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
        return port.cast(proxy);
    }
}
