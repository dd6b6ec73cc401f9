package seenby.backup;

/** A backup or a restore has failed. The message is one line for the operator: what happened and what to do. */
public final class BackupException extends RuntimeException {
    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
