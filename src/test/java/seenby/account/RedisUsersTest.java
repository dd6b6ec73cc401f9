package seenby.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.redis.Redis;
import seenby.support.RedisProxy;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** Which tokens a server remembers, and that no revocation is missed, whatever happens at the same time. */
class RedisUsersTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final Optional<Caller> CALLER = Optional.of(new Caller(ANN, false));

    private final AtomicLong nanos = new AtomicLong();
    private final RedisProxy proxy = new RedisProxy(REDIS.url());
    private final Redis redis = Redis.at(proxy.url());
    private final RedisUsers users = new RedisUsers(redis, Clock.systemUTC(), nanos::get);
    private final Redis direct = Redis.at(REDIS.url());
    private final RedisUsers elsewhere = new RedisUsers(direct, Clock.systemUTC());
    private final Token token = Token.random();

    @BeforeEach
    void createAnn() {
        REDIS.flush();
        users.trust(true);
        users.create(ANN, new Name("Ann"), false, token);
    }

    @AfterEach
    void close() {
        redis.close();
        direct.close();
        proxy.close();
    }

    private Optional<Caller> caller() {
        return users.byToken(token.hash());
    }

    private long lookups() {
        return REDIS.calls("hmget");
    }

    /** Begins a lookup, and returns when Redis has answered it and the answer is on its way. */
    private CompletableFuture<Optional<Caller>> lookupUnderWay() {
        long before = lookups();
        CompletableFuture<Optional<Caller>> lookup = CompletableFuture.supplyAsync(this::caller);
        eventually("Redis is asked", () -> lookups() > before);
        return lookup;
    }

    @Test
    void aTokenIsLookedUpOnceInTenMinutes() {
        long before = REDIS.commands();
        assertEquals(CALLER, caller());
        assertEquals(2, REDIS.commands() - before);

        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        for (int i = 0; i < 100; i++) {
            assertEquals(CALLER, caller());
        }
        assertEquals(2, REDIS.commands() - before);

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertEquals(CALLER, caller());
        assertEquals(4, REDIS.commands() - before);
    }

    @Test
    void aTokenIsLookedUpEachTimeWhileNoWakesArrive() {
        caller();
        users.trust(false);
        elsewhere.replaceToken(ANN, Token.random());

        assertEquals(Optional.empty(), caller());
    }

    @Test
    void aTokenIsStillRememberedWhenWakesAreLateAndNoneWasLost() {
        caller();
        users.trust(false);
        long before = lookups();

        users.trust(true);

        assertEquals(CALLER, caller());
        assertEquals(0, lookups() - before);
    }

    @Test
    void aTokenIsLookedUpAgainWhenItsRevocationMayHaveBeenMissed() {
        caller();
        users.trust(false);
        elsewhere.replaceToken(ANN, Token.random());

        users.doubt();
        users.trust(true);

        assertEquals(Optional.empty(), caller());
    }

    @Test
    void aTokenThatIsRevokedBetweenItsLookupAndItsRememberingIsNotRemembered() {
        holdingTheAnswer(() -> users.forget(token.hash()));

        assertEquals(Optional.empty(), caller());
    }

    @Test
    void aTokenThatIsRevokedElsewhereDuringItsLookupBeforeWakesArriveIsNotTrusted() {
        users.trust(false);
        holdingTheAnswer(() -> {
            users.doubt();
            users.trust(true);
        });

        assertEquals(Optional.empty(), caller());
    }

    /**
     * Revokes the token when Redis has answered that it is valid. Then something happens, and then the answer arrives.
     */
    private void holdingTheAnswer(Runnable meanwhile) {
        proxy.holdAnswersTo("HMGET");
        CompletableFuture<Optional<Caller>> lookup = lookupUnderWay();
        elsewhere.replaceToken(ANN, Token.random());
        meanwhile.run();
        proxy.resume();

        assertTrue(lookup.join().isPresent(), "it was valid when Redis was asked");
    }
}
