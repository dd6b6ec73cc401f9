package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.redis.RedisUsers;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.Parallel;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** Users and groups change in separate steps; in whatever order these happen, the result is consistent. */
class MembershipRacesTest {
    private static final int ROUNDS = 100;

    @RegisterExtension
    static final TestRedis SERVER = new TestRedis();

    private static final Redis REDIS = Redis.at(SERVER.url());
    private static final RedisUsers USERS = new RedisUsers(REDIS, Clock.systemUTC());
    private static final RedisGroups GROUPS = new RedisGroups(REDIS, Clock.systemUTC(), (of, incarnation) -> {});
    private static final Memberships MEMBERSHIPS = new Memberships(USERS, GROUPS);
    private static final GroupId GROUP = new GroupId("group");
    private static final UserId BOB = new UserId("bob");
    private static final Set<Refusal> EXPECTED = Set.of(Refusal.INVALID, Refusal.NOT_MEMBER, Refusal.NO_MEMBER);
    private static final Name NAME = Name.orId(Optional.empty(), "any");

    private final RedisClient client = SERVER.client();

    @BeforeAll
    static void createGroup() {
        SERVER.flush();
        USERS.create(UserId.ADMIN, NAME, true, Token.random());
        GROUPS.create(GROUP, NAME, ReceiptPolicy.SENDER, UserId.ADMIN, true);
    }

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aJoinDuringTheDeletionOfItsUserLeavesNoTrace() {
        for (int round = 0; round < ROUNDS; round++) {
            USERS.create(BOB, NAME, false, Token.random());

            Parallel.run(() -> unlessRefused(this::joinBob), () -> MEMBERSHIPS.deleteUser(BOB));

            assertGone("round " + round);
        }
    }

    @Test
    void aGroupCreatedDuringTheDeletionOfItsOwnerPassesToAdminOrIsRefused() {
        GroupId created = new GroupId("made");
        for (int round = 0; round < ROUNDS; round++) {
            USERS.create(BOB, NAME, false, Token.random());

            Parallel.run(
                    () -> unlessRefused(() -> MEMBERSHIPS.create(
                            created, NAME, ReceiptPolicy.SENDER, new Caller(BOB, false), List.of(UserId.ADMIN))),
                    () -> MEMBERSHIPS.deleteUser(BOB));

            assertGone("round " + round);
            for (Group group : GROUPS.get(List.of(created), UserId.ADMIN)) {
                assertEquals(UserId.ADMIN, group.owner());
                assertEquals(1, group.members());
                MEMBERSHIPS.deleteGroup(created, Caller.SERVER, false);
            }
        }
    }

    @Test
    void aJoinDuringAnOptOutFollowsTheLatestChoice() {
        USERS.create(BOB, NAME, false, Token.random());
        for (int round = 0; round < ROUNDS; round++) {
            boolean choice = round % 2 == 0;
            choose(!choice);

            Parallel.run(this::joinBob, () -> choose(choice));

            assertEquals(choice, owes(), "round " + round);
            GROUPS.leave(GROUP, Caller.SERVER, BOB);
        }
        MEMBERSHIPS.deleteUser(BOB);
    }

    @Test
    void concurrentChoicesEndAsTheStoredChoice() {
        USERS.create(BOB, NAME, false, Token.random());
        joinBob();
        for (int round = 0; round < ROUNDS; round++) {
            Parallel.run(() -> choose(false), () -> choose(true));

            assertEquals(USERS.find(BOB).orElseThrow().sendReadReceipts(), owes(), "round " + round);
        }
        MEMBERSHIPS.deleteUser(BOB);
    }

    @Test
    void concurrentJoinAndLeaveKeepGroupAndUserIndexConsistent() {
        USERS.create(BOB, NAME, false, Token.random());
        for (int round = 0; round < ROUNDS; round++) {
            Parallel.run(this::joinBob, () -> unlessRefused(() -> GROUPS.leave(GROUP, Caller.SERVER, BOB)));

            assertTrue(!isMember() || GROUPS.idsOf(BOB).contains(GROUP), "round " + round);
        }
        MEMBERSHIPS.deleteUser(BOB);
    }

    private void joinBob() {
        MEMBERSHIPS.join(GROUP, Caller.SERVER, List.of(BOB));
    }

    private static void choose(boolean send) {
        MEMBERSHIPS.change(BOB, Optional.empty(), Optional.of(send));
    }

    private static void unlessRefused(Runnable task) {
        try {
            task.run();
        } catch (Refused refused) {
            assertTrue(EXPECTED.contains(refused.refusal()), refused.refusal().name());
        }
    }

    private boolean isMember() {
        return client.hexists("sb:{group}:acks", BOB.value());
    }

    private boolean owes() {
        return client.hexists("sb:{group}:ordinals", BOB.value());
    }

    /** Asserts that bob is in no group, owes no receipts and has no keys. */
    private void assertGone(String round) {
        for (String key : client.keys("sb:{*}:acks")) {
            assertEquals(false, client.hexists(key, BOB.value()), round);
            assertEquals(false, client.hexists(key.replace(":acks", ":members"), BOB.value()), round);
            assertEquals(false, client.hexists(key.replace(":acks", ":ordinals"), BOB.value()), round);
            assertEquals(1, client.scard(key.replace(":acks", ":roster")), round);
        }
        assertEquals(Set.of(), client.keys("sb:user:{bob}*"), round);
        assertEquals(java.util.Set.of(), client.smembers("sb:loops"), round);
        assertEquals(false, client.sismember("sb:users", BOB.value()), round);
        assertEquals(1, client.keys("sb:token:*").size(), round);
    }
}
