package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.EventSource;
import seenby.support.EventSource.Event;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Updates as server-sent events. */
class EventStreamTest {
    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(Sweeps.RETENTION, "message.retention=1d", "receipts.coalesce=50ms");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private static EventSource open(ApiClient user, String query) {
        return EventSource.open(SERVER.port(), user, query, Map.of());
    }

    private static EventSource resume(ApiClient user, String id) {
        return EventSource.open(SERVER.port(), user, "?since=no-longer-looked-at", Map.of("Last-Event-ID", id));
    }

    @Test
    void aStreamStartsWithUnreadMessagesAndContinuesWithNewOnes() throws Exception {
        ann.send(group, "one\nline 🚀");
        try (EventSource stream = open(bob, "")) {
            assertEquals(
                    "text/event-stream;charset=utf-8",
                    stream.header("Content-Type").orElse("").toLowerCase(Locale.ROOT));
            Event first = stream.next();
            assertEquals("message", first.name());
            assertEquals(
                    ann.get("/v1/groups/" + group + "/messages/1").json().get("text"),
                    first.json().get("text"));
            assertEquals(bob.poll("").get("messages").get(0), first.json());

            ann.send(group, "two");
            assertEquals("two", stream.next().json().get("text").asText());
        }
    }

    @Test
    void aStreamDeliversEveryKindOfEvent() throws Exception {
        String other = SERVER.group(ann, bob);
        String kept = SERVER.group(ann, bob);
        String since = bob.poll("").get("next").asText();
        ann.send(kept, "gone soon");
        SERVER.clock().move(Duration.ofDays(2));
        Sweeps.expire(SERVER, kept);
        eventually("the message is trimmed", () -> Sweeps.number(SERVER, kept, "first_id") == 2);
        try (EventSource stream = open(bob, "?since=" + since)) {
            Event trimmed = stream.next();
            assertEquals(
                    "trimmed {\"group\":\"%s\",\"first_id\":2}".formatted(kept), trimmed.name() + " " + trimmed.data());

            ann.send(group, "from ann");
            assertEquals("message", stream.next().name());
            ann.post("/v1/groups/" + group + "/messages/1/nudge").expect(200);
            Event nudge = stream.next();
            assertEquals(
                    "nudge " + ann.id(),
                    nudge.name() + " " + nudge.json().get("by").asText());

            bob.send(group, "from bob");
            assertEquals("message", stream.next().name());
            ann.ack(group, 2);
            Event read = stream.next();
            assertEquals(
                    "read " + ann.id(),
                    read.name() + " " + read.json().get("reader").asText());
            assertEquals("[\"group\",\"reader\",\"from\",\"upto\",\"at\"]", fields(read));

            bob.delete("/v1/groups/" + other + "/members/" + bob.id()).expect(204);
            Event left = stream.next();
            assertEquals("left {\"group\":\"%s\"}".formatted(other), left.name() + " " + left.data());
        }
    }

    private static String fields(Event event) {
        List<String> names = new ArrayList<>();
        event.json().fieldNames().forEachRemaining(name -> names.add('"' + name + '"'));
        return "[" + String.join(",", names) + "]";
    }

    @Test
    void aStreamResumesAfterAnyEvent() throws Exception {
        LongStream.rangeClosed(1, 50).forEach(i -> ann.send(group, "message " + i));
        List<Event> events = new ArrayList<>();
        try (EventSource stream = open(bob, "?limit=20")) {
            for (int i = 0; i < 50; i++) {
                events.add(stream.next());
            }
        }

        for (int index : new int[] {0, 7, 19, 20, 48}) {
            try (EventSource stream = resume(bob, events.get(index).id())) {
                assertEquals(
                        index + 2,
                        stream.next().json().get("id").asLong(),
                        "the first event is the one after the last received");
            }
        }
        String lastId = events.get(49).id();
        assertEquals(0, bob.poll(lastId).get("messages").size(), "an event id works as since");
    }

    @Test
    void aResumedStreamLosesNoReads() throws Exception {
        bob.send(group, "one");
        bob.send(group, "two");
        String since = bob.poll("").get("next").asText();
        ann.ack(group, 1);
        ann.ack(group, 2);
        String cut;
        try (EventSource stream = open(bob, "?since=" + since)) {
            cut = stream.next().id();
        }
        try (EventSource stream = resume(bob, cut)) {
            long upto = 0;
            while (upto < 2) {
                upto = stream.next().json().get("upto").asLong();
            }
        }
    }

    @Test
    void commentsKeepTheStreamOpen() throws Exception {
        try (EventSource stream = open(bob, "")) {
            assertEquals(
                    "", stream.nextOrComment(5).name(), "a comment comes at once and shows that the stream is open");
            assertEquals("", stream.nextOrComment(18).name());
            ann.send(group, "after it");
            assertEquals("message", stream.next().name());
        }
    }

    @Test
    void aRefusalIsAnsweredBeforeTheStreamStarts() {
        Map<String, String> accept = Map.of("Accept", "text/event-stream");
        SERVER.nobody()
                .call("GET", "/v1/updates", BodyPublishers.noBody(), accept)
                .problem(401, "unauthorized");
        bob.call("GET", "/v1/updates?since=x", BodyPublishers.noBody(), accept).problem(422, "invalid");
        bob.call("GET", "/v1/updates?tiemout=1", BodyPublishers.noBody(), accept)
                .problem(422, "invalid");
        String type = bob.call("HEAD", "/v1/updates", BodyPublishers.noBody(), accept)
                .expect(200)
                .header("Content-Type");
        assertEquals("application/json", type, "a HEAD of a stream would never end");
    }

    @Test
    void aRevokedTokenOrAShutdownEndsTheStream() throws Exception {
        try (EventSource stream = open(bob, "");
                EventSource other = open(ann, "")) {
            stream.nextOrComment(5);
            other.nextOrComment(5);
            SERVER.admin().post("/v1/users/" + bob.id() + "/token").expect(200);
            assertEquals("end", stream.next().name());

            SERVER.restart();
            Event end = other.next();
            assertEquals("end", end.name());
            assertEquals("", end.data(), "the connection was closed cleanly");
        }
    }

    @Test
    void anOpenStreamShowsTheUserAsOnline() throws Exception {
        try (EventSource stream = open(bob, "")) {
            stream.nextOrComment(5);
            eventually(
                    "bob is online",
                    () -> ApiClient.each(
                                    ann.get("/v1/groups/" + group + "/members")
                                            .json()
                                            .get("members"),
                                    "online")
                            .equals(List.of("true", "true")));
        }
    }
}
