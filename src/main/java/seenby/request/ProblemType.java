package seenby.request;

import java.util.Locale;
import java.util.Optional;
import seenby.refusal.Refusal;
import seenby.refusal.Unavailable;

/**
 * The catalogue of problems: everything that a client can be told in place of an answer. The detail is the default; a
 * {@link seenby.refusal.Refused} may have a more exact one.
 */
public enum ProblemType {
    // refused by us: each has the name of its Refusal
    MALFORMED(Status.BAD_REQUEST, "The request cannot be read. Send valid JSON in UTF-8."),
    INVALID(Status.UNPROCESSABLE, "A value is out of bounds or has the wrong type. Correct it."),
    TOO_LARGE(Status.TOO_LARGE, "The request is too large. Send less at once."),
    UNSUPPORTED_MEDIA_TYPE(
            Status.UNSUPPORTED_MEDIA_TYPE,
            "This content type is not supported. Send JSON in UTF-8, with Content-Type: application/json."),
    UNAUTHORIZED(
            Status.UNAUTHORIZED,
            "This token is no longer valid: it was replaced, or its user was deleted. Send a valid token."),
    CROSS_SITE(
            Status.FORBIDDEN,
            "A page of another website has sent this request, with the token that the browser keeps for this one. Send it"
                    + " with Authorization: Bearer, or from outside of a browser."),
    RATE_LIMITED(
            Status.TOO_MANY_REQUESTS, "You sent too many requests. Wait for the number of seconds in Retry-After."),
    WRONG_TOKENS(
            Status.TOO_MANY_REQUESTS,
            "Too many requests with a wrong token came from your address. Correct the token, and wait for the number of"
                    + " seconds in Retry-After."),
    POLLS_OPEN(
            Status.TOO_MANY_REQUESTS,
            "You have too many polls, streams and waits open. Wait until one of them ends, or close the others."),
    NOT_ADMIN(Status.FORBIDDEN, "Only an admin may do this. Ask an admin to do it."),
    NOT_OWNER(Status.FORBIDDEN, "Only the group's owner or an admin may do this. Ask one of them to do it."),
    NOT_SENDER(Status.FORBIDDEN, "Only the message's sender may see its receipts."),
    NOT_IN_CHARGE(Status.FORBIDDEN, "Only the message's sender or the group's owner may send a reminder of it."),
    LOCKED(Status.FORBIDDEN, "The server's configuration locks this setting. Ask the server's operator to change it."),
    NO_USER(Status.NOT_FOUND, "There is no such user. Check the user id."),
    NO_GROUP(Status.NOT_FOUND, "There is no such group, or you are not a member of it."),
    // the same text as for NO_GROUP: a stranger must not learn whether the group exists
    NOT_MEMBER(Status.NOT_FOUND, NO_GROUP.detail),
    NO_MEMBER(Status.NOT_FOUND, "This user is not a member of the group. Check the user id."),
    NO_MESSAGE(Status.NOT_FOUND, "There is no such message in this group. Check the message id."),
    NO_RECEIPTS(Status.NOT_FOUND, "This message has no receipts. It was sent while the group's receipts were off."),
    FROZEN(Status.CONFLICT, "The receipts of this message are archived. They can no longer change."),
    NUDGED(
            Status.TOO_MANY_REQUESTS,
            "A reminder of this message was sent a short while ago. Wait for the number of seconds in Retry-After."),
    USER_TAKEN(Status.CONFLICT, "A user with this id already exists. Choose another id."),
    USER_DELETED(
            Status.CONFLICT,
            "This id belonged to a deleted user. Messages and receipts still name it, so no one else can have it. Choose"
                    + " another id."),
    GROUP_TAKEN(Status.CONFLICT, "A group with this id already exists. Choose another id."),
    GROUPS_FULL(
            Status.CONFLICT, "A user is in as many groups as one may be in. It must leave one first, or delete one."),
    MEMBERS_FULL(Status.CONFLICT, "The group would have more members than a group may have. Remove some first."),
    OTHER_TEXT(
            Status.CONFLICT,
            "This client_id already belongs to a message with another text. Give a new message a new client_id."),
    OWNER_STAYS(
            Status.CONFLICT,
            "The owner cannot leave the group. First make another member its owner, or delete the group."),
    ADMIN_STAYS(Status.CONFLICT, "The user admin cannot be deleted or deactivated."),
    OWNER_NOT_MEMBER(
            Status.UNPROCESSABLE, "The new owner must be a member. First add this user to the group.", "owner"),
    BEYOND_LAST(Status.UNPROCESSABLE, "There is no message with this id yet. Ack the group's last_id or less.", "upto"),

