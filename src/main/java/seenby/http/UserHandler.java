package seenby.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
import seenby.request.Paths;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.User;
import seenby.user.UserId;
import seenby.user.Users;

/** Users, their tokens, and the settings of the caller. */
public final class UserHandler {
    private final Users users;
    private final Groups groups;
    private final Memberships memberships;
    private final Consumer<Token> replaceAdminToken;
    private final boolean optOutLocked;
    private final RateLimit<UserId> choices;

    /** @param replaceAdminToken replaces the token of the user admin, and stores it where the operator finds it */
    public UserHandler(
            Users users,
            Groups groups,
            Memberships memberships,
            Consumer<Token> replaceAdminToken,
            boolean optOutLocked,
            RateLimit<UserId> choices) {
        this.users = users;
        this.groups = groups;
        this.memberships = memberships;
        this.replaceAdminToken = replaceAdminToken;
        this.optOutLocked = optOutLocked;
        this.choices = choices;
    }

    private record NewUser(UserId id, Name name, boolean admin, Instant createdAt, String token) {}

    private record ListedUser(UserId id, Name name, boolean admin, Instant createdAt) {}

    private record UserList(List<ListedUser> users) {}

    private record NewToken(String token) {}

    private record Me(UserId id, Name name, boolean admin, boolean sendReadReceipts, List<MyGroup> groups) {}

    private record MyGroup(GroupId id, Name name, long lastId, long lastAck, long unread) {}

    void create(Context ctx) {
        requireAdmin(ctx);
        Body body = Body.of(ctx, Bounds.SMALL_BODY_BYTES, "id", "name", "admin");
        UserId id = new UserId(body.text("id"));
        Name name = Name.orId(body.optionalText("name"), id.value());
        Token token = Token.random();
        User user = users.create(id, name, body.optionalFlag("admin").orElse(false), token);
        Answer.json(ctx, 201, new NewUser(user.id(), user.name(), user.admin(), user.createdAt(), token.text()));
    }

    void list(Context ctx) {
        Answer.json(
                ctx,
                200,
                new UserList(users.all().stream()
                        .map(user -> new ListedUser(user.id(), user.name(), user.admin(), user.createdAt()))
                        .toList()));
    }

    void delete(Context ctx) {
        requireAdmin(ctx);
        memberships.deleteUser(named(ctx));
        ctx.status(204);
    }

    void replaceToken(Context ctx) {
        Body.none(ctx);
        Caller caller = Authentication.caller(ctx);
        if (!caller.admin() && !ctx.pathParam("uid").equals(caller.id().value())) {
            throw new Refused(Refusal.NOT_ADMIN);
        }
        UserId id = named(ctx);
        Token token = Token.random();
        if (id.equals(UserId.ADMIN)) {
            replaceAdminToken.accept(token);
        } else {
            users.replaceToken(id, token);
        }
        Answer.json(ctx, 200, new NewToken(token.text()));
    }

    void me(Context ctx) {
        UserId id = Authentication.caller(ctx).id();
        answerMe(ctx, users.find(id).orElseThrow(() -> new Refused(Refusal.UNAUTHORIZED)));
    }

    void changeMe(Context ctx) {
        Body body = Body.of(ctx, Bounds.SMALL_BODY_BYTES, "name", "send_read_receipts");
        UserId id = Authentication.caller(ctx).id();
        Optional<Name> name = body.optionalText("name").map(text -> Name.orId(Optional.of(text), id.value()));
        Optional<Boolean> choice = body.optionalFlag("send_read_receipts");
        if (choice.isPresent() && optOutLocked) {
            throw new Refused(Refusal.LOCKED);
        }
        choice.ifPresent(to -> choices.take(id));
        answerMe(ctx, memberships.change(id, name, choice));
    }

    private void answerMe(Context ctx, User user) {
        Collection<Group> mine = groups.get(groups.idsOf(user.id()), user.id());
        List<MyGroup> rows = mine.stream()
                .flatMap(group -> group.standing().stream()
                        .map(standing -> new MyGroup(
                                group.id(), group.name(), group.lastId(), standing.lastAck(), group.unread(standing))))
                .toList();
        Answer.json(ctx, 200, new Me(user.id(), user.name(), user.admin(), user.sendReadReceipts(), rows));
    }

    private static UserId named(Context ctx) {
        return Paths.user(ctx).orElseThrow(() -> new Refused(Refusal.NO_USER));
    }

    private static void requireAdmin(Context ctx) {
        if (!Authentication.caller(ctx).admin()) {
            throw new Refused(Refusal.NOT_ADMIN);
        }
    }
}
