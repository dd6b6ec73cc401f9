package seenby.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import seenby.admission.Authentication;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.group.Member;
import seenby.group.Memberships;
import seenby.group.ReceiptPolicy;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.request.Answer;
import seenby.request.Body;
import seenby.request.Bounds;
import seenby.request.Paths;
import seenby.request.Query;
import seenby.request.Quoted;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Presence;
import seenby.user.User;
import seenby.user.UserId;
import seenby.user.Users;

/** Groups and their members. */
public final class GroupHandler {
    private static final int MOST_MEMBERS_AT_ONCE = 10_000;

    /** Room for ten thousand ids of the greatest length. */
    private final Users users;

    private final Groups groups;
    private final Memberships memberships;
    private final Presence presence;
    private final boolean adminsOnlyCreate;

    public GroupHandler(
            Users users, Groups groups, Memberships memberships, Presence presence, boolean adminsOnlyCreate) {
        this.users = users;
        this.groups = groups;
        this.memberships = memberships;
        this.presence = presence;
        this.adminsOnlyCreate = adminsOnlyCreate;
    }

    private record GroupAnswer(
            GroupId id,
            Name name,
            UserId owner,
            Instant createdAt,
            long firstId,
            long lastId,
            int members,
            String receipts,
            Optional<Long> lastAck,
            Optional<Long> unread) {
        static GroupAnswer of(Group group) {
            return new GroupAnswer(
                    group.id(),
                    group.name(),
                    group.owner(),
                    group.createdAt(),
                    group.firstId(),
                    group.lastId(),
                    group.members(),
                    group.receipts().word(),
                    group.standing().map(Group.Standing::lastAck),
                    group.standing().map(group::unread));
        }
    }

    private record GroupList(List<GroupAnswer> groups) {}

    private record MemberRow(
            UserId id,
            Name name,
            String role,
            Instant joinedAt,
            boolean online,
            Optional<Long> lastAck,
            Optional<Long> unread) {}

    private record MemberList(List<MemberRow> members) {}

    private record Joined(Collection<UserId> added, Collection<UserId> already) {}

    void create(Context ctx) {
        Caller caller = Authentication.caller(ctx);
        if (adminsOnlyCreate && !caller.admin()) {
            throw new Refused(Refusal.NOT_ADMIN);
        }
        Body body = Body.of(ctx, Bounds.LARGE_BODY_BYTES, "id", "name", "members", "receipts");
        GroupId id = new GroupId(body.text("id"));
        Name name = Name.orId(body.optionalText("name"), id.value());
        ReceiptPolicy policy = policy(body).orElse(ReceiptPolicy.SENDER);
        Set<UserId> members = ids(body, "members").orElse(Set.of());
        Answer.json(ctx, 201, GroupAnswer.of(memberships.create(id, name, policy, caller, members)));
    }

    void list(Context ctx) {
        boolean all = Query.of(ctx).flag("all");
        Caller caller = Authentication.caller(ctx);
        if (all && !caller.admin()) {
            throw new Refused(Refusal.NOT_ADMIN);
        }
        Set<GroupId> ids = all ? groups.all() : groups.idsOf(caller.id());
        Answer.json(
                ctx,
                200,
                new GroupList(groups.get(ids, caller.id()).stream()
                        .filter(group -> all || group.standing().isPresent())
                        .map(GroupAnswer::of)
                        .toList()));
    }

    void show(Context ctx) {
        answer(ctx, Paths.group(ctx));
    }

    void change(Context ctx) {
        GroupId id = Paths.group(ctx);
        Body body = Body.of(ctx, Bounds.LARGE_BODY_BYTES, "name", "receipts", "owner");
        Optional<Name> name = body.optionalText("name").map(text -> Name.orId(Optional.of(text), id.value()));
        Optional<UserId> owner = body.optionalText("owner").map(GroupHandler::owner);
        groups.change(id, Authentication.caller(ctx), name, policy(body), owner);
        answer(ctx, id);
    }

    private static UserId owner(String text) {
        return UserId.parse(text).orElseThrow(() -> new Refused(Refusal.OWNER_NOT_MEMBER));
    }

