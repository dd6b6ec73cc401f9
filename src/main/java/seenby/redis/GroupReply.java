package seenby.redis;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.Member;
import seenby.group.ReceiptPolicy;
import seenby.user.Name;
import seenby.user.UserId;

/** Reads a group and its members from what Redis replies. */
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
    static List<Member> members(Map<String, String> members, UserId owner) {
        return members.entrySet().stream()
                .map(member -> member(new UserId(member.getKey()), member.getValue(), owner))
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** Of fields "joined_at joined_after joined_after_read". */
    private static Member member(UserId id, String fields, UserId owner) {
        Instant joinedAt = Instant.ofEpochMilli(Long.parseLong(fields.substring(0, fields.indexOf(' '))));
        return new Member(id, id.equals(owner), joinedAt);
    }
}
