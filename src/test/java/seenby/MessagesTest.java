package seenby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** What the contract says of sending and of the history, over a real socket. */
class MessagesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @Test
    void historyBeginsWithTheUnread() {
        List<ApiClient> people = SERVER.users("ann", "bob");
        ApiClient ann = people.get(0);
        ApiClient bob = people.get(1);
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        ann.send(group, "two");
        bob.ack(group, 1);

        var history = bob.get("/v1/groups/" + group + "/messages").expect(200).json();

        assertEquals(List.of("two"), ApiClient.each(history.get("messages"), "text"));
        assertEquals(2, history.get("last_id").asLong());
    }

    @Test
    void theSameClientIdIsTheSameMessageAlsoAfterARestart() {
        ApiClient ann = SERVER.user("ann");
        String path = "/v1/groups/" + SERVER.group(ann) + "/messages";
        Map<String, String> draft = Map.of("text", "once", "client_id", "c-1");
        long id = ann.post(path, draft).expect(201).json().get("id").asLong();

        SERVER.restart();

        assertEquals(id, ann.post(path, draft).expect(200).json().get("id").asLong());
        ann.post(path, Map.of("text", "twice", "client_id", "c-1")).problem(409, "conflict");
    }
}
