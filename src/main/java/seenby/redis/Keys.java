package seenby.redis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * All keys. The keys of a group have the same hash tag, so a group is in one slot of a cluster, and every script stays
 * within it. The same is true for a user.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code sb:{gid}:info}</td><td>hash: incarnation, name, owner, created_at, receipts, first_id, last_id,
 *     last_read, last_nudge, last_ordinal, spells_ended (how many), archived_upto, taken_upto (of what the
 *     sweep has taken, the last message that no receipt period has changed since), trimmed_upto, sweeper (its token,
 *     until it releases the group), unclosed (1 until the segment of the previous sweeper is closed), clock,
 *     set_back_at and set_back_upto (when the clock was found to be set back, and the last message then), sent_since,
 *     seq (how many changes), restoring (the message whose unread set is being restored, and how far); deleting and
 *     deleting_archive while it is being deleted</td></tr>
 * <tr><td>{@code sb:{gid}:messages}</td><td>stream: {@code <id>-0} -> sender, sent_at, text, receipts (policy
 *     when it was sent)</td></tr>
 * <tr><td>{@code sb:{gid}:receipts}</td><td>stream: {@code <id>-0} -> sender, sent_at, recipients at send, or "off",
 *     and hidden; the messages without their texts, as long as their receipts are kept here</td></tr>
 * <tr><td>{@code sb:{gid}:acks}</td><td>hash: uid -> last_ack; a user is a member if it is in here</td></tr>
 * <tr><td>{@code sb:{gid}:members}</td><td>hash: uid -> "joined_at joined_after joined_after_read"</td></tr>
 * <tr><td>{@code sb:{gid}:ordinals}</td><td>hash: uid -> ordinal of its open receipt period; members
 *     that send no read receipts are not in here</td></tr>
 * <tr><td>{@code sb:{gid}:roster}</td><td>set: the ordinals of the open receipt periods; copied at each send</td></tr>
 * <tr><td>{@code sb:{gid}:spells}</td><td>hash: receipt periods: ordinal -> "uid after", and after the end "uid after
 *     last_ack last_id"</td></tr>
 * <tr><td>{@code sb:{gid}:leaving}</td><td>hash: ordinal -> "next upto", of ended receipt periods that are
 *     still in unread sets</td></tr>
 * <tr><td>{@code sb:{gid}:left}</td><td>hash: id -> how many recipients left it unread</td></tr>
 * <tr><td>{@code sb:{gid}:unread:<id>}</td><td>set: ordinals of the recipients who have not read the message</td></tr>
 * <tr><td>{@code sb:{gid}:rebuilt}</td><td>set: an unread set that is being restored: ordinals, and 0</td></tr>
 * <tr><td>{@code sb:{gid}:read_at:<ordinal>}</td><td>sorted set: the cumulative acks of a receipt period, upto ->
 *     "upto:time"</td></tr>
 * <tr><td>{@code sb:{gid}:read_one}</td><td>sorted set: single acks, id -> "id:ordinal:time"</td></tr>
 * <tr><td>{@code sb:{gid}:reads}</td><td>stream: {@code <n>-0} -> reader, from, upto, at, senders; polls
 *     report them</td></tr>
 * <tr><td>{@code sb:{gid}:heard}</td><td>hash: uid -> number of the newest read of a message that it
 *     sent</td></tr>
 * <tr><td>{@code sb:{gid}:nudges}</td><td>sorted set: n -> message id; the newest of each message</td></tr>
 * <tr><td>{@code sb:{gid}:nudged}</td><td>hash: message id -> "time uid" of its newest nudge</td></tr>
 * <tr><td>{@code sb:{gid}:sent}, {@code sb:{gid}:sent_before}</td><td>hash: "uid client_id" -> id, of this window and
 *     of the previous one</td></tr>
 * <tr><td>{@code sb:{gid}:due}</td><td>string with a TTL, the timer: expires when the group has something
 *     for the archive
 *     </td></tr>
 * <tr><td>{@code sb:{gid}:sweep}</td><td>string with a TTL: token of the instance that sweeps the group</td></tr>
 * <tr><td>{@code sb:{gid}:new:<incarnation>:acks} and 4 more</td><td>acks, members, ordinals, roster and spells of a
 *     group that is being created, for a minute; they become those of the group</td></tr>
 * <tr><td>{@code sb:user:{uid}}</td><td>hash: name, admin, created_at, receipts, inactive (1 or 0), token (its hash),
 *     configured (hash of the configured token that was applied last); deleted (the hash of its revoked token) while it
 *     is being deleted; of a deleted user only deleted, its tombstone; batch and new_name in place of name while its
 *     id is only reserved</td></tr>
 * <tr><td>{@code sb:user:{uid}:groups}</td><td>set: gids, an index; the data of the group is authoritative</td></tr>
 * <tr><td>{@code sb:user:{uid}:position:<name>}</td><td>string, 8 days: a position that is too long for a URL</td></tr>
 * <tr><td>{@code sb:token:<sha256>}</td><td>string: uid, an index; the token in the user's hash is
 *     authoritative</td></tr>
 * <tr><td>{@code sb:batch:<name>}</td><td>string, 30 days: 1 if the users of a batch are to be made, 0 if not</td></tr>
 * <tr><td>{@code sb:users}, {@code sb:groups}</td><td>set: all ids, an index</td></tr>
 * <tr><td>{@code sb:loops}</td><td>set: joins, opt-outs and deletions of users that are in progress in their
 *     groups</td></tr>
 * <tr><td>{@code sb:online}</td><td>sorted set: uid, last seen in ms</td></tr>
 * <tr><td>{@code sb:secret}, {@code sb:schema}</td><td>string: the key that signs positions; the version of this
 *     schema</td></tr>
 * <tr><td>{@code sb:line}</td><td>hash: name of the line of history, number</td></tr>
 * <tr><td>{@code sb:ready}</td><td>never there: a write that changes nothing tells whether Redis accepts
 *     writes</td></tr>
 * </table>
 */
