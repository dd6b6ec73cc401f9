package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
     * @param header finds a header of the request by its name
     * @param query the query as it is in the URL
     * @param set sets a header of the answer, by name and value
     */
    public Identity admit(Function<String, Optional<String>> header, String query, BiConsumer<String, String> set) {
        Identity identity = authentication.authenticate(header, query);
        enter(identity, set);
        return identity;
    }

    /**
     * Admits a request as the other {@code admit} does, but without a wait for the store; empty if that cannot be.
     * Refuses one too many.
     */
    public Optional<Identity> admitRemembered(
            Function<String, Optional<String>> header, BiConsumer<String, String> set) {
        Optional<Identity> identity = authentication.remembered(header);
        identity.ifPresent(known -> enter(known, set));
        return identity;
    }

    private void enter(Identity identity, BiConsumer<String, String> header) {
        rateLimit.take(identity.caller().id(), header);
        presence.touch(identity.caller().id());
    }
}
