package seenby.command;

/** A mistake in the arguments of a command. The message is one line that says what it takes. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
