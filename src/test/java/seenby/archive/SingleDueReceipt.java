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

/** A store in memory with one message, whose receipts are due. */
final class SingleDueReceipt implements SweepStore {
    static final GroupId GROUP = new GroupId("group");
    static final String INCARNATION = "incarnation";
    static final ArchiveLine LINE =
            new ArchiveLine(GROUP, 1, new UserId("ann"), Instant.EPOCH, Instant.EPOCH, Optional.empty());

    private final AtomicInteger claims = new AtomicInteger();
    private final IntConsumer onClaim;
    private final BooleanSupplier isHeld;
    private volatile boolean archived;

    /**
     * @param onClaim gets the number of each claim, and may make it fail
     * @param isHeld whether a sweep that reaches its commit still has the claim
     */
    SingleDueReceipt(IntConsumer onClaim, BooleanSupplier isHeld) {
        this.onClaim = onClaim;
        this.isHeld = isHeld;
    }

    int claims() {
        return claims.get();
    }

    boolean isArchived() {
        return archived;
    }

    @Override
    public Optional<SweepClaim> claim(GroupId group, Takeover takeover) {
        onClaim.accept(claims.incrementAndGet());
        return Optional.of(new Claim());
    }

    private final class Claim implements SweepClaim {
        @Override
        public GroupId group() {
            return GROUP;
        }

        @Override
        public String incarnation() {
            return INCARNATION;
        }

        @Override
        public List<ArchiveLine> receipts() {
            return archived ? List.of() : List.of(LINE);
        }

        @Override
        public OptionalLong commitReceipts(List<ArchiveLine> lines) {
            if (!isHeld.getAsBoolean()) {
                return OptionalLong.empty();
            }
            archived = true;
            return OptionalLong.of(1);
        }

        @Override
        public List<MessageLine> messages() {
            return List.of();
        }

        @Override
        public boolean commitMessages(List<MessageLine> lines) {
            return false;
        }

        @Override
        public NextSweep release() {
            return next();
        }
    }

    @Override
    public Optional<ArchivePosition> committed(GroupId group) {
        return Optional.of(new ArchivePosition(archived ? 1 : 0, 0));
    }

    @Override
    public void trim(GroupId group) {}

    @Override
    public ScanPage scan(Optional<String> cursor, boolean missingOnly) {
        return new ScanPage(List.of(next()), Optional.empty());
    }

    private NextSweep next() {
        return new NextSweep(GROUP, archived ? Optional.empty() : Optional.of(Instant.EPOCH), false);
    }

    @Override
    public Optional<Duration> timeLeft(GroupId group) {
        return Optional.empty();
    }
}
