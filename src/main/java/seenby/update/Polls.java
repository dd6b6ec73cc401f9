package seenby.update;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.hub.Hub;
import seenby.message.Messages;
import seenby.platform.DaemonThreads;
import seenby.receipt.GroupAck;
import seenby.receipt.Receipts;
import seenby.refusal.Refused;
import seenby.user.Users;

/** The long polls of this instance. */
public final class Polls implements AutoCloseable {
    private final PollContext context;
    private final Receipts receipts;
    private final ReceiptLooks receiptLooks = new ReceiptLooks();
    private final ScheduledThreadPoolExecutor timers;

    /**
     * @param secret the key that signs positions; the same on all instances
     * @param coalesce how long an answer with only reads may wait, so that it has many
     */
    public Polls(
            Users users,
            Groups groups,
            Messages messages,
            Receipts receipts,
            Look look,
            Hub hub,
            LineName line,
            String secret,
            Duration coalesce,
            Clock clock) {
        this.receipts = receipts;
        timers = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("poll-timer"));
        timers.setRemoveOnCancelPolicy(true);
        context = new PollContext(
                users,
                groups,
                new SharedLook(messages),
                look,
                hub,
                new SinceCodec(secret, new KeptPositions(look, clock), line),
                coalesce,
                clock,
                timers);
    }

    /**
     * Opens a poll. It acks, then looks, on this thread. Refuses a {@code since} of another user, and acks beyond the
     * last message of a group; then it acks nothing. Skips the acks beside a forgotten position: their ids may be of
     * messages that the store has lost.
     */
    public CompletableFuture<Update> open(Ask ask) {
        return begin(ask, Polls::untold).thenApply(Outcome::update);
    }

    /**
     * Opens a poll as the other {@code open} does, but this thread does not wait for the store.
     *
     * @param executor does what takes the store
     * @param waited is told before the answer for how many nanoseconds the poll waited for news, if it did
     */
    public CompletableFuture<Update> open(Ask ask, Executor executor, LongConsumer waited) {
        Optional<Since> known = ask.acks().isEmpty() && !ask.timeout().isZero()
                ? ask.since().flatMap(text -> context.codec().remembered(ask.user(), text))
                : Optional.empty();
        CompletableFuture<Outcome> answer = known.map(
                        since -> new OpenPoll(context, shared(ask), since, Set.of(), waited).open(executor))
                .orElseGet(() -> CompletableFuture.completedFuture(ask)
                        .thenComposeAsync(asked -> begin(asked, waited), executor));
        return answer.thenApply(Outcome::update);
    }

    /** Opens a poll as {@link #open(Ask)} does, and answers in steps. A reader can continue from each of them. */
    public CompletableFuture<Stretch> follow(Ask ask) {
        return begin(ask, Polls::untold).thenApply(outcome -> outcome.stretch(context.codec()));
    }

    /** Whether polls end at once because the server stops. */
    public boolean isEnding() {
        return context.hub().isFinished();
    }

    /** How often messages were read for polls. */
    public long messageReads() {
        return context.sharedLook().reads();
    }

    /** Nobody wants to know how long the poll waited. */
    private static void untold(long nanos) {}

    private CompletableFuture<Outcome> begin(Ask ask, LongConsumer waited) {
        Since since = ask.since()
                .map(text -> context.codec().decode(ask.user(), text))
                .orElseGet(() -> Since.none(context.codec().line()));
        return ask.acks().isEmpty()
                ? new OpenPoll(context, shared(ask), since, Set.of(), waited).open()
                : ackAndBegin(shared(ask), since, waited);
    }

    private Ask shared(Ask ask) {
        return ask.withSince(ask.since().map(context.codec()::shared));
    }

    private CompletableFuture<Outcome> ackAndBegin(Ask ask, Since since, LongConsumer waited) {
        List<Group> groups = context.groups().get(groupsOf(ask, since), ask.user());
        Since known = since.unlessAheadOf(groups.stream().map(Group::state).toList());
        Set<GroupId> left = new TreeSet<>(ask.acks().keySet());
        left.removeAll(known.forgotten() ? joined(groups) : receipts.ackEach(ask.user(), checked(ask, known, groups)));
        return new OpenPoll(context, ask, known, left, waited).open();
    }

    /** The groups of the user that it acks or knows. A client may name any number of others. */
    private Set<GroupId> groupsOf(Ask ask, Since since) {
        Set<GroupId> ids = context.groups().idsOf(ask.user());
        ids.removeIf(id -> !ask.acks().containsKey(id) && !since.knows(id));
        return ids;
    }

    /**
     * Waits until the receipts of a message cannot change any more, or the time is over. No thread waits. Refuses as
     * {@code isSettled} does.
     *
     * @param isSettled checks whether they cannot change; called again whenever this may be so
     * @return whether it was so
     */
    public CompletableFuture<Boolean> untilRead(
            String tokenHash, GroupId group, long message, Duration most, BooleanSupplier isSettled) {
        ReceiptLooks.Subject subject = new ReceiptLooks.Subject(tokenHash, group, message);
        return new ReceiptWait(context, receiptLooks, subject, isSettled).open(most);
    }

    private static Set<GroupId> joined(List<Group> groups) {
        return groups.stream()
                .filter(group -> group.standing().isPresent())
                .map(Group::id)
                .collect(Collectors.toSet());
    }

    /**
     * Checks all acks. Leaves out those in groups that the user is not in, and those where the position knows an
     * earlier group of the same id: the user has read messages of that one.
     */
    private static List<GroupAck> checked(Ask ask, Since since, List<Group> groups) {
        List<GroupAck> checked = new ArrayList<>();
        for (Group group : groups) {
            Optional<Long> upto = Optional.ofNullable(ask.acks().get(group.id()));
            group.standing()
                    .filter(standing -> upto.isPresent() && !since.knowsEarlier(group.state()))
                    .ifPresent(standing -> checked.add(checked(group, standing, upto.orElseThrow())));
        }
        return checked;
    }

    private static GroupAck checked(Group group, Group.Standing standing, long upto) {
        if (upto > group.lastId()) {
            throw Refused.invalid("ack", beyondLast(group));
        }
        return new GroupAck(group.id(), Optional.of(group.incarnation()), standing.lastAck(), upto);
    }

    private static String beyondLast(Group group) {
        return group.lastId() == 0
                ? "The group " + group.id() + " has no message yet. Leave it out of ack."
                : "The last message of " + group.id() + " is " + group.lastId() + ". Ack that id or a lower one.";
    }

    @Override
    public void close() {
        timers.shutdownNow();
        receiptLooks.close();
    }
}
