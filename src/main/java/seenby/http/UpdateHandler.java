package seenby.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import seenby.admission.Authentication;
import seenby.admission.Authentication.Identity;
import seenby.admission.PollLimit;
import seenby.admission.RateLimit;
import seenby.connection.SlowClients;
import seenby.group.GroupId;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.request.Answer;
import seenby.request.Body;
import seenby.request.Bounds;
import seenby.request.Exchange;
import seenby.request.Methods;
import seenby.request.Query;
import seenby.request.Quoted;
import seenby.update.Ask;
import seenby.update.Polls;
import seenby.update.Stretch;
import seenby.update.Update;
import seenby.user.Presence;
import seenby.user.UserId;

/** The long poll, with the acks in it, and the event stream. */
public final class UpdateHandler {
    /** The query parameters of a poll or a stream. */
    static final List<String> PARAMETERS = List.of("since", "timeout", "limit");

    private static final String[] FIELDS = {"since", "ack", "timeout", "limit"};
    private static final int BODY_BYTES = 256 * 1024;

    /** After this long without an event, a comment keeps a stream open. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Polls polls;
    private final Presence presence;
    private final RateLimit<UserId> rateLimit;
    private final PollLimit pollLimit;
    private final Deliveries deliveries;
    private final SlowClients clients;
    private final Executor executor;
    private final UpdateJson json = new UpdateJson();

    /** @param executor writes the answers, since writing to a slow client takes long */
    public UpdateHandler(
            Polls polls,
            Presence presence,
            RateLimit<UserId> rateLimit,
            PollLimit pollLimit,
            Deliveries deliveries,
            SlowClients clients,
            Executor executor) {
        this.polls = polls;
        this.presence = presence;
        this.rateLimit = rateLimit;
        this.pollLimit = pollLimit;
        this.deliveries = deliveries;
        this.clients = clients;
        this.executor = executor;
    }

    void pollOrStream(Context ctx) {
        // a HEAD request would never see the end of a stream
        if (wantsStream(Optional.ofNullable(ctx.header("Accept")).orElse("")) && !Methods.isHead(ctx.req())) {
            Optional<String> last =
                    Optional.ofNullable(ctx.header("Last-Event-ID")).filter(id -> !id.isEmpty());
            stream(ctx, ask(Authentication.identity(ctx), Query.of(ctx), last).atOnce());
        } else {
            answer(ctx, ask(Authentication.identity(ctx), Query.of(ctx), Optional.empty()));
        }
    }

    static boolean wantsStream(String accept) {
        return accept.contains("text/event-stream");
    }

    /**
     * Opens a poll, and does not wait for the store. The result is its answer as JSON.
     *
     * @param threads may wait for the store
     */
    CompletableFuture<byte[]> poll(Identity caller, Query query, Optional<Exchange> exchange, Executor threads) {
        return poll(ask(caller, query, Optional.empty()), exchange, threads);
    }

    /** @param last in place of {@code since} */
    private static Ask ask(Identity caller, Query query, Optional<String> last) {
        return ask(
                caller,
                last.or(() -> query.text("since")),
                Map.of(),
                Duration.ofSeconds(
                        query.clamped("timeout", 0, Bounds.LONGEST_WAIT_SECONDS).orElse(0L)),
                query.number("limit", 1, Bounds.MOST_MESSAGES));
    }

    /** The first updates are found before the stream begins, so that a refusal still has a status. */
    private void stream(Context ctx, Ask first) {
        ctx.future(() -> pollLimit.hold(
                PollLimit.Kind.STREAM,
                first.user(),
                () -> follow(first)
                        .thenCompose(stretch -> Waits.of(
                                ctx,
                                EventStream.begin(
                                        ctx, stretch, next -> follow(first, next), json, clients, executor)))));
    }

    private CompletableFuture<Stretch> follow(Ask first, String next) {
        if (polls.isEnding()) {
            return CompletableFuture.failedFuture(new Unavailable("shutting down"));
        }
        presence.touch(first.user());
        return follow(new Ask(first.user(), first.tokenHash(), Optional.of(next), Map.of(), QUIET, first.limit()));
    }

    private CompletableFuture<Stretch> follow(Ask ask) {
        long opened = deliveries.now();
        return polls.follow(ask).thenApply(stretch -> {
            deliveries.add(stretch, opened);
            return stretch;
        });
    }

    void ackAndPoll(Context ctx) {
        answer(ctx, ask(Authentication.identity(ctx), Body.of(ctx, BODY_BYTES, FIELDS)));
    }

    /**
     * Acks, and opens a poll, and does not wait for the store. The result is its answer as JSON.
     *
     * @param threads may wait for the store
     */
    CompletableFuture<byte[]> ackAndPoll(
            Identity caller, Request request, Optional<Exchange> exchange, Executor threads) {
        return poll(ask(caller, Body.of(request, BODY_BYTES, FIELDS)), exchange, threads);
    }

    private static Ask ask(Identity caller, Body body) {
        return ask(
                caller,
                body.optionalText("since").filter(since -> !since.isEmpty()),
                acks(body),
                Duration.ofSeconds(body.optionalClamped("timeout", 0, Bounds.LONGEST_WAIT_SECONDS)
                        .orElse(0L)),
                body.optionalNumber("limit", 1, Bounds.MOST_MESSAGES));
    }

    private static Map<GroupId, Long> acks(Body body) {
        Map<GroupId, Long> acks = new TreeMap<>();
        body.optionalNumbers("ack", 0, Bounds.GREATEST_ID)
                .orElse(Map.of())
                .forEach((group, upto) -> acks.put(
                        GroupId.parse(group)
                                .orElseThrow(() -> Refused.invalid(
                                        "ack",
                                        Quoted.of(group) + " is not a group id. A group id " + UserId.RULE + ".")),
                        upto));
        return acks;
    }

    private static Ask ask(
            Identity caller, Optional<String> since, Map<GroupId, Long> acks, Duration timeout, Optional<Long> limit) {
        return new Ask(
                caller.caller().id(),
                caller.tokenHash(),
                since,
                acks,
                timeout,
                limit.orElse(Bounds.DEFAULT_MESSAGES).intValue());
    }

    private void answer(Context ctx, Ask ask) {
        ctx.future(() -> poll(ask, Exchange.of(ctx), Runnable::run)
                .thenAcceptAsync(written -> Answer.json(ctx, 200, written), executor));
    }

    private CompletableFuture<byte[]> poll(Ask ask, Optional<Exchange> exchange, Executor threads) {
        long opened = deliveries.now();
        // what a poll needs at its end, because it may be long until then
        UserId user = ask.user();
        boolean waits = !ask.timeout().isZero();
        return pollLimit.hold(
                PollLimit.Kind.POLL,
                user,
                () -> polls.open(ask, threads, nanos -> exchange.ifPresent(known -> known.waited(nanos)))
                        .thenApply(update -> answer(user, waits, update, opened)));
    }

    /** An empty answer is free if the poll waited for it. One that came at once costs what any request costs. */
    private byte[] answer(UserId user, boolean waited, Update update, long opened) {
        presence.touch(user);
        if (update.isEmpty() && waited) {
            rateLimit.giveBack(user);
        }
        byte[] written = json.write(update);
        deliveries.add(update, opened);
        return written;
    }
}
