package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiConsumer;
import seenby.request.Authentication.Identity;
import seenby.user.Presence;

/**
 * What a request under {@code /v1} passes before its handler: it has a valid token, and its user sends not too many.
 */
public record Admission(Authentication authentication, RateLimit rateLimit, Presence presence) {
    /** Admits a request, or refuses it. Keeps its caller for {@link Authentication#caller}. */
    public void admit(Context ctx) {
        enter(authentication.authenticate(ctx), ctx::header);
    }

    /**
     * Admits a request that does not reach Javalin, or refuses it.
     *
     * @param query the query as it is in the URL
     * @param set sets a header of the answer, by name and value
     */
    public Identity admit(Headers headers, String query, BiConsumer<String, String> set) {
        Identity identity = authentication.authenticate(headers, query);
        enter(identity, set);
        return identity;
    }

    /**
     * Admits a request as the other {@code admit} does, but without a wait for the store; empty if that cannot be.
     * Refuses one too many.
     */
    public Optional<Identity> admitRemembered(Headers headers, BiConsumer<String, String> set) {
        Optional<Identity> identity = authentication.remembered(headers);
        identity.ifPresent(known -> enter(known, set));
        return identity;
    }

    private void enter(Identity identity, BiConsumer<String, String> header) {
        rateLimit.take(identity.caller().id(), header);
        presence.touch(identity.caller().id());
    }
}
