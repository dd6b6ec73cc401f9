package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.message.Draft;
import seenby.message.SendResult;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserChange;
import seenby.user.UserId;

/** Each refusal in the header of a script, and that it changes nothing. */
class RefusalsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId EVE = new UserId("eve");
    private static final GroupId GROUP = new GroupId("group");
    private static final GroupId NONE = new GroupId("none");
    private static final GroupId CLOSED = new GroupId("closed");
    private static final Name NAME = Name.orId(Optional.empty(), "any");
    private static final Draft RETRIED = new Draft("hi", Optional.of("c-1"));

    private final RedisStores store = new RedisStores(REDIS);

    @BeforeEach
    void createGroup() {
        List.of(ANN, EVE).forEach(id -> store.users.create(id, NAME, false, Token.random()));
        store.users.close(EVE);
        store.group(GROUP, ANN, BOB);
        store.messages.send(GROUP, ANN, RETRIED);
        change(GROUP, ANN, Optional.of(ReceiptPolicy.OFF), Optional.empty());
        store.send(GROUP, ANN);
        change(GROUP, ANN, Optional.of(ReceiptPolicy.SENDER), Optional.empty());
        store.group(CLOSED, ANN);
        store.groups.close(CLOSED, Caller.SERVER, false);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> refusalsOfGroups() {
        return Stream.of(
                refused("create", Refusal.GROUP_TAKEN, () -> store.group(GROUP, EVE)),
                refused("create before the deletion is complete", Refusal.GROUP_TAKEN, () -> store.group(CLOSED, EVE)),
                refused("get", Refusal.NO_GROUP, () -> store.groups.get(NONE, ANN)),
                refused("get a closed group", Refusal.NO_GROUP, () -> store.groups.get(CLOSED, ANN)),
                refused("members", Refusal.NO_GROUP, () -> store.groups.members(NONE, Caller.SERVER)),
                refused("members of a closed group", Refusal.NO_GROUP, () -> store.groups.members(CLOSED, user(ANN))),
                refused("members", Refusal.NOT_MEMBER, () -> store.groups.members(GROUP, user(EVE))),
                refused("change", Refusal.NO_GROUP, () -> rename(NONE, ANN)),
                refused("change a closed group", Refusal.NO_GROUP, () -> rename(CLOSED, ANN)),
                refused("change", Refusal.NOT_MEMBER, () -> rename(GROUP, EVE)),
                refused("change", Refusal.NOT_OWNER, () -> rename(GROUP, BOB)),
                refused(
                        "transfer",
                        Refusal.OWNER_NOT_MEMBER,
                        () -> change(GROUP, ANN, Optional.of(ReceiptPolicy.OFF), Optional.of(EVE))),
                refused("close", Refusal.NO_GROUP, () -> store.groups.close(NONE, Caller.SERVER, false)),
                refused("close twice", Refusal.NO_GROUP, () -> store.groups.close(CLOSED, Caller.SERVER, false)),
                refused("close", Refusal.NOT_MEMBER, () -> store.groups.close(GROUP, user(EVE), false)),
                refused("close", Refusal.NOT_OWNER, () -> store.groups.close(GROUP, user(BOB), false)));
    }

    @TestFactory
    Stream<DynamicTest> refusalsOfMemberships() {
        return Stream.of(
                refused("join", Refusal.NO_GROUP, () -> join(NONE, Caller.SERVER)),
                refused("join a closed group", Refusal.NO_GROUP, () -> join(CLOSED, Caller.SERVER)),
                refused("join", Refusal.NOT_MEMBER, () -> join(GROUP, user(EVE))),
                refused("join", Refusal.NOT_OWNER, () -> join(GROUP, user(BOB))),
                refused("leave", Refusal.NO_GROUP, () -> store.groups.leave(NONE, Caller.SERVER, BOB)),
                refused("leave a closed group", Refusal.NO_GROUP, () -> store.groups.leave(CLOSED, Caller.SERVER, BOB)),
                refused("leave", Refusal.NOT_MEMBER, () -> store.groups.leave(GROUP, user(EVE), BOB)),
                refused("leave", Refusal.NOT_OWNER, () -> store.groups.leave(GROUP, user(BOB), ANN)),
                refused("leave", Refusal.NO_MEMBER, () -> store.groups.leave(GROUP, user(ANN), EVE)),
                refused("leave", Refusal.OWNER_STAYS, () -> store.groups.leave(GROUP, user(ANN), ANN)));
    }

    @TestFactory
    Stream<DynamicTest> refusalsOfMessagesAndReceipts() {
        Draft other = new Draft("other", Optional.of("c-1"));
        return Stream.of(
                refused("send", Refusal.NOT_MEMBER, () -> store.send(GROUP, EVE)),
                refused("send to an unknown group", Refusal.NOT_MEMBER, () -> store.send(NONE, ANN)),
                refused("send", Refusal.OTHER_TEXT, () -> store.messages.send(GROUP, ANN, other)),
                refused("ack", Refusal.NOT_MEMBER, () -> store.receipts.ack(GROUP, EVE, 1)),
                refused("ack", Refusal.BEYOND_LAST, () -> store.receipts.ack(GROUP, BOB, 3)),
                refused("ack one", Refusal.NOT_MEMBER, () -> store.receipts.ackOne(GROUP, EVE, 1)),
                refused("ack one", Refusal.NO_MESSAGE, () -> store.receipts.ackOne(GROUP, BOB, 3)),
                refused("ack message 0", Refusal.NO_MESSAGE, () -> store.receipts.ackOne(GROUP, BOB, 0)),
                refused("counts", Refusal.NOT_MEMBER, () -> store.receipts.counts(GROUP, EVE, 1, 2)),
                refused("origins", Refusal.NO_GROUP, () -> store.receipts.origins(GROUP, "0123456789", 1, 2)),
                refused("count", Refusal.NOT_MEMBER, () -> store.receipts.count(GROUP, EVE, 1)),
                refused("list", Refusal.NO_MESSAGE, () -> store.receipts.list(GROUP, ANN, 3)),
                refused("list", Refusal.NO_RECEIPTS, () -> store.receipts.list(GROUP, ANN, 2)),
                refused("list", Refusal.NOT_SENDER, () -> store.receipts.list(GROUP, BOB, 1)));
    }

    @TestFactory
    Stream<DynamicTest> refusalsOfUsers() {
        return Stream.of(
                refused("create", Refusal.USER_TAKEN, () -> store.users.create(ANN, NAME, false, Token.random())),
                refused(
                        "create during the deletion",
                        Refusal.USER_DELETED,
                        () -> store.users.create(EVE, NAME, false, Token.random())),
                refused(
                        "change",
                        Refusal.NO_USER,
                        () -> store.users.change(BOB, UserChange.own(Optional.of(NAME), Optional.empty()))),
                refused(
                        "change during the deletion",
                        Refusal.NO_USER,
                        () -> store.users.change(EVE, UserChange.own(Optional.of(NAME), Optional.empty()))),
                refused("token", Refusal.NO_USER, () -> store.users.replaceToken(BOB, Token.random())),
                refused("delete", Refusal.NO_USER, () -> store.users.close(BOB)));
    }

    @TestFactory
    Stream<DynamicTest> refusalsAfterTheDeletionOfAUser() {
        store.users.delete(EVE);

        return Stream.of(
                refused("create", Refusal.USER_DELETED, () -> store.users.create(EVE, NAME, false, Token.random())),
                refused(
                        "change",
                        Refusal.NO_USER,
                        () -> store.users.change(EVE, UserChange.own(Optional.of(NAME), Optional.empty()))),
                refused("token", Refusal.NO_USER, () -> store.users.replaceToken(EVE, Token.random())),
                refused("delete twice", Refusal.NO_USER, () -> store.users.close(EVE)));
    }

    @Test
    void aUserThatExistsOrNeverExistedIsNotDeletedByMistake() {
        Map<String, String> stored = stored();
        stored.remove("sb:user:{bob}:groups");

        store.users.delete(ANN);
        store.users.delete(BOB);

        assertEquals(stored, stored());
    }

    @Test
    void aReadOfADeletedGroupWithTheSameIdIsRefused() {
        Group before = store.groups.get(GROUP, ANN);
        store.groups.close(GROUP, Caller.SERVER, false);
        store.groups.delete(GROUP);
        store.group(GROUP, ANN);
        store.send(GROUP, ANN);

        Refused refused = assertThrows(Refused.class, () -> store.messages.oldest(before.state(), 1, 1, 1));

        assertEquals(Refusal.NO_GROUP, refused.refusal());
    }

    @Test
    void receiptPeriodsOfNonMembersChangeNothing() {
        Map<String, String> stored = stored();

        for (GroupId group : List.of(GROUP, NONE, CLOSED)) {
            store.groups.startPeriod(group, EVE);
            store.groups.endPeriod(group, EVE);
        }

        assertEquals(stored, stored());
    }

    @Test
    void aRetryReturnsTheOriginalMessageAndIsMarked() {
        SendResult again = store.messages.send(GROUP, ANN, RETRIED);

        assertTrue(again.again());
        assertEquals(1, again.id());
        assertFalse(store.messages
                .send(GROUP, ANN, new Draft("hi", Optional.of("c-2")))
                .again());
    }

    private DynamicTest refused(String what, Refusal refusal, Runnable call) {
        return DynamicTest.dynamicTest(what + ": " + refusal, () -> {
            Map<String, String> before = stored();
            assertEquals(refusal, assertThrows(Refused.class, () -> call.run()).refusal());
            assertEquals(before, stored());
        });
    }

    private static Map<String, String> stored() {
        return REDIS.checksums("sb:*{*");
    }

    private void rename(GroupId group, UserId caller) {
        change(group, caller, Optional.empty(), Optional.empty());
    }

    private void change(GroupId group, UserId caller, Optional<ReceiptPolicy> receipts, Optional<UserId> owner) {
        store.groups.change(group, user(caller), Optional.of(NAME), receipts, owner);
    }

    private void join(GroupId group, Caller caller) {
        store.groups.join(group, caller, Map.of(EVE, true));
    }

    private static Caller user(UserId id) {
        return new Caller(id, false);
    }
}