    private void answer(Context ctx, GroupId id) {
        Caller caller = Authentication.caller(ctx);
        Group group = groups.get(id, caller.id());
        if (group.standing().isEmpty() && !caller.admin()) {
            throw new Refused(Refusal.NOT_MEMBER);
        }
        Answer.json(ctx, 200, GroupAnswer.of(group));
    }

    void delete(Context ctx) {
        boolean withArchive = withArchive(Query.of(ctx));
        memberships.deleteGroup(Paths.group(ctx), Authentication.caller(ctx), withArchive);
        ctx.status(204);
    }

    private static boolean withArchive(Query query) {
        String archive = query.text("archive").orElse("keep");
        if (!archive.equals("delete") && !archive.equals("keep")) {
            throw Refused.invalid("archive", "archive must be keep or delete.");
        }
        return archive.equals("delete");
    }

    void members(Context ctx) {
        Caller caller = Authentication.caller(ctx);
        GroupId id = Paths.group(ctx);
        List<Member> members = groups.members(id, caller);
        Group group = groups.get(id, caller.id());
        List<UserId> ids = members.stream().map(Member::id).toList();
        Map<UserId, User> known = users.find(ids);
        Set<UserId> online = presence.online(ids);
        Answer.json(
                ctx,
                200,
                new MemberList(members.stream()
                        .flatMap(member -> Optional.ofNullable(known.get(member.id())).stream()
                                .map(user -> row(member, user, online.contains(member.id()), caller, group)))
                        .toList()));
    }

    private static MemberRow row(Member member, User user, boolean online, Caller caller, Group group) {
        Optional<Group.Standing> own =
                group.standing().filter(standing -> member.id().equals(caller.id()));
        return new MemberRow(
                member.id(),
                user.name(),
                member.owner() ? "owner" : "member",
                member.joinedAt(),
                online,
                own.map(Group.Standing::lastAck),
                own.map(group::unread));
    }

    void addMembers(Context ctx) {
        Body body = Body.of(ctx, Bounds.LARGE_BODY_BYTES, "ids");
        Set<UserId> ids = ids(body, "ids").orElseThrow(() -> Refused.invalid("ids", "ids must be a list of user ids."));
        Set<UserId> added = memberships.join(Paths.group(ctx), Authentication.caller(ctx), ids);
        Set<UserId> already = new TreeSet<>(ids);
        already.removeAll(added);
        Answer.json(ctx, 200, new Joined(added, already));
    }

    void addMember(Context ctx) {
        Body.none(ctx);
        Optional<UserId> id = Paths.user(ctx);
        boolean added = memberships.joinOne(Paths.group(ctx), Authentication.caller(ctx), id);
        List<UserId> ids = id.stream().toList();
        Answer.json(ctx, added ? 201 : 200, added ? new Joined(ids, List.of()) : new Joined(List.of(), ids));
    }

    void removeMember(Context ctx) {
        UserId member = Paths.user(ctx).orElseThrow(() -> new Refused(Refusal.NO_MEMBER));
        memberships.leave(Paths.group(ctx), Authentication.caller(ctx), member);
        ctx.status(204);
    }

    private static Optional<ReceiptPolicy> policy(Body body) {
        return body.optionalText("receipts")
                .map(word -> ReceiptPolicy.parse(word)
                        .orElseThrow(() ->
                                Refused.invalid("receipts", "receipts must be \"sender\", \"members\" or \"off\".")));
    }

    private static Optional<Set<UserId>> ids(Body body, String field) {
        return body.optionalTexts(field).map(texts -> {
            if (texts.size() > MOST_MEMBERS_AT_ONCE) {
                throw Refused.invalid(
                        field, field + " may hold at most " + MOST_MEMBERS_AT_ONCE + " ids. Send several requests.");
            }
            Set<UserId> ids = new TreeSet<>();
            texts.forEach(text -> ids.add(UserId.parse(text)
                    .orElseThrow(() -> Refused.invalid(
                            field, Quoted.of(text) + " is not a user id. A user id " + UserId.RULE + "."))));
            return ids;
        });
    }
}
