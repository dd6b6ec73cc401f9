package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.account.RedisUsers;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.Parallel;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserChange;
import seenby.user.UserId;

/** Users and groups change in separate steps; in whatever order these happen, the result is consistent. */
class MembershipRacesTest {
    private static final int ROUNDS = 100;

    @RegisterExtension
    static final TestRedis SERVER = new TestRedis();

    private static final Redis REDIS = Redis.at(SERVER.url());
    private static final RedisUsers USERS = new RedisUsers(REDIS, Clock.systemUTC());
    private static final RedisGroups GROUPS = new RedisGroups(REDIS, Clock.systemUTC(), (of, incarnation) -> {});
    private static final Memberships MEMBERSHIPS = new Memberships(USERS, GROUPS, GroupLimits.NONE);
    private static final GroupId GROUP = new GroupId("group");
    private static final Set<Refusal> EXPECTED = Set.of(Refusal.INVALID, Refusal.NOT_MEMBER, Refusal.NO_MEMBER);
    private static final Name NAME = Name.orId(Optional.empty(), "any");

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final RedisClient client = SERVER.client();
    private UserId bob = new UserId("bob");

    @BeforeAll
    static void createGroup() {
        SERVER.flush();
        USERS.create(UserId.ADMIN, NAME, true, Token.random());
        GROUPS.create(GROUP, NAME, ReceiptPolicy.SENDER, UserId.ADMIN, Map.of(UserId.ADMIN, true));
    }

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aJoinDuringTheDeletionOfItsUserLeavesNoTrace() {
        for (int round = 0; round < ROUNDS; round++) {
            createBob();

            Parallel.run(() -> unlessRefused(this::joinBob), () -> MEMBERSHIPS.deleteUser(bob));

            assertGone("round " + round);
        }
    }

    @Test
    void aGroupCreatedDuringTheDeletionOfItsOwnerPassesToAdminOrIsRefused() {
        GroupId created = new GroupId("made");
        for (int round = 0; round < ROUNDS; round++) {
            createBob();

            Parallel.run(
                    () -> unlessRefused(() -> MEMBERSHIPS.create(
                            created, NAME, ReceiptPolicy.SENDER, new Caller(bob, false), List.of(UserId.ADMIN))),
                    () -> MEMBERSHIPS.deleteUser(bob));

            assertGone("round " + round);
            for (Group group : GROUPS.get(List.of(created), UserId.ADMIN)) {
                assertEquals(UserId.ADMIN, group.owner());
                assertEquals(1, group.members());
                MEMBERSHIPS.deleteGroup(created, Caller.SERVER, false);
            }
        }
    }

    @Test
    void aGroupCreatedWithAUserThatIsDeletedMeanwhileIsWholeWithoutIt() {
        GroupId created = new GroupId("whole");
        for (int round = 0; round < ROUNDS; round++) {
            createBob();

            Parallel.run(
                    () -> unlessRefused(
                            () -> MEMBERSHIPS.create(created, NAME, ReceiptPolicy.SENDER, Caller.SERVER, List.of(bob))),
                    () -> MEMBERSHIPS.deleteUser(bob));

            assertGone("round " + round);
            if (GROUPS.all().contains(created)) {
                MEMBERSHIPS.deleteGroup(created, Caller.SERVER, false);
            }
        }
    }

    @Test
    void aGroupCreatedDuringTheEndOfTheDeletionOfAnEarlierOneIsInAllLists() {
        GroupId again = new GroupId("again");
        createBob();
        for (int round = 0; round < ROUNDS; round++) {
            Parallel.run(
                    () -> MEMBERSHIPS.create(again, NAME, ReceiptPolicy.SENDER, Caller.SERVER, List.of(bob)),
                    () -> GROUPS.delete(again));

            assertTrue(GROUPS.all().contains(again), "round " + round);
            assertTrue(GROUPS.idsOf(bob).contains(again), "round " + round);
            MEMBERSHIPS.deleteGroup(again, Caller.SERVER, false);
        }
        MEMBERSHIPS.deleteUser(bob);
    }

    @Test
    void aJoinDuringAnOptOutFollowsTheLatestChoice() {
        createBob();
        for (int round = 0; round < ROUNDS; round++) {
            boolean choice = round % 2 == 0;
            choose(!choice);

            Parallel.run(this::joinBob, () -> choose(choice));

            assertEquals(choice, owes(), "round " + round);
            GROUPS.leave(GROUP, Caller.SERVER, bob);
        }
        MEMBERSHIPS.deleteUser(bob);
    }

    @Test
    void concurrentChoicesEndAsTheStoredChoice() {
        createBob();
        joinBob();
        for (int round = 0; round < ROUNDS; round++) {
            Parallel.run(() -> choose(false), () -> choose(true));

            assertEquals(USERS.find(bob).orElseThrow().sendReadReceipts(), owes(), "round " + round);
        }
        MEMBERSHIPS.deleteUser(bob);
    }

    @Test
    void concurrentJoinAndLeaveKeepGroupAndUserIndexConsistent() {
        createBob();
        for (int round = 0; round < ROUNDS; round++) {
            Parallel.run(this::joinBob, () -> unlessRefused(() -> GROUPS.leave(GROUP, Caller.SERVER, bob)));

            assertTrue(!isMember() || GROUPS.idsOf(bob).contains(GROUP), "round " + round);
        }
        MEMBERSHIPS.deleteUser(bob);
    }

    /** Another bob each time: an id is given once. */
    private void createBob() {
        bob = new UserId("bob-" + SERIAL.incrementAndGet());
        USERS.create(bob, NAME, false, Token.random());
    }

    private void joinBob() {
        MEMBERSHIPS.join(GROUP, Caller.SERVER, List.of(bob));
    }

    private void choose(boolean send) {
        MEMBERSHIPS.change(bob, UserChange.own(Optional.empty(), Optional.of(send)));
    }

    private static void unlessRefused(Runnable task) {
        try {
            task.run();
        } catch (Refused refused) {
            assertTrue(EXPECTED.contains(refused.refusal()), refused.refusal().name());
        }
    }

    private boolean isMember() {
        return client.hexists("sb:{group}:acks", bob.value());
    }

    private boolean owes() {
        return client.hexists("sb:{group}:ordinals", bob.value());
    }

    /** Asserts that bob is in no group, owes no receipts and has no keys. */
    private void assertGone(String round) {
        for (String key : client.keys("sb:{*}:acks")) {
            assertEquals(false, client.hexists(key, bob.value()), round);
            assertEquals(false, client.hexists(key.replace(":acks", ":members"), bob.value()), round);
            assertEquals(false, client.hexists(key.replace(":acks", ":ordinals"), bob.value()), round);
            assertEquals(1, client.scard(key.replace(":acks", ":roster")), round);
        }
        assertEquals(Set.of(), client.keys("sb:user:{" + bob + "}:*"), round);
        assertEquals(Map.of("deleted", "1"), client.hgetAll("sb:user:{" + bob + "}"), round);
        assertEquals(Set.of(), client.smembers("sb:loops"), round);
        assertEquals(false, client.sismember("sb:users", bob.value()), round);
        assertEquals(1, client.keys("sb:token:*").size(), round);
    }
}
