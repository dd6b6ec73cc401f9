package seenby.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import seenby.admission.Authentication;
import seenby.admission.PollLimit;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.Receipts;
import seenby.refusal.Refused;
import seenby.request.Answer;
import seenby.request.Body;
import seenby.request.Bounds;
import seenby.request.Paths;
import seenby.request.Query;
import seenby.update.Polls;
import seenby.user.UserId;

/** Acks, receipts and reminders. */
public final class ReceiptHandler {
    private static final long MOST_IDS = 1000;

    private final Receipts receipts;
    private final Polls polls;
    private final PollLimit pollLimit;
    private final Executor executor;

    /** @param executor writes the answers of requests that waited */
    public ReceiptHandler(Receipts receipts, Polls polls, PollLimit pollLimit, Executor executor) {
        this.receipts = receipts;
        this.polls = polls;
        this.pollLimit = pollLimit;
        this.executor = executor;
    }

    private record AckAnswer(GroupId group, long lastAck, long acked, long unread) {}

    private record AckOneAnswer(GroupId group, long id, boolean read) {}

    private record ReceiptAnswer(
            GroupId group,
            long id,
            UserId sender,
            Instant sentAt,
            long recipients,
            Optional<Long> hidden,
            long read,
            long unread,
            Optional<List<Receipt.Reader>> readers,
            Optional<List<UserId>> unreadMembers,
            boolean archived) {}

    private record Count(long id, long recipients, Optional<Long> hidden, long read, long unread) {
        static Count of(ReceiptCount count) {
            return new Count(count.id(), count.recipients(), count.hidden(), count.read(), count.unread());
        }
    }

    private record CountList(List<Count> receipts) {}

    void ack(Context ctx) {
        Optional<Long> fromQuery = Query.of(ctx).number("upto", 0, Bounds.GREATEST_ID);
        Body body = Body.of(ctx, Bounds.SMALL_BODY_BYTES, "upto");
        if (fromQuery.isPresent() && !body.isEmpty()) {
            throw Refused.invalid("upto", "Give upto in the query or in the body, not in both.");
        }
        long upto = fromQuery.orElseGet(() -> body.number("upto", 0, Bounds.GREATEST_ID));
        GroupId group = Paths.group(ctx);
        AckResult acked = receipts.ack(group, Authentication.caller(ctx).id(), upto);
        Answer.json(ctx, 200, new AckAnswer(group, acked.lastAck(), acked.acked(), acked.unread()));
    }

    void ackOne(Context ctx) {
        Body.none(ctx);
        GroupId group = Paths.group(ctx);
        long id = Paths.message(ctx);
        receipts.ackOne(group, Authentication.caller(ctx).id(), id);
        Answer.json(ctx, 200, new AckOneAnswer(group, id, true));
    }

    void nudge(Context ctx) {
        Body.none(ctx);
        UserId caller = Authentication.caller(ctx).id();
        Answer.json(ctx, 200, receipts.nudge(Paths.group(ctx), caller, Paths.message(ctx)));
    }

    /** With {@code wait}, the answer comes when the receipts cannot change any more. No thread is held meanwhile. */
    void show(Context ctx) {
        Query query = Query.of(ctx);
        boolean lists = lists(query);
        Duration wait = Duration.ofSeconds(
                query.clamped("wait", 0, Bounds.LONGEST_WAIT_SECONDS).orElse(0L));
        GroupId group = Paths.group(ctx);
        long id = Paths.message(ctx);
        if (wait.isZero()) {
            answer(ctx, group, id, lists);
            return;
        }
        UserId caller = Authentication.caller(ctx).id();
        ctx.future(() -> pollLimit.hold(
                PollLimit.Kind.RECEIPTS,
                caller,
                () -> Waits.of(
                                ctx,
                                polls.untilRead(
                                        Authentication.tokenHash(ctx),
                                        group,
                                        id,
                                        wait,
                                        () -> isSettled(group, caller, id)))
                        .thenRunAsync(() -> answer(ctx, group, id, lists), executor)));
    }

    /** Whether all have read the message, or its receipts can no longer change. */
    private boolean isSettled(GroupId group, UserId caller, long id) {
        Receipt receipt = receipts.count(group, caller, id);
        return receipt.archived() || receipt.count().unread() == 0;
    }

    private void answer(Context ctx, GroupId group, long id, boolean lists) {
        UserId caller = Authentication.caller(ctx).id();
        Receipt receipt = lists ? receipts.list(group, caller, id) : receipts.count(group, caller, id);
        ReceiptCount count = receipt.count();
        Answer.json(
                ctx,
                200,
                new ReceiptAnswer(
                        group,
                        id,
                        receipt.sender(),
                        receipt.sentAt(),
                        count.recipients(),
                        count.hidden(),
                        count.read(),
                        count.unread(),
                        lists ? Optional.of(receipt.readers()) : Optional.empty(),
                        lists ? Optional.of(receipt.unreadMembers()) : Optional.empty(),
                        receipt.archived()));
    }

    private static boolean lists(Query query) {
        Optional<String> list = query.text("list");
        if (list.isPresent() && !list.get().equals("none")) {
            throw Refused.invalid("list", "list must be none, or absent.");
        }
        return list.isEmpty();
    }

    void list(Context ctx) {
        Query query = Query.of(ctx);
        long from = query.number("from", 1, Bounds.GREATEST_ID).orElse(1L);
        long to = query.number("to", 1, Bounds.GREATEST_ID).orElse(from + MOST_IDS - 1);
        if (to < from || to - from >= MOST_IDS) {
            throw Refused.invalid("to", "The range from..to must hold 1 to " + MOST_IDS + " ids.");
        }
        CompletableFuture<List<ReceiptCount>> counts =
                receipts.counts(Paths.group(ctx), Authentication.caller(ctx).id(), from, to);
        ctx.future(() -> counts.thenAcceptAsync(found -> answer(ctx, found), executor));
    }

    private static void answer(Context ctx, List<ReceiptCount> counts) {
        Answer.json(ctx, 200, new CountList(counts.stream().map(Count::of).toList()));
    }
}
