package seenby.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import seenby.admission.Authentication;
import seenby.group.BatchCreation;
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
import seenby.user.UserChange;
import seenby.user.UserDraft;
import seenby.user.UserId;
import seenby.user.Users;

/** Users and their tokens. */
public final class UserHandler {
    private static final int MOST_IN_BATCH = 1000;

    /** The fields of a user that is to be created. */
    private static final List<String> DRAFT = List.of("id", "name", "admin");

    private final Users users;
    private final Memberships memberships;
    private final BatchCreation creation;
    private final Consumer<Token> replaceAdminToken;

    /** @param replaceAdminToken replaces the token of the user admin, and stores it where the operator finds it */
    public UserHandler(
            Users users, Memberships memberships, BatchCreation creation, Consumer<Token> replaceAdminToken) {
        this.users = users;
        this.memberships = memberships;
        this.creation = creation;
        this.replaceAdminToken = replaceAdminToken;
    }

    private record NewUser(UserId id, Name name, boolean admin, Instant createdAt, String token) {
        static NewUser of(User user, Token token) {
            return new NewUser(user.id(), user.name(), user.admin(), user.createdAt(), token.text());
        }
    }

    private record NewUserList(List<NewUser> users) {}

    private record ListedUser(UserId id, Name name, boolean admin, boolean active, Instant createdAt) {
        static ListedUser of(User user) {
            return new ListedUser(user.id(), user.name(), user.admin(), user.active(), user.createdAt());
        }
    }

    private record UserList(List<ListedUser> users) {}

    private record NewToken(String token) {}

    void create(Context ctx) {
        requireAdmin(ctx);
        UserDraft draft = draft(Body.of(ctx, Bounds.SMALL_BODY_BYTES, DRAFT.toArray(String[]::new)));
        User user = users.create(draft.id(), draft.name(), draft.admin(), draft.token());
        Answer.json(ctx, 201, NewUser.of(user, draft.token()));
    }

    void createMany(Context ctx) {
        requireAdmin(ctx);
        List<UserDraft> drafts = Body.of(ctx, Bounds.LARGE_BODY_BYTES, "users")
                .objects("users", MOST_IN_BATCH, DRAFT, UserHandler::draft);
        Map<UserId, Token> tokens = new HashMap<>();
        for (UserDraft draft : drafts) {
            if (tokens.put(draft.id(), draft.token()) != null) {
                throw Refused.invalid("users", "The id " + draft.id() + " is twice in 'users'.");
            }
        }
        List<NewUser> created = creation.create(drafts).stream()
                .map(user -> NewUser.of(user, Objects.requireNonNull(tokens.get(user.id()))))
                .toList();
        Answer.json(ctx, 201, new NewUserList(created));
    }

    private static UserDraft draft(Body body) {
        UserId id = new UserId(body.text("id"));
        Name name = Name.orId(body.optionalText("name"), id.value());
        return new UserDraft(id, name, body.optionalFlag("admin").orElse(false), Token.random());
    }

    void list(Context ctx) {
        Answer.json(
                ctx, 200, new UserList(users.all().stream().map(ListedUser::of).toList()));
    }

    void show(Context ctx) {
        User user = users.find(named(ctx)).orElseThrow(() -> new Refused(Refusal.NO_USER));
        Answer.json(ctx, 200, ListedUser.of(user));
    }

    void change(Context ctx) {
        requireAdmin(ctx);
        boolean active = Body.of(ctx, Bounds.SMALL_BODY_BYTES, "active").flag("active");
        Answer.json(ctx, 200, ListedUser.of(memberships.change(named(ctx), UserChange.active(active))));
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

    private static UserId named(Context ctx) {
        return Paths.user(ctx).orElseThrow(() -> new Refused(Refusal.NO_USER));
    }

    private static void requireAdmin(Context ctx) {
        if (!Authentication.caller(ctx).admin()) {
            throw new Refused(Refusal.NOT_ADMIN);
        }
    }
}
