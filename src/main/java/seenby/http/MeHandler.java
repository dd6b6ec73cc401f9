package seenby.http;

import io.javalin.http.Context;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import seenby.admission.Authentication;
import seenby.admission.RateLimit;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.group.Memberships;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.request.Answer;
import seenby.request.Body;
import seenby.request.Bounds;
import seenby.user.Name;
import seenby.user.User;
import seenby.user.UserChange;
import seenby.user.UserId;
import seenby.user.Users;

/** The caller, its groups and its settings. */
public final class MeHandler {
    private final Users users;
    private final Groups groups;
    private final Memberships memberships;
    private final boolean optOutLocked;
    private final RateLimit<UserId> choices;

    public MeHandler(
            Users users, Groups groups, Memberships memberships, boolean optOutLocked, RateLimit<UserId> choices) {
        this.users = users;
        this.groups = groups;
        this.memberships = memberships;
        this.optOutLocked = optOutLocked;
        this.choices = choices;
    }

    private record Me(UserId id, Name name, boolean admin, boolean sendReadReceipts, List<MyGroup> groups) {}

    private record MyGroup(GroupId id, Name name, long lastId, long lastAck, long unread) {}

    void show(Context ctx) {
        UserId id = Authentication.caller(ctx).id();
        answer(ctx, users.find(id).orElseThrow(() -> new Refused(Refusal.UNAUTHORIZED)));
    }

    void change(Context ctx) {
        Body body = Body.of(ctx, Bounds.SMALL_BODY_BYTES, "name", "send_read_receipts");
        UserId id = Authentication.caller(ctx).id();
        Optional<Name> name = body.optionalText("name").map(text -> Name.orId(Optional.of(text), id.value()));
        Optional<Boolean> choice = body.optionalFlag("send_read_receipts");
        if (choice.isPresent() && optOutLocked) {
            throw new Refused(Refusal.LOCKED);
        }
        choice.ifPresent(to -> choices.take(id));
        answer(ctx, memberships.change(id, UserChange.own(name, choice)));
    }

    private void answer(Context ctx, User user) {
        Collection<Group> mine = groups.get(groups.idsOf(user.id()), user.id());
        List<MyGroup> rows = mine.stream()
                .flatMap(group -> group.standing().stream()
                        .map(standing -> new MyGroup(
                                group.id(), group.name(), group.lastId(), standing.lastAck(), group.unread(standing))))
                .toList();
        Answer.json(ctx, 200, new Me(user.id(), user.name(), user.admin(), user.sendReadReceipts(), rows));
    }
}
