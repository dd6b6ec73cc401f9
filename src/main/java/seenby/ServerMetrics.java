package seenby;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import seenby.admission.Authentication;
import seenby.admission.PollLimit;
import seenby.admission.RememberedAdmin;
import seenby.admission.WrongTokens;
import seenby.archive.Sweeper;
import seenby.http.Deliveries;
import seenby.http.MetricsHandler;
import seenby.hub.Hub;
import seenby.hub.StaleCause;
import seenby.hub.Wake;
import seenby.metrics.Metrics;
import seenby.platform.DiskSpace;
import seenby.pool.RedisMemory;
import seenby.redis.Redis;
import seenby.redis.RedisMessages;
import seenby.redis.RedisReceipts;
import seenby.redis.Script;
import seenby.request.RequestTimes;
import seenby.request.StatusCounts;
import seenby.subscription.Events;
import seenby.update.Polls;

/** The list of all metrics of our own: the name of each, what it means, and where it comes from. */
final class ServerMetrics implements AutoCloseable {
    private static final Duration[] LATENCIES = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000);
    private static final Duration[] HANDLING_TIMES = millis(5, 25, 100, 500, 2500);
    private static final Duration[] WAITS = millis(100, 1000, 10_000, 30_000, 60_000);

    private final Metrics metrics = new Metrics();

    /** Takes the nanoseconds that messages were late. */
    LongConsumer wakeLatency() {
        return metrics.histogram(
                "seenby_wake_seconds",
                "From the time of a message until a poll or stream that waited for it was answered",
                List.of(),
                LATENCIES);
    }

    /** Takes how long requests took. */
    RequestTimes requestTimes() {
        return new RequestTimes(
                ended -> metrics.histogram(
                        "http_server_requests_seconds",
                        "Requests that have ended, from their head to the end of their answer, without their wait for"
                                + " news",
                        List.of(
                                "method",
                                ended.route().method(),
                                "route",
                                ended.route().path(),
                                "status",
                                Integer.toString(ended.status())),
                        HANDLING_TIMES),
                route -> metrics.histogram(
                        "seenby_request_wait_seconds",
                        "Requests that waited for news or for readers",
                        List.of("method", route.method(), "route", route.path()),
                        WAITS));
    }

    void ofRequests(Accounting accounting) {
        metrics.counters(
                "seenby_requests_total",
                "Requests that have ended",
                "status",
                StatusCounts.known(),
                status -> Integer.toString(status),
                accounting.statuses()::of);
        PollLimit polls = accounting.pollLimit();
        metrics.gauge("seenby_polls_open", "Polls that are open", () -> polls.open(PollLimit.Kind.POLL));
        metrics.gauge("seenby_streams_open", "Streams that are open", () -> polls.open(PollLimit.Kind.STREAM));
        metrics.gauge(
                "seenby_receipt_waits_open",
                "Requests that wait until a message is read",
                () -> polls.open(PollLimit.Kind.RECEIPTS));
        metrics.counter(
                "seenby_rate_refusals_total",
                "Requests refused because of rate.requests_per_second",
                accounting.rateLimit()::refusals);
        metrics.counter(
                "seenby_wrong_token_refusals_total",
                "Requests refused because too many with a wrong token came from one address",
                accounting.wrongTokens()::refusals);
        metrics.counter(
                "seenby_connection_refusals_total",
                "Connections closed because of http.connections_per_address",
                accounting.connectionLimit()::refusals);
        metrics.counter("seenby_poll_refusals_total", "Requests refused because of polls.per_user", polls::refusals);
    }

    void ofMessages(RedisMessages messages, RedisReceipts receipts, Deliveries deliveries) {
        metrics.counter("seenby_messages_sent_total", "Messages that this server has stored", messages::sent);
        metrics.counter(
                "seenby_messages_delivered_total",
                "Messages in the answers of polls and streams",
                deliveries::messages);
        metrics.counter(
                "seenby_receipts_owed_total",
                "Receipts that these messages owed when they were sent",
                messages::receiptsOwed);
        metrics.counter("seenby_acks_total", "Acks that this server has stored", receipts::acks);
        metrics.counter("seenby_reads_delivered_total", "Reads in the answers of polls and streams", deliveries::reads);
    }

    void ofMemory(Hub hub, Polls polls) {
        metrics.gauge("seenby_rooms", "Groups in memory, because somebody polls them", hub::roomCount);
        metrics.gauge("seenby_seats", "Users in memory, because they poll or did a moment ago", hub::seatCount);
        metrics.counters(
                "seenby_rooms_stale_total",
                "Groups in memory that were in doubt, so that their polls look at Redis",
                "cause",
                Arrays.asList(StaleCause.values()),
                ServerMetrics::word,
                hub.stale()::of);
        metrics.counter(
                "seenby_wake_reads_total", "Reads of messages in Redis for polls and streams", polls::messageReads);
    }

    void ofRedis(Redis redis, RedisMemory memory, Events events) {
        metrics.counters(
                "seenby_wakes_total",
                "Wakes heard from Redis",
                "kind",
                Wake.kinds(),
                kind -> kind.getSimpleName().toLowerCase(Locale.ROOT),
                events.wakes()::of);
        metrics.flag("seenby_subscription_up", "Whether wakes arrive from Redis", events::isAlive);
        metrics.flag("seenby_redis_up", "Whether Redis has answered the last call", redis.calls()::areUp);
        metrics.summary(
                "seenby_redis_seconds",
                "Calls to Redis, with the wait for a connection",
                redis.calls()::count,
                redis.calls()::nanos);
        metrics.amount("seenby_redis_memory_used_bytes", "Memory that Redis uses", memory::used);
        metrics.amount("seenby_redis_memory_max_bytes", "Memory that Redis may use, 0 for all", memory::most);
        metrics.counter("seenby_redis_failures_total", "Calls to Redis that have failed", redis.calls()::failures);
        metrics.counters(
                "seenby_scripts_total",
                "Scripts run in Redis",
                "script",
                List.of(Script.values()),
                ServerMetrics::word,
                redis.scripts()::of);
    }

    void ofArchive(Sweeper sweeper) {
        metrics.flag("seenby_archive_failing", "Whether the archive cannot be written now", sweeper::isFailing);
        metrics.counter("seenby_archive_failures_total", "Failed writes to the archive", sweeper::failures);
        metrics.gauge("seenby_archive_waiting", "Groups that wait to be archived", sweeper::waiting);
        metrics.amount(
                "seenby_archive_lag_seconds",
                "How long the group that has waited for the longest time has had something due",
                () -> sweeper.lag().toMillis() / 1e3);
    }

    void ofDisks(Path data, Path archive) {
        DiskSpace ofData = new DiskSpace(data);
        DiskSpace ofArchive = new DiskSpace(archive);
        metrics.amounts(
                "seenby_disk_free_bytes",
                "Free space on the disk of a directory",
                "directory",
                Map.of("data", ofData::free, "archive", ofArchive::free));
        metrics.amounts(
                "seenby_disk_size_bytes",
                "Size of the disk of a directory",
                "directory",
                Map.of("data", ofData::size, "archive", ofArchive::size));
    }

    /** @param open whether everybody may see them */
    MetricsHandler handler(RememberedAdmin admins, WrongTokens wrongTokens, boolean open) {
        return new MetricsHandler(metrics, new Authentication(admins::byToken, wrongTokens), open);
    }

    @Override
    public void close() {
        metrics.close();
    }

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
