package seenby.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.group.SharedNames;
import seenby.platform.Counters;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/**
 * Everything that waits on this instance, and what it knows of the groups and users that these are about. Each wake
 * passes through here: it moves the room of its group, and then goes to the waiters that it concerns.
 */
public final class Hub {
    /** A user polls again within seconds. After a longer pause it costs one look. */
    private static final Duration KEPT_IDLE = Duration.ofMinutes(2);

    private final WorkerPool workers;
    private final Rooms rooms = new Rooms();
    private final Seats seats;
    private final Counters<StaleCause> stale = Counters.of(StaleCause.class);
    private volatile boolean trusted;
    private volatile boolean finished;

    /** @param workers run what wakes cause */
    public Hub(Groups groups, WorkerPool workers) {
        this.seats = new Seats(groups, rooms);
        this.workers = workers;
    }

    /** Run the steps of waiters. */
    public WorkerPool workers() {
        return workers;
    }

    /** Names of groups in what it remembers. */
    public SharedNames names() {
        return rooms.names();
    }

    Rooms rooms() {
        return rooms;
    }

    Iterable<Seat> seats() {
        return seats.all();
    }

    /** Adds a poll before it looks, so that it misses no wake, and {@link #finish} does not miss it. */
    public Seat enter(UserWaiter poll) {
        Seat entered = seats.enter(poll);
        if (finished) {
            poll.finish(workers);
        }
        return entered;
    }

    public void exit(UserWaiter poll) {
        seats.exit(poll);
    }

    /** Adds a waiter for the receipts of a group, as the other {@code enter} does. */
    public void enter(Waiter waiter, GroupId group) {
        rooms.enter(group, room -> room.waiters().add(waiter));
        if (finished) {
            waiter.finish(workers);
        }
    }

    public void exit(Waiter waiter, GroupId group) {
        rooms.exit(group, room -> room.waiters().remove(waiter));
    }

    /** Forgets the users whose last poll has ended some time ago. */
    public void forgetIdle() {
        forgetIdleSince(System.nanoTime() - KEPT_IDLE.toNanos());
    }

    public void forgetIdleSince(long time) {
        seats.forgetIdleSince(time);
    }

    /** Passes news to the waiters that it concerns. */
    public void wake(Wake wake) {
        inTurns(steps -> wake(wake, steps));
    }

    /** Tells waiters something, and then runs the steps that this has caused. */
    private void inTurns(Consumer<Executor> telling) {
        List<Runnable> steps = new ArrayList<>();
        telling.accept(steps::add);
        workers.execute(steps);
    }

    private void wake(Wake wake, Executor steps) {
        if (wake instanceof Wake.Change change) {
            rooms.find(change.group().id()).ifPresent(room -> {
                Optional<StaleCause> cause = room.hear(change.group());
                if (cause.isEmpty()) {
                    tell(room, change, steps);
                    room.heardBySeats(change.group());
                } else {
                    doubt(room, cause.get(), steps);
                }
            });
            if (change instanceof Wake.Moved moved) {
                moved.users().forEach(user -> doubt(user, steps));
            }
        } else if (wake instanceof Wake.Unknown unknown) {
            rooms.find(unknown.group()).ifPresent(room -> doubt(room, StaleCause.UNKNOWN_WAKE, steps));
            unknown.users().forEach(user -> doubt(user, steps));
        } else if (wake instanceof Wake.Revoked revoked) {
            waiters()
                    .filter(waiter -> waiter.tokenHash().equals(revoked.tokenHash()))
                    .forEach(waiter -> waiter.fail(new Refused(Refusal.UNAUTHORIZED), steps));
        }
    }

    private void tell(Room room, Wake.Change change, Executor steps) {
        GroupId group = change.group().id();
        if (change instanceof Wake.Acked acked) {
            concerned(room, acked).forEach(seat -> {
                seat.hearRead(acked.group());
                seat.polls().forEach(poll -> poll.hearRead(group, acked.reader()));
            });
            room.waiters().forEach(waiter -> waiter.lookAgain(steps));
        } else if (change instanceof Wake.Moved || change instanceof Wake.Archived) {
            room.waiters().forEach(waiter -> waiter.lookAgain(steps));
        } else if (change instanceof Wake.Gone) {
            doubt(room, StaleCause.DELETED, steps);
        } else {
            room.seats().forEach(seat -> seat.polls().forEach(poll -> poll.hear(group, steps)));
        }
    }

    /** A group may have thousands of seats, and each of their acks comes by here. */
    private Stream<Seat> concerned(Room room, Wake.Acked acked) {
        return acked.all()
                ? room.seats().stream()
                : acked.senders().stream()
                        .flatMap(sender -> seats.find(sender).stream())
                        .filter(room::has);
    }

    private void doubt(UserId user, Executor steps) {
        seats.find(user).ifPresent(seat -> doubt(seat, steps));
    }

    private static void doubt(Seat seat, Executor steps) {
        seat.doubt();
        seat.polls().forEach(poll -> poll.lookAgain(steps));
    }

    /** Nobody knows which groups a user is in. */
    void doubt(Seat seat) {
        inTurns(steps -> doubt(seat, steps));
    }

    /** Nobody knows what has happened in a room. */
    void doubt(Room room, StaleCause cause) {
        inTurns(steps -> doubt(room, cause, steps));
    }

    private void doubt(Room room, StaleCause cause, Executor steps) {
        stale.add(cause);
        room.forget();
        room.seats().forEach(seat -> doubt(seat, steps));
        room.waiters().forEach(waiter -> waiter.lookAgain(steps));
    }

    /** Says whether wakes arrive, so that its memory may be trusted. */
    public void trust(boolean now) {
        trusted = now;
    }

    /** Whether its memory may be trusted. If not, polls look at the store. */
    public boolean isTrusted() {
        return trusted;
    }

    /** Any wake may have been missed. */
    public void lookAgain(StaleCause cause) {
        rooms.all().forEach(room -> {
            stale.add(cause);
            room.forget();
        });
        seats.all().forEach(Seat::doubt);
        all(Waiter::lookAgain);
    }

    /** Ends all waiters because the store is unavailable. */
    public void away() {
        all((waiter, steps) -> waiter.fail(new Unavailable("Redis does not answer"), steps));
    }

    /**
     * Makes all waiters answer, including later ones. Memory is enough: whoever is answered comes back, and misses
     * nothing. Thousands of looks would take longer than a stop may.
     */
    public void finish() {
        finished = true;
        all(Waiter::finish);
    }

    /** Whether new waiters end at once. */
    public boolean isFinished() {
        return finished;
    }

    /** Whether it remembers nothing. */
    public boolean isEmpty() {
        return seats.all().isEmpty() && rooms.all().isEmpty();
    }

    /** How often a group that somebody watches was in doubt. */
    public Counters<StaleCause> stale() {
        return stale;
    }

    /** How many groups somebody watches. */
    public int roomCount() {
        return rooms.groups().size();
    }

    /** How many users poll, or did a moment ago. */
    public int seatCount() {
        return seats.all().size();
    }

    /** The number of waiters. */
    public int count() {
        return (int) waiters().count();
    }

    private void all(BiConsumer<Waiter, Executor> telling) {
        inTurns(steps -> waiters().toList().forEach(waiter -> telling.accept(waiter, steps)));
    }

    private Stream<Waiter> waiters() {
        Stream<Waiter> polls = seats.all().stream().flatMap(seat -> seat.polls().stream());
        return Stream.concat(polls, rooms.all().stream().flatMap(room -> room.waiters().stream()));
    }
}
