package seenby.admission;

import io.javalin.http.Context;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.request.Content;
import seenby.request.RequestHead;
import seenby.user.Caller;
import seenby.user.Token;

/** Finds the caller by the token in the Authorization header. A token in a URL is not read: URLs end up in logs. */
public final class Authentication {
    private static final String CALLER = "seenby.caller";
    private static final String TOKEN_HASH = "seenby.token_hash";

    private static final String HOW =
            "Send a valid token: Authorization: Bearer <token>, or HTTP Basic with the token as the password.";
    private static final String NO_TOKEN = "The request has no token.";
    private static final String EMPTY = "The token in the header Authorization is empty.";
    private static final String UNKNOWN =
            "No user has this token: it is mistyped, or it was replaced, or its user was deleted.";
    private static final String IN_QUERY = "The token is in the query, where it is not read: URLs end up in logs.";
    private static final String IN_USER_NAME = "The token is in the user name of HTTP Basic; it must be the password.";
    private static final String NO_SCHEME = "The header Authorization must begin with Bearer or Basic.";
    private static final String NOT_BASIC =
            "What follows Basic in the header Authorization is not user:password in Base64.";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    // by the name of the parameter: any value, such as a position, may look like a token
    private static final Pattern TOKEN_PARAMETER =
            Pattern.compile("(^|&)([^=&]*(token|auth|bearer)[^=&]*|(api_?)?key)=", Pattern.CASE_INSENSITIVE);

    /**
     * Who sends a request.
     *
     * @param tokenHash hash of its token, by which a poll notices that the token is revoked
     */
    public record Identity(Caller caller, String tokenHash) {}

    /** @param user the user name of HTTP Basic; empty for a bearer token */
    private record Credentials(boolean basic, String user, String token) {}

    private final Function<String, Optional<Caller>> callerByHash;
    private final Function<String, Optional<Caller>> rememberedByHash;
    private final WrongTokens wrongTokens;

    /** @param callerByHash finds a caller by the hash of its token */
    public Authentication(Function<String, Optional<Caller>> callerByHash, WrongTokens wrongTokens) {
        this(callerByHash, hash -> Optional.empty(), wrongTokens);
    }

    /** @param rememberedByHash finds a caller without a wait for the store; empty if that cannot be */
    public Authentication(
            Function<String, Optional<Caller>> callerByHash,
            Function<String, Optional<Caller>> rememberedByHash,
            WrongTokens wrongTokens) {
        this.callerByHash = callerByHash;
        this.rememberedByHash = rememberedByHash;
        this.wrongTokens = wrongTokens;
    }

    /** Finds the caller and keeps it for {@link #caller}, or refuses the request. */
    public Identity authenticate(Context ctx) {
        Identity identity = authenticate(RequestHead.of(ctx));
        ctx.attribute(CALLER, identity.caller());
        ctx.attribute(TOKEN_HASH, identity.tokenHash());
        return identity;
    }

    /**
     * Finds who sends a request, by its header Authorization. The other headers tell whether a browser has sent the
     * token for another website; the query only tells what to say in a refusal.
     */
    public Identity authenticate(RequestHead head) {
        Credentials credentials = credentials(head)
                .orElseThrow(
                        () -> unauthorized(TOKEN_PARAMETER.matcher(head.query()).find() ? IN_QUERY : NO_TOKEN));
        String hash = new Token(credentials.token()).hash();
        Caller caller = callerByHash.apply(hash).orElseThrow(() -> wrongToken(credentials, head.address()));
        return new Identity(caller, hash);
    }

    private Refused wrongToken(Credentials credentials, String address) {
        wrongTokens.count(address);
        return unauthorized(fault(credentials));
    }

    /** Finds who sends a request, without a wait for the store; empty if that cannot be, or the request is refused. */
    public Optional<Identity> remembered(RequestHead head) {
        return credentials(head)
                .map(credentials -> new Token(credentials.token()).hash())
                .flatMap(hash -> rememberedByHash.apply(hash).map(caller -> new Identity(caller, hash)));
    }

    /** The caller of a request that passed {@link #authenticate}. */
    public static Caller caller(Context ctx) {
        return Optional.<Caller>ofNullable(ctx.attribute(CALLER)).orElseThrow(() -> unauthorized(NO_TOKEN));
    }

    /** Whether the request passed {@link #authenticate}, and its caller is an admin. */
    public static boolean isAdmin(Context ctx) {
        return Optional.<Caller>ofNullable(ctx.attribute(CALLER))
                .filter(Caller::admin)
                .isPresent();
    }

    /** The identity of a request that passed {@link #authenticate}. */
    public static Identity identity(Context ctx) {
        return new Identity(caller(ctx), tokenHash(ctx));
    }

    /** The hash of the caller's token, by which a poll notices that the token is revoked. */
    public static String tokenHash(Context ctx) {
        return Optional.<String>ofNullable(ctx.attribute(TOKEN_HASH)).orElseThrow(() -> unauthorized(NO_TOKEN));
    }

    /** A browser keeps what it sends by Basic, and sends it for any website. No website can make it send Bearer. */
    private static Optional<Credentials> credentials(RequestHead head) {
        Optional<Credentials> credentials = head.get("Authorization")
                .filter(authorization -> !authorization.isBlank())
                .map(Authentication::credentials);
        if (credentials.filter(Credentials::basic).isPresent() && head.isForeign()) {
            throw new Refused(Refusal.CROSS_SITE);
        }
        return credentials;
    }

    private static Credentials credentials(String header) {
        String stripped = header.strip();
        int space = stripped.indexOf(' ');
        String scheme = space < 0 ? stripped : stripped.substring(0, space);
        String rest = stripped.substring(scheme.length()).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Credentials(false, "", rest);
            case "basic" -> basic(rest);
            default -> throw unauthorized(NO_SCHEME);
        };
    }

    private static Credentials basic(String base64) {
        String pair = decode(base64).orElse("");
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw unauthorized(NOT_BASIC);
        }
        return new Credentials(true, pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static Optional<String> decode(String base64) {
        try {
            return Content.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String fault(Credentials credentials) {
        if (isToken(credentials.user())) {
            return IN_USER_NAME;
        }
        return credentials.token().isEmpty() ? EMPTY : UNKNOWN;
    }

    private boolean isToken(String text) {
        return TOKEN.matcher(text).matches()
                || callerByHash.apply(new Token(text).hash()).isPresent();
    }

    private static Refused unauthorized(String reason) {
        return new Refused(Refusal.UNAUTHORIZED, reason + " " + HOW);
    }
}
