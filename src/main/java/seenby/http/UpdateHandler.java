package seenby.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import seenby.group.GroupId;
import seenby.refusal.Refused;
import seenby.update.Ask;
import seenby.update.Polls;
import seenby.update.Update;
import seenby.user.Presence;
import seenby.user.UserId;

/** The long poll, with the acks that ride on it. */
public final class UpdateHandler {
    private static final int BODY_BYTES = 256 * 1024;

    private final Polls polls;
    private final Presence presence;
    private final RateLimit rateLimit;
    private final Executor executor;
    private final UpdateJson json = new UpdateJson();

    /** @param executor writes the answers, which a slow client may make long */
    public UpdateHandler(Polls polls, Presence presence, RateLimit rateLimit, Executor executor) {
        this.polls = polls;
        this.presence = presence;
        this.rateLimit = rateLimit;
        this.executor = executor;
    }

    void poll(Context ctx) {
        Query query = Query.of(ctx).only("since", "timeout", "limit");
        answer(
                ctx,
                query.text("since"),
                Map.of(),
                query.clamped("timeout", 0, Bounds.LONGEST_WAIT_SECONDS),
                query.number("limit", 1, Bounds.MOST_MESSAGES));
    }

    void ackAndPoll(Context ctx) {
        Query.of(ctx).only();
        Body body = Body.of(ctx, BODY_BYTES).only("since", "ack", "timeout", "limit");
        answer(
                ctx,
                body.optionalText("since").filter(since -> !since.isEmpty()),
                acks(body),
                body.optionalClamped("timeout", 0, Bounds.LONGEST_WAIT_SECONDS),
                body.optionalNumber("limit", 1, Bounds.MOST_MESSAGES));
    }

    private static Map<GroupId, Long> acks(Body body) {
        Map<GroupId, Long> acks = new TreeMap<>();
        body.optionalNumbers("ack", 0, Bounds.GREATEST_ID)
                .orElse(Map.of())
                .forEach((group, upto) -> acks.put(
                        GroupId.parse(group)
                                .orElseThrow(() -> Refused.invalid("ack", "ack takes group ids with message ids.")),
                        upto));
        return acks;
    }

    private void answer(
            Context ctx,
            Optional<String> since,
            Map<GroupId, Long> acks,
            Optional<Long> timeout,
            Optional<Long> limit) {
        UserId user = Authentication.caller(ctx).id();
        Ask ask = new Ask(
                user,
                Authentication.tokenHash(ctx),
                since,
                acks,
                Duration.ofSeconds(timeout.orElse(0L)),
                limit.orElse(Bounds.DEFAULT_MESSAGES).intValue());
        ctx.future(() -> polls.open(ask).thenAcceptAsync(update -> write(ctx, user, update), executor));
    }

    private void write(Context ctx, UserId user, Update update) {
        presence.touch(user);
        if (update.isEmpty()) {
            rateLimit.giveBack(user);
        }
        Answer.json(ctx, 200, json.write(update));
    }
}