public final class Keys {
    public static final String USERS = "sb:users";
    public static final String GROUPS = "sb:groups";
    public static final String LOOPS = "sb:loops";
    public static final String ONLINE = "sb:online";
    public static final String SECRET = "sb:secret";
    public static final String SCHEMA = "sb:schema";
    public static final String LINE = "sb:line";
    public static final String READY = "sb:ready";

    /** The channel of all wakes, without the database. */
    public static final String WAKES = "sb:wakes";

    /** The channels on which servers hear of themselves, without the database and the server. */
    public static final String HEARTBEATS = "sb:heartbeats";

    private static final Pattern TIMER = Pattern.compile("sb:\\{(.*)}:due");

    private Keys() {}

    public static String info(GroupId group) {
        return of(group, "info");
    }

    public static String messages(GroupId group) {
        return of(group, "messages");
    }

    public static String receipts(GroupId group) {
        return of(group, "receipts");
    }

    public static String acks(GroupId group) {
        return of(group, "acks");
    }

    public static String members(GroupId group) {
        return of(group, "members");
    }

    public static String ordinals(GroupId group) {
        return of(group, "ordinals");
    }

    public static String roster(GroupId group) {
        return of(group, "roster");
    }

    public static String spells(GroupId group) {
        return of(group, "spells");
    }

    public static String leaving(GroupId group) {
        return of(group, "leaving");
    }

    public static String left(GroupId group) {
        return of(group, "left");
    }

    /** A message id is appended to it. */
    public static String unreadPrefix(GroupId group) {
        return of(group, "unread:");
    }

    public static String rebuilt(GroupId group) {
        return of(group, "rebuilt");
    }

    /** An ordinal is appended to it. */
    public static String readAtPrefix(GroupId group) {
        return of(group, "read_at:");
    }

    public static String readOne(GroupId group) {
        return of(group, "read_one");
    }

    public static String reads(GroupId group) {
        return of(group, "reads");
    }

    public static String heard(GroupId group) {
        return of(group, "heard");
    }

    public static String nudges(GroupId group) {
        return of(group, "nudges");
    }

    public static String nudged(GroupId group) {
        return of(group, "nudged");
    }

    public static String sent(GroupId group) {
        return of(group, "sent");
    }

    public static String sentBefore(GroupId group) {
        return of(group, "sent_before");
    }

    public static String due(GroupId group) {
        return of(group, "due");
    }

    /** The group of a timer; empty if the key is no timer. */
    public static Optional<GroupId> groupOfTimer(String key) {
        Matcher timer = TIMER.matcher(key);
        return timer.matches() ? GroupId.parse(timer.group(1)) : Optional.empty();
    }

    public static String sweep(GroupId group) {
        return of(group, "sweep");
    }

    /** The keys that a membership begins in, in the order that the scripts take them. */
    public static List<String> ofMembership(GroupId group) {
        return List.of(info(group), acks(group), members(group), ordinals(group), roster(group), spells(group));
    }

    /** The same, without the hash, for a group that is being created. Each attempt has its own. */
    public static List<String> ofNewMembers(GroupId group, String incarnation) {
        return Stream.of("acks", "members", "ordinals", "roster", "spells")
                .map(what -> of(group, "new:" + incarnation + ":" + what))
                .toList();
    }

    /** The keys that a membership ends in, in the order that the scripts take them. */
    public static List<String> ofLeave(GroupId group) {
        return Stream.concat(ofMembership(group).stream(), Stream.of(leaving(group)))
                .toList();
    }

    /** The keys that an ack changes, in the order that the scripts take them. */
    public static List<String> ofAck(GroupId group) {
        return List.of(
                info(group),
                acks(group),
                ordinals(group),
                receipts(group),
                reads(group),
                heard(group),
                spells(group),
                readOne(group),
                rebuilt(group));
    }

    /** All keys of a group without a number in their names, the hash of the group first. */
    public static List<String> ofGroup(GroupId group) {
        List<String> others = List.of(
                leaving(group),
                left(group),
                rebuilt(group),
                messages(group),
                receipts(group),
                reads(group),
                heard(group),
                readOne(group),
                nudges(group),
                nudged(group),
                sent(group),
                sentBefore(group),
                due(group),
                sweep(group));
        return Stream.concat(ofMembership(group).stream(), others.stream()).toList();
    }

    public static String user(UserId user) {
        return "sb:user:{" + user.value() + "}";
    }

    public static String groupsOf(UserId user) {
        return user(user) + ":groups";
    }

    public static String position(UserId user, String name) {
        return user(user) + ":position:" + name;
    }

    public static String batch(String name) {
        return "sb:batch:" + name;
    }

    public static String token(String hash) {
        return "sb:token:" + hash;
    }

    private static String of(GroupId group, String what) {
        return "sb:{" + group.value() + "}:" + what;
    }
}
