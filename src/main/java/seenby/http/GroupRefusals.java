package seenby.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import seenby.admission.Authentication;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;

/**
 * Tells an admin whether a group does not exist, or the admin is only no member of it. Anyone else gets one text for
 * both, because a stranger must not learn whether the group exists.
 */
public final class GroupRefusals {
    private final Groups groups;

    public GroupRefusals(Groups groups) {
        this.groups = groups;
    }

    /** The refusal as the caller of this request gets it. */
    Refused exact(Refused refused, Context ctx) {
        boolean hidden = refused.refusal() == Refusal.NOT_MEMBER || refused.refusal() == Refusal.NO_GROUP;
        return hidden && Authentication.isAdmin(ctx) ? forAdmin(refused.refusal(), ctx) : refused;
    }

    private Refused forAdmin(Refusal refusal, Context ctx) {
        Caller admin = Authentication.caller(ctx);
        return Optional.ofNullable(ctx.pathParamMap().get("gid"))
                .flatMap(GroupId::parse)
                .filter(id -> !groups.get(List.of(id), admin.id()).isEmpty())
                .map(id -> new Refused(
                        refusal,
                        "You are an admin, but not a member of this group, and this call is for its members. Add yourself:"
                                + " PUT /v1/groups/" + id + "/members/" + admin.id() + "."))
                .orElseGet(() -> new Refused(refusal, "There is no such group. Check the group id."));
    }
}
