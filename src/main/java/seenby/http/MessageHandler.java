package seenby.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.admission.Authentication;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.message.Draft;
import seenby.message.Message;
import seenby.message.Messages;
import seenby.message.Page;
import seenby.message.SendResult;
import seenby.receipt.ReceiptCount;
import seenby.receipt.ReceiptSummary;
import seenby.receipt.Receipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.request.Answer;
import seenby.request.Body;
import seenby.request.Bounds;
import seenby.request.ContentType;
import seenby.request.Paths;
import seenby.request.Query;
import seenby.request.TextBody;
import seenby.user.UserId;

/** Sends messages, and reads the history. */
public final class MessageHandler {
    private final Groups groups;
    private final Messages messages;
    private final Receipts receipts;
    private final int maxBytes;

    public MessageHandler(Groups groups, Messages messages, Receipts receipts, int maxBytes) {
        this.groups = groups;
        this.messages = messages;
        this.receipts = receipts;
        this.maxBytes = maxBytes;
    }

    private record SentAnswer(
            GroupId group,
            long id,
            UserId sender,
            Instant sentAt,
            String text,
            long recipients,
            Optional<Long> hidden) {
        static SentAnswer of(SendResult sent, long recipients, Optional<Long> hidden) {
            return new SentAnswer(
                    sent.group(), sent.id(), sent.sender(), sent.sentAt(), sent.text(), recipients, hidden);
        }
    }

    private record MessageAnswer(
            GroupId group,
            long id,
            UserId sender,
            Instant sentAt,
            String text,
            Optional<Long> recipients,
            Optional<Long> hidden,
            Optional<Long> read,
            Optional<Long> unread,
            Optional<Boolean> archived) {
        static MessageAnswer of(Message message, ReceiptSummary receipts) {
            return new MessageAnswer(
                    message.group(),
                    message.id(),
                    message.sender(),
                    message.sentAt(),
                    message.text(),
                    receipts.count().map(ReceiptCount::recipients),
                    receipts.count().flatMap(ReceiptCount::hidden),
                    receipts.count().map(ReceiptCount::read),
                    receipts.count().map(ReceiptCount::unread),
                    receipts.archived() ? Optional.of(true) : Optional.empty());
        }
    }

    private record MessageList(List<MessageAnswer> messages, Optional<Long> firstId, long lastId, boolean more) {}

    void send(Context ctx) {
        GroupId group = Paths.group(ctx);
        Draft draft = draft(ctx).atMost(maxBytes);
        SendResult sent = messages.send(group, Authentication.caller(ctx).id(), draft);
        Answer.json(
                ctx,
                sent.again() ? 200 : 201,
                sent.counts()
                        .map(counts -> SentAnswer.of(sent, counts.recipients(), Optional.of(counts.hidden())))
                        .orElseGet(() -> sentBefore(sent)));
    }

    /** The recipients are those of now. Both counts are 0 if receipts were off. */
    private SentAnswer sentBefore(SendResult sent) {
        try {
            ReceiptCount count =
                    receipts.count(sent.group(), sent.sender(), sent.id()).count();
            return SentAnswer.of(sent, count.recipients(), count.hidden());
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.NO_RECEIPTS) {
                throw refused;
            }
            return SentAnswer.of(sent, 0, Optional.of(0L));
        }
    }

    /** With a JSON content type the body is JSON; with that of a text it is the text. */
    private Draft draft(Context ctx) {
        Optional<String> key = Optional.ofNullable(ctx.header("Idempotency-Key"));
        if (ContentType.of(ctx).isJson()) {
            Body body = Body.of(ctx, mostBodyBytes(), "text", "client_id");
            return new Draft(body.text("text"), body.optionalText("client_id").or(() -> key));
        }
        return new Draft(TextBody.of(ctx, mostBodyBytes()), key);
    }

    /** The limit of a body with a text, since JSON may escape one byte of text as six. */
    int mostBodyBytes() {
        return 6 * maxBytes + 4096;
    }

    void list(Context ctx) {
        Query query = Query.of(ctx);
        Optional<Long> after = query.number("after", 0, Bounds.GREATEST_ID);
        Optional<Long> before = query.number("before", 0, Bounds.GREATEST_ID);
        if (after.isPresent() && before.isPresent()) {
            throw Refused.invalid("before", "Give after or before, not both.");
        }
        int limit = query.number("limit", 1, Bounds.MOST_MESSAGES)
                .orElse(Bounds.DEFAULT_MESSAGES)
                .intValue();
        UserId caller = Authentication.caller(ctx).id();
        Group group = groups.get(Paths.group(ctx), caller);
        Group.Standing standing = standing(group);
        Page page = before.map(
                        id -> messages.newest(group.state(), group.firstId(), Math.min(id - 1, group.lastId()), limit))
                .orElseGet(() ->
                        messages.oldest(group.state(), after.orElse(standing.lastAck()) + 1, group.lastId(), limit));
        Optional<Long> firstId = Optional.of(page.firstId()).filter(id -> id > 1);
        Answer.json(
                ctx,
                200,
                new MessageList(
                        withReceipts(group.id(), caller, page.messages()), firstId, group.lastId(), page.more()));
    }

    void show(Context ctx) {
        long id = Paths.message(ctx);
        UserId caller = Authentication.caller(ctx).id();
        Group group = groups.get(Paths.group(ctx), caller);
        standing(group);
        Page page = messages.oldest(group.state(), id, id, 1);
        MessageAnswer answer = withReceipts(group.id(), caller, page.messages()).stream()
                .findFirst()
                .orElseThrow(() -> new Refused(Refusal.NO_MESSAGE));
        Answer.json(ctx, 200, answer);
    }

    private static Group.Standing standing(Group group) {
        return group.standing().orElseThrow(() -> new Refused(Refusal.NOT_MEMBER));
    }

    private List<MessageAnswer> withReceipts(GroupId group, UserId caller, List<Message> found) {
        List<ReceiptSummary> summaries = receipts.summaries(group, caller, found);
        List<MessageAnswer> answers = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            answers.add(MessageAnswer.of(found.get(i), summaries.get(i)));
        }
        return answers;
    }
}
