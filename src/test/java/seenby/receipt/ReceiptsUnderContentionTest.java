package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** Counts add up at every moment while members ack, leave, rejoin and opt out concurrently. */
class ReceiptsUnderContentionTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static final int MEMBERS = 8;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ApiClient ann = SERVER.user("ann");
    private final List<Walker> walkers = new ArrayList<>();
    private final long end = System.nanoTime() + NANOS;
    private final String group;

    ReceiptsUnderContentionTest() {
        List<ApiClient> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(SERVER.user("member"));
        }
        group = SERVER.group(ann, members.toArray(ApiClient[]::new));
        for (ApiClient member : members) {
            walkers.add(new Walker(member, group, ann));
        }
    }

    @Test
    void recipientsAlwaysEqualReadPlusUnreadAndEndAsTheCallsImply() {
        Parallel.call(MEMBERS + 2, i -> {
            int checks = 0;
            Random random = new Random(i);
            while (System.nanoTime() < end || checks < 80) {
                if (i < MEMBERS) {
                    walkers.get(i).step(random);
                } else if (i == MEMBERS && checks % 4 == 0) {
                    ann.send(group, "hi");
                } else {
                    checkCounts(random);
                }
                checks++;
            }
            return checks;
        });

        long last = lastId(ann, group);
        assertTrue(last >= 20);
        for (long id = 1; id <= last; id++) {
            ReceiptLists seen = ReceiptLists.by(ann, group, id);
            for (Walker walker : walkers) {
                walker.compare(seen, id);
            }
        }
    }

    private void checkCounts(Random random) {
        for (JsonNode count :
                ann.get("/v1/groups/" + group + "/receipts").expect(200).json().get("receipts")) {
            long sum = count.get("read").asLong() + count.get("unread").asLong();
            assertEquals(count.get("recipients").asLong(), sum, count.toString());
            assertTrue(count.get("unread").asLong() >= 0 && count.get("read").asLong() >= 0, count.toString());
        }
        long last = lastId(ann, group);
        if (last > 0) {
            ReceiptLists.by(ann, group, 1 + random.nextLong(last));
        }
    }

    private static long lastId(ApiClient member, String group) {
        return member.get("/v1/groups/" + group)
                .expect(200)
                .json()
                .get("last_id")
                .asLong();
    }

    /** A member who acts at random and records what its receipts must be at the end. */
    private static final class Walker {
        private final ApiClient user;
        private final String path;
        private final String group;
        private final ApiClient owner;
        private final Set<Long> read = new HashSet<>();
        private final Set<Long> uncertain = new TreeSet<>();
        private boolean member = true;
        private boolean owes = true;
        private long after;
        private long cursor;

        Walker(ApiClient user, String group, ApiClient owner) {
            this.user = user;
            this.group = group;
            this.owner = owner;
            this.path = "/v1/groups/" + group;
        }

        void step(Random random) {
            int dice = random.nextInt(10);
            if (!member) {
                join();
            } else if (dice == 0) {
                user.delete(path + "/members/" + user.id()).expect(204);
                member = false;
            } else if (dice == 1) {
                choose();
            } else if (dice < 6) {
                ack(random);
            } else {
                ackOne(random);
            }
        }

        /** After a join, the cursor is the last message before it. */
        private void join() {
            owner.put(path + "/members/" + user.id()).expect(201);
            member = true;
            cursor = user.get(path).expect(200).json().get("last_ack").asLong();
            after = cursor;
        }

        /** Messages sent during this request may or may not count the member. */
        private void choose() {
            long before = lastId(user, group);
            user.patch("/v1/me", Map.of("send_read_receipts", !owes)).expect(200);
            owes = !owes;
            if (owes) {
                after = lastId(user, group);
                for (long id = before + 1; id <= after; id++) {
                    uncertain.add(id);
                }
            }
        }

        private void ack(Random random) {
            long upto = cursor + random.nextLong(lastId(user, group) - cursor + 1);
            assertEquals(upto, user.ack(group, upto).get("last_ack").asLong());
            for (long id = cursor + 1; id <= upto; id++) {
                reads(id);
            }
            cursor = upto;
        }

        private void ackOne(Random random) {
            long last = lastId(user, group);
            if (last > 0) {
                long id = 1 + random.nextLong(last);
                user.post(path + "/messages/" + id + "/ack").expect(200);
                reads(id);
            }
        }

        private void reads(long id) {
            if (owes && id > after) {
                read.add(id);
            }
        }

        void compare(ReceiptLists seen, long id) {
            if (!uncertain.contains(id)) {
                boolean unread = member && owes && id > after && !read.contains(id);
                assertEquals(read.contains(id), seen.readers().contains(user.id()), user.id() + " read " + id);
                assertEquals(unread, seen.unread().contains(user.id()), user.id() + " owes " + id);
            }
        }
    }
}
