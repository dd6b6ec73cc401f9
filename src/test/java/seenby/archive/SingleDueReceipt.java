package seenby.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import seenby.group.GroupId;
import seenby.user.UserId;

/** A store in memory that has one message, whose receipts are due. */
final class SingleDueReceipt implements DueReceipts, DueMessages, SweepTimers {
    static final GroupId GROUP = new GroupId("group");
    static final String INCARNATION = "incarnation";
    static final ArchiveLine LINE =
            new ArchiveLine(GROUP, 1, new UserId("ann"), Instant.EPOCH, Instant.EPOCH, Optional.empty());

    private final AtomicInteger takes = new AtomicInteger();
    private final IntConsumer onTake;
    private final BooleanSupplier holds;
    private volatile boolean archived;

    /**
     * @param onTake told of each attempt by its number, which it may have fail
     * @param holds whether a sweep that comes to its commit still holds the group
     */
    SingleDueReceipt(IntConsumer onTake, BooleanSupplier holds) {
        this.onTake = onTake;
        this.holds = holds;
    }

    int takes() {
        return takes.get();
    }

    boolean isArchived() {
        return archived;
    }

    @Override
    public SweepClaim take(GroupId group, boolean closed) {
        onTake.accept(takes.incrementAndGet());
        return new SweepClaim(
                SweepClaim.State.HELD, INCARNATION, archived ? 1 : 0, 1, 0, archived ? List.of() : List.of(LINE));
    }

    @Override
    public boolean isHeld(GroupId group) {
        return true;
    }

    @Override
    public OptionalLong commit(GroupId group, SweepClaim taken) {
        if (!holds.getAsBoolean()) {
            return OptionalLong.empty();
        }
        archived = true;
        return OptionalLong.of(1);
    }

    @Override
    public void trim(GroupId group) {}

    @Override
    public Batch take(GroupId group) {
        return new Batch(INCARNATION, 1, List.of());
    }

    @Override
    public boolean commit(GroupId group, Batch batch) {
        return false;
    }

    @Override
    public Portion scan(Optional<String> from, boolean trusting) {
        return new Portion(List.of(release(GROUP)), Optional.empty());
    }

    @Override
    public Next release(GroupId group) {
        return new Next(group, archived ? Optional.empty() : Optional.of(Instant.EPOCH), false);
    }

    @Override
    public Optional<Duration> look(GroupId group) {
        return Optional.empty();
    }
}
