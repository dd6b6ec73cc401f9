package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import seenby.group.GroupId;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** The ids in a path. An id that is not well-formed is not found, like one that does not exist. */
public final class Paths {
    private static final Pattern MESSAGE_ID = Pattern.compile("[1-9][0-9]{0,15}");

    private Paths() {}

    public static GroupId group(Context ctx) {
        return GroupId.parse(ctx.pathParam("gid")).orElseThrow(() -> new Refused(Refusal.NO_GROUP));
    }

    public static Optional<UserId> user(Context ctx) {
        return UserId.parse(ctx.pathParam("uid"));
    }

    public static long message(Context ctx) {
        String id = ctx.pathParam("id");
        if (!MESSAGE_ID.matcher(id).matches()) {
            throw new Refused(Refusal.NO_MESSAGE);
        }
        return Long.parseLong(id);
    }
}
