package seenby.crash;

import static seenby.support.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import seenby.checker.History;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;

/** Users with two or three devices each, in two groups. Half of them stay, the others leave and opt out at times. */
final class CrashClients implements AutoCloseable {
    static final List<String> USERS = List.of("ann", "bob", "cem", "dan", "eve", "fay");

    /** Everybody sees the receipts of the first one, and the sender those of the second. */
    static final List<String> GROUPS = List.of("open", "closed");

    private static final int STAYING = 3;

    /** Longer than any poll, so that one that is not told of a message has ended. */
    private static final long LONGEST_WAIT = Duration.ofSeconds(25).toNanos();

    private final History history;
    private final CrashHttp http;
    private final List<CrashMember> members = new ArrayList<>();
    private final List<CrashFollower> followers = new ArrayList<>();
    private final List<Thread> first = new ArrayList<>();
    private final List<Thread> second = new ArrayList<>();
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock(true);
    private final CrashUser speaker;
    private final CrashUser listener;
    private volatile boolean ended;

    CrashClients(Faults faults, History history, long seed) {
        this.history = history;
        this.http = faults.http();
        create(faults.server().process());
        speaker = user("ann in a calm", owner(), seed);
        listener = user("bob in a calm", members.get(1), seed);
        for (CrashMember member : members) {
            long own = seed * USERS.size() + members.indexOf(member);
            first.add(thread(user(member.id(), member, own), member.id()));
            poller(follower(member, "'s poller"), own);
            if (members.indexOf(member) % 2 == 1) {
                stream(follower(member, "'s stream"));
            }
        }
    }

    private CrashFollower follower(CrashMember member, String device) {
        CrashFollower follower = new CrashFollower(member, member.id() + device, history);
        followers.add(follower);
        return follower;
    }

    private void poller(CrashFollower follower, long seed) {
        BooleanSupplier calm = turns::isWriteLocked;
        second.add(thread(new CrashPoller(follower, history, calm, () -> ended, seed), follower.toString()));
    }

    private void stream(CrashFollower follower) {
        second.add(thread(new CrashStream(follower, http, history, () -> ended), follower.toString()));
    }

    private CrashUser user(String name, CrashMember member, long seed) {
        return new CrashUser(name, member, owner(), history, turns.readLock(), () -> ended, seed);
    }

    private void create(ServerProcess server) {
        USERS.forEach(id -> members.add(CrashMember.of(server.user(id), members.size() >= STAYING, http)));
        ApiClient ann = new ApiClient(server::port, owner().id(), owner().token());
        for (String group : GROUPS) {
            String receipts = isOpen(group) ? "members" : "sender";
            ann.post("/v1/groups", Map.of("id", group, "members", USERS, "receipts", receipts))
                    .expect(201);
        }
    }

    private Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setUncaughtExceptionHandler(
                (client, failure) -> history.addUnexpected("%s ended with %s".formatted(name, failure)));
        thread.setDaemon(true);
        return thread;
    }

    static boolean isOpen(String group) {
        return group.equals(GROUPS.get(0));
    }

    CrashMember owner() {
        return members.get(0);
    }

    List<CrashMember> members() {
        return members;
    }

    void start() {
        followers.forEach(CrashFollower::begin);
        second.forEach(Thread::start);
        first.forEach(Thread::start);
    }

    /** One message in each group, and then one read, while nothing else happens that would wake a poll. */
    void calm() {
        turns.writeLock().lock();
        try {
            GROUPS.forEach(speaker::say);
            await(this::haveEverything);
            GROUPS.forEach(listener::readLast);
            await(this::haveHeard);
        } finally {
            turns.writeLock().unlock();
        }
    }

    /** Longer than any poll at most: whether it was too long, the checker tells. */
    private void await(BooleanSupplier condition) {
        long begin = history.now();
        while (!condition.getAsBoolean() && history.now() - begin < LONGEST_WAIT) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Whether the owner has heard of the read of its messages. */
    private boolean haveHeard() {
        return followers.stream()
                .filter(follower -> follower.member().equals(owner()))
                .allMatch(follower -> GROUPS.stream()
                        .allMatch(group -> follower.hasHeard(group, USERS.get(1), follower.delivered(group))));
    }

    /** A loss of power while one message is being sent, and nothing else. */
    void losePower(Faults faults) {
        turns.writeLock().lock();
        try {
            faults.losePowerDuring(() -> speaker.trySaying(GROUPS.get(0)));
        } finally {
            turns.writeLock().unlock();
        }
    }

    private boolean haveEverything() {
        return GROUPS.stream().allMatch(group -> {
            CrashHttp.Reply view = owner().call("GET", "/v1/groups/" + group, Map.of());
            long last = view.json().path("last_id").asLong();
            return followers.stream()
                    .filter(follower -> !follower.member().leaves())
                    .allMatch(follower -> follower.delivered(group) == last);
        });
    }

    /** Ends all of them, and polls for the rest. */
    void end() {
        close();
        followers.forEach(CrashFollower::finish);
    }

    private void await(List<Thread> threads) {
        threads.forEach(thread -> eventually(thread.getName() + " ends", () -> !thread.isAlive()));
    }

    @Override
    public void close() {
        ended = true;
        second.forEach(thread -> eventually(thread.getName() + " ends", () -> {
            http.cut();
            return !thread.isAlive();
        }));
        await(first);
    }
}