    // refused by Javalin or Jetty, mostly before a route is reached
    NOT_HTTP(Status.BAD_REQUEST, "The request is not valid HTTP. Check its path, query and headers."),
    FORBIDDEN(Status.FORBIDDEN, "You may not do this."),
    NO_PATH(Status.NOT_FOUND, "There is nothing at this path. The API is described at /docs."),
    METHOD_NOT_ALLOWED(Status.METHOD_NOT_ALLOWED, "This path does not support this method."),
    TIMEOUT(Status.REQUEST_TIMEOUT, "The request timed out before it was complete. Send it again."),
    URI_TOO_LONG(Status.URI_TOO_LONG, "The URI is too long. Send long values in a JSON body."),
    HEADERS_TOO_LARGE(Status.HEADERS_TOO_LARGE, "The headers are too large. Send fewer or shorter headers."),

    // not the client's mistake
    INTERNAL(Status.INTERNAL_ERROR, "The server failed to handle this request. The cause is in the server's log."),
    UNAVAILABLE(
            Status.SERVICE_UNAVAILABLE,
            "Storage is temporarily unavailable, or the server is stopping. Try again in a moment."),
    READ_ONLY(
            Status.SERVICE_UNAVAILABLE,
            "Storage accepts no changes now. Reading still works. Try again in a moment, or tell the server's operator."),
    STORAGE_FULL(
            Status.SERVICE_UNAVAILABLE,
            "Storage is full, so nothing new can be stored. Reading still works. Tell the server's operator, and try"
                    + " again later.");

    private final Status status;
    private final String detail;
    private final Optional<String> field;

    ProblemType(Status status, String detail) {
        this(status, detail, Optional.empty());
    }

    ProblemType(Status status, String detail, String field) {
        this(status, detail, Optional.of(field));
    }

    ProblemType(Status status, String detail, Optional<String> field) {
        this.status = status;
        this.detail = detail;
        this.field = field;
    }

    /** The statuses, each with the code that clients switch on. */
    private enum Status {
        BAD_REQUEST(400, "malformed", "Bad Request"),
        UNAUTHORIZED(401, "unauthorized", "Unauthorized"),
        FORBIDDEN(403, "forbidden", "Forbidden"),
        NOT_FOUND(404, "not_found", "Not Found"),
        METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method Not Allowed"),
        REQUEST_TIMEOUT(408, "timeout", "Request Timeout"),
        CONFLICT(409, "conflict", "Conflict"),
        TOO_LARGE(413, "too_large", "Content Too Large"),
        URI_TOO_LONG(414, "too_large", "URI Too Long"),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "Unsupported Media Type"),
        UNPROCESSABLE(422, "invalid", "Unprocessable Content"),
        TOO_MANY_REQUESTS(429, "rate_limited", "Too Many Requests"),
        HEADERS_TOO_LARGE(431, "too_large", "Request Header Fields Too Large"),
        INTERNAL_ERROR(500, "internal", "Internal Server Error"),
        SERVICE_UNAVAILABLE(503, "unavailable", "Service Unavailable");

        private final int number;
        private final String code;
        private final String title;

        Status(int number, String code, String title) {
            this.number = number;
            this.code = code;
            this.title = title;
        }
    }

    static ProblemType of(Refusal refusal) {
        return valueOf(refusal.name());
    }

    static ProblemType of(Unavailable.Outage outage) {
        return switch (outage) {
            case AWAY -> UNAVAILABLE;
            case READ_ONLY -> READ_ONLY;
            case FULL -> STORAGE_FULL;
        };
    }

    /** The type for a status that Javalin or Jetty chose. */
    static ProblemType of(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NO_PATH;
            case 405 -> METHOD_NOT_ALLOWED;
            case 408 -> TIMEOUT;
            case 413 -> TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL : NOT_HTTP;
        };
    }

    int status() {
        return status.number;
    }

    public String code() {
        return status.code;
    }

    /** Tells apart the problems of one code, for programs that word them for people. */
    public String reason() {
        // a stranger must not learn whether the group exists
        ProblemType told = this == NOT_MEMBER ? NO_GROUP : this;
        return told.name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return status.title;
    }

    String detail() {
        return detail;
    }

    Optional<String> field() {
        return field;
    }
}
