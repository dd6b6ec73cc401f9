package seenby.admin;

/** A command that did not succeed. Its message is one line for the person who gave it. */
final class AdminException extends RuntimeException {
    AdminException(String message) {
        super(message, null, false, false);
    }
}
