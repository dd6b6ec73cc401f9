package seenby.request;

import java.util.Optional;
import seenby.refusal.Refusal;

/** The one table of what each refusal is in HTTP: its kind, and the words it has where it was given none. */
public record RefusalRow(Kind kind, String detail, Optional<String> field) {
    private static final String NO_GROUP = "There is no such group, or you are not a member of it.";

    /** The statuses that refusals come in, each with its code. */
    public enum Kind {
        MALFORMED(400, "malformed", "Bad Request"),
        UNAUTHORIZED(401, "unauthorized", "Unauthorized"),
        FORBIDDEN(403, "forbidden", "Forbidden"),
        NOT_FOUND(404, "not_found", "Not Found"),
        CONFLICT(409, "conflict", "Conflict"),
        TOO_LARGE(413, "too_large", "Content Too Large"),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "Unsupported Media Type"),
        INVALID(422, "invalid", "Unprocessable Content"),
        RATE_LIMITED(429, "rate_limited", "Too Many Requests");

        private final int status;
        private final String code;
        private final String title;

        Kind(int status, String code, String title) {
            this.status = status;
            this.code = code;
            this.title = title;
        }

        int status() {
            return status;
        }

        public String code() {
            return code;
        }

        String title() {
            return title;
        }
    }

    /** A switch without a default, so that a refusal without a row does not compile. */
    static RefusalRow of(Refusal refusal) {
        return switch (refusal) {
            case MALFORMED -> row(Kind.MALFORMED, "The request can't be read; send well-formed UTF-8 and JSON.");
            case INVALID -> row(Kind.INVALID, "A value is out of its bounds or of the wrong type.");
            case TOO_LARGE -> row(Kind.TOO_LARGE, "The request is too large; send less at once.");
            case UNSUPPORTED_MEDIA_TYPE ->
                row(Kind.UNSUPPORTED_MEDIA_TYPE, "Send the body as JSON, with Content-Type: application/json.");
            case UNAUTHORIZED ->
                row(
                        Kind.UNAUTHORIZED,
                        "Send a valid token: Authorization: Bearer <token>, or HTTP Basic with the token as the password.");
            case RATE_LIMITED -> row(Kind.RATE_LIMITED, "Too many requests; wait as long as Retry-After says.");
            case NOT_ADMIN -> row(Kind.FORBIDDEN, "Only an admin may do this.");
            case NOT_OWNER -> row(Kind.FORBIDDEN, "Only the group's owner or an admin may do this.");
            case NOT_SENDER -> row(Kind.FORBIDDEN, "Only the message's sender may see its receipts.");
            case NOT_IN_CHARGE ->
                row(Kind.FORBIDDEN, "Only the message's sender or the group's owner may remind of it.");
            case LOCKED -> row(Kind.FORBIDDEN, "The server's configuration locks this choice.");
            case NO_USER -> row(Kind.NOT_FOUND, "There is no such user.");
            // one text for both: who is no member must not learn whether the group exists
            case NO_GROUP, NOT_MEMBER -> row(Kind.NOT_FOUND, NO_GROUP);
            case NO_MEMBER -> row(Kind.NOT_FOUND, "That user is no member of this group.");
            case NO_MESSAGE -> row(Kind.NOT_FOUND, "There is no such message in this group.");
            case NO_RECEIPTS ->
                row(Kind.NOT_FOUND, "No receipts are kept for this message: it was sent while they were off.");
            case FROZEN -> row(Kind.CONFLICT, "The receipts of this message are archived; they change no more.");
            case NUDGED ->
                row(Kind.RATE_LIMITED, "This message was nudged a short while ago; wait as long as Retry-After says.");
            case USER_TAKEN -> row(Kind.CONFLICT, "There is a user with this id already; choose another one.");
            case GROUP_TAKEN -> row(Kind.CONFLICT, "There is a group with this id already; choose another one.");
            case OTHER_TEXT ->
                row(Kind.CONFLICT, "This client_id was used for another text; choose a new one for a new message.");
            case OWNER_STAYS ->
                row(
                        Kind.CONFLICT,
                        "The owner can't leave its group; make another member its owner first, or delete it.");
            case ADMIN_STAYS -> row(Kind.CONFLICT, "The user admin can't be deleted.");
            case OWNER_NOT_MEMBER ->
                row(Kind.INVALID, "The new owner must be a member; add it to the group first.", "owner");
            case BEYOND_LAST ->
                row(Kind.INVALID, "There is no message with this id yet; ack up to last_id at most.", "upto");
        };
    }

    private static RefusalRow row(Kind kind, String detail) {
        return new RefusalRow(kind, detail, Optional.empty());
    }

    private static RefusalRow row(Kind kind, String detail, String field) {
        return new RefusalRow(kind, detail, Optional.of(field));
    }
}
