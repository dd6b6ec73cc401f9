package seenby;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.account.RedisUsers;
import seenby.admission.RememberedAdmin;
import seenby.archive.Sweeper;
import seenby.command.Server;
import seenby.config.Config;
import seenby.embedded.EmbeddedRedis;
import seenby.group.GroupLimits;
import seenby.group.Memberships;
import seenby.group.Recovery;
import seenby.http.HttpServer;
import seenby.http.ServiceHandler;
import seenby.hub.Audit;
import seenby.hub.Hub;
import seenby.hub.StaleCause;
import seenby.hub.WorkerPool;
import seenby.pool.RedisMemory;
import seenby.redis.Redis;
import seenby.redis.RedisLook;
import seenby.redis.Schema;
import seenby.redis.StoreCheck;
import seenby.refusal.Unavailable;
import seenby.subscription.Events;
import seenby.subscription.KeyspaceEvents;
import seenby.update.HistoryLine;
import seenby.update.Polls;
import seenby.user.AdminToken;
import seenby.user.Token;

/**
 * The running server. This is the only place where its parts are connected:
 *
 * <ul>
 *   <li>Requests enter at {@link HttpServer}. Its handlers call the {@link Stores}, which keep users, groups, messages
 *       and receipts in Redis. Each change is one Lua script.
 *   <li>A script that changes something publishes it. {@link Events} receives that on every server, and {@link
 *       EventDispatcher} tells the open polls, which wait in {@link Hub} until {@link Polls} answers them.
 *   <li>{@link Sweeper} moves receipts and messages that are due from Redis to the {@link seenby.archive.Archive}.
 * </ul>
 */
