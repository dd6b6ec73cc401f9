package seenby.user;

import java.util.Optional;

/** A change of a user. What is absent stays as it is. */
public record UserChange(Optional<Name> name, Optional<Boolean> sendReadReceipts, Optional<Boolean> active) {
    /** What a user changes itself. */
    public static UserChange own(Optional<Name> name, Optional<Boolean> sendReadReceipts) {
        return new UserChange(name, sendReadReceipts, Optional.empty());
    }

    /** What only an admin changes. */
    public static UserChange active(boolean active) {
        return new UserChange(Optional.empty(), Optional.empty(), Optional.of(active));
    }

    /** Whether the user may owe receipts after it and not before it, or the other way round. */
    public boolean concernsReceipts() {
        return sendReadReceipts.isPresent() || active.isPresent();
    }
}
