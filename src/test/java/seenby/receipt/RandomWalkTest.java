package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Random actions of users: after each one, the server answers as a model of the contract does. */
class RandomWalkTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private static final List<String> POLICIES = List.of("sender", "members", "off");
    private static final int STEPS = 200;

    private final List<ApiClient> users = SERVER.users("ann", "bob", "cem", "dan", "eve", "fay");
    private final Map<String, GroupModel> groups = new TreeMap<>();
    private final Set<String> optedOut = new HashSet<>();
    private Random random = new Random();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void serverAndModelAgreeAfterEveryStep(long seed) {
        random = new Random(seed);
        for (ApiClient owner : users.subList(0, 2)) {
            groups.put(SERVER.group(owner), new GroupModel(owner.id()));
        }
        for (int step = 1; step <= STEPS; step++) {
            String group = pick(List.copyOf(groups.keySet()));
            String done = "";
            try {
                done = step(group);
                compare(group, step % 50 == 0 ? users : List.of(pick(users)));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + done + " in " + group, e);
            }
        }
        groups.forEach((id, model) -> {
            for (long message = 1; message <= model.lastId(); message++) {
                compareLists(id, model, message, List.of(pick(users)));
            }
        });
    }

    private String step(String id) {
        GroupModel group = Objects.requireNonNull(groups.get(id));
        ApiClient user = pick(users);
        int dice = random.nextInt(100);
        if (dice < 8) {
            return choose(user);
        }
        if (dice < 13) {
            return changePolicy(id, group);
        }
        if (dice < 14) {
            return recreate(id, group);
        }
        if (dice < 17 && group.lastId() > 0) {
            return sweep(id, group);
        }
        if (!group.isMember(user.id())) {
            return join(id, group, user);
        }
        if (dice < 24) {
            return leave(id, group, user);
        }
        if (dice < 60) {
            return send(id, group, user);
        }
        return dice < 80 ? ack(id, group, user) : ackOne(id, group, user);
    }

    private String choose(ApiClient user) {
        boolean off = optedOut.add(user.id());
        if (off) {
            groups.values().forEach(group -> group.stopOwing(user.id()));
        } else {
            optedOut.remove(user.id());
        }
        user.patch("/v1/me", Map.of("send_read_receipts", !off)).expect(200);
        return user.id() + (off ? " opts out" : " opts in");
    }

    private String changePolicy(String id, GroupModel group) {
        group.policy = pick(POLICIES);
        SERVER.admin().patch(path(id), Map.of("receipts", group.policy)).expect(200);
        return "policy " + group.policy;
    }

    private String recreate(String id, GroupModel group) {
        ApiClient owner = pick(users);
        SERVER.admin().delete(path(id)).expect(204);
        owner.post("/v1/groups", Map.of("id", id)).expect(201);
        groups.put(id, new GroupModel(owner.id()));
        return owner.id() + " makes it again, after " + group.lastId() + " messages";
    }

    private String sweep(String id, GroupModel group) {
        Sweeps.sweep(SERVER, id);
        group.sweep();
        return "everything is archived";
    }

    private String join(String id, GroupModel group, ApiClient user) {
        group.join(user.id());
        SERVER.admin().put(path(id) + "/members/" + user.id()).expect(201);
        return user.id() + " joins";
    }

    private String leave(String id, GroupModel group, ApiClient user) {
        ApiClient.Answer answer = user.delete(path(id) + "/members/" + user.id());
        if (user.id().equals(group.owner)) {
            answer.problem(409, "conflict");
        } else {
            answer.expect(204);
            group.leave(user.id());
        }
        return user.id() + " leaves";
    }

    private String send(String id, GroupModel group, ApiClient user) {
        GroupModel.Sent sent = group.send(user.id(), optedOut);
        JsonNode answer = user.post(path(id) + "/messages", Map.of("text", "hi"))
                .expect(201)
                .json();
        assertEquals(group.lastId(), answer.get("id").asLong());
        assertEquals(sent.recipients(), answer.get("recipients").asLong());
        assertEquals(sent.hidden, answer.get("hidden").asLong());
        return user.id() + " sends " + group.lastId();
    }

    private String ack(String id, GroupModel group, ApiClient user) {
        long upto = random.nextLong(group.lastId() + 2);
        if (upto > group.lastId()) {
            user.post(path(id) + "/ack", Map.of("upto", upto)).problem(422, "invalid");
        } else {
            long acked = group.ack(user.id(), upto);
            assertEquals(acked, user.ack(id, upto).get("acked").asLong());
        }
        return user.id() + " acks up to " + upto;
    }

    private String ackOne(String id, GroupModel group, ApiClient user) {
        long message = random.nextLong(group.lastId() + 2);
        ApiClient.Answer answer = user.post(path(id) + "/messages/" + message + "/ack");
        if (message < 1 || message > group.lastId()) {
            answer.problem(404, "not_found");
        } else {
            answer.expect(200);
            group.ackOne(user.id(), message);
        }
        return user.id() + " acks " + message + " alone";
    }

    private void compare(String id, List<ApiClient> viewers) {
        GroupModel group = Objects.requireNonNull(groups.get(id));
        for (ApiClient user : viewers) {
            ApiClient.Answer answer = user.get(path(id));
            if (group.isMember(user.id())) {
                compareStanding(group, user.id(), answer.expect(200).json());
                compareCounts(id, group, user);
            } else {
                answer.problem(404, "not_found");
            }
        }
        List<String> members =
                ApiClient.each(SERVER.admin().get(path(id) + "/members").json().get("members"), "id");
        assertEquals(List.copyOf(group.cursors.keySet()), members);
        if (group.lastId() > 0) {
            compareLists(id, group, 1 + random.nextLong(group.lastId()), viewers);
        }
    }

    private static void compareStanding(GroupModel group, String user, JsonNode answer) {
        long cursor = group.cursor(user);
        assertEquals(group.lastId(), answer.get("last_id").asLong());
        assertEquals(cursor, answer.get("last_ack").asLong(), "last_ack of " + user);
        assertEquals(group.lastId() - cursor, answer.get("unread").asLong(), "unread of " + user);
        assertEquals(group.cursors.size(), answer.get("members").asLong());
        assertEquals(group.policy, answer.get("receipts").asText());
        assertEquals(group.owner, answer.get("owner").asText());
    }

    private static void compareCounts(String id, GroupModel group, ApiClient user) {
        List<String> counts = new ArrayList<>();
        user.get(path(id) + "/receipts")
                .expect(200)
                .json()
                .get("receipts")
                .forEach(count -> counts.add(String.join(
                        " ",
                        count.get("id").asText(),
                        count.get("recipients").asText(),
                        count.get("hidden").asText(),
                        count.get("read").asText(),
                        count.get("unread").asText())));
        assertEquals(group.counts(user.id()), counts, "counts for " + user.id());
    }

    /** Compares the lists that each member sees, and checks that a read time never changes. */
    private static void compareLists(String id, GroupModel group, long message, List<ApiClient> viewers) {
        GroupModel.Sent sent = group.message(message);
        for (ApiClient user : viewers) {
            if (!group.isMember(user.id())) {
                continue;
            }
            if (!group.maySee(user.id(), sent)) {
                user.get(path(id) + "/messages/" + message + "/receipts").expect(sent.kept ? 403 : 404);
                continue;
            }
            JsonNode receipt = user.receipts(id, message);
            assertEquals(List.copyOf(sent.unread), ApiClient.texts(receipt.get("unread_members")));
            assertEquals(List.copyOf(sent.readers), ApiClient.each(receipt.get("readers"), "id"));
            for (JsonNode reader : receipt.get("readers")) {
                String at = reader.get("read_at").asText();
                assertEquals(sent.readAt.computeIfAbsent(reader.get("id").asText(), who -> at), at);
            }
        }
    }

    private static String path(String group) {
        return "/v1/groups/" + group;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
