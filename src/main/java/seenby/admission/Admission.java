package seenby.admission;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiConsumer;
import seenby.admission.Authentication.Identity;
import seenby.request.Exchange;
import seenby.request.RequestHead;
import seenby.user.Presence;
import seenby.user.UserId;

/**
 * What a request under {@code /v1} passes before its handler: it has a valid token, and its user sends not too many.
 */
public record Admission(Authentication authentication, RateLimit<UserId> rateLimit, Presence presence) {
    /** Admits a request, or refuses it. Keeps its caller for {@link Authentication#caller}. */
    public void admit(Context ctx) {
        Identity identity = authentication.authenticate(ctx);
        Exchange.of(ctx).ifPresent(exchange -> exchange.by(identity.caller().id()));
        enter(identity, ctx::header);
    }

    /**
     * Admits a request that does not reach Javalin, or refuses it.
     *
     * @param set sets a header of the answer, by name and value
     */
    public Identity admit(RequestHead head, BiConsumer<String, String> set) {
        Identity identity = authentication.authenticate(head);
        enter(identity, set);
        return identity;
    }

    /**
     * Admits a request as the other {@code admit} does, but without a wait for the store; empty if that cannot be.
     * Refuses one too many.
     */
    public Optional<Identity> admitRemembered(RequestHead head, BiConsumer<String, String> set) {
        Optional<Identity> identity = authentication.remembered(head);
        identity.ifPresent(known -> enter(known, set));
        return identity;
    }

    private void enter(Identity identity, BiConsumer<String, String> header) {
        rateLimit.take(identity.caller().id(), header);
        presence.touch(identity.caller().id());
    }
}
