package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Several devices of one user, each with its own position. */
class DevicesTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @Test
    void eachDeviceGetsAllMessagesIndependentlyOfTheOther() {
        List<String> phone = new ArrayList<>();
        List<String> laptop = new ArrayList<>();
        String onPhone = take(bob.poll(""), phone);
        String onLaptop = take(bob.poll(""), laptop);
        for (int i = 1; i <= 6; i++) {
            ann.send(group, "message " + i);
            onPhone = take(bob.poll(onPhone), phone);
            bob.ack(group, i);
            if (i % 3 == 0) {
                onLaptop = take(bob.poll(onLaptop), laptop);
            }
        }

        assertEquals(List.of("1", "2", "3", "4", "5", "6"), phone);
        assertEquals(phone, laptop);
    }

    @Test
    void aMessageAnswersBothOpenPollsOfAUser() {
        String since = bob.poll("").get("next").asText();
        CompletableFuture<ApiClient.Answer> phone = bob.polling(since, 20);
        CompletableFuture<ApiClient.Answer> laptop = bob.polling(since, 20);

        ann.send(group, "hello");

        JsonNode messages = phone.join().expect(200).json().get("messages");
        assertEquals(List.of("hello"), ApiClient.each(messages, "text"));
        assertEquals(messages, laptop.join().expect(200).json().get("messages"));
    }

    @Test
    void aMessageReachesTheSendersOtherDevice() {
        String since = ann.poll("").get("next").asText();

        ann.send(group, "from the phone");

        assertEquals(List.of("from the phone"), ApiClient.each(ann.poll(since).get("messages"), "text"));
    }

    private static String take(JsonNode answer, List<String> ids) {
        ids.addAll(ApiClient.each(answer.get("messages"), "id"));
        return answer.get("next").asText();
    }
}
