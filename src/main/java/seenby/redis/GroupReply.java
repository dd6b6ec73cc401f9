package seenby.redis;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.Member;
import seenby.group.ReceiptPolicy;
import seenby.user.Name;
import seenby.user.UserId;

/** Reads a group and its members from the replies of scripts. */
final class GroupReply {
    private GroupReply() {}

    static Group group(GroupId id, Reply reply) {
        String incarnation = reply.text();
        long seq = reply.number();
        Name name = Name.stored(reply.text(), id.value());
        UserId owner = new UserId(reply.text());
        Instant createdAt = reply.time();
        ReceiptPolicy receipts = ReceiptPolicy.parse(reply.text()).orElseThrow();
        GroupState state = new GroupState(
                id, incarnation, seq, receipts, reply.number(), reply.number(), reply.number(), reply.number());
        int members = (int) reply.number();
        return new Group(state, name, owner, createdAt, members, standing(reply));
    }

    private static Optional<Group.Standing> standing(Reply reply) {
        return reply.hasNext()
                ? Optional.of(new Group.Standing(reply.number(), reply.number(), reply.number(), reply.number()))
                : Optional.empty();
    }

    /** The members by id. */
    static List<Member> members(Reply reply) {
        String owner = reply.text();
        return reply.rest(item -> member(item.text(), item.text(), owner)).stream()
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** Of fields "joined_at joined_after joined_after_read". */
    private static Member member(String id, String fields, String owner) {
        Instant joinedAt = Instant.ofEpochMilli(Long.parseLong(fields.substring(0, fields.indexOf(' '))));
        return new Member(new UserId(id), id.equals(owner), joinedAt);
    }
}
