package seenby.platform;

import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Failures of work that is done later. */
public final class Failures {
    private Failures() {}

    /** The failure itself, without what a later stage has wrapped around it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException
                ? Optional.ofNullable(failure.getCause()).orElse(failure)
                : failure;
    }
}