public final class Seenby implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(Seenby.class);
    private static final long SUBSCRIBED_WITHIN_MILLIS = 10_000;
    private static final String AUDIT = "comparison of the memory of polls with Redis";

    /** What was opened, the newest first. It is closed in this order, even if the start fails half way. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final Hub hub;
    private final Redis redis;
    private final AdminToken adminToken;
    private final HttpServer http;

    private Seenby(Config config, Clock clock) {
        try {
            redis = redis(config);
            Schema schema = checkedSchema(config, redis);
            Stores stores = Stores.of(config, redis, clock);
            hub = new Hub(stores.groups(), opened(new WorkerPool()));
            Memberships memberships = new Memberships(
                    stores.users(),
                    stores.groups(),
                    new GroupLimits(config.groups().perUser(), config.groups().members()));
            Recovery recovery = new Recovery(stores.users(), stores.groups(), memberships, stores.creation());
            recovery.finishAll();
            adminToken = new AdminToken(stores.users(), config.dataDir());
            adminToken.ensure(config.adminToken().map(Token::new));
            Sweeper sweeper = opened(stores.sweeper(config, redis, clock));
            HistoryLine line =
                    new HistoryLine(schema, config.dataDir(), !config.redis().isExternal());
            RememberedAdmin scraper = new RememberedAdmin(stores.users()::byToken);
            StoreCheck check = new StoreCheck(schema, redis.state());
            RedisMemory memory = new RedisMemory(schema::memory);
            Events events = maintain(redis, stores, recovery, line, sweeper, scraper, check, memory);
            Polls polls = opened(polls(config, redis, stores, line, schema.secret(), clock));
            ServerMetrics metrics = opened(new ServerMetrics());
            Accounting accounting = Accounting.of(config.http(), config.requests(), clock, metrics);
            metrics.ofRequests(accounting);
            metrics.ofMessages(stores.messages(), stores.liveReceipts(), accounting.deliveries());
            metrics.ofMemory(hub, polls);
            metrics.ofRedis(redis, memory, events);
            metrics.ofArchive(sweeper);
            metrics.ofDisks(config.dataDir(), config.archive().dir());
            http = opened(new HttpWiring(config, stores, memberships, polls, accounting)
                    .server(
                            adminToken,
                            new ServiceHandler(check::require, () -> !events.isAlive(), sweeper::isFailing),
                            metrics.handler(
                                    scraper,
                                    accounting.wrongTokens(),
                                    config.metrics().open())));
            redis.state().beginReports();
            http.start();
            http.metricsPort().ifPresent(port -> LOG.info("The metrics are at port {}, without a token.", port));
        } catch (RuntimeException e) {
            closeAll();
            throw e;
        }
    }

    private static Schema checkedSchema(Config config, Redis redis) {
        Schema schema = new Schema(redis);
        schema.check();
        if (config.redis().isExternal()) {
            schema.warnUnlessDurable();
        }
        return schema;
    }

    /**
     * Starts everything that runs beside the requests. What a loss of Redis interrupts is resumed when Redis is back.
     */
    private Events maintain(
            Redis redis,
            Stores stores,
            Recovery recovery,
            HistoryLine line,
            Sweeper sweeper,
            RememberedAdmin scraper,
            StoreCheck check,
            RedisMemory memory) {
        Maintenance maintenance = opened(new Maintenance());
        maintenance.everySecond("write of last-seen times", stores.presence()::flush);
        maintenance.everySecond("removal of idle users from memory", hub::forgetIdle);
        Audit audit = new Audit(hub, new RedisLook(redis));
        maintenance.everySecond(AUDIT, audit::run);
        maintenance.everySecond("look at a Redis that refuses writes", check::follow);
        maintenance.everyTenSeconds("look at the memory of Redis", memory::look);
        maintenance.everySecond("look for changes that were cut off", recovery::look);
        maintenance.everyMinute("look for a replacement of the admin's token that was cut off", adminToken::settle);
        line.raise();
        maintenance.everyMinute("raise of the line of history", () -> raise(line, stores.users()));
        KeyspaceEvents expiries = new KeyspaceEvents(redis);
        expiries.enable();
        Runnable resume = () -> {
            expiries.enable();
            sweeper.scanSoon();
            recovery.finishAll();
        };
        Events events = subscribe(
                redis,
                new EventDispatcher(
                        stores.users(),
                        hub,
                        line,
                        sweeper,
                        recovery,
                        scraper,
                        () -> maintenance.soon(AUDIT, audit::run),
                        () -> maintenance.soon("catch-up with Redis", resume)));
        sweeper.start();
        return events;
    }

    private void raise(HistoryLine line, RedisUsers users) {
        if (line.raise()) {
            users.doubt();
            hub.lookAgain(StaleCause.SET_BACK);
        }
    }

    private Polls polls(Config config, Redis redis, Stores stores, HistoryLine line, String secret, Clock clock) {
        return new Polls(
                stores.users(),
                stores.groups(),
                stores.messages(),
                stores.receipts(),
                new RedisLook(redis),
                hub,
                line,
                secret,
                config.receipts().coalesce(),
                clock);
    }

    /** Starts a server, which accepts requests when this returns. */
    public static Seenby start(Config config) {
        return start(config, Clock.systemUTC());
    }

    /** Starts a server with another clock. */
    public static Seenby start(Config config, Clock clock) {
        return new Seenby(config, clock);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private Redis redis(Config config) {
        if (config.redis().isExternal()) {
            return opened(Redis.at(config.redis().url().get()));
        }
        EmbeddedRedis embedded =
                opened(EmbeddedRedis.start(config.dataDir(), config.redis().executable()));
        return opened(Redis.of(embedded));
    }

    private Events subscribe(Redis redis, EventDispatcher dispatcher) {
        Events events = opened(new Events(redis, dispatcher));
        try {
            if (!events.start(SUBSCRIBED_WITHIN_MILLIS)) {
                throw new Unavailable("cannot subscribe to Redis: " + events.problem());
            }
            return events;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("the start was interrupted", e);
        }
    }

    @Override
    public int port() {
        return http.port();
    }

    /** The port of the metrics, if they have one of their own. */
    public Optional<Integer> metricsPort() {
        return http.metricsPort();
    }

    /** How many polls are open on this server. */
    public int openPolls() {
        return hub.count();
    }

    /** How many requests this server is answering now. */
    public long requests() {
        return http.requests();
    }

    @Override
    public Optional<Path> adminTokenFile() {
        return adminToken.file();
    }

    @Override
    public Redis redis() {
        return redis;
    }

    /** Refuses new requests, answers the open polls, and then closes everything in order. */
    @Override
    public void close() {
        http.drain();
        hub.finish();
        closeAll();
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("Cannot close {}; shutdown continues.", next.getClass().getSimpleName(), e);
            }
        }
    }
}
