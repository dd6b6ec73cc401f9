package seenby;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.config.Config;
import seenby.group.GroupId;
import seenby.group.Memberships;
import seenby.http.Authentication;
import seenby.http.GroupHandler;
import seenby.http.HttpServer;
import seenby.http.MessageHandler;
import seenby.http.RateLimit;
import seenby.http.ReceiptHandler;
import seenby.http.ServiceHandler;
import seenby.http.UpdateHandler;
import seenby.http.UserHandler;
import seenby.redis.EmbeddedRedis;
import seenby.redis.Events;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.redis.RedisLook;
import seenby.redis.RedisMessages;
import seenby.redis.RedisPresence;
import seenby.redis.RedisReceipts;
import seenby.redis.RedisUsers;
import seenby.redis.Schema;
import seenby.refusal.Unavailable;
import seenby.update.Polls;
import seenby.update.Waiters;
import seenby.update.Wake;
import seenby.user.AdminToken;
import seenby.user.Token;

/** The running server, and the only place where its parts are tied together. */
public final class Seenby implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Seenby.class);
    private static final long SUBSCRIBED_WITHIN_MILLIS = 10_000;
    private static final long PRESENCE_EVERY_SECONDS = 1;

    /** What is open, the last opened first; closed in that order, also when the start fails half way. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final Waiters waiters = new Waiters();
    private final RedisReceipts receipts;
    private final AdminToken adminToken;
    private final HttpServer http;

    private Seenby(Config config, Clock clock) {
        try {
            Redis redis = redis(config);
            Schema schema = new Schema(redis);
            schema.check();
            if (config.redis().url().isPresent()) {
                schema.warnUnlessDurable();
            }
            RedisUsers users = new RedisUsers(redis, clock);
            RedisGroups groups = new RedisGroups(redis, clock);
            receipts = new RedisReceipts(redis, clock);
            RedisMessages messages = new RedisMessages(redis, clock, config.idempotencyWindow(), receipts);
            RedisLook look = new RedisLook(redis);
            RedisPresence presence = new RedisPresence(redis, clock);
            Memberships memberships = new Memberships(users, groups);
            memberships.resume();
            adminToken = new AdminToken(users, config.dataDir());
            adminToken.ensure(config.adminToken().map(Token::new));
            ScheduledExecutorService upkeep = upkeep();
            listen(redis, users, () -> upkeep.execute(quietly(memberships::resume)));
            var unused = upkeep.scheduleWithFixedDelay(
                    quietly(presence::flush), PRESENCE_EVERY_SECONDS, PRESENCE_EVERY_SECONDS, TimeUnit.SECONDS);

            Polls polls = opened(new Polls(
                    users,
                    groups,
                    messages,
                    receipts,
                    look,
                    waiters,
                    schema.secret(),
                    config.receipts().coalesce(),
                    clock));
            RateLimit rateLimit = new RateLimit(config.requestsPerSecond());
            http = opened(new HttpServer(
                    config.http().host(),
                    config.http().port(),
                    new Authentication(users::byToken),
                    rateLimit,
                    presence,
                    threads -> new HttpServer.Handlers(
                            new UserHandler(
                                    users,
                                    groups,
                                    memberships,
                                    adminToken::replace,
                                    config.receipts().optOutLocked()),
                            new GroupHandler(users, groups, memberships, presence, config.groupsCreateAdminsOnly()),
                            new MessageHandler(
                                    groups,
                                    messages,
                                    receipts,
                                    config.messages().maxBytes()),
                            new ReceiptHandler(receipts),
                            new UpdateHandler(polls, presence, rateLimit, threads),
                            new ServiceHandler(schema::ready))));
            http.start();
        } catch (RuntimeException failed) {
            closeAll();
            throw failed;
        }
    }

    /** Starts a server; it takes requests when this returns. */
    public static Seenby start(Config config) {
        return start(config, Clock.systemUTC());
    }

    /** The same with a clock of one's own. */
    public static Seenby start(Config config, Clock clock) {
        return new Seenby(config, clock);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private Redis redis(Config config) {
        if (config.redis().url().isPresent()) {
            return opened(Redis.at(config.redis().url().get()));
        }
        EmbeddedRedis embedded =
                opened(EmbeddedRedis.start(config.dataDir(), config.redis().executable()));
        return opened(Redis.of(embedded));
    }

    /** @param resume goes on with what Redis cut off by going away */
    private void listen(Redis redis, RedisUsers users, Runnable resume) {
        AtomicBoolean missed = new AtomicBoolean();
        Events events = opened(new Events(redis, new Events.Listener() {
            @Override
            public void wake(Wake wake) {
                if (wake instanceof Wake.Revoked revoked) {
                    users.forget(revoked.tokenHash());
                }
                waiters.wake(wake);
            }

            @Override
            public void lost() {
                missed.set(true);
                users.hearing(false);
            }

            @Override
            public void regained() {
                redis.dropConnections();
                users.hearing(true);
                waiters.lookAgain();
                if (missed.getAndSet(false)) {
                    resume.run();
                }
            }

            @Override
            public void away() {
                waiters.away();
            }
        }));
        try {
            if (!events.start(SUBSCRIBED_WITHIN_MILLIS)) {
                throw new Unavailable("no subscription to Redis");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", e);
        }
    }

    /** What is done beside the requests, one thing after the other. */
    private ScheduledExecutorService upkeep() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "upkeep");
            thread.setDaemon(true);
            return thread;
        });
        opened(timer::shutdownNow);
        return timer;
    }

    /** A failure that got out would end the timer without a word. */
    private static Runnable quietly(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Unavailable away) {
                LOG.debug("upkeep is done later", away);
            } catch (RuntimeException failed) {
                LOG.error("upkeep failed", failed);
            }
        };
    }

    public int port() {
        return http.port();
    }

    /** How many polls wait on this instance. */
    public int openPolls() {
        return waiters.count();
    }

    /** Where the admin's token stands, unless only the configuration has it. */
    public Optional<Path> adminTokenFile() {
        return adminToken.file();
    }

    /** What the receipts of a group weigh in the store, in bytes. */
    public long receiptBytes(String group) {
        return receipts.bytes(new GroupId(group));
    }

    /** Refuses new requests, answers the open polls with what there is, and then ends everything in order. */
    @Override
    public void close() {
        http.drain();
        waiters.finish();
        closeAll();
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("could not close {}", next.getClass().getSimpleName(), e);
            }
        }
    }
}
