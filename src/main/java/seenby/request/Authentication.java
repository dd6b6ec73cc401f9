package seenby.request;

import io.javalin.http.Context;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;
import seenby.user.Token;

/** Finds the caller by the token in the Authorization header. A token in a URL is ignored: URLs end up in logs. */
public final class Authentication {
    private static final String CALLER = "seenby.caller";
    private static final String TOKEN_HASH = "seenby.token_hash";

    private final Function<String, Optional<Caller>> callerByHash;

    /** @param callerByHash finds a caller by the hash of its token */
    public Authentication(Function<String, Optional<Caller>> callerByHash) {
        this.callerByHash = callerByHash;
    }

    /** Finds the caller and keeps it for {@link #caller}, or refuses the request. */
    public Caller authenticate(Context ctx) {
        String hash = token(ctx).map(Token::hash).orElseThrow(Authentication::unauthorized);
        Caller caller = callerByHash.apply(hash).orElseThrow(Authentication::unauthorized);
        ctx.attribute(CALLER, caller);
        ctx.attribute(TOKEN_HASH, hash);
        return caller;
    }

    /** The caller of a request that passed {@link #authenticate}. */
    public static Caller caller(Context ctx) {
        return Optional.<Caller>ofNullable(ctx.attribute(CALLER)).orElseThrow(Authentication::unauthorized);
    }

    /** The hash of the caller's token, by which a poll notices that the token is revoked. */
    public static String tokenHash(Context ctx) {
        return Optional.<String>ofNullable(ctx.attribute(TOKEN_HASH)).orElseThrow(Authentication::unauthorized);
    }

    private static Optional<Token> token(Context ctx) {
        String header =
                Optional.ofNullable(ctx.header("Authorization")).orElse("").strip();
        String[] parts = header.split(" +", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        Optional<String> text = switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(parts[1]);
            case "basic" -> password(parts[1]);
            default -> Optional.empty();
        };
        return text.filter(token -> !token.isEmpty()).map(Token::new);
    }

    private static Optional<String> password(String base64) {
        try {
            String pair = Content.decode(Base64.getDecoder().decode(base64)).orElse("");
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Refused unauthorized() {
        return new Refused(Refusal.UNAUTHORIZED);
    }
}
